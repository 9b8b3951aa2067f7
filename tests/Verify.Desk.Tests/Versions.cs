using Shouldly;
using Verify.Desk.Features.Articles;
using Verify.Desk.Features.Audit;
using Verify.Desk.Features.Mending;
using Xunit;

namespace Verify.Desk.Tests;

public sealed class Versions
{
    private const string First = "Mayor Pia Lund said the town would close four wells.\n\nOda Brekke said the quay was safe.\n\nJens Aune said nobody had called him.\n";

    [Fact]
    public async Task Revise_KeepsReopensListsAndStarts_ClaimByClaim()
    {
        await using var test = await TestDesk.WithUsers();
        var number = await test.Check(First);
        foreach (var i in new[] { 1, 2, 3 }) await test.Approve($"{number}.{i}");
        var second = "A new lead.\n\nMayor Pia Lund said the town would close nine wells.\n\nOda Brekke said the quay was safe.\n\nTiril Moen said the harbour needed a new crane.\n";
        var r = await test.Do(new ReviseArticle(number, second, Correction: true, Note: "Nine wells, not four") { As = "Rolf" });
        (r.Version, r.Kind).ShouldBe((2, "correction"));
        r.Unchanged.ShouldBe([$"{number}.2"]);
        var changed = r.Changed.ShouldHaveSingleItem();
        (changed.Claim, changed.Reopened!.Status).ShouldBe(($"{number}.1", "approved"));
        changed.Differences.ShouldBe(["four → nine"]);
        r.Lost.ShouldHaveSingleItem().Claim.ShouldBe($"{number}.3");
        r.Added.ShouldBe([$"{number}.4"]);
        var moved = await test.Claim($"{number}.2");
        (moved.Status, moved.Version).ShouldBe(("approved", TestRuntime.VersionAfter(3) + 1)); // its work stands; only its place changed
        moved.Content.ShouldBe(["the quay was safe"]);
        moved.Before.ShouldContain("Oda Brekke said");
        moved.Chain[0].Mention.ShouldBe("Oda Brekke");
        var reopened = await test.Claim($"{number}.1");
        reopened.Content.ShouldBe(["the town would close nine wells"]);
        reopened.History.ShouldContain(h => h.What == "reopened" && h.Text!.Contains("nine wells"));
        (await test.Claim($"{number}.3")).Status.ShouldBe("dismissed");
        var article = await test.Article(number);
        article.Clear.ShouldBeFalse();
        article.Version.ShouldBe(2);
        article.Claims.Select(c => c.Claim).ShouldBe([$"{number}.1", $"{number}.2", $"{number}.4", $"{number}.3"]); // as they stand in the text; the lost one last
        (await test.Do(new CheckAudit())).Sound.ShouldBeTrue();
        await test.Approve($"{number}.1");
        await test.Approve($"{number}.4");
        (await test.Article(number)).Clear.ShouldBeTrue();
    }

    [Fact]
    public async Task Revise_AnotherSource_RepeatsTheAttributionAlone()
    {
        await using var test = await TestDesk.WithUsers();
        var number = await test.Check(First);
        await test.Approve($"{number}.2");
        var r = await test.Do(new ReviseArticle(number, First.Replace("Oda Brekke", "Tiril Moen", StringComparison.Ordinal)) { As = "Rolf" });
        var changed = r.Changed.ShouldHaveSingleItem();
        changed.Source.ShouldBe("speaker:person:Oda Brekke → speaker:person:Tiril Moen");
        var claim = await test.Claim($"{number}.2");
        claim.Open.ShouldHaveSingleItem().Step.ShouldBe("check-secondary-source"); // what is true of the quay stands
        (claim.ContentVerdict, claim.AttributionVerdict).ShouldBe(("true", null));
        claim.History.ShouldContain(h => h.What == "corroborate" && h.Text!.StartsWith("stands from round 1"));
        await test.Complete($"{number}.2", "check-secondary-source", "confirmed", "Omar", "accurate");
        (await test.Complete($"{number}.2", "approve", "approve", "Edda")).Status.ShouldBe("approved");
        (await test.Do(new CheckAudit())).Sound.ShouldBeTrue();
    }

    [Fact]
    public async Task Revise_WhatWasRejected_IsLookedAtAgainWhenItSaysSomethingElse()
    {
        await using var test = await TestDesk.WithUsers();
        var number = await test.Check(First);
        await test.Complete($"{number}.1", "corroborate", "not-corroborated", "Ines", "false");
        await test.Complete($"{number}.1", "check-secondary-source", "confirmed", "Ines", "accurate");
        (await test.Complete($"{number}.1", "approve", "reject", "Edda")).Status.ShouldBe("rejected");
        var r = await test.Do(new ReviseArticle(number, First.Replace("four", "nine", StringComparison.Ordinal), Correction: true, Note: "Nine") { As = "Rolf" });
        r.Changed.ShouldHaveSingleItem().Reopened!.Status.ShouldBe("rejected");
        (await test.Claim($"{number}.1")).Open.ShouldHaveSingleItem().Step.ShouldBe("corroborate");
    }

    [Fact]
    public async Task Revise_MarksAndBlanksAlone_ChangeNothing()
    {
        await using var test = await TestDesk.WithUsers();
        var number = await test.Check(First);
        await test.Approve($"{number}.1");
        var r = await test.Do(new ReviseArticle(number, First.Replace("the town would", "the  town would", StringComparison.Ordinal)) { As = "Rolf" });
        r.Changed.ShouldBeEmpty();
        (await test.Claim($"{number}.1")).Status.ShouldBe("approved");
    }

    [Fact]
    public async Task Revise_WhatWasDismissed_IsNotFoundAnew_AndWhatWasMendedStaysMended()
    {
        await using var test = await TestDesk.WithUsers();
        var number = await test.Check(First);
        await test.Do(new DismissClaim($"{number}.3", "A figure of speech") { As = "Ines" });
        await test.Do(new ChangeClaim($"{number}.2", [], ["relay:organization:Courier", "speaker:person:Oda Brekke"]) { As = "Ines" });
        var r = await test.Do(new ReviseArticle(number, "News.\n\n" + First) { As = "Rolf" });
        r.Added.ShouldBeEmpty();
        (await test.Do(new ReviseArticle(number, "More news.\n\n" + First) { As = "Rolf" })).Added.ShouldBeEmpty(); // nor in the version after that
        (await test.Claim($"{number}.2")).Chain.Select(l => l.Resolved).ShouldBe(["Courier", "Oda Brekke"]);
    }

    [Fact]
    public async Task Revise_WhatCannotBe_IsRefused()
    {
        await using var test = await TestDesk.WithUsers();
        var number = await test.Check(First);
        await test.Check("Another text. Officials said it rained.");
        await test.Refused(new ReviseArticle(number, First) { As = "Rolf" }, "same_text");
        await test.Refused(new ReviseArticle(number, "Another text. Officials said it rained.") { As = "Rolf" }, "same_text");
        await test.Refused(new ReviseArticle(number, "x", Correction: true) { As = "Rolf" }, "invalid_request");
        await test.Refused(new ReviseArticle(number, " ") { As = "Rolf" }, "invalid_request");
        await test.Refused(new ReviseArticle("77", "x") { As = "Rolf" }, "not_found");
        test.Scalar<long>("SELECT count(*) FROM snapshots").ShouldBe(2);
    }

    [Theory]
    [InlineData("Mayor Pia Lund denied that the town would close four wells.")]
    [InlineData("Mayor Pia Lund did not say that the town would close four wells.")]
    public async Task Revise_WhatWasSaidAndIsNowDenied_IsReopened(string now)
    {
        await using var test = await TestDesk.WithUsers();
        var number = await test.Check("Mayor Pia Lund said that the town would close four wells.");
        await test.Approve($"{number}.1");
        await test.Do(new ReviseArticle(number, now) { As = "Rolf" });
        (await test.Claim($"{number}.1")).Status.ShouldNotBe("approved");
        (await test.Article(number)).Clear.ShouldBeFalse();
    }

    [Fact]
    public async Task Revise_AnUnnamedSource_MovesTheClaimToTheWayThatAsksForMore()
    {
        await using var test = await TestDesk.WithUsers();
        var number = await test.Check("Oda Brekke said the quay was safe.");
        await test.Approve($"{number}.1");
        (await test.Do(new ReviseArticle(number, "Officials said the quay was safe.") { As = "Rolf" })).Changed.ShouldHaveSingleItem();
        var claim = await test.Claim($"{number}.1");
        claim.Definition.ShouldBe("anonymous-source v2");
        claim.Open.ShouldHaveSingleItem().Step.ShouldBe("identify-source");
    }

    [Fact]
    public async Task Revise_ASourceThatIsGone_IsSeen()
    {
        await using var test = await TestDesk.WithUsers();
        var number = await test.Check("Oda Brekke said the quay was safe for ships of any size.\n\nJens Aune said nobody had called.");
        await test.Approve($"{number}.1");
        var changed = (await test.Do(new ReviseArticle(number, "The quay was safe for ships of any size.\n\nJens Aune said nobody had called.") { As = "Rolf" }));
        (changed.Changed.Count + changed.Lost.Count).ShouldBe(1);
        (await test.Claim($"{number}.1")).Status.ShouldNotBe("approved");
    }

    [Fact]
    public async Task Revise_OtherWordsWhereADismissedClaimStood_AreANewClaim()
    {
        await using var test = await TestDesk.WithUsers();
        var number = await test.Check("Jens Aune said the play was called Storm over the harbour.");
        await test.Do(new DismissClaim($"{number}.1", "The title of a play") { As = "Ines" });
        (await test.Do(new ReviseArticle(number, "Jens Aune said the bridge was called unsafe over the harbour.") { As = "Rolf" })).Added.ShouldHaveSingleItem();
        (await test.Article(number)).Clear.ShouldBeFalse();
    }

    [Fact]
    public async Task Revise_OneOfTwoAlikeClaimsTakenOut_IsLost_AndNotTheOtherOne()
    {
        await using var test = await TestDesk.WithUsers();
        var number = await test.Check("Mayor Pia Lund said the town would close four wells in May.\n\nMayor Pia Lund said the town would close four schools in May.");
        var r = await test.Do(new ReviseArticle(number, "Mayor Pia Lund said the town would close four wells in May.\n\nNothing else.") { As = "Rolf" });
        r.Unchanged.ShouldBe([$"{number}.1"]);
        r.Lost.ShouldHaveSingleItem().Claim.ShouldBe($"{number}.2");
    }

    [Fact]
    public async Task Revise_WhatOtherArticlesRestOn_ReopensThem()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check("Oda Brekke said the quay was safe.");
        await test.Check("Mayor Pia Lund said the quay was open.");
        await test.Attach("2.1", "The quay is safe", origin: "1.1");
        await test.Approve("2.1");
        (await test.Do(new ReviseArticle("1", "Oda Brekke opened the quay.") { As = "Rolf" })).Elsewhere.ShouldHaveSingleItem().Claim.ShouldBe("2.1");
    }

    [Fact]
    public async Task Revise_WhatACheckerSplit_IsNotFoundAnewAsOne()
    {
        await using var test = await TestDesk.WithUsers();
        var number = await test.Check("Ola Nord said the house was dry and that the road was wet.");
        await test.Do(new SplitClaim($"{number}.1", "the road was wet") { As = "Ines" });
        await test.Approve($"{number}.1");
        await test.Approve($"{number}.2");
        var r = await test.Do(new ReviseArticle(number, "Ola Nord said the house was dry and that the road was wet.\n\nRain fell.") { As = "Rolf" });
        r.Added.ShouldBeEmpty();
        (await test.Article(number)).Clear.ShouldBeTrue();
    }

    [Fact]
    public async Task Revise_ThatRepeatsTheSentence_TouchesNothing()
    {
        await using var test = await TestDesk.WithUsers();
        var number = await test.Check("Ola Nord said the road was wet.\n\nIt rained a lot.");
        await test.Approve($"{number}.1");
        await test.Do(new ReviseArticle(number, "Ola Nord said the road was wet.\n\nIt rained a lot.\n\nOla Nord said the road was wet.") { As = "Rolf" });
        (await test.Claim($"{number}.1")).Status.ShouldBe("approved");
    }
}
