using Shouldly;
using Verify.Desk.Features.Audit;
using Verify.Desk.Features.Claims;
using Verify.Desk.Requests;
using Xunit;

namespace Verify.Desk.Tests;

public sealed class ManyAtOnce
{
    [Fact]
    public async Task Complete_TheSameTasksFromManyCallers_HasOneEffectEach()
    {
        await using var test = await TestDesk.WithUsers();
        for (var i = 0; i < 40; i++) await test.Check($"Mayor Pia Lund said the town would close {i} wells.");
        var answers = await Task.WhenAll(Enumerable.Range(0, 40 * 8).Select(n => Task.Run(async () =>
            (Task: n % 40, Result: await test.Desk.Send(new CompleteTask(TestRuntime.FirstTask($"{n % 40 + 1}.1"), "corroborated", ContentVerdict: "true") { As = n / 40 % 2 == 0 ? "Ines" : "Omar" })))));
        foreach (var group in answers.GroupBy(a => a.Task))
        {
            group.Count(a => a.Result.Refusal is null).ShouldBe(1);
            group.Where(a => a.Result.Refusal is not null).ShouldAllBe(a => a.Result.Refusal!.Code == "task_closed");
        }
        test.Scalar<long>("SELECT count(*) FROM decisions").ShouldBe(40);
        test.Scalar<long>("SELECT count(*) FROM tasks WHERE status = 'open'").ShouldBe(40);
        (await test.Do(new CheckAudit())).Sound.ShouldBeTrue();
    }

    [Fact]
    public async Task Complete_WithOneKeyFromManyCallers_AnswersAllAlike()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check(TestDesk.Standard);
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() =>
            test.Do(new CompleteTask(TestRuntime.FirstTask("1.1"), "corroborated", ContentVerdict: "true") { As = "Ines", Key = "k" }))));
        answers.ShouldAllBe(a => a.Version == TestRuntime.VersionAfter(1) && a.Opened.Count == 1);
        test.Scalar<long>("SELECT count(*) FROM decisions").ShouldBe(1);
    }

    [Fact]
    public async Task TwoEditors_OnTheSameVersion_OneWinsAndOneIsToldThatItChanged()
    {
        await using var test = await TestDesk.WithUsers();
        for (var i = 0; i < 30; i++)
        {
            var claim = await test.Check($"Mayor Pia Lund said the town would close {i} wells.") + ".1";
            await test.Complete(claim, "corroborate", "corroborated", "Ines", "true");
            await test.Complete(claim, "check-secondary-source", "confirmed", "Ines", "accurate");
            var view = await test.Claim(claim);
            var task = view.Open.Single().Task;
            var both = await Task.WhenAll(
                Task.Run(() => test.Desk.Send(new CompleteTask(task, "approve", Version: view.Version) { As = "Edda" })),
                Task.Run(() => test.Desk.Send(new CompleteTask(task, "reject", Note: "no", Version: view.Version) { As = "Emil" })));
            both.Count(r => r.Refusal is null).ShouldBe(1);
            both.Single(r => r.Refusal is not null).Refusal!.Code.ShouldBe("stale_version");
        }
    }

    [Fact]
    public async Task ABatch_WithRefusalsInIt_KeepsTheOthers()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check(TestDesk.Standard);
        var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() =>
            i % 2 == 0 ? test.Desk.Send(new CommentOnClaim("1.1", $"word {i}") { As = "Ines" }) : test.Desk.Send(new CommentOnClaim("7.7", "lost") { As = "Ines" }))));
        results.Count(r => r.Refusal is null).ShouldBe(30);
        results.Where(r => r.Refusal is not null).ShouldAllBe(r => r.Refusal!.Kind == RefusalKind.NotFound);
        test.Scalar<long>("SELECT count(*) FROM comments").ShouldBe(30);
        (await test.Do(new CheckAudit())).Sound.ShouldBeTrue();
    }
}
