using System.Diagnostics;
using Verify.Cli.Tests;
using Verify.Desk;
using Verify.Desk.Features.Accounts;

namespace Verify.Benchmarks;

/// <summary>Completions at a given rate, over HTTP, and for an hour.</summary>
internal static class UnderLoad
{
    private static VerifyDesk Open(string path) => VerifyDesk.Open(new DeskOptions(path, Path.Combine(Measure.Root, "workflows"))).Value;

    /// <summary>Each begins when it is due, whether or not those before it have ended; its time counts from when it was due.</summary>
    public static async Task Offered(Settings settings)
    {
        using var folder = new WorkFolder();
        var (rate, seconds) = (settings.Number("per-second", 2000, 300), settings.Number("seconds", 10, 1));
        await using var desk = Open(folder.File("desk.db"));
        var warm = rate; // the first second's worth is not counted: code is compiled then
        await Completions.Fill(desk, warm + rate * seconds);
        await Offer(desk, 0, warm, rate);
        var times = await Offer(desk, warm, rate * seconds, rate);
        Measure.Print("completions offered", ("per_second", rate), ("seconds", seconds), ("p50_ms", Measure.Percentile(times, 0.5)), ("p99_ms", Measure.Percentile(times, 0.99)), ("max_ms", times.Max()));
    }

    private static async Task<List<double>> Offer(VerifyDesk desk, int from, int count, int rate)
    {
        var times = new double[count];
        var all = new Task[count];
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var due = began + i * Stopwatch.Frequency / rate;
            while (Stopwatch.GetTimestamp() < due) await Task.Delay(1);
            var n = i;
            all[i] = Task.Run(async () =>
            {
                await Completions.Corroborate(desk, from + n);
                times[n] = Stopwatch.GetElapsedTime(due).TotalMilliseconds;
            });
        }
        await Task.WhenAll(all);
        return [.. times];
    }

    public static async Task Http(Settings settings)
    {
        using var folder = new WorkFolder();
        var (connections, seconds, claims) = (settings.Number("connections", 64, 8), settings.Number("seconds", 10, 1), settings.Number("claims", 60_000, 1_000));
        var database = folder.File("desk.db");
        string invitation;
        await using (var desk = Open(database))
        {
            await Completions.Fill(desk, claims);
            invitation = (await Completions.Do(desk, new InviteUser("Ines") { As = "Ada" })).Token;
        }
        using var server = await Served.Start(database, Path.Combine(Measure.Root, "workflows"));
        using var ines = new Verify.Cli.Tests.Visitor(server.Address);
        await ines.SignIn(invitation, "seven harbour lights");
        var next = -1;
        var latencies = new List<double>[connections];
        async Task<double> Run(double until)
        {
            var (watch, from) = (Stopwatch.StartNew(), next);
            await Task.WhenAll(Enumerable.Range(0, connections).Select(c => Task.Run(async () =>
            {
                var mine = latencies[c] = [];
                while (watch.Elapsed.TotalSeconds < until && Interlocked.Increment(ref next) is var item && item < claims)
                {
                    var task = Completions.FirstTask(item);
                    var began = Stopwatch.GetTimestamp();
                    if (!await ines.Send($"/claims/{task.Split('-')[0]}/decide", ("task", task), ("outcome", "corroborated"), ("content_verdict", "true"), ("once", task))) throw new InvalidOperationException($"{task} was refused");
                    mine.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                }
            })));
            return (next - from) / watch.Elapsed.TotalSeconds;
        }
        await Run(seconds / 4.0);
        var perSecond = await Run(seconds);
        var all = latencies.SelectMany(l => l).ToList();
        Measure.Print("completions-http", ("connections", connections), ("claims", claims), ("per_second", perSecond), ("p50_ms", Measure.Percentile(all, 0.5)), ("p99_ms", Measure.Percentile(all, 0.99)), ("completions", all.Count), ("resident_mb", server.ResidentMb));
    }

    /// <summary>Half of what it could do, and new claims as fast as they are used up; a line a minute.</summary>
    public static async Task Soak(Settings settings)
    {
        using var folder = new WorkFolder();
        var (rate, seconds) = (settings.Number("per-second", 1500, 200), settings.Number("seconds", 3600, 3));
        var path = folder.File("desk.db");
        await using var desk = Open(path);
        var (stock, done, watch) = (rate, 0, Stopwatch.StartNew());
        await Completions.Fill(desk, stock);
        for (var line = 0; watch.Elapsed.TotalSeconds < seconds; line++)
        {
            var until = Math.Min(seconds, (line + 1) * Math.Max(1, seconds / 60));
            var times = new List<double>();
            while (watch.Elapsed.TotalSeconds < until)
            {
                var filling = Completions.Fill(desk, stock + rate, stock);
                times.AddRange(await Offer(desk, done, Math.Min(rate, stock - done), rate));
                await filling;
                done = stock;
                stock = (stock + rate + Completions.PerArticle - 1) / Completions.PerArticle * Completions.PerArticle;
            }
            long Size(string file) => File.Exists(file) ? new FileInfo(file).Length / 1024 / 1024 : 0;
            Measure.Print("soak", ("minutes", watch.Elapsed.TotalMinutes), ("offered_per_second", rate), ("completed", done), ("p50_ms", Measure.Percentile(times, 0.5)), ("p99_ms", Measure.Percentile(times, 0.99)),
                ("live_mb", GC.GetTotalMemory(forceFullCollection: true) / 1024 / 1024), ("resident_mb", Environment.WorkingSet / 1024 / 1024), ("wal_mb", Size(path + "-wal")), ("database_mb", Size(path)));
        }
    }
}
