using System.Text.Json;
using Shouldly;
using Verify.Evidence.Matching;
using Xunit;

namespace Verify.Evidence.Tests;

/// <summary>
/// Finding earlier claims again, on a set written for it (Sets/README.md): pairs of claims that say the same, in the
/// same, nearly the same or other words, or share a quotation, and pairs that only look alike.
/// </summary>
public sealed class SeenBefore(ITestOutputHelper output)
{
    private sealed record Pair(string Group, string Earlier, string Claim, string Relation);

    private static readonly List<Pair> Pairs = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Sets", "seen-before.jsonl")).Where(l => l.Length > 0)
        .Select(l => JsonSerializer.Deserialize<Pair>(l, JsonSerializerOptions.Web)!)];

    [Fact]
    public void OnTheSet_ProposalsFindAndHitWhatTheyShould()
    {
        var earlier = Pairs.Select(p => p.Earlier).Distinct().ToList();
        var index = new Dictionary<ulong, List<int>>();
        for (var i = 0; i < earlier.Count; i++)
            foreach (var key in ClaimKeys.Of(earlier[i], direct: false)) (index.TryGetValue(key, out var l) ? l : index[key] = []).Add(i);
        var (found, asked) = (new Dictionary<string, int>(), new Dictionary<string, int>());
        var (right, wrong, flagged) = (0, 0, 0);
        foreach (var p in Pairs)
        {
            var proposed = ClaimKeys.Of(p.Claim, direct: false).SelectMany(k => index.GetValueOrDefault(k) ?? []).Distinct()
                .Select(i => (Text: earlier[i], Match: ClaimSimilarity.Compare(p.Claim, earlier[i]))).Where(x => x.Match.Likeness != Likeness.None).ToList();
            var hit = proposed.Any(x => x.Text == p.Earlier);
            asked[p.Relation] = asked.GetValueOrDefault(p.Relation) + 1;
            found[p.Relation] = found.GetValueOrDefault(p.Relation) + (hit ? 1 : 0);
            if (p.Relation == "different" && hit && proposed.First(x => x.Text == p.Earlier).Match.Differs is not null) flagged++;
            // What is shown with a warning is no claim that it says the same.
            foreach (var x in proposed.Where(x => x.Match.Differs is null)) if (x.Text == p.Earlier && p.Relation != "different") right++; else wrong++;
            if (p.Relation != "different" != hit) output.WriteLine($"{p.Relation} {(hit ? "proposed" : "missed")} {ClaimSimilarity.Compare(p.Claim, p.Earlier)}\n   {p.Earlier}\n   {p.Claim}");
        }
        var positives = asked.Where(a => a.Key != "different").Sum(a => a.Value);
        var recall = found.Where(a => a.Key != "different").Sum(a => a.Value) / (double)positives;
        var precision = right / (double)(right + wrong);
        output.WriteLine($"precision {precision:0.000}, recall {recall:0.000}; {string.Join(", ", asked.Select(a => $"{a.Key} {found[a.Key]}/{a.Value}"))}; of the different ones proposed {flagged} are flagged");
        precision.ShouldBeGreaterThan(0.7);
        recall.ShouldBeGreaterThan(0.7);
        found["same"].ShouldBe(asked["same"]);
    }
}
