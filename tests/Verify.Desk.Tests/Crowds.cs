using System.Collections.Concurrent;
using Shouldly;
using Verify.Desk.Features.Audit;
using Verify.Desk.Features.Claims;
using Xunit;

namespace Verify.Desk.Tests;

/// <summary>As many at once as no newsroom has.</summary>
public sealed class Crowds
{
    private static async Task<TestDesk> WithClaims(int claims)
    {
        var test = await TestDesk.WithUsers();
        await Parallel.ForAsync(0, claims / 200, async (a, _) => await test.Check(string.Join(' ', Enumerable.Range(0, 200).Select(i => $"Mayor Pia Lund said the town would close {a * 200 + i} wells."))));
        return test;
    }

    private static string Claim(int n) => $"{n / 200 + 1}.{n % 200 + 1}";

    [Fact]
    public async Task AHundredClients_SubmittingAThousandTasksTwice_HaveOneEffectEach()
    {
        await using var test = await WithClaims(1000);
        var done = new ConcurrentDictionary<int, int>();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(client => Task.Run(async () =>
        {
            // Each begins elsewhere, so that every task is wanted by several at once; and each sends everything twice.
            for (var i = 0; i < 2000; i++)
            {
                var n = (i / 2 + client * 10) % 1000;
                var result = await test.Desk.Send(new CompleteTask(TestRuntime.FirstTask(Claim(n)), "corroborated", ContentVerdict: "true") { As = client % 2 == 0 ? "Ines" : "Both" });
                if (result.Refusal is null) done.AddOrUpdate(n, 1, (_, times) => times + 1);
                else result.Refusal.Code.ShouldBe("task_closed");
            }
        })));
        done.Count.ShouldBe(1000);
        done.Values.ShouldAllBe(times => times == 1);
        test.Scalar<long>("SELECT count(*) FROM decisions").ShouldBe(1000);
        test.Scalar<long>("SELECT count(*) FROM tasks WHERE status = 'open' AND step = 'check-secondary-source'").ShouldBe(1000);
        (await test.Do(new CheckAudit())).Sound.ShouldBeTrue();
    }

    [Fact]
    public async Task TenThousandPairsOfEditors_OneWinsAndOneIsToldThatItChanged()
    {
        await using var test = await WithClaims(10_000);
        var won = new ConcurrentDictionary<string, int>();
        await Parallel.ForAsync(0, 10_000, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (n, _) =>
        {
            var task = (await test.Do(new CompleteTask(TestRuntime.FirstTask(Claim(n)), "corroborated", ContentVerdict: "true") { As = "Ines" })).Opened.Single().Task;
            var checked_ = await test.Do(new CompleteTask(task, "confirmed", AttributionVerdict: "accurate") { As = "Ines" });
            var approval = checked_.Opened.Single().Task;
            var both = await Task.WhenAll(
                Task.Run(() => test.Desk.Send(new CompleteTask(approval, "approve", Version: checked_.Version) { As = "Edda" })),
                Task.Run(() => test.Desk.Send(new CompleteTask(approval, "reject", Note: "no", Version: checked_.Version) { As = "Emil" })));
            both.Count(r => r.Refusal is null).ShouldBe(1);
            both.Single(r => r.Refusal is not null).Refusal!.Code.ShouldBe("stale_version");
            won.AddOrUpdate(both[0].Refusal is null ? "Edda" : "Emil", 1, (_, times) => times + 1);
        });
        won.Values.Sum().ShouldBe(10_000);
        test.Scalar<long>("SELECT count(*) FROM decisions WHERE kind = 'approval'").ShouldBe(10_000);
        test.Scalar<long>("SELECT count(*) FROM claims WHERE status IN ('approved', 'rejected')").ShouldBe(10_000);
        (await test.Do(new CheckAudit())).Sound.ShouldBeTrue();
    }
}
