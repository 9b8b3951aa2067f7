using Shouldly;
using Verify.Desk.Features.Claims;
using Verify.Desk.Features.Queue;
using Verify.Desk.Features.Timers;
using Verify.Desk.Features.Users;
using Verify.Desk.Requests;
using Xunit;

namespace Verify.Desk.Tests;

public sealed class Decisions
{
    [Fact]
    public async Task Standard_SentBackOnce_IsApprovedInTheSecondRoundAndTheArticleIsClear()
    {
        await using var test = await TestDesk.WithUsers();
        var number = await test.Check(TestDesk.Standard);
        var claim = $"{number}.1";
        await test.Complete(claim, "corroborate", "corroborated", "Ines", "true");
        await test.Complete(claim, "check-secondary-source", "confirmed", "Omar", "accurate");
        (await test.Complete(claim, "approve", "return", "Edda")).Opened.ShouldHaveSingleItem().Step.ShouldBe("corroborate");
        (await test.Claim(claim)).Round.ShouldBe(2);
        await test.Complete(claim, "corroborate", "not-corroborated", "Ines", "unproven");
        await test.Complete(claim, "check-secondary-source", "differs", "Ines", "altered-quote");
        var done = await test.Complete(claim, "approve", "approve", "Edda");
        done.Status.ShouldBe("approved");
        done.Opened.ShouldBeEmpty();
        var article = await test.Article(number);
        article.Clear.ShouldBeTrue();
        var view = await test.Claim(claim);
        (view.AttributionVerdict, view.ContentVerdict).ShouldBe(("altered-quote", "unproven"));
        view.History.Select(h => h.Outcome).ShouldBe([null, "corroborated", "confirmed", "return", "not-corroborated", "differs", "approve"]);
    }

    [Fact]
    public async Task LeakedDocument_NeedsTwoApprovalsByTwoPeople()
    {
        await using var test = await TestDesk.WithUsers();
        var claim = await test.Check(TestDesk.Leaked) + ".1";
        await test.Attach(claim, "The internal memo itself", "primary-document", user: "Omar");
        await test.Complete(claim, "authenticate-document", "authentic", "Omar");
        await test.Complete(claim, "corroborate", "corroborated", "Ines", "mostly-true");
        await test.Complete(claim, "check-secondary-source", "confirmed", "Ines", "accurate");
        var first = await test.Complete(claim, "approve", "approve", "Sten");
        first.Status.ShouldBe("in-review");
        var second = first.Opened.ShouldHaveSingleItem();
        second.Role.ShouldBe(Roles.StandardsEditor);
        (await test.Refused(new CompleteTask(second.Task, "approve") { As = "Sten" }, "four_eyes")).Message.ShouldContain("already approved");
        await test.Refused(new CompleteTask(second.Task, "approve") { As = "Edda" }, "wrong_role");
        await test.Do(new AddUser("Svea", [Roles.StandardsEditor]) { As = "Ada" });
        (await test.Do(new CompleteTask(second.Task, "approve") { As = "Svea" })).Status.ShouldBe("approved");
    }

    [Fact]
    public async Task Approve_ByWhoCheckedOrWrote_IsRefused()
    {
        await using var test = await TestDesk.WithUsers();
        var claim = await test.Check(TestDesk.Standard) + ".1";
        await test.Complete(claim, "corroborate", "corroborated", "Both", "true");
        await test.Complete(claim, "check-secondary-source", "confirmed", "Ines", "accurate");
        var task = (await test.Claim(claim)).Open.Single().Task;
        await test.Refused(new TakeTask(task) { As = "Both" }, "four_eyes");
        await test.Refused(new CompleteTask(task, "approve") { As = "Both" }, "four_eyes");
        await test.Refused(new AssignTask(task, "Both") { As = "Edda" }, "four_eyes");

        await test.Do(new Features.Intake.CheckArticle(TestDesk.Post, Writer: "Emil") { As = "Rolf" });
        await test.Complete("2.1", "archive-post", "archived", "Ines");
        await test.Complete("2.1", "check-account", "impostor", "Ines");
        var other = (await test.Claim("2.1")).Open.Single().Task;
        (await test.Refused(new CompleteTask(other, "approve") { As = "Emil" }, "four_eyes")).Message.ShouldContain("wrote");
        (await test.Do(new CompleteTask(other, "approve", "The impostor is the story") { As = "Edda" })).Status.ShouldBe("approved");
    }

    [Fact]
    public async Task AnonymousSource_UnknownToAnEditor_IsRejected()
    {
        await using var test = await TestDesk.WithUsers();
        var claim = await test.Check(TestDesk.Anonymous) + ".1";
        (await test.Complete(claim, "identify-source", "identity-unknown", "Edda")).Status.ShouldBe("rejected");
        (await test.Article(claim.Split('.')[0])).InTheWay.ShouldContainKeyAndValue("rejected", 1);
    }

    [Fact]
    public async Task Complete_WhatTheRulesForbid_IsRefusedWithItsCodeAndChangesNothing()
    {
        await using var test = await TestDesk.WithUsers();
        var claim = await test.Check(TestDesk.Standard) + ".1";
        var task = (await test.Claim(claim)).Open.Single().Task;
        await test.Do(new TakeTask(task) { As = "Ines" });
        var before = test.Scalar<long>("SELECT count(*) FROM audit");
        await test.Refused(new CompleteTask(task, "corroborated", ContentVerdict: "true"), "user_required");
        await test.Refused(new CompleteTask(task, "corroborated", ContentVerdict: "true") { As = "Nobody" }, "unknown_user");
        await test.Refused(new CompleteTask(task, "corroborated", ContentVerdict: "true") { As = "Rita" }, "wrong_role");
        await test.Refused(new CompleteTask(task, "corroborated", ContentVerdict: "true") { As = "Edda" }, "wrong_role");
        await test.Refused(new CompleteTask(task, "corroborated", ContentVerdict: "true") { As = "Omar" }, "task_taken");
        (await test.Refused(new CompleteTask(task, "approve") { As = "Ines" }, "unknown_outcome")).Message.ShouldContain("corroborated, not-corroborated, not-a-claim");
        await test.Refused(new CompleteTask(task, "corroborated") { As = "Ines" }, "verdict_needed");
        await test.Refused(new CompleteTask(task, "corroborated", ContentVerdict: "maybe") { As = "Ines" }, "invalid_request");
        await test.Refused(new CompleteTask(task, "corroborated", ContentVerdict: "true", AttributionVerdict: "accurate") { As = "Ines" }, "verdict_not_asked");
        await test.Refused(new CompleteTask(task, "corroborated", ContentVerdict: "true", Version: 7) { As = "Ines" }, "stale_version");
        await test.Refused(new CompleteTask("9.9-9", "corroborated") { As = "Ines" }, "not_found");
        await test.Refused(new CompleteTask("nonsense", "corroborated") { As = "Ines" }, "not_found");
        test.Scalar<long>("SELECT count(*) FROM audit").ShouldBe(before);
        (await test.Claim(claim)).Version.ShouldBe(TestRuntime.VersionAfter(0));

        await test.Do(new CompleteTask(task, "corroborated", ContentVerdict: "true", Version: TestRuntime.VersionAfter(0)) { As = "Ines" });
        await test.Refused(new CompleteTask(task, "corroborated", ContentVerdict: "true") { As = "Ines" }, "task_closed");
        var source = (await test.Claim(claim)).Open.Single().Task;
        await test.Refused(new CompleteTask(source, "return") { As = "Ines" }, "note_needed");
    }

    [Fact]
    public async Task Complete_WhatWillBeAskedAboutLater_NeedsANote()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Refused(new CompleteTask((await test.Claim(await test.Check(TestDesk.Standard) + ".1")).Open.Single().Task, "not-a-claim") { As = "Ines" }, "note_needed");
        await test.Refused(new CompleteTask((await test.Claim(await test.Check(TestDesk.Anonymous) + ".1")).Open.Single().Task, "identity-unknown") { As = "Edda" }, "note_needed");
        await test.Complete("1.1", "corroborate", "not-corroborated", "Ines", "false");
        await test.Complete("1.1", "check-secondary-source", "differs", "Ines", "misattributed");
        var task = (await test.Claim("1.1")).Open.Single().Task;
        (await test.Refused(new CompleteTask(task, "approve") { As = "Edda" }, "note_needed")).Message.ShouldContain("content false, attribution misattributed");
        await test.Do(new CompleteTask(task, "approve", "The article says that it is false") { As = "Edda" });
        var article = await test.Article("1");
        article.Clear.ShouldBeTrue();
        article.Doubts.ShouldBe(["1.1"]);
    }

    [Fact]
    public async Task Complete_WithTheSameKeyTwice_HasOneEffectAndTheSameAnswer()
    {
        await using var test = await TestDesk.WithUsers();
        var claim = await test.Check(TestDesk.Standard) + ".1";
        var task = (await test.Claim(claim)).Open.Single().Task;
        var command = new CompleteTask(task, "corroborated", ContentVerdict: "true") { As = "Ines", Key = "once" };
        var first = await test.Do(command);
        var second = await test.Do(command);
        System.Text.Json.JsonSerializer.Serialize(second).ShouldBe(System.Text.Json.JsonSerializer.Serialize(first));
        test.Scalar<long>("SELECT count(*) FROM decisions").ShouldBe(1);
        await test.Refused(command with { Outcome = "not-corroborated" }, "key_reused");
        // A refusal is no effect: the key is free for the command that then succeeds.
        var source = first.Opened.Single().Task;
        await test.Refused(new CompleteTask(source, "confirmed") { As = "Ines", Key = "later" }, "verdict_needed");
        await test.Do(new CompleteTask(source, "confirmed", AttributionVerdict: "accurate") { As = "Ines", Key = "later" });
    }

    [Fact]
    public async Task Queue_TakeReleaseAssign_SayWhoseATaskIs()
    {
        await using var test = await TestDesk.WithUsers();
        var task = (await test.Claim(await test.Check(TestDesk.Standard) + ".1")).Open.Single().Task;
        (await test.Do(new TakeTask(task) { As = "Ines" })).Assignee.ShouldBe("Ines");
        await test.Refused(new TakeTask(task) { As = "Omar" }, "task_taken");
        (await test.Do(new ListTasks(Assignee: "Ines"))).Tasks.ShouldHaveSingleItem().Task.ShouldBe(task);
        (await test.Do(new ListTasks(Assignee: "none"))).Tasks.ShouldBeEmpty();
        await test.Refused(new ReleaseTask(task) { As = "Omar" }, "task_taken");
        (await test.Do(new ReleaseTask(task) { As = "Ines" })).Assignee.ShouldBeNull();
        await test.Refused(new AssignTask(task, "Omar") { As = "Ines" }, "wrong_role");
        await test.Refused(new AssignTask(task, "Rolf") { As = "Edda" }, "wrong_role");
        (await test.Do(new AssignTask(task, "Omar") { As = "Edda" })).Assignee.ShouldBe("Omar");
        (await test.Do(new DisableUser("Omar") { As = "Ada" })).Released.ShouldBe(1);
        (await test.Do(new ListTasks(Assignee: "none"))).Tasks.Count.ShouldBe(1);
        await test.Refused(new TakeTask(task) { As = "Omar" }, "user_disabled");
        await test.Refused(new DisableUser("Ada") { As = "Ada" }, "last_administrator");
    }

    [Fact]
    public async Task Deadline_Passed_EscalatesTheClaimAndLeavesItsTaskOpen()
    {
        await using var test = await TestDesk.WithUsers();
        var claim = await test.Check(TestDesk.Standard) + ".1";
        test.Clock.Advance(TimeSpan.FromHours(25));
        (await test.Do(new ListTasks(Overdue: true))).Tasks.Count.ShouldBe(1);
        (await test.Do(new AnyTimerDue(test.Clock.GetUtcNow()))).ShouldBeFalse();
        test.Clock.Advance(TimeSpan.FromDays(2));
        (await test.Do(new AnyTimerDue(test.Clock.GetUtcNow()))).ShouldBeTrue();
        (await test.Do(new FireDueTimers(test.Clock.GetUtcNow()))).ShouldBe(1);
        (await test.Do(new FireDueTimers(test.Clock.GetUtcNow()))).ShouldBe(0);
        var view = await test.Claim(claim);
        view.Escalated.ShouldBeTrue();
        view.Open.ShouldHaveSingleItem().Step.ShouldBe("corroborate");
        await test.Complete(claim, "corroborate", "not-a-claim", "Ines");
        (await test.Claim(claim)).Status.ShouldBe("dismissed");
        test.Scalar<long>("SELECT count(*) FROM timers WHERE status = 'set'").ShouldBe(0);
    }

    [Fact]
    public async Task ATimerThatCannotFire_FaultsItsClaimAndHoldsUpNobody()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check(TestDesk.Standard);
        await test.Check(TestDesk.Post);
        // An item whose state no program can read any more, as after a hand in the database.
        test.Sql("UPDATE claims SET state = '{}' WHERE definition_id = 'standard'");
        test.Clock.Advance(TimeSpan.FromDays(5));
        await Should.ThrowAsync<System.Text.Json.JsonException>(() => test.Desk.Send(new CompleteTask(TestRuntime.FirstTask("1.1"), "not-a-claim", "x") { As = "Ines" }));
        (await test.Do(new FireDueTimers(test.Clock.GetUtcNow()))).ShouldBe(2);
        (await test.Claim("1.1")).Status.ShouldBe("faulted");
        (await test.Claim("2.1")).Escalated.ShouldBeTrue();
        (await test.Do(new AnyTimerDue(test.Clock.GetUtcNow()))).ShouldBeFalse();
    }

    [Fact]
    public async Task ARepeatedFirstCommand_AnswersTheSame_ThoughNowThereAreUsers()
    {
        await using var test = new TestDesk();
        var first = new AddUser("Ada", [Roles.Administrator]) { As = "Ada", Key = "first" };
        (await test.Do(first)).Name.ShouldBe("Ada");
        (await test.Do(first)).Name.ShouldBe("Ada");
    }

    [Fact]
    public async Task Queue_ManyPages_ShowsEachTaskOnceInOrder()
    {
        await using var test = await TestDesk.WithUsers();
        for (var i = 0; i < 25; i++) await test.Check($"Mayor Pia Lund said the town would close {i} wells.");
        var seen = new List<string>();
        for (string? after = null; ;)
        {
            var page = await test.Do(new ListTasks(Limit: 10, After: after));
            seen.AddRange(page.Tasks.Select(t => t.Task));
            if ((after = page.Next) is null) break;
        }
        seen.ShouldBe(Enumerable.Range(1, 25).Select(n => TestRuntime.FirstTask($"{n}.1")));
        await test.Refused(new ListTasks(After: "x"), "invalid_request");
        await test.Refused(new ListTasks(Limit: 0), "invalid_request");
        await test.Refused(new ListTasks(Role: "boss"), "invalid_request");
        await test.Refused(new ListTasks(Article: "99"), "not_found");
        await test.Refused(new ListTasks(Assignee: "Nobody"), "unknown_user");
    }
}
