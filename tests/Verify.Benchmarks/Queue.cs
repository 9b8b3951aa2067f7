using System.Diagnostics;
using Verify.Desk;
using Verify.Desk.Features.Intake;
using Verify.Desk.Features.Queue;

namespace Verify.Benchmarks;

/// <summary>The queue's first page with many claims in the database, plain and filtered.</summary>
internal static class Queue
{
    public static async Task Run(Settings settings)
    {
        using var folder = new WorkFolder();
        await using var desk = VerifyDesk.Open(new DeskOptions(folder.File("desk.db"), Path.Combine(Measure.Root, "workflows"))).Value;
        var wanted = settings.Number("claims", 100_000, 2_000);
        var claims = 0;
        var filling = Stopwatch.StartNew();
        for (var seed = 0; claims < wanted; seed += 50)
            claims += (await Completions.Do(desk, new CheckArticle(string.Join("\n", Enumerable.Range(seed, 50).Select(News.Article))))).Claims;
        Measure.Print("queue", ("claims", claims), ("claims_started_per_second", claims / filling.Elapsed.TotalSeconds));
        foreach (var (name, query) in new[]
        {
            ("all", new ListTasks()), ("role", new ListTasks(Role: "editor")), ("step", new ListTasks(Step: "authenticate-document")),
            ("free", new ListTasks(Assignee: "none", Role: "fact-checker")), ("overdue", new ListTasks(Overdue: true)), ("article", new ListTasks(Article: "2")),
        })
        {
            for (var i = 0; i < 20; i++) await Completions.Do(desk, query);
            var times = new List<double>();
            for (var i = 0; i < settings.Number("rounds", 300, 30); i++)
            {
                var began = Stopwatch.GetTimestamp();
                await Completions.Do(desk, query);
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
            Measure.Print("queue", ("page", name), ("claims", claims), ("p50_ms", Measure.Percentile(times, 0.5)), ("p99_ms", Measure.Percentile(times, 0.99)));
        }
    }
}
