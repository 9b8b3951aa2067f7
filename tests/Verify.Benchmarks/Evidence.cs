using System.Diagnostics;
using System.Text;
using Verify.Evidence.Provenance;
using Verify.Evidence.Quotations;
using Verify.Evidence.Text;

namespace Verify.Benchmarks;

/// <summary>A quotation against a long document, and origins in a large graph.</summary>
internal static class Evidence
{
    public static Task Quotation(Settings settings)
    {
        var kilobytes = settings.Number("kb", 1024, 128);
        var document = new StringBuilder();
        for (var seed = 0; document.Length < kilobytes * 1024; seed++) document.Append(Wrapped(News.Article(seed))).Append("\n\n");
        var text = document.ToString(0, kilobytes * 1024);
        // Thirty words out of the middle: as they stand, with four of them changed, of two places, and of nowhere.
        var words = TextWords.Of(text);
        string From(int word, int count) => text[words.StartOf(word)..words.EndOf(word + count - 1)].Replace('"', ' ').ReplaceLineEndings(" ");
        var exact = From(words.Count / 2, 30);
        var altered = string.Join(' ', exact.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((w, i) => i % 8 == 7 ? "otherwise" : w));
        var spliced = From(words.Count / 3, 15) + " " + From(words.Count * 2 / 3, 15);
        const string Nowhere = "the committee of the orchard keepers has never measured how many pears were carried across the frozen lake by sledge before the third winter of that long and silent decade";
        foreach (var (name, quotation) in new[] { ("as it stands", exact), ("altered", altered), ("spliced", spliced), ("not there", Nowhere) })
        {
            QuotationComparison? last = null;
            var (read, compare) = (new List<double>(), new List<double>());
            for (var i = 0; i < 10; i++) QuotationCheck.Compare(quotation, TextWords.OfDocument(text)); // warm
            for (var i = 0; i < settings.Number("rounds", 60, 8); i++)
            {
                var began = Stopwatch.GetTimestamp();
                var fresh = TextWords.OfDocument(text);
                read.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                last = QuotationCheck.Compare(quotation, fresh);
                compare.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
            Measure.Print("quotation", ("case", name), ("kb", kilobytes), ("words", words.Count), ("result", last!.Result.ToString()), ("reading_p50_ms", Measure.Percentile(read, 0.5)), ("all_p50_ms", Measure.Percentile(compare, 0.5)), ("all_p99_ms", Measure.Percentile(compare, 0.99)));
        }
        return Task.CompletedTask;
    }

    // As documents come: lines of some 72 characters.
    private static string Wrapped(string text)
    {
        var wrapped = new StringBuilder(text);
        var line = 0;
        for (var i = 0; i < wrapped.Length; i++)
        {
            if (wrapped[i] == '\n') line = i;
            else if (wrapped[i] == ' ' && i - line >= 68) { wrapped[i] = '\n'; line = i; }
        }
        return wrapped.ToString();
    }

    public static Task Origins(Settings settings)
    {
        var nodes = settings.Number("nodes", 10_000, 2_000);
        foreach (var (name, cycles) in new[] { ("a tree of reports", false), ("with cycles", true) })
        {
            var random = new Random(11);
            var evidence = nodes / 2;
            var list = Enumerable.Range(0, nodes).Select(i => new ProvenanceNode(i < evidence ? $"E{i}" : $"S{i}", i < evidence ? NodeKind.Evidence : NodeKind.Source, "n")).ToList();
            var edges = new List<ProvenanceEdge>();
            for (var i = 0; i < nodes * 2; i++)
            {
                var from = random.Next(nodes - 1);
                // Mostly onwards, to what is nearer the origins; with cycles also back.
                var to = cycles && random.Next(10) == 0 ? random.Next(nodes) : random.Next(from + 1, nodes);
                edges.Add(new(list[from].Id, list[to].Id));
            }
            var supporting = list.Take(evidence).Select(n => n.Id).ToList();
            var times = new List<double>();
            IndependenceReport? report = null;
            for (var i = 0; i < settings.Number("rounds", 40, 5); i++)
            {
                var began = Stopwatch.GetTimestamp();
                report = Independence.Of(new ProvenanceGraph(list, edges), supporting, [], [list[^1].Id]);
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
            Measure.Print("origins", ("graph", name), ("nodes", nodes), ("edges", edges.Count), ("independent", report!.For), ("circles", report.Circles.Count), ("p50_ms", Measure.Percentile(times, 0.5)), ("p99_ms", Measure.Percentile(times, 0.99)));
        }
        return Task.CompletedTask;
    }
}
