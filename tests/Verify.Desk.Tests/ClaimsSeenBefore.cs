using Shouldly;
using Verify.Desk.Features.Claims;
using Verify.Desk.Features.Evidence;
using Verify.Desk.Features.Matching;
using Xunit;

namespace Verify.Desk.Tests;

public sealed class ClaimsSeenBefore
{
    [Fact]
    public async Task Similar_ClaimsOfOtherArticles_BestFirst_WithTheirVerdicts()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check("Mayor Pia Lund said the town would close four of its nine wells until October. Mayor Pia Lund said the library would open on Sunday.");
        await test.Attach("1.1", "Minutes");
        await test.Approve("1.1");
        await test.Check("A spokesman said the town would close nine of its four wells until October.");
        await test.Check("Pia Lund said that the town will close four of its nine wells until October.");
        var similar = (await test.Do(new FindSimilar("3.1"))).Earlier;
        similar.Select(s => s.Claim).ShouldBe(["1.1", "2.1"]);
        (similar[0].Why, similar[0].Status, similar[0].ContentVerdict, similar[0].Evidence).ShouldBe(("same-words", "approved", "true", 1));
        (await test.Do(new FindSimilar("1.2"))).Earlier.ShouldBeEmpty();
        await test.Refused(new FindSimilar("3.1", 0), "invalid_request");
        await test.Refused(new FindSimilar("9.1"), "not_found");
    }

    [Fact]
    public async Task Similar_ADifferentNumberOrANot_IsShownWithAWarning()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check("Mayor Pia Lund said the town would close four of its wells until the end of October.");
        await test.Check("Mayor Pia Lund said the town would close seven of its wells until the end of October.");
        await test.Check("Mayor Pia Lund said the town would not close four of its wells until the end of October.");
        (await test.Do(new FindSimilar("2.1"))).Earlier.Single(e => e.Claim == "1.1").Differs.ShouldNotBeNull().ShouldContain("numbers: 7 and 4");
        (await test.Do(new FindSimilar("3.1"))).Earlier.Single(e => e.Claim == "1.1").Differs.ShouldBe("one of them denies");
    }

    [Fact]
    public async Task Reuse_TakesOverEvidenceAndDecision_AndNamesTheSource()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check(TestDesk.Standard);
        await test.Attach("1.1", "Minutes", origin: "Harbour Log");
        await test.Approve("1.1");
        await test.Check("Pia Lund said that the town will close four wells.");
        await test.Refused(new ReuseClaim("2.1", "1.1") { As = "Edda" }, "wrong_role"); // who may not decide the step may not by this way either
        (await test.Do(new ListEvidence("2.1"))).Evidence.ShouldBeEmpty();
        var reused = await test.Do(new ReuseClaim("2.1", "1.1") { As = "Omar" });
        reused.Evidence.ShouldBe(["E1"]);
        (reused.Outcome, reused.ContentVerdict).ShouldBe(("corroborated", "true"));
        var claim = await test.Claim("2.1");
        claim.Open.ShouldHaveSingleItem().Step.ShouldBe("check-secondary-source");
        claim.History.ShouldContain(h => h.What == "reused" && h.Outcome == "1.1");
        claim.History.Single(h => h.What == "corroborate").Text.ShouldNotBeNull().ShouldStartWith("as 1.1");
        (await test.Do(new ListEvidence("2.1"))).Evidence.ShouldHaveSingleItem().Origins.ShouldHaveSingleItem().Status.ShouldBe("proposed");
        await test.Refused(new ReuseClaim("2.1", "2.1") { As = "Omar" }, "invalid_request");
        await test.Refused(new ReuseClaim("1.1", "2.1") { As = "Omar" }, "claim_closed");
        await test.Refused(new ReuseClaim("2.1", "9.1") { As = "Omar" }, "not_found");
    }

    [Fact]
    public async Task WhatWasTakenOver_FallsWithItsSource_HoweverOften()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check(TestDesk.Standard);
        await test.Approve("1.1");
        await test.Check("Pia Lund said that the town will close four wells.");
        await test.Do(new ReuseClaim("2.1", "1.1", Decide: false) { As = "Ines" });
        for (var round = 0; round < 2; round++)
        {
            await test.Do(new ReuseClaim("2.1", "1.1") { As = "Ines" });
            await test.Complete("2.1", "check-secondary-source", "confirmed", "Ines", "accurate");
            await test.Complete("2.1", "approve", "approve", "Edda");
            (await test.Do(new ReopenClaim("1.1", "An error") { As = "Omar" })).Reopened.Select(r => r.Claim).ShouldBe(["1.1", "2.1"]);
            await test.Approve("1.1");
        }
        // Decided anew by its own checker, it stands on its own.
        await test.Approve("2.1");
        (await test.Do(new ReopenClaim("1.1", "Another error") { As = "Omar" })).Reopened.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task WhatWasTakenOver_FallsWhenItsSourceIsNoClaimAnyMore()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check(TestDesk.Standard + " Jens Aune said it rained.");
        await test.Approve("1.1");
        await test.Check("Pia Lund said that the town will close four wells.");
        await test.Do(new ReuseClaim("2.1", "1.1") { As = "Ines" });
        await test.Complete("2.1", "check-secondary-source", "confirmed", "Ines", "accurate");
        await test.Complete("2.1", "approve", "approve", "Edda");
        (await test.Do(new Features.Articles.ReviseArticle("1", "Jens Aune said it rained.", Correction: true, Note: "No wells") { As = "Rolf" })).Elsewhere.ShouldHaveSingleItem().Claim.ShouldBe("2.1");
    }

    [Fact]
    public async Task Reuse_OfAClaimThatEvidenceSpeaksAgainst_DecidesTheStepThatThenWaits()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check(TestDesk.Standard);
        await test.Attach("1.1", "Against", stance: "refutes");
        await test.Approve("1.1");
        await test.Check("Pia Lund said that the town will close four wells.");
        (await test.Do(new ReuseClaim("2.1", "1.1") { As = "Ines" })).Outcome.ShouldBe("corroborated");
    }

    [Fact]
    public async Task Reuse_OfWhatSaysSomethingElse_OrIsNotApproved_DecidesNothing()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check(TestDesk.Standard);
        await test.Check("Pia Lund said that the town will close nine wells.");
        await test.Check("Pia Lund said that the town will close four wells.");
        (await test.Do(new ReuseClaim("3.1", "1.1") { As = "Ines" })).Decided.ShouldBeNull();
        await test.Approve("1.1");
        await test.Refused(new ReuseClaim("2.1", "1.1") { As = "Ines" }, "not_alike");
        (await test.Do(new ReuseClaim("2.1", "1.1", Decide: false) { As = "Ines" })).Decided.ShouldBeNull();
    }

    [Fact]
    public async Task Search_FindsWordsWhereverTheyStand()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check(TestDesk.Standard);
        await test.Attach("1.1", "The minutes mention pumping stations twice.", origin: "Hydrology Office", name: "pumphouse.txt");
        await test.Do(new CommentOnClaim("1.1", "The engineer calls back about the pumps") { As = "Ines" });
        await test.Complete("1.1", "corroborate", "corroborated", "Ines", "true"); // its note: "corroborated by Ines"
        async Task<string[]> Found(string words, string? kind = null) => [.. (await test.Do(new SearchDesk(words, kind))).Hits.Select(h => $"{h.Kind} {h.Reference}")];
        (await Found("wells closes")).ShouldBe(["claim 1.1"]);
        (await Found("Pia Lund")).ShouldContain("claim 1.1"); // by who said it
        (await Found("pump")).ShouldBe(["comment 1.1", "document E1"], ignoreOrder: true);
        (await Found("\"pumping stations\"")).ShouldBe(["document E1"]);
        (await Found("pumphouse")).ShouldBe(["evidence E1"]);
        (await Found("hydrology")).ShouldBe(["source S1"]);
        (await Found("corroborated by Ines", "note")).ShouldBe(["note 1.1"]);
        (await Found("nothing like it")).ShouldBeEmpty();
        foreach (var odd in new[] { "NEAR(", "a AND", "\"", "* ^ -", "text:wells", "wells OR" }) (await test.Desk.Send(new SearchDesk(odd))).Refusal?.Code.ShouldBe("invalid_request");
        await test.Refused(new SearchDesk("—", null), "invalid_request");
        await test.Refused(new SearchDesk("wells", "colour"), "invalid_request");
    }
}
