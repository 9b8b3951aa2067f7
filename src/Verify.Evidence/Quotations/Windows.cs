using Verify.Evidence.Text;

namespace Verify.Evidence.Quotations;

/// <summary>Where in a document a quotation could stand: the stretches with the most of its rarer words.</summary>
internal static class Windows
{
    private const int MostWindows = 6, LongQuotation = 400; // words: a long one is sure of its place

    /// <param name="length">How many words a stretch may span.</param>
    /// <param name="margin">Words added before and behind.</param>
    public static List<(int From, int To)> Find(IReadOnlyList<QuotedWord> quote, TextWords document, int length, int margin)
    {
        var slots = new Dictionary<ulong, int>();
        var pairs = new Dictionary<(int, int), int>(); // neighbours in the quotation
        var before = -1;
        foreach (var q in quote)
        {
            if (q.IsBracket) { before = -1; continue; }
            if (!slots.TryGetValue(q.Key, out var slot)) slots.Add(q.Key, slot = slots.Count);
            if (before >= 0 && !q.AfterEllipsis) pairs.TryAdd((before, slot), pairs.Count);
            before = slot;
        }
        var hits = new List<Hit>();
        var counts = new int[slots.Count];
        for (var i = 0; i < document.Count; i++)
        {
            if (!slots.TryGetValue(document.Key(i), out var slot)) continue;
            var pair = hits.Count > 0 && hits[^1].Word == i - 1 && pairs.TryGetValue((hits[^1].Slot, slot), out var p) ? p : -1;
            hits.Add(new(i, slot, pair));
            counts[slot]++;
        }
        if (hits.Count == 0) return [];
        var weights = counts.Select(c => c == 0 ? 0 : 1f / (1 + MathF.Log2(1 + c))).ToArray();
        var pairWeights = new float[pairs.Count];
        foreach (var ((first, second), pair) in pairs) pairWeights[pair] = (weights[first] + weights[second]) / 2;
        return Best(hits, weights, pairWeights, document.Count, length, margin);
    }

    /// <param name="Pair">Which neighbours of the quotation it ends, where it stands behind the same word here; -1: none.</param>
    private readonly record struct Hit(int Word, int Slot, int Pair);

    private static List<(int From, int To)> Best(List<Hit> hits, float[] weights, float[] pairWeights, int words, int length, int margin)
    {
        var (inside, pairsInside) = (new int[weights.Length], new int[pairWeights.Length]);
        var score = new float[hits.Count];
        var (sum, end) = (0f, 0);
        for (var begin = 0; begin < hits.Count; begin++)
        {
            for (; end < hits.Count && hits[end].Word < hits[begin].Word + length; end++)
            {
                if (inside[hits[end].Slot]++ == 0) sum += weights[hits[end].Slot];
                if (hits[end].Pair is >= 0 and var pair && pairsInside[pair]++ == 0) sum += pairWeights[pair];
            }
            score[begin] = sum;
            if (--inside[hits[begin].Slot] == 0) sum -= weights[hits[begin].Slot];
            if (hits[begin].Pair is >= 0 and var gone && --pairsInside[gone] == 0) sum -= pairWeights[gone];
        }
        var windows = new List<(int From, int To)>();
        var taken = new bool[hits.Count];
        while (windows.Count < (length > LongQuotation ? 2 : MostWindows))
        {
            var best = -1;
            for (var i = 0; i < hits.Count; i++) if (!taken[i] && (best < 0 || score[i] > score[best])) best = i;
            if (best < 0) break;
            var (from, to) = (hits[best].Word, hits[best].Word + length);
            windows.Add((Math.Max(0, from - margin), Math.Min(words, to + margin)));
            // Whatever begins near by would be the same stretch again.
            for (var i = best; i >= 0 && hits[i].Word > from - length / 2; i--) taken[i] = true;
            for (var i = best; i < hits.Count && hits[i].Word < from + length / 2 + 1; i++) taken[i] = true;
        }
        return windows;
    }
}
