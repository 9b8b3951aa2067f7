using Shouldly;
using Verify.Evidence.Quotations;
using Verify.Evidence.Text;
using Xunit;

namespace Verify.Evidence.Tests;

public sealed class Quotations
{
    private const string Cable = """
        1. (C) Posts are reminded that the harbour dues will rise by 14 percent on 1 March. Harbour masters are to give no
        reason in writing. The ministry does not expect more than thirty vessels to be affected before the end of the year.

        2. (C) Critics claim that the measure is a blockade by another name. It is nothing of the kind. If the survey ships
        leave by Friday, the order will be lifted at once.

        3. (SBU) Ambassador Oda Brekke told the council that fuel would be so1d only to govern-
        ment vessels, and that the modern quay at Varnes would stay closed.

        - 2 -

        4. (U) Questions should go to the ﬁsheries desk, which has the ﬁgures.
        """;

    private static QuotationComparison Compare(string quotation) => QuotationCheck.Compare(quotation, TextWords.OfDocument(Cable));

    [Theory]
    [InlineData("Harbour masters are to give no reason in writing")]
    [InlineData("harbour masters are to give no reason in writing.")]
    [InlineData("the harbour dues will rise by fourteen per cent on 1 March")]
    [InlineData("fuel would be sold only to government vessels, and that the modern quay at Varnes would stay c1osed")]
    [InlineData("Questions should go to the fisheries desk, which has the figures")]
    [InlineData("The ministry does not expect more than 30 vessels to be affected")]
    public void SameWords_InAnotherDress_AreVerbatim(string quotation)
    {
        var c = Compare(quotation);
        c.Result.ShouldBe(QuotationResult.Verbatim, string.Join("; ", c.Differences));
        c.Differences.ShouldBeEmpty();
        c.ProposedVerdict.ShouldBe("accurate");
    }

    [Fact]
    public void Ellipsis_MarkedOmission_IsNoAlteration()
    {
        Compare("The ministry does not expect … thirty vessels to be affected").Result.ShouldBe(QuotationResult.Ellipsis);
        Compare("Harbour masters are to give no reason [...] before the end of the year").Result.ShouldBe(QuotationResult.Ellipsis);
    }

    [Fact]
    public void Bracket_InsertedOrInPlaceOfWords_IsNoAlteration()
    {
        Compare("[They] are to give no reason in writing").Result.ShouldBe(QuotationResult.Bracketed);
        Compare("Harbour masters [in the north] are to give no reason in writing").Result.ShouldBe(QuotationResult.Bracketed);
    }

    [Theory]
    [InlineData("the harbour dues will rise by 40 percent on 1 March", true, "40", "14")]
    [InlineData("Harbour masters are to give a reason in writing", true, "a", "no")]
    [InlineData("The ministry does expect more than thirty vessels to be affected", true, "", "not")]
    [InlineData("Ambassador Oda Falk told the council that fuel would be sold only to government vessels", true, "Falk", "Brekke")]
    [InlineData("the harbour dues will rise by 14 percent on 1 May", true, "May", "March")]
    [InlineData("the harbour dues may rise by 14 percent on 1 March", true, "may", "will")]
    [InlineData("Harbour masters are to give no reasons in print", false, "reasons", "reason")]
    [InlineData("The ministry doesn't expect more than thirty vessels to be affected", false, "doesn't", "does not")]
    [InlineData("Harbour bosses are to give no reason in writing", false, "bosses", "masters")]
    public void ChangedWords_AreShown_AndTheGraveOnesFlagged(string quotation, bool grave, string quoted, string document)
    {
        var c = Compare(quotation);
        c.Result.ShouldBe(QuotationResult.Altered);
        c.Grave.ShouldBe(grave, string.Join("; ", c.Differences));
        c.Differences[0].Quoted.ShouldBe(quoted);
        c.Differences[0].Document.ShouldBe(document);
        c.ProposedVerdict.ShouldBe("altered-quote");
    }

    [Fact]
    public void Spliced_FromTwoParagraphs_NamesBothPlaces()
    {
        var c = Compare("Harbour masters are to give no reason in writing and the modern quay at Varnes would stay closed");
        c.Result.ShouldBe(QuotationResult.Spliced);
        c.Found.Count.ShouldBe(2);
        c.Grave.ShouldBeTrue();
        Cable[c.Found[1].Start..c.Found[1].End].ShouldContain("modern quay");
    }

    [Fact]
    public void OutOfContext_ShowsWhy()
    {
        var c = Compare("the measure is a blockade by another name");
        c.Result.ShouldBe(QuotationResult.OutOfContext);
        c.Concern.ShouldNotBeNull().ShouldContain("somebody else's view");
        Compare("the order will be lifted at once").Concern.ShouldNotBeNull().ShouldContain("condition");
        Compare("If the survey ships leave by Friday, the order will be lifted at once").Result.ShouldBe(QuotationResult.Verbatim);
    }

    [Theory]
    [InlineData("the wells at Eldmoor were poisoned for years by the tannery")]
    [InlineData("")]
    [InlineData("…")]
    [InlineData("[...]")]
    public void NotFound_SaysSo(string quotation)
    {
        var c = Compare(quotation);
        c.Result.ShouldBe(QuotationResult.NotFound);
        c.ProposedVerdict.ShouldBe("unverifiable");
        c.Found.ShouldBeEmpty();
    }

    [Fact]
    public void EmptyDocument_OrOneOfMarks_IsNoError()
    {
        QuotationCheck.Compare("anything at all", TextWords.OfDocument("")).Result.ShouldBe(QuotationResult.NotFound);
        QuotationCheck.Compare("anything at all", TextWords.OfDocument("\n\n— — —\n\uD800\n[3]")).Result.ShouldBe(QuotationResult.NotFound);
    }

    [Fact]
    public void AParagraphThatStandsInTheDocumentTwice_IsNoFurniture_ARunningHeadIs()
    {
        const string Clause = "The lessee shall keep the quay clean and in\ngood repair and shall tell the harbour master\nof any damage within three days.";
        var document = TextWords.OfDocument($"LEASE OF QUAY 1\n\n{Clause}\n\nPart two.\n\nLEASE OF QUAY 2\n\n{Clause}\n\nThe harbour master may enter the quay at\n\nLEASE OF QUAY 3\n\nany time without notice.");
        QuotationCheck.Compare("shall keep the quay clean and in good repair and shall tell the harbour master", document).Result.ShouldBe(QuotationResult.Verbatim);
        QuotationCheck.Compare("may enter the quay at any time without notice", document).Result.ShouldBe(QuotationResult.Verbatim);
    }
}
