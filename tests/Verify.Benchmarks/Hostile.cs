using System.Diagnostics;
using Verify.Attribution;

namespace Verify.Benchmarks;

/// <summary>Text made to be slow: the time must grow with its length and not with the square of it, and the memory likewise.</summary>
internal static class Hostile
{
    private static readonly (string Name, string Piece)[] Texts =
    [
        ("quotation marks", "\" said \" "),
        ("one sentence", "the minister of the ports said that he told them and "),
        ("nested quotations", "“he said ‘"),
        ("cues alone", "he said "),
        ("sources alone", "Bob cited Ann as saying "),
        ("names alone", "Minister Ann Bobson, "),
    ];

    public static Task Run(Settings settings)
    {
        var largest = settings.Number("mb", 10, 1);
        foreach (var (name, piece) in Texts)
            foreach (var mb in new[] { 1, 2, 5, 10 }.Where(m => m <= largest))
            {
                var text = string.Concat(Enumerable.Repeat(piece, mb * 1_000_000 / piece.Length));
                using var memory = new PeakMemory();
                var watch = Stopwatch.StartNew();
                var claims = Extractor.Extract(text).Count;
                var seconds = watch.Elapsed.TotalSeconds;
                Measure.Print("hostile", ("text", name), ("mb", mb), ("seconds", seconds), ("seconds_per_mb", seconds / mb), ("claims", claims), ("memory_over_text", memory.Stop() / (2.0 * text.Length)));
            }
        return Task.CompletedTask;
    }
}
