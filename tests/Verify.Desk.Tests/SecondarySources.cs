using Shouldly;
using Verify.Desk.Features.Evidence;
using Verify.Desk.Features.SecondarySource;
using Xunit;

namespace Verify.Desk.Tests;

public sealed class SecondarySources
{
    private const string Cited = "\"Harbour masters are to give no reason in writing,\" the Courier cited Oda Brekke as saying according to a copy of the cable.";

    [Fact]
    public async Task CheckLink_PerLink_TheLastRecordCounts()
    {
        await using var test = await TestDesk.WithUsers();
        var claim = await test.Check(Cited) + ".1";
        await test.Attach(claim, "The cable", "primary-document");
        (await test.Do(new CheckLink(claim, 3, "not-seen", "asked the ministry") { As = "Ines" })).Left.ShouldBe(["1 Courier", "2 Oda Brekke"]);
        await test.Do(new CheckLink(claim, 3, "seen", "read the copy", "E1", "Header complete") { As = "Omar" });
        var link = (await test.Do(new ListEvidence(claim))).Links[2];
        (link.Name, link.Result, link.How, link.Who, link.Evidence, link.Note).ShouldBe(("cable", "seen", "read the copy", "Omar", "E1", "Header complete"));
        (await test.Claim(claim)).History.Count(h => h.What == "link 3").ShouldBe(2);
        await test.Refused(new CheckLink(claim, 4, "seen", "read") { As = "Ines" }, "not_found");
        await test.Refused(new CheckLink(claim, 1, "perhaps", "read") { As = "Ines" }, "invalid_request");
        await test.Refused(new CheckLink(claim, 1, "seen", "") { As = "Ines" }, "invalid_request");
        await test.Refused(new CheckLink(claim, 1, "seen", "read", "E9") { As = "Ines" }, "not_found");
        await test.Refused(new CheckLink(claim, 1, "seen", "read") { As = "Rolf" }, "wrong_role");
    }

    [Fact]
    public async Task Compare_EachQuotedStretch_ProposesTheVerdictOfTheWorst()
    {
        await using var test = await TestDesk.WithUsers();
        var number = await test.Check(Cited + "\n\nBrekke said the order was \"not meant for ships in distress\" and \"would end in March\".\n\nBrekke said the wells were safe.");
        await test.Attach($"{number}.1", "To all: harbour masters are to give\nno reason in writ-\ning. Ships in distress are helped.", "primary-document");
        var exact = await test.Do(new CompareQuotation($"{number}.1", "E1") { As = "Ines" });
        exact.Quotations.ShouldHaveSingleItem().Result.ShouldBe("verbatim");
        exact.ProposedVerdict.ShouldBe("accurate");
        await test.Attach($"{number}.1", "Harbour masters are to give a reason in writing.", "primary-document");
        var altered = (await test.Do(new CompareQuotation($"{number}.1", "E2") { As = "Ines" })).Quotations.Single();
        (altered.Result, altered.Grave, altered.ProposedVerdict).ShouldBe(("altered", true, "altered-quote"));
        await test.Attach($"{number}.2", "The order is not meant for ships in distress. It would end in April.", "primary-document");
        var mixed = await test.Do(new CompareQuotation($"{number}.2", "E3") { As = "Ines" });
        mixed.Quotations.Select(q => q.Quotation).ShouldBe(["not meant for ships in distress", "would end in March"]);
        mixed.Quotations.Select(q => q.Result).ShouldBe(["verbatim", "altered"]);
        mixed.ProposedVerdict.ShouldBe("altered-quote");
        await test.Refused(new CompareQuotation($"{number}.3", "E3") { As = "Ines" }, "no_quotation");
        await test.Do(new AddEvidence($"{number}.1", "archived-page", "supports", Reference: "Minutes, p. 3") { As = "Ines" });
        await test.Refused(new CompareQuotation($"{number}.1", "E4") { As = "Ines" }, "no_text");
        await test.Refused(new CompareQuotation($"{number}.1", "E9") { As = "Ines" }, "not_found");
        (await test.Do(new ViewEvidence("E1") { As = "Ines" })).Custody.ShouldContain(c => c.Action == "compared");
    }
}
