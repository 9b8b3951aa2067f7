namespace Verify.Attribution.Syntax;

/// <summary>Part-of-speech tags of the Penn Treebank, as the treebanks that the tagger learns from use them.</summary>
public enum Tag : byte
{
    None, NN, NNS, NNP, NNPS, PRP, PRPS, VB, VBD, VBG, VBN, VBP, VBZ, MD, JJ, JJR, JJS, RB, RBR, RBS, IN, TO, RP,
    DT, PDT, WDT, WP, WPS, WRB, CC, CD, EX, FW, POS, UH, SYM, Comma, Stop, Colon, OpenQuote, CloseQuote, OpenBracket, CloseBracket, Other,
}

/// <summary>Relations of Universal Dependencies; subtypes are kept where the rules ask for them.</summary>
public enum Relation : byte
{
    None, Root, Nsubj, NsubjPass, Csubj, Obj, Iobj, Ccomp, Xcomp, Obl, OblAgent, OblUnmarked, Advcl, AdvclRelcl, Advmod,
    Aux, AuxPass, Cop, Mark, Case, Det, Amod, Nummod, Nmod, NmodPoss, NmodUnmarked, Appos, Acl, AclRelcl, Compound, CompoundPrt,
    Flat, Fixed, Conj, Cc, Parataxis, Punct, Expl, Discourse, Vocative, Dislocated, List, Other,
}

internal static class Names
{
    public static readonly int Tags = Enum.GetValues<Tag>().Length;
    public static readonly int Relations = Enum.GetValues<Relation>().Length;

    public static bool IsVerb(this Tag t) => t is >= Tag.VB and <= Tag.VBZ;
    public static bool IsFinite(this Tag t) => t is Tag.VBD or Tag.VBP or Tag.VBZ;
    public static bool IsNoun(this Tag t) => t is >= Tag.NN and <= Tag.NNPS;
    public static bool IsName(this Tag t) => t is Tag.NNP or Tag.NNPS;
}
