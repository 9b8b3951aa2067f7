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

    // One turn is held until the others wait, so that they are a batch for certain; two of them have written before they fail.
    [Fact]
    public async Task ABatch_InWhichSomeFailAfterTheyWrote_KeepsNothingOfThose()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Do(new CheckAudit());
        await test.Close();
        await using (var writer = new Data.Writer(Data.DeskDatabase.Open(test.Path).Value, new Data.WriterMemory()))
        {
            var hold = new TaskCompletionSource();
            Task<Result<long>> Write(string name, Func<Result<long>> end) => Task.Run(() => writer.Run<Result<long>>(async (connection, audit) =>
            {
                if (name == "first") await hold.Task;
                var user = new Data.UserRow { Id = name, Name = name, Roles = "reader", CreatedAt = 1 };
                await Dapper.SqlMapper.ExecuteAsync(connection, "INSERT INTO users (id, name, roles, created_at) VALUES (@Id, @Name, @Roles, @CreatedAt)", user);
                await audit.Append("-", "UserAdded", 1, user, null, new { name }, []);
                return end();
            }));
            var first = Write("first", () => 1L);
            await Task.Delay(100);
            var rest = new List<Task<Result<long>>>();
            foreach (var (name, end) in new (string, Func<Result<long>>)[] { ("a", () => 1L), ("b", () => Refused.NotFound("task", "b")), ("c", () => throw new InvalidOperationException("c")), ("d", () => 1L), ("e", () => Refused.NotFound("task", "e")) })
            {
                rest.Add(Write(name, end));
                await Task.Delay(20);
            }
            hold.SetResult();
            (await first).Refusal.ShouldBeNull();
            (await rest[0]).Refusal.ShouldBeNull();
            (await rest[1]).Refusal.ShouldNotBeNull();
            await Should.ThrowAsync<InvalidOperationException>(() => rest[2]);
            (await rest[3]).Refusal.ShouldBeNull();
        }
        test.Scalar<string>("SELECT group_concat(id) FROM (SELECT id FROM users WHERE created_at = 1 ORDER BY id)").ShouldBe("a,d,first");
        (await test.Do(new CheckAudit())).ShouldSatisfyAllConditions(r => r.Sound.ShouldBeTrue(r.Problem));
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
