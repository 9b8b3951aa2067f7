using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Verify.Desk;
using Verify.Desk.Features.Claims;
using Verify.Desk.Features.Intake;
using Verify.Desk.Features.Users;
using Verify.Desk.Requests;
using Verify.Desk.Runtimes;

namespace Verify.Benchmarks;

/// <summary>Human-task completions through the standard definition: decided, moved on and on disk before the answer.</summary>
internal static class Completions
{
    private static readonly (string Outcome, string? Attribution, string? Content, string User)[] Steps =
        [("corroborated", null, "true", "Ines"), ("confirmed", "accurate", null, "Ines"), ("approve", null, null, "Edda")];

    internal const int PerArticle = 200;

    public static async Task Run(Settings settings)
    {
        using var folder = new WorkFolder();
        var seconds = settings.Number("seconds", 10, 1);
        var single = Raw(folder.File("raw-single.db"), seconds / 4.0, rowsPerCommit: 1);
        var shared = Raw(folder.File("raw-shared.db"), seconds / 4.0, rowsPerCommit: 256);
        foreach (var callers in settings.Number("callers", 0, 8) is var n and > 0 ? [n] : new[] { 1, 8, 64 })
            await RunWith(folder.File($"desk-{callers}.db"), callers, seconds, settings.Number("claims", Math.Max(4000, callers * 500), 400), single, shared);
    }

    /// <summary>The same on every runtime that is built in, one after the other.</summary>
    public static async Task OnEachRuntime(Settings settings)
    {
        using var folder = new WorkFolder();
        var seconds = settings.Number("seconds", 20, 1);
        var single = Raw(folder.File("raw-single.db"), seconds / 4.0, rowsPerCommit: 1);
        var shared = Raw(folder.File("raw-shared.db"), seconds / 4.0, rowsPerCommit: 256);
        foreach (var runtime in Outside.Keys.Prepend(DeskOptions.Embedded))
            foreach (var callers in new[] { 1, 8 })
                await RunWith(folder.File($"{runtime}-{callers}.db"), callers, seconds, settings.Number("claims", runtime == DeskOptions.Embedded ? 20_000 : 400, 200), single, shared, runtime);
    }

    private static readonly Dictionary<string, OpenRuntime> Outside = new()
    {
#if WITH_ELSA
        ["elsa"] = Verify.Elsa.ElsaRuntime.Open,
#endif
    };

    private static async Task RunWith(string path, int callers, int seconds, int claims, double single, double shared, string runtime = DeskOptions.Embedded)
    {
        await using var desk = VerifyDesk.Open(new DeskOptions(path, Path.Combine(Measure.Root, "workflows")) { Runtime = runtime, Runtimes = Outside }).Value;
        await Fill(desk, claims);

        var next = -1;
        var latencies = new List<double>[callers];
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(c => Task.Run(async () =>
        {
            var mine = latencies[c] = [];
            while (watch.Elapsed.TotalSeconds < seconds && Interlocked.Increment(ref next) is var item && item < claims)
            {
                await Walk(desk, FirstTask(item, runtime), mine);
            }
        })));
        var elapsed = watch.Elapsed.TotalSeconds;
        var all = latencies.SelectMany(l => l).ToList();
        Measure.Print("completions", ("runtime", runtime), ("callers", callers), ("per_second", all.Count / elapsed), ("p50_ms", Measure.Percentile(all, 0.5)), ("p99_ms", Measure.Percentile(all, 0.99)),
            ("raw_single_per_second", single), ("raw_shared_per_second", shared), ("share_of_raw_single", all.Count / elapsed / single), ("completions", all.Count));
    }

    /// <summary>Takes a standard claim from its first task to its approval.</summary>
    internal static async Task Walk(VerifyDesk desk, string task, List<double> times)
    {
        foreach (var (outcome, attribution, content, user) in Steps)
        {
            var began = Stopwatch.GetTimestamp();
            var done = await Do(desk, new CompleteTask(task, outcome, null, attribution, content) { As = user });
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if (done.Opened.Count > 0) task = done.Opened[0].Task;
            else if (done.Status != "approved") throw new InvalidOperationException($"{task} ended {done.Status}");
        }
    }

    /// <summary>Adds users where there are none, and articles of 200 standard claims each until there are so many claims.</summary>
    internal static async Task Fill(VerifyDesk desk, int claims, int from = 0)
    {
        if (from == 0)
        {
            await Do(desk, new AddUser("Ada", [Roles.Administrator]));
            await Do(desk, new AddUser("Ines", [Roles.FactChecker]) { As = "Ada" });
            await Do(desk, new AddUser("Edda", [Roles.Editor]) { As = "Ada" });
        }
        await Parallel.ForAsync(from / PerArticle, (claims + PerArticle - 1) / PerArticle, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (a, _) =>
            await Do(desk, new CheckArticle(string.Join(' ', Enumerable.Range(0, PerArticle).Select(i => $"Mayor Pia Lund said the town would close {a * PerArticle + i} wells."))) { As = "Ada" }));
    }

    /// <summary>The number of a claim's first task on the embedded runtime, where what is not a task has a number too.</summary>
    internal static string FirstTask(int item, string runtime = DeskOptions.Embedded) => $"{item / PerArticle + 1}.{item % PerArticle + 1}-{(runtime == DeskOptions.Embedded ? 3 : 1)}";

    internal static Task<TaskCompleted> Corroborate(VerifyDesk desk, int item) => Do(desk, new CompleteTask(FirstTask(item), "corroborated", null, null, "true") { As = "Ines" });

    // The disk's own rate with the same settings: one small row a commit, or many rows sharing one.
    internal static double Raw(string path, double seconds, int rowsPerCommit)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        void Execute(string sql) { using var c = connection.CreateCommand(); c.CommandText = sql; c.ExecuteNonQuery(); }
        Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT NOT NULL)");
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO rows (text) VALUES ('a decision, its task, its claim and the entry that records them')";
        using var begin = connection.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        using var commit = connection.CreateCommand();
        commit.CommandText = "COMMIT";
        var rows = 0L;
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed.TotalSeconds < seconds)
        {
            begin.ExecuteNonQuery();
            for (var i = 0; i < rowsPerCommit; i++, rows++) insert.ExecuteNonQuery();
            commit.ExecuteNonQuery();
        }
        return rows / watch.Elapsed.TotalSeconds;
    }

    internal static async Task<T> Do<T>(VerifyDesk desk, MediatR.IRequest<Result<T>> request) => (await desk.Send(request)).Value;
}
