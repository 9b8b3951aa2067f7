using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Verify.Desk;
using Verify.Desk.Audit;
using Verify.Desk.Features.Audit;
using Verify.Desk.Features.Upkeep;

namespace Verify.Benchmarks;

/// <summary>What a large desk costs: speed and size beside a small one, its backup, its history, its timers.</summary>
internal static class Sizes
{
    private static VerifyDesk Open(string path, TimeProvider? clock = null) => VerifyDesk.Open(new DeskOptions(path, Path.Combine(Measure.Root, "workflows")), clock).Value;

    public static async Task Items(Settings settings)
    {
        using var folder = new WorkFolder();
        var (small, large, callers) = (settings.Number("small", 1_000, 200), settings.Number("claims", 1_000_000, 2_000), settings.Number("callers", 64, 8));
        var filling = Stopwatch.StartNew();
        await using (var desk = Open(folder.File("large.db"))) await Completions.Fill(desk, large);
        Measure.Print("start", ("claims", large), ("claims_started_per_second", large / filling.Elapsed.TotalSeconds), ("kb_per_started_item", SizeOf(folder.File("large.db")) / 1024.0 / large));
        // The same thousand claims' worth of work on each, in turns; on small desks that are new each time, as they would run out.
        var rates = (Small: new List<double>(), Large: new List<double>());
        var used = 0;
        for (var round = 0; round < settings.Number("rounds", 20, 2); round++, used += small)
        {
            await using (var desk = Open(folder.File($"small-{round}.db")))
            {
                await Completions.Fill(desk, small);
                rates.Small.Add(await Rate(desk, 0, small, callers));
            }
            await using (var desk = Open(folder.File("large.db"))) rates.Large.Add(await Rate(desk, used, small, callers));
        }
        var (s, l) = (Measure.Percentile(rates.Small, 0.5), Measure.Percentile(rates.Large, 0.5));
        Measure.Print("items", ("claims", large), ("small", small), ("callers", callers), ("per_second_at_small", s), ("per_second_at_large", l), ("large_over_small", l / s));
        await using var whole = Open(folder.File("large.db"));
        await History(whole, folder);
        var watch = Stopwatch.StartNew();
        await Completions.Do(whole, new BackUp(folder.File("copy.db")));
        var copied = watch.Elapsed;
        await using var copy = Open(folder.File("copy.db"));
        await Completions.Corroborate(copy, used);
        Measure.Print("backup", ("claims", large), ("mb", SizeOf(folder.File("copy.db")) / 1024.0 / 1024), ("backup_s", copied.TotalSeconds), ("restored_to_first_decision_s", (watch.Elapsed - copied).TotalSeconds));
    }

    private static long SizeOf(string path) => new FileInfo(path).Length;

    private static async Task<double> Rate(VerifyDesk desk, int from, int claims, int callers)
    {
        var (next, times, watch) = (from - 1, new List<double>[callers], Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, callers).Select(c => Task.Run(async () =>
        {
            times[c] = [];
            while (Interlocked.Increment(ref next) is var item && item < from + claims) await Completions.Walk(desk, Completions.FirstTask(item), times[c]);
        })));
        return times.Sum(t => t.Count) / watch.Elapsed.TotalSeconds;
    }

    private static async Task History(VerifyDesk desk, WorkFolder folder)
    {
        var file = folder.File("history.log");
        var watch = Stopwatch.StartNew();
        var exported = await Completions.Do(desk, new ExportAudit(file));
        var export = watch.Elapsed.TotalSeconds;
        watch.Restart();
        using (var stream = File.OpenRead(file))
            if (!AuditFileCheck.Check(stream, [], null).Value.Sound) throw new InvalidOperationException("the export is not sound");
        var check = watch.Elapsed.TotalSeconds;
        watch.Restart();
        await Completions.Do(desk, new ProveAudit(exported.Entries / 2, null));
        var prove = watch.Elapsed.TotalSeconds;
        watch.Restart();
        var audit = await Completions.Do(desk, new CheckAudit());
        Measure.Print("audit", ("entries", exported.Entries), ("export_mb", exported.Bytes / 1024.0 / 1024), ("export_s", export), ("check_export_s", check), ("check_export_s_per_million", check * 1_000_000 / exported.Entries),
            ("prove_s", prove), ("check_desk_s", watch.Elapsed.TotalSeconds), ("rows", audit.Rows));
    }

    /// <summary>Every item goes its whole way; what the file holds for each afterwards.</summary>
    public static async Task Finished(Settings settings)
    {
        using var folder = new WorkFolder();
        var claims = settings.Number("claims", 20_000, 400);
        var path = folder.File("desk.db");
        await using (var desk = Open(path))
        {
            await Completions.Fill(desk, claims);
            await Parallel.ForAsync(0, claims, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (item, _) => await Completions.Walk(desk, Completions.FirstTask(item), []));
        }
        using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        using var pages = connection.CreateCommand();
        pages.CommandText = "SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 6";
        var largest = new List<string>();
        try
        {
            using var reader = pages.ExecuteReader();
            while (reader.Read()) largest.Add($"{reader.GetString(0)} {reader.GetInt64(1) / 1024.0 / claims:0.00}");
        }
        catch (SqliteException) { /* this SQLite was built without dbstat */ }
        Measure.Print("finished", ("items", claims), ("kb_per_finished_item", SizeOf(path) / 1024.0 / claims), ("largest_kb_per_item", string.Join(", ", largest)));
    }

    /// <summary>As many timers as claims, all due at once.</summary>
    public static async Task Timers(Settings settings)
    {
        using var folder = new WorkFolder();
        var claims = settings.Number("claims", 100_000, 1_000);
        var clock = new Shifted();
        await using var desk = Open(folder.File("desk.db"), clock);
        await Completions.Fill(desk, claims);
        clock.By = TimeSpan.FromDays(60);
        var watch = Stopwatch.StartNew();
        if (await desk.CatchUp() is { } refusal) throw new InvalidOperationException(refusal.Message);
        var took = watch.Elapsed.TotalSeconds;
        using var connection = new SqliteConnection($"Data Source={folder.File("desk.db")};Pooling=false");
        connection.Open();
        using var left = connection.CreateCommand();
        left.CommandText = "SELECT count(*) FROM timers WHERE status = 'fired'";
        Measure.Print("timers", ("due_at_once", claims), ("fired", left.ExecuteScalar()!), ("seconds", took), ("per_second", claims / took));
    }

    private sealed class Shifted : TimeProvider
    {
        public TimeSpan By { get; set; }
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + By;
    }
}
