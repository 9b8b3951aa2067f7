using System.Diagnostics;
using Verify.Attribution;

namespace Verify.Benchmarks;

internal static class Extraction
{
    public static Task Run(Settings settings)
    {
        var texts = Texts(settings);
        var words = texts.Sum(t => (long)News.Words(t));
        foreach (var text in texts.Take(200)) Extractor.Extract(text); // warm
        var budget = TimeSpan.FromSeconds(settings.Number("seconds", 10, 1));
        var (done, claims, passes) = (0L, 0L, 0);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        do
        {
            foreach (var text in texts) claims += Extractor.Extract(text).Count;
            done += words;
            passes++;
        }
        while (watch.Elapsed < budget);
        var seconds = watch.Elapsed.TotalSeconds;
        Measure.Print("extraction", ("words_per_second", done / seconds), ("mb_per_second", texts.Sum(t => (double)t.Length) * passes / seconds / 1e6),
            ("articles", texts.Count), ("mb", texts.Sum(t => t.Length) / 1e6), ("claims_per_second", claims / seconds),
            ("allocated_bytes_per_character", (double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / (texts.Sum(t => (long)t.Length) * passes)));
        // As one text: what is held while the longest article imaginable is read.
        var whole = string.Join("\n\n", texts);
        using var memory = new PeakMemory();
        var watchWhole = Stopwatch.StartNew();
        var found = Extractor.Extract(whole).Count;
        var wholeSeconds = watchWhole.Elapsed.TotalSeconds;
        Measure.Print("extraction as one text", ("mb", whole.Length / 1e6), ("words_per_second", News.Words(whole) / wholeSeconds), ("claims", found), ("memory_over_text", memory.Stop() / (2.0 * whole.Length)));
        return Task.CompletedTask;
    }

    private static List<string> Texts(Settings settings)
    {
        if (settings.Text is { } path)
            return [.. (Directory.Exists(path) ? Directory.GetFiles(path, "*.txt") : [path]).Select(File.ReadAllText)];
        var count = settings.Number("articles", 10_000, 300);
        return [.. Enumerable.Range(0, count).Select(News.Article)];
    }
}
