using System.Text;
using Shouldly;
using Verify.Desk.Features.Audit;
using Verify.Desk.Features.Claims;
using Verify.Desk.Features.Evidence;
using Verify.Desk.Features.Queue;
using Xunit;

namespace Verify.Desk.Tests;

public sealed class Evidence
{
    [Fact]
    public async Task Add_View_Save_EveryStepStandsInTheCustodyLog()
    {
        await using var test = await TestDesk.WithUsers();
        var claim = await test.Check(TestDesk.Standard) + ".1";
        var added = await test.Attach(claim, "Minutes: the town closes four wells.", "primary-document", name: "minutes.txt");
        added.Evidence.ShouldBe("E1");
        added.HasText.ShouldBeTrue();
        var seen = await test.Do(new ViewEvidence("E1") { As = "Omar" });
        (seen.Title, seen.Text, seen.Bytes).ShouldBe(("minutes.txt", "Minutes: the town closes four wells.", null));
        var saved = await test.Do(new ViewEvidence("E1", Save: true) { As = "Edda" });
        Encoding.UTF8.GetString(saved.Bytes!).ShouldBe("Minutes: the town closes four wells.");
        saved.Custody.Select(c => (c.Who, c.Action)).ShouldBe([("Ines", "added"), ("Omar", "viewed"), ("Edda", "saved")]);
        await test.Refused(new ViewEvidence("E1"), "user_required");
        await test.Refused(new ViewEvidence("E1") { As = "Rita" }, "wrong_role");
        (await test.Do(new CheckAudit())).Sound.ShouldBeTrue();
    }

    [Fact]
    public async Task SameContent_IsStoredOnce_AndNotTwiceOnOneClaim()
    {
        await using var test = await TestDesk.WithUsers();
        var number = await test.Check($"{TestDesk.Standard} Mayor Pia Lund said the schools would stay open.");
        await test.Attach($"{number}.1", "The same minutes");
        (await test.Refused(new AddEvidence($"{number}.1", "data", "refutes") { As = "Omar", File = await File("The same minutes") }, "already_attached")).Message.ShouldContain("E1");
        (await test.Attach($"{number}.2", "The same minutes")).SameContentAs.ShouldBe(["E1"]);
        test.Scalar<long>("SELECT count(*) FROM contents").ShouldBe(1);
    }

    [Fact]
    public async Task Approve_ByWhoBroughtTheEvidence_IsRefused_AndHeldByTheDatabase()
    {
        await using var test = await TestDesk.WithUsers();
        var claim = await test.Check(TestDesk.Standard) + ".1";
        await test.Attach(claim, "Minutes", user: "Edda");
        await test.Complete(claim, "corroborate", "corroborated", "Ines", "true");
        await test.Complete(claim, "check-secondary-source", "confirmed", "Ines", "accurate");
        var task = (await test.Claim(claim)).Open.Single().Task;
        (await test.Refused(new TakeTask(task) { As = "Edda" }, "four_eyes")).Message.ShouldContain("brought evidence");
        await test.Refused(new CompleteTask(task, "approve") { As = "Edda" }, "four_eyes");
        Should.Throw<Microsoft.Data.Sqlite.SqliteException>(() => test.Sql("INSERT INTO decisions (claim_id, token, user_id, kind, outcome, round, decided_at) SELECT t.claim_id, t.token, u.id, 'approval', 'approve', 1, 0 FROM tasks t, users u WHERE t.status = 'open' AND u.name = 'Edda'")).Message.ShouldContain("four_eyes");
        (await test.Do(new CompleteTask(task, "approve") { As = "Emil" })).Status.ShouldBe("approved");
    }

    [Fact]
    public async Task Withdraw_ReopensWhatRestedOnIt_AndNothingElse()
    {
        await using var test = await TestDesk.WithUsers();
        var number = await test.Check($"{TestDesk.Standard} Mayor Pia Lund said the schools would stay open. Mayor Pia Lund said the bridge was safe.");
        await test.Attach($"{number}.1", "Minutes of the council", "primary-document");
        await test.Attach($"{number}.2", "Minutes of the council", "primary-document");
        await test.Attach($"{number}.3", "Another paper", "primary-document");
        foreach (var i in new[] { 1, 2, 3 }) await test.Approve($"{number}.{i}");
        (await test.Article(number)).Clear.ShouldBeTrue();
        await test.Refused(new WithdrawEvidence("E1", "") { As = "Edda" }, "invalid_request");
        var w = await test.Do(new WithdrawEvidence("E1", "The minutes are forged") { As = "Edda" });
        w.Evidence.ShouldBe(["E1", "E2"]); // the same document
        w.Reopened.Select(r => (r.Claim, r.Status)).ShouldBe([($"{number}.1", "approved"), ($"{number}.2", "approved")]);
        var claim = await test.Claim($"{number}.1");
        (claim.Status, claim.Round, claim.ContentVerdict).ShouldBe(("in-review", 2, null));
        claim.Open.ShouldHaveSingleItem().Step.ShouldBe("corroborate");
        claim.History[^1].Text.ShouldNotBeNull().ShouldContain("forged");
        (await test.Claim($"{number}.3")).Status.ShouldBe("approved");
        (await test.Article(number)).Clear.ShouldBeFalse();
        await test.Refused(new WithdrawEvidence("E1", "again") { As = "Edda" }, "evidence_withdrawn");
        await test.Refused(new UseEvidence("E1", $"{number}.3", "supports") { As = "Ines" }, "evidence_withdrawn");
        // The approval was set aside, not undone: the claim goes its way again, and the same editor may approve anew.
        await test.Approve($"{number}.1");
        (await test.Do(new CheckAudit())).Sound.ShouldBeTrue();
    }

    [Fact]
    public async Task Withdraw_WhileTheSecondApprovalWaits_SetsTheFirstAside()
    {
        await using var test = await TestDesk.WithUsers();
        var claim = await test.ApprovedOnce();
        (await test.Do(new WithdrawEvidence("E1", "Forged") { As = "Omar" })).Reopened.ShouldHaveSingleItem().Opened.Count.ShouldBe(2);
        (await test.Claim(claim)).Open.Select(o => o.Step).Order().ShouldBe(["authenticate-document", "corroborate"]);
        test.Scalar<long>("SELECT count(*) FROM tasks WHERE status = 'withdrawn'").ShouldBeGreaterThan(0);
        await test.Refused(new CompleteTask((await test.Claim(claim)).Open.Single(o => o.Step == "authenticate-document").Task, "authentic") { As = "Omar" }, "ground_missing");
    }

    [Fact]
    public async Task Withdraw_WhatASourceWasSeenIn_RepeatsTheCheckOfTheSource()
    {
        await using var test = await TestDesk.WithUsers();
        var claim = await test.Check(TestDesk.Standard) + ".1";
        await test.Attach(claim, "Transcript", stance: "unclear");
        await test.Do(new Features.SecondarySource.CheckLink(claim, 1, "seen", "read it", "E1") { As = "Ines" });
        await test.Approve(claim);
        (await test.Do(new WithdrawEvidence("E1", "Forged") { As = "Omar" })).Reopened.ShouldHaveSingleItem();
        (await test.Claim(claim)).Open.ShouldHaveSingleItem().Step.ShouldBe("check-secondary-source");
    }

    [Fact]
    public async Task LinkThatDiffers_OnAnApprovedClaim_ReopensIt()
    {
        await using var test = await TestDesk.WithUsers();
        var claim = await test.Check(TestDesk.Standard) + ".1";
        await test.Approve(claim);
        (await test.Do(new Features.SecondarySource.CheckLink(claim, 1, "differs", "she says seven") { As = "Omar" })).Reopened.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Detach_WhatASourceWasSeenIn_RepeatsTheCheckOfTheSource()
    {
        await using var test = await TestDesk.WithUsers();
        var claim = await test.Check(TestDesk.Standard) + ".1";
        await test.Attach(claim, "Notes", stance: "unclear");
        await test.Do(new Features.SecondarySource.CheckLink(claim, 1, "seen", "in the notes", "E1") { As = "Ines" });
        await test.Approve(claim);
        (await test.Do(new DetachEvidence("E1", claim, "Of another talk") { As = "Ines" })).Reopened.ShouldHaveSingleItem();
        (await test.Claim(claim)).Open.ShouldHaveSingleItem().Step.ShouldBe("check-secondary-source");
    }

    [Fact]
    public async Task LinkThatDiffers_BetweenTwoApprovals_SetsTheFirstAside()
    {
        await using var test = await TestDesk.WithUsers();
        var claim = await test.ApprovedOnce();
        (await test.Do(new Features.SecondarySource.CheckLink(claim, 1, "differs", "another text") { As = "Ines" })).Reopened.ShouldHaveSingleItem();
        (await test.Claim(claim)).Open.ShouldNotContain(o => o.Step == "approve");
    }

    [Fact]
    public async Task BroughtOnce_CountsForFourEyes_WhoeverAttachesItAgain()
    {
        await using var test = await TestDesk.WithUsers();
        var claim = await test.Check(TestDesk.Standard) + ".1";
        await test.Attach(claim, "Minutes", user: "Edda");
        await test.Do(new DetachEvidence("E1", claim, "for now") { As = "Ines" });
        await test.Do(new UseEvidence("E1", claim, "supports") { As = "Ines" });
        await test.Complete(claim, "corroborate", "corroborated", "Ines", "true");
        await test.Complete(claim, "check-secondary-source", "confirmed", "Ines", "accurate");
        await test.Refused(new CompleteTask((await test.Claim(claim)).Open.Single().Task, "approve") { As = "Edda" }, "four_eyes");
    }

    [Fact]
    public async Task Search_DoesNotTellWhatWasGivenOffTheRecord()
    {
        await using var test = await TestDesk.WithUsers();
        var claim = await test.Check(TestDesk.Standard) + ".1";
        await test.Do(new AddEvidence(claim, "interview", "supports", Title: "Talk on Monday", ObtainedFrom: "Deep Throat", GroundRules: "off-the-record") { As = "Ines", File = await File("The minister knew of it") });
        (await test.Do(new Features.Matching.SearchDesk("minister knew"))).Hits.ShouldBeEmpty();
        (await test.Do(new Features.Matching.SearchDesk("Monday"))).Hits.ShouldHaveSingleItem().Text.ShouldBe("Talk on Monday");
    }

    [Fact]
    public async Task WhatSpeaksAgainstAnApprovedClaim_ReopensIt_SupportDoesNot()
    {
        await using var test = await TestDesk.WithUsers();
        var claim = await test.Check(TestDesk.Standard) + ".1";
        await test.Approve(claim);
        (await test.Attach(claim, "One more paper for it")).Reopened.ShouldBeEmpty();
        (await test.Attach(claim, "Nobody closes a well", stance: "refutes")).Reopened.ShouldHaveSingleItem();
        (await test.Claim(claim)).Status.ShouldBe("in-review");
    }

    [Fact]
    public async Task Withdraw_WhatCameAfterTheDecisions_TouchesNothing()
    {
        await using var test = await TestDesk.WithUsers();
        var claim = await test.Check(TestDesk.Standard) + ".1";
        await test.Approve(claim);
        test.Clock.Advance(TimeSpan.FromMinutes(1));
        await test.Attach(claim, "One more paper for it");
        (await test.Do(new WithdrawEvidence("E1", "Of another town") { As = "Ines" })).Reopened.ShouldBeEmpty();
        (await test.Claim(claim)).Status.ShouldBe("approved");
    }

    [Fact]
    public async Task StanceAndDetach_MoveTheGroundOfThatClaimAlone()
    {
        await using var test = await TestDesk.WithUsers();
        var number = await test.Check($"{TestDesk.Standard} Mayor Pia Lund said the schools would stay open.");
        await test.Attach($"{number}.1", "Minutes");
        (await test.Do(new UseEvidence("E1", $"{number}.2", "supports") { As = "Ines" })).Reopened.ShouldBeEmpty();
        await test.Approve($"{number}.1");
        await test.Approve($"{number}.2");
        (await test.Do(new UseEvidence("E1", $"{number}.1", "refutes") { As = "Ines" })).Reopened.ShouldHaveSingleItem().Claim.ShouldBe($"{number}.1");
        await test.Refused(new DetachEvidence("E1", $"{number}.2", "") { As = "Ines" }, "invalid_request");
        (await test.Do(new DetachEvidence("E1", $"{number}.2", "About another town") { As = "Ines" })).Reopened.ShouldHaveSingleItem().Claim.ShouldBe($"{number}.2");
        await test.Refused(new DetachEvidence("E1", $"{number}.2", "again") { As = "Ines" }, "not_attached");
        (await test.Do(new ListEvidence($"{number}.2"))).Evidence.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("rumour", "supports", "on-the-record", null, "kind of evidence")]
    [InlineData("data", "maybe", "on-the-record", null, "stance")]
    [InlineData("data", "supports", "hush", null, "ground rules")]
    [InlineData("data", "supports", "on-the-record", "yesterday", "yyyy-MM-dd")]
    public async Task Add_WrongValues_AreRefusedByName(string kind, string stance, string rules, string? date, string says)
    {
        await using var test = await TestDesk.WithUsers();
        var claim = await test.Check(TestDesk.Standard) + ".1";
        (await test.Refused(new AddEvidence(claim, kind, stance, Reference: "Minutes, p. 3", GroundRules: rules, Date: date) { As = "Ines" }, "invalid_request")).Message.ShouldContain(says);
        await test.Refused(new AddEvidence(claim, "data", "supports") { As = "Ines" }, "invalid_request"); // neither file nor reference
        await test.Refused(new AddEvidence("9.9", "data", "supports", Reference: "x") { As = "Ines" }, "not_found");
        test.Scalar<long>("SELECT count(*) FROM evidence").ShouldBe(0);
    }

    [Theory]
    [InlineData("UPDATE contents SET text = 'other'")]
    [InlineData("DELETE FROM contents")]
    [InlineData("UPDATE evidence SET title = 'other'")]
    [InlineData("DELETE FROM evidence")]
    [InlineData("UPDATE custody SET action = 'other'")]
    [InlineData("DELETE FROM custody")]
    [InlineData("DELETE FROM evidence_claims")]
    [InlineData("UPDATE evidence_claims SET claim_id = 'other'")]
    [InlineData("DELETE FROM provenance")]
    [InlineData("UPDATE provenance SET to_id = 'other'")]
    [InlineData("INSERT OR REPLACE INTO custody SELECT evidence_id, seq, at, user_id, 'other', detail FROM custody")]
    [InlineData("INSERT OR REPLACE INTO evidence SELECT * FROM evidence")]
    [InlineData("UPDATE claims SET status = 'in-review'")]
    [InlineData("UPDATE claims SET content = 'other', version = version + 1")]
    [InlineData("UPDATE claims SET round = round + 1")]
    public async Task TheDatabase_RefusesToForget(string sql)
    {
        await using var test = await TestDesk.WithUsers();
        var claim = await test.Check(TestDesk.Standard) + ".1";
        await test.Attach(claim, "Minutes", origin: "Harbour Log");
        await test.Approve(claim);
        Should.Throw<Microsoft.Data.Sqlite.SqliteException>(() => test.Sql(sql)).Message.ShouldContain("history_is_fixed");
    }

    [Fact]
    public async Task AlteredBytes_BehindTheTriggersBack_AreFoundByTheAudit()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Attach(await test.Check(TestDesk.Standard) + ".1", "Minutes");
        await test.Close();
        test.Sql("DROP TRIGGER contents_fixed; UPDATE contents SET bytes = CAST('Minutez' AS BLOB);");
        var report = await test.Do(new CheckAudit());
        report.Sound.ShouldBeFalse();
        report.Problem.ShouldNotBeNull().ShouldStartWith("content:");
    }

    private static async Task<EvidenceFile> File(string text) => (await EvidenceFile.Read("x.txt", Encoding.UTF8.GetBytes(text))).Value;
}
