using System.Diagnostics;
using Verify.Desk;
using Verify.Desk.Features.Intake;
using Verify.Desk.Features.Matching;

namespace Verify.Benchmarks;

/// <summary>Earlier claims that say the same, and words anywhere, with very many claims in the database.</summary>
internal static class Matching
{
    public static async Task Run(Settings settings)
    {
        using var folder = new WorkFolder();
        var path = folder.File("desk.db");
        await using var desk = VerifyDesk.Open(new DeskOptions(path, Path.Combine(Measure.Root, "workflows"))).Value;
        var wanted = settings.Number("claims", 1_000_000, 3_000);
        var (claims, articles) = (0, 0);
        var filling = Stopwatch.StartNew();
        for (var seed = 0; claims < wanted; seed += 100, articles++)
            claims += (await Completions.Do(desk, new CheckArticle(Statements.Article(seed, 100)))).Claims;
        Measure.Print("matching", ("claims", claims), ("claims_started_per_second", claims / filling.Elapsed.TotalSeconds), ("mb", new FileInfo(path).Length / 1e6));

        // New articles that say in part what old ones said, as they said it or nearly so.
        var random = new Random(5);
        var rounds = settings.Number("rounds", 600, 30);
        var fresh = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            var old = Enumerable.Range(0, rounds / 20).Select(_ => Statements.Claim(random.Next(claims * 9 / 10), i % 2 == 0));
            var stored = await Completions.Do(desk, new CheckArticle($"Second edition {i}.\n\n{string.Join("\n\n", old)}"));
            fresh.AddRange(Enumerable.Range(1, stored.Claims).Select(n => $"{stored.Number}.{n}"));
        }
        var (times, found) = (new List<double>(), 0);
        for (var i = 0; i < 20; i++) // warm, on claims and words that are not asked for below
        {
            await Completions.Do(desk, new FindSimilar($"{i + 1}.1"));
            await Completions.Do(desk, new SearchDesk("market prison"));
        }
        foreach (var claim in fresh)
        {
            var began = Stopwatch.GetTimestamp();
            var similar = await Completions.Do(desk, new FindSimilar(claim));
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if (similar.Earlier.Count > 0) found++;
        }
        Measure.Print("matching", ("look", "similar"), ("claims", claims), ("p50_ms", Measure.Percentile(times, 0.5)), ("p99_ms", Measure.Percentile(times, 0.99)), ("asked", fresh.Count), ("found_any", found));
        foreach (var (name, words) in new[] { ("one common word", "town"), ("two common words", "town wells"), ("three common words", "council bridge school"), ("two common words never together", "close repair"), ("a rare name", Statements.Name(claims / 3)), ("a phrase", "\"by the end of\""), ("a rare and a common word", $"{Statements.Name(claims / 5)} town"), ("nothing", "zyxwv town") })
        {
            times.Clear();
            var hits = 0;
            for (var i = 0; i < Math.Max(5, rounds / 6); i++)
            {
                var began = Stopwatch.GetTimestamp();
                hits = (await Completions.Do(desk, new SearchDesk(words))).Hits.Count;
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
            Measure.Print("matching", ("look", "search"), ("words", name), ("claims", claims), ("hits", hits), ("p50_ms", Measure.Percentile(times, 0.5)), ("p99_ms", Measure.Percentile(times, 0.99)));
        }
    }

    /// <summary>Statements as of a newsroom's years: common words in common numbers, rare names, and no two alike by design.</summary>
    private static class Statements
    {
        private static readonly string[] Who = ["Mayor", "Minister", "Commissioner", "Director", "Inspector", "Senator"];
        private static readonly string[] Things = ["wells", "schools", "bridge", "hospital", "harbour", "library", "railway", "museum", "factory", "clinic", "airport", "dam", "prison", "market", "stadium", "ferry"];
        private static readonly string[] Acts = ["close", "repair", "sell", "inspect", "open", "rebuild", "insure", "lease", "measure", "paint", "search", "guard"];
        private static readonly string[] Bodies = ["town", "council", "province", "ministry", "company", "region", "parish", "bank", "union", "court"];
        private static readonly string[] Syllables = ["va", "ro", "mi", "ten", "lu", "sar", "ko", "bel", "din", "fa", "gor", "hel", "ist", "jor", "kal", "mun"];

        public static string Article(int from, int count) => string.Join("\n\n", Enumerable.Range(from, count).Select(i => Claim(i, false)));

        /// <summary>A name that few claims share.</summary>
        public static string Name(int seed)
        {
            var random = new Random(seed / 7 * 31 + 3);
            var name = string.Concat(Enumerable.Range(0, 3).Select(_ => Syllables[random.Next(Syllables.Length)]));
            return char.ToUpperInvariant(name[0]) + name[1..];
        }

        /// <param name="edited">Said with a few other words.</param>
        public static string Claim(int seed, bool edited)
        {
            var random = new Random(seed);
            string Any(string[] list) => list[random.Next(list.Length)];
            var (who, name, body, act, number, thing, other, place, month) = (Any(Who), Name(seed), Any(Bodies), Any(Acts), random.Next(2, 400), Any(Things), Any(Things), Name(random.Next(1_000_000)), random.Next(1, 28));
            return edited
                ? $"{who} {name} told reporters that the {body} will {act} {number} {thing} in {place}, and the {other} there, before the end of May {month}."
                : $"{who} {name} said the {body} would {act} {number} {thing} and the {other} in {place} by the end of May {month}.";
        }
    }
}
