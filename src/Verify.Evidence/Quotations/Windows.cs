using Verify.Evidence.Text;

namespace Verify.Evidence.Quotations;

/// <summary>Where in a document a quotation could stand: the stretches with the most of its rarer words.</summary>
internal static class Windows
{
    private const int MostWindows = 6;

    /// <param name="length">How many words a stretch may span.</param>
    /// <param name="margin">Words added before and behind.</param>
    public static List<(int From, int To)> Find(IReadOnlyList<QuotedWord> quote, TextWords document, int length, int margin)
    {
        var slots = new Dictionary<ulong, int>();
        foreach (var q in quote) if (!q.IsBracket) slots.TryAdd(q.Key, slots.Count);
        var hits = new List<(int Word, int Slot)>();
        var counts = new int[slots.Count];
        for (var i = 0; i < document.Count; i++)
            if (slots.TryGetValue(document.Key(i), out var slot)) { hits.Add((i, slot)); counts[slot]++; }
        if (hits.Count == 0) return [];
        var weights = counts.Select(c => c == 0 ? 0 : 1f / (1 + MathF.Log2(1 + c))).ToArray();
        return Best(hits, weights, document.Count, length, margin);
    }

    private static List<(int From, int To)> Best(List<(int Word, int Slot)> hits, float[] weights, int words, int length, int margin)
    {
        var inside = new int[weights.Length];
        var score = new float[hits.Count];
        var (sum, end) = (0f, 0);
        for (var begin = 0; begin < hits.Count; begin++)
        {
            while (end < hits.Count && hits[end].Word < hits[begin].Word + length)
                if (inside[hits[end++].Slot]++ == 0) sum += weights[hits[end - 1].Slot];
            score[begin] = sum;
            if (--inside[hits[begin].Slot] == 0) sum -= weights[hits[begin].Slot];
        }
        var windows = new List<(int From, int To)>();
        var taken = new bool[hits.Count];
        while (windows.Count < MostWindows)
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
