using System.Collections.Frozen;

namespace Verify.Attribution.Language;

/// <summary>Given names that are borne by women as a rule; what is not here says nothing about who bears it.</summary>
internal static class GivenNames
{
    public static bool IsFemale(string name) => Female.Contains(name);

    private static readonly FrozenSet<string> Female = """
        abigail agnes aisha akiko alice alicia allison alma amanda amber amina amy ana anastasia
        andrea angela angelina anita ann anna anne annette annie aoife april arlene ashley astrid
        audrey aung ava barbara beatrice benazir bernice bertha bessie beth betty beverly bonnie brenda
        bridget brittany camilla carla carmen carol caroline carolyn carrie catherine cathy charlene charlotte cheryl
        chloe christina christine cindy clara claudia colleen connie constance courtney crystal cynthia dana danielle
        darlene dawn debbie deborah debra deirdre delores denise diana diane dolores donna dora doris
        dorothy edith edna eileen ekaterina elaine eleanor elena elizabeth ella ellen elsie emily emma
        erica erin esther ethel eva evelyn fatima fiona florence frances freya gail georgia geraldine
        gertrude gina gladys glenda gloria grace greta hannah hazel heather heidi helen hillary hiroko
        holly ida indira ingrid irene irina isabella ivy jacinda jackie jacqueline jamie jane janet
        janice jean jeanette jeanne jennifer jessica jessie jill jo joan joann joanna joanne josephine
        joy joyce juanita judith judy julia julie kamala karen kate katherine kathleen kathryn kathy
        katie kay keiko kelly khadija kim kimberly kristen kristin laura lauren laurie layla leila
        leslie lillian lillie linda ling lisa lois loretta lori lorraine louise lucille lucy lydia
        lynn madison maninder mara marcia margaret maria marian marie marilyn marina marion marjorie marlene
        martha mary maryam mattie maureen megan meghan mei melanie melinda melissa mia michele michelle
        mildred minnie monica nancy naomi natalia natalie nellie niamh nicola nicole nina noor nora
        norma oda oksana olga olivia pamela patricia paula pauline pearl peggy phyllis pia priti
        rachel rebecca regina renee rhonda rita roberta robin rosa rose rosemary ruby ruth sakura
        sally sandra sanna sara sarah selena shannon sharon sheila sherry shirley siobhan sofia sonia
        sophia stacey stacy stella stephanie sue susan suzanne svetlana sylvia tamara tammy tanya tara
        tatiana teresa terri tessa thelma theresa tiffany tina tonya tracy ursula valerie vanessa vera
        veronica vicki vickie victoria viola virginia vivian wanda wendy wilma yolanda yuki yulia yvette
        yvonne zainab zoe
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
