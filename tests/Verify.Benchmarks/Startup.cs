using System.Diagnostics;

namespace Verify.Benchmarks;

/// <summary>From process start to the end of a first check: what a person waits for.</summary>
internal static class Startup
{
    public static async Task Run(Settings settings)
    {
        using var folder = new WorkFolder();
        var article = folder.File("article.txt");
        var text = "";
        for (var seed = 0; News.Words(text) < 750; seed++) text += News.Article(seed) + "\n";
        await File.WriteAllTextAsync(article, string.Join(' ', text.Split(' ').Take(750)) + ".");
        var times = new List<double>();
        for (var round = 0; round < settings.Number("rounds", 20, 3); round++)
        {
            var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "verify"), ["check", article, "--db", folder.File($"desk-{round}.db")]) { RedirectStandardOutput = true };
            var watch = Stopwatch.StartNew();
            using var process = Process.Start(start)!;
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            times.Add(watch.Elapsed.TotalMilliseconds);
            if (process.ExitCode != 0) throw new InvalidOperationException($"check ended with status {process.ExitCode}");
        }
        Measure.Print("startup", ("p50_ms", Measure.Percentile(times, 0.5)), ("max_ms", times.Max()), ("words", 750), ("rounds", times.Count));
    }
}
