using Shouldly;
using Verify.Desk.Features.Audit;
using Verify.Desk.Features.Mending;
using Verify.Desk.Features.Reports;
using Xunit;

namespace Verify.Desk.Tests;

public sealed class Mending
{
    private const string Text = "Mayor Pia Lund said the town would close four wells and that the pumps were old.\n\nThe quay stays shut, so the rumour goes.\n";

    [Fact]
    public async Task AddAMissedClaim_StartsItsItem_AndCounts()
    {
        await using var test = await TestDesk.WithUsers();
        var number = await test.Check(Text);
        var before = (await test.Article(number)).Claims.Count;
        var added = await test.Do(new AddClaim(number, ["The quay stays shut"], ["speaker:anonymous:rumour"], "Missed") { As = "Ines" });
        added.Definition.ShouldBe("anonymous-source");
        (await test.Article(number)).Claims.Count.ShouldBe(before + 1);
        (await test.Claim(added.Claim)).Construction.ShouldBe("added by a checker");
        await test.Refused(new AddClaim(number, ["The quay stays shut"], []) { As = "Ines" }, "claim_exists");
        await test.Refused(new AddClaim(number, ["The ferry"], []) { As = "Ines" }, "not_in_article");
        await test.Refused(new AddClaim(number, ["the"], []) { As = "Ines" }, "invalid_request");
        await test.Refused(new AddClaim(number, ["5-2"], []) { As = "Ines" }, "invalid_request");
        await test.Refused(new AddClaim(number, ["0-99999"], []) { As = "Ines" }, "invalid_request");
        await test.Refused(new AddClaim(number, [], []) { As = "Ines" }, "invalid_request");
        await test.Refused(new AddClaim(number, ["so the rumour"], ["boss:person:X"]) { As = "Ines" }, "invalid_request");
        await test.Refused(new AddClaim(number, ["so the rumour"], []) { As = "Rolf" }, "wrong_role");
        var report = await test.Do(new ReportClaims("extraction"));
        report.Lines.ShouldHaveSingleItem().Group.ShouldBe("added");
    }

    [Fact]
    public async Task ChangeWords_OfAnApprovedClaim_StartsAgain_ChangeOfChain_RepeatsTheAttribution()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check("Mayor Pia Lund said the town would close four wells.");
        await test.Approve("1.1");
        var chain = await test.Do(new ChangeClaim("1.1", [], ["relay:organization:Courier", "speaker:person:Pia Lund"], "She told the Courier") { As = "Ines" });
        chain.Reopened!.Status.ShouldBe("approved");
        (await test.Claim("1.1")).Open.ShouldHaveSingleItem().Step.ShouldBe("check-secondary-source");
        await test.Complete("1.1", "check-secondary-source", "confirmed", "Ines", "accurate");
        await test.Complete("1.1", "approve", "approve", "Edda");
        await test.Do(new ChangeClaim("1.1", ["would close four wells"], []) { As = "Ines" });
        var claim = await test.Claim("1.1");
        claim.Open.ShouldHaveSingleItem().Step.ShouldBe("corroborate");
        claim.Content.ShouldBe(["would close four wells"]);
        claim.Chain.Select(l => l.Resolved).ShouldBe(["Courier", "Pia Lund"]);
        (await test.Do(new ChangeClaim("1.1", ["would close four wells"], []) { As = "Ines" })).What.ShouldBe("unchanged");
        await test.Refused(new ChangeClaim("1.1", [], []) { As = "Ines" }, "invalid_request");
        (await test.Do(new CheckAudit())).Sound.ShouldBeTrue();
    }

    [Fact]
    public async Task ChangeOfChain_ThatAsksForMore_MovesTheClaimToThatDefinition()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check("Mayor Pia Lund said the town would close four wells.");
        (await test.Do(new ChangeClaim("1.1", [], ["speaker:anonymous:a person in the town hall"]) { As = "Ines" })).Definition.ShouldBe("anonymous-source");
        var claim = await test.Claim("1.1");
        claim.Definition.ShouldBe("anonymous-source v2");
        claim.Open.ShouldHaveSingleItem().Step.ShouldBe("identify-source");
    }

    [Fact]
    public async Task SplitAndMerge_KeepEveryWord()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check("Mayor Pia Lund said the town would close four wells and the pumps were old.");
        var split = await test.Do(new SplitClaim("1.1", "the pumps were old") { As = "Ines" });
        split.Content.ShouldBe("the town would close four wells");
        (await test.Claim(split.Also!)).Content.ShouldBe(["the pumps were old"]);
        await test.Refused(new SplitClaim("1.1", "the ferry") { As = "Ines" }, "not_in_claim");
        await test.Refused(new SplitClaim("1.1", "the town") { As = "Ines" }, "not_in_claim");
        var merged = await test.Do(new MergeClaims("1.1", split.Also!) { As = "Ines" });
        merged.Content.ShouldBe("the town would close four wells … the pumps were old");
        (await test.Claim(split.Also!)).Status.ShouldBe("dismissed");
        await test.Refused(new MergeClaims("1.1", "1.1") { As = "Ines" }, "invalid_request");
        await test.Refused(new MergeClaims("1.1", split.Also!) { As = "Ines" }, "claim_closed");
        (await test.Do(new CheckAudit())).Sound.ShouldBeTrue();
    }

    [Fact]
    public async Task Dismiss_NeedsAReason_EndsTheTasks_AndLeavesApprovedClaimsAlone()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check("Mayor Pia Lund said the town would close four wells.\n\nJens Aune said the play was called Storm.");
        await test.Approve("1.1");
        await test.Refused(new DismissClaim("1.2", "") { As = "Ines" }, "invalid_request");
        (await test.Do(new DismissClaim("1.2", "The title of a play") { As = "Ines" })).Status.ShouldBe("dismissed");
        test.Scalar<long>("SELECT count(*) FROM tasks WHERE status = 'open'").ShouldBe(0);
        test.Scalar<long>("SELECT count(*) FROM timers WHERE status = 'set'").ShouldBe(0);
        await test.Refused(new DismissClaim("1.1", "no") { As = "Ines" }, "claim_closed");
        (await test.Article("1")).Clear.ShouldBeTrue();
    }

    [Fact]
    public async Task Mend_ByWhoWroteTheArticle_IsRefused()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Do(new Features.Intake.CheckArticle("Mayor Pia Lund said the town would close four wells.", Writer: "Both") { As = "Rolf" });
        (await test.Refused(new DismissClaim("1.1", "I know better") { As = "Both" }, "four_eyes")).Message.ShouldContain("wrote the article");
        await test.Refused(new AddClaim("1", ["Mayor Pia Lund"], []) { As = "Both" }, "four_eyes");
    }

    [Fact]
    public async Task ChangeOfChain_ToAnotherDefinition_CarriesNoDecisionThatItDoesNotKnow()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check(TestDesk.Anonymous);
        await test.Complete("1.1", "identify-source", "identity-known", "Edda");
        await test.Do(new Features.Origins.OverrideGround("1.1", "Known to us") { As = "Emil" });
        await test.Complete("1.1", "corroborate", "corroborated-independently", "Ines", "true");
        await test.Do(new ChangeClaim("1.1", [], ["speaker:person:Oda Brekke"]) { As = "Ines" });
        var claim = await test.Claim("1.1");
        claim.Definition.ShouldBe("standard v1");
        claim.Open.ShouldHaveSingleItem().Step.ShouldBe("corroborate");
    }

    [Fact]
    public async Task ChangeOfChain_WithinADefinition_RepeatsWhatIsAboutTheSource()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check(TestDesk.Leaked);
        await test.Attach("1.1", "The memo", "primary-document", user: "Omar");
        await test.Complete("1.1", "corroborate", "corroborated", "Ines", "true");
        await test.Complete("1.1", "authenticate-document", "authentic", "Omar");
        await test.Do(new ChangeClaim("1.1", [], ["speaker:person:Carlo Benassi", "medium:document:secret police file"]) { As = "Ines" });
        (await test.Claim("1.1")).Open.ShouldHaveSingleItem().Step.ShouldBe("authenticate-document"); // the sum stands, the paper is another
    }

    [Fact]
    public async Task Split_KeepsTheQuotationAndTheEvidence_MergeTakesTheEvidenceAlong()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check("\"The wells are closed and the pumps are old,\" Mayor Pia Lund said.");
        await test.Attach("1.1", "The wells are closed. The pumps are old.");
        var split = await test.Do(new SplitClaim("1.1", "the pumps are old") { As = "Ines" });
        (await test.Claim("1.1")).Quotation.ShouldBe("direct");
        (await test.Do(new Features.Evidence.ListEvidence(split.Also!))).Evidence.ShouldHaveSingleItem();
        await test.Attach(split.Also!, "Another paper", stance: "refutes");
        await test.Do(new MergeClaims("1.1", split.Also!) { As = "Ines" });
        (await test.Do(new Features.Evidence.ListEvidence("1.1"))).Evidence.Select(e => e.Evidence).ShouldBe(["E1", "E2"]);
    }
}
