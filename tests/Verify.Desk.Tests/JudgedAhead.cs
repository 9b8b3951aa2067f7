using MediatR;
using Shouldly;
using Verify.Desk.Features.Audit;
using Verify.Desk.Features.Claims;
using Verify.Desk.Features.Evidence;
using Verify.Desk.Features.Origins;
using Verify.Desk.Features.Queue;
using Verify.Desk.Features.Users;
using Verify.Desk.Requests;
using Xunit;

namespace Verify.Desk.Tests;

/// <summary>
/// Decisions that are judged before the writer's turn, and what happens between. A decision tells by its time whether the judgement
/// was used: it was made when the command was sent, or when its turn came.
/// </summary>
public sealed class JudgedAhead
{
    private const string Task1 = "1.1-3";

    private static CompleteTask Corroborated(string task = Task1, long? version = null) => new(task, "corroborated", ContentVerdict: "true", Version: version) { As = "Ines" };

    // While one holds the turn, the first is sent and then the second; a minute later both have it.
    private static async Task<(Result<TaskCompleted> Decided, bool Ahead)> Behind<T>(TestDesk test, IRequest<Result<T>>? first, CompleteTask second, Action? beside = null, bool firstIsRefused = false)
    {
        var goOn = await test.Desk.Hold();
        var sent = test.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        var before = first is null ? null : test.Desk.Send(first);
        var decided = test.Desk.Send(second);
        test.Clock.Advance(TimeSpan.FromMinutes(1));
        beside?.Invoke();
        await goOn();
        if (before is not null) ((await before).Refusal is not null).ShouldBe(firstIsRefused, (await before).Refusal?.Message);
        var at = test.Scalar<long>($"SELECT coalesce(max(decided_at), 0) FROM decisions d JOIN claims c ON c.id = d.claim_id JOIN articles a ON a.id = c.article_id WHERE a.number || '.' || c.ordinal || '-' || d.token = '{second.Task}'");
        return (await decided, at == sent);
    }

    private static async Task<TestDesk> WithClaims()
    {
        var test = await TestDesk.WithUsers();
        for (var i = 0; i < 3; i++) await test.Check($"Mayor Pia Lund said the town would close {i} wells.");
        return test;
    }

    [Fact]
    public async Task Decision_ThatNothingTouches_IsAsItWasJudged()
    {
        await using var test = await WithClaims();
        var (alone, ahead) = await Behind<TaskCompleted>(test, null, Corroborated());
        (alone.Value.Status, ahead).ShouldBe(("in-review", true));
        var (other, too) = await Behind(test, Corroborated("2.1-3"), Corroborated("3.1-3", version: 1));
        (other.Value.Version, too).ShouldBe((2, true));
        test.Scalar<long>("SELECT count(*) FROM audit WHERE action = 'TaskCompleted' AND at NOT IN (SELECT decided_at FROM decisions)").ShouldBe(0, "an entry is of the moment of its decision");
        // And the next of it, alone and in its turn.
        var next = alone.Value.Opened.ShouldHaveSingleItem().Task;
        (await test.Do(new CompleteTask(next, "confirmed", AttributionVerdict: "accurate") { As = "Ines" })).Opened.ShouldHaveSingleItem().Step.ShouldBe("approve");
        (await test.Do(new CheckAudit())).Sound.ShouldBeTrue();
    }

    // With what it does to other claims.
    [Fact]
    public async Task Dismissal_IsOfTheTurn()
    {
        await using var test = await WithClaims();
        var (decided, ahead) = await Behind<TaskCompleted>(test, null, new CompleteTask(Task1, "not-a-claim", "a title") { As = "Ines" });
        (decided.Value.Status, ahead).ShouldBe(("dismissed", false));
    }

    [Fact]
    public async Task Refusal_IsOfTheTurn()
    {
        await using var test = await WithClaims();
        await test.Do(new TakeTask(Task1) { As = "Omar" });
        // Taken when the command is sent; by its turn it has been given back.
        var (decided, ahead) = await Behind(test, new ReleaseTask(Task1) { As = "Omar" }, Corroborated());
        (decided.Refusal, ahead).ShouldBe((null, false));
    }

    [Theory]
    [InlineData("task_taken")]
    [InlineData("task_closed")]
    [InlineData("stale_version")]
    [InlineData("user_disabled")]
    [InlineData("wrong_role")]
    public async Task WhatHappenedBefore_IsSeen(string code)
    {
        await using var test = await WithClaims();
        await test.Complete("3.1", "corroborate", "corroborated", "Ines", "true"); // the writer knows Ines
        var (decided, _) = await (code switch
        {
            "task_taken" => Behind(test, new TakeTask(Task1) { As = "Omar" }, Corroborated()),
            "task_closed" => Behind(test, Corroborated(), Corroborated()),
            "stale_version" => Behind(test, Corroborated(), Corroborated(version: 1)),
            "user_disabled" => Behind(test, new DisableUser("Ines") { As = "Ada" }, Corroborated()),
            _ => Behind(test, new ChangeUser("Ines", [Roles.Reporter]) { As = "Ada" }, Corroborated()),
        });
        decided.Refusal.ShouldNotBeNull().Code.ShouldBe(code);
        test.Scalar<long>("SELECT count(*) FROM decisions WHERE claim_id = (SELECT id FROM claims WHERE article_id = (SELECT id FROM articles WHERE number = 1))").ShouldBe(code is "task_closed" or "stale_version" ? 1 : 0);
    }

    [Fact]
    public async Task WhatHappenedBesideTheProgram_IsSeen()
    {
        await using var test = await WithClaims();
        await test.Complete("3.1", "corroborate", "corroborated", "Ines", "true");
        var omar = test.Scalar<string>("SELECT id FROM users WHERE name = 'Omar'");
        var (decided, _) = await Behind<TaskCompleted>(test, null, Corroborated(), () => test.Sql($"UPDATE tasks SET assignee = '{omar}' WHERE token = 3 AND claim_id = (SELECT id FROM claims WHERE article_id = (SELECT id FROM articles WHERE number = 1))"));
        decided.Refusal.ShouldNotBeNull().Code.ShouldBe("task_taken");
        (decided, _) = await Behind<TaskCompleted>(test, null, Corroborated("2.1-3"), () => test.Sql("UPDATE users SET disabled_at = 1 WHERE name = 'Ines'"));
        decided.Refusal.ShouldNotBeNull().Code.ShouldBe("user_disabled");
    }

    // Nothing was decided on the evidence yet, so that its going reopens nothing and no entry names the claim.
    [Theory]
    [InlineData("nothing", null)]
    [InlineData("a piece is taken off", "ground_missing")]
    [InlineData("the claim that a piece comes from is none", "ground_missing")]
    public async Task GroundThatFellBefore_IsMissing(string what, string? code)
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check(TestDesk.Standard);
        var claim = await test.Check(TestDesk.Anonymous) + ".1";
        await test.Complete(claim, "identify-source", "identity-known", "Edda");
        test.Clock.Advance(TimeSpan.FromMinutes(1));
        await test.Attach(claim, "Three people died, according to the hospital.", origin: "Varnes Hospital", name: "hospital.txt");
        await test.Do(new SetOrigin("E1", claim, null) { As = "Ines" });
        await test.Attach(claim, "Three people died; so the mayor, who closes the wells.", name: "mayor.txt");
        await test.Do(new SetOrigin("E2", claim, "1.1") { As = "Ines" });
        await test.Do(new TakeTask("1.1-3") { As = "Omar" }); // no evidence in it: what was judged before still holds
        var decide = new CompleteTask((await test.Claim(claim)).Open.Single().Task, "corroborated-independently", ContentVerdict: "true") { As = "Ines" };
        var (decided, ahead) = what switch
        {
            "nothing" => await Behind<TaskCompleted>(test, null, decide),
            "a piece is taken off" => await Behind(test, new DetachEvidence("E2", claim, "another matter") { As = "Ines" }, decide),
            _ => await Behind(test, new CompleteTask("1.1-3", "not-a-claim", "a title") { As = "Omar" }, decide),
        };
        (decided.Refusal?.Code, ahead).ShouldBe((code, code is null));
    }

    [Fact]
    public async Task WhatCannotBeJudged_LeavesNoReaderBehindThatSeesNothingNew()
    {
        await using var test = await WithClaims();
        test.Sql("UPDATE claims SET state = '{}' WHERE article_id = (SELECT id FROM articles WHERE number = 1)");
        await test.Complete("3.1", "corroborate", "corroborated", "Ines", "true");
        for (var i = 0; i < 3; i++) await Should.ThrowAsync<System.Text.Json.JsonException>(() => Behind<TaskCompleted>(test, null, Corroborated()));
        await test.Complete("2.1", "corroborate", "corroborated", "Ines", "true");
        for (var i = 0; i < 5; i++) (await test.Claim("2.1")).Open.Single().Step.ShouldBe("check-secondary-source");
        (await test.Do(new CheckAudit())).Entries.ShouldBe(test.Scalar<long>("SELECT max(seq) FROM audit"));
    }

    [Fact]
    public async Task WhoCheckedBefore_DoesNotApprove()
    {
        await using var test = await WithClaims();
        var claim = "1.1";
        await test.Complete(claim, "corroborate", "corroborated", "Ines", "true");
        await test.Complete(claim, "check-secondary-source", "confirmed", "Ines", "accurate");
        var approve = (await test.Claim(claim)).Open.Single().Task;
        // Both may approve when the command is sent; by its turn the evidence is theirs.
        var piece = (await test.Attach("2.1", "The town closes wells.")).Evidence;
        var (decided, _) = await Behind(test, new UseEvidence(piece, claim, "supports") { As = "Both" }, new CompleteTask(approve, "approve") { As = "Both" });
        decided.Refusal.ShouldNotBeNull().Code.ShouldBe("four_eyes");
        decided.Refusal.Message.ShouldContain("Both brought evidence"); // in the desk's words, not the database's
    }

    [Fact]
    public async Task ACommentBefore_OrARefusedCommand_ChangesNothing()
    {
        await using var test = await WithClaims();
        var (decided, ahead) = await Behind(test, new CommentOnClaim("1.1", "who counted?") { As = "Ines" }, Corroborated());
        (decided.Refusal, ahead).ShouldBe((null, true));
        (decided, ahead) = await Behind(test, new TakeTask("2.1-3") { As = "Rita" }, Corroborated("2.1-3"), firstIsRefused: true);
        (decided.Refusal, ahead).ShouldBe((null, true));
        (await test.Do(new CheckAudit())).Sound.ShouldBeTrue();
    }
}
