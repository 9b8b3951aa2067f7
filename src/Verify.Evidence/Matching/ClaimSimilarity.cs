using Verify.Evidence.Quotations;

namespace Verify.Evidence.Matching;

/// <summary>Why an earlier claim is proposed.</summary>
public enum Likeness { None, SameWords, NearWords, SameQuotation }

/// <param name="Score">0 to 1; proposals are sorted by it.</param>
/// <param name="Differs">What should make the checker look twice: a number, a name or a negation that differs; null: nothing.</param>
public readonly record struct ClaimMatch(Likeness Likeness, double Score, string? Differs);

/// <summary>How far two claims say the same, by their words. Pure.</summary>
public static class ClaimSimilarity
{
    /// <summary>Below this score a claim is not proposed.</summary>
    public const double Least = 0.5;
    private const int SharedRun = 7;

    public static ClaimMatch Compare(string a, string b) => To(a)(b);

    /// <summary>Compares one claim with many: it is read once.</summary>
    public static Func<string, ClaimMatch> To(string a)
    {
        var words = ClaimWords.Of(a);
        return b => Compare(words, ClaimWords.Of(b));
    }

    internal static ClaimMatch Compare(ClaimWords a, ClaimWords b)
    {
        if (a.Stems.Count == 0 || b.Stems.Count == 0) return default;
        var run = LongestRun(a.All, b.All);
        // A short quotation within a long claim: what else the long one says is no difference.
        var partly = run >= SharedRun && run * 5 < Math.Max(a.All.Count, b.All.Count) * 3;
        var differs = partly ? Opposites(a, b) : Differs(a, b);
        if (differs is null && a.All.SequenceEqual(b.All)) return new(Likeness.SameWords, 1, null);
        if (differs is null && a.Stems.SequenceEqual(b.Stems)) return new(Likeness.SameWords, 0.98, null);
        var (setA, setB) = (a.Stems.ToHashSet(), b.Stems.ToHashSet());
        var shared = setA.Count(setB.Contains);
        var dice = 2.0 * shared / (setA.Count + setB.Count);
        var score = Math.Max(dice, setA.Count >= 4 && setB.Count >= 4 ? 0.82 * shared / Math.Min(setA.Count, setB.Count) : 0);
        if (partly) return new(Likeness.SameQuotation, Math.Max(score, Math.Min(0.95, 0.5 + run * 0.03)), differs);
        // A different figure or a "not" makes two alike sentences two claims: still shown, below the others, and saying so.
        if (differs is not null) score *= 0.75;
        score = Math.Min(score, 0.97); // the same words in another order are less than the same words
        return score >= Least ? new(Likeness.NearWords, score, differs) : new(Likeness.None, score, differs);
    }

    private static string? Differs(ClaimWords a, ClaimWords b)
    {
        if (a.Denies != b.Denies) return "one of them denies";
        if (a.Numbers.Count > 0 && b.Numbers.Count > 0 && a.Numbers.Except(b.Numbers).Any() && b.Numbers.Except(a.Numbers).Any()) return $"numbers: {string.Join(", ", a.Numbers.Except(b.Numbers))} and {string.Join(", ", b.Numbers.Except(a.Numbers))}";
        if (a.Numbers.Count > 1 && a.Numbers.Count == b.Numbers.Count && !a.Numbers.Except(b.Numbers).Any() && !a.Numbers.SequenceEqual(b.Numbers)) return "the numbers stand in another order";
        var (namesA, namesB) = (a.Names.Where(n => !b.Words.Contains(n)).ToList(), b.Names.Where(n => !a.Words.Contains(n)).ToList());
        if (namesA.Count > 0 && namesB.Count > 0) return $"names: {string.Join(", ", namesA)} and {string.Join(", ", namesB)}";
        return Opposites(a, b);
    }

    private static string? Opposites(ClaimWords a, ClaimWords b)
    {
        var (onlyA, onlyB) = (a.Folded.Except(b.Folded).ToList(), b.Folded.Except(a.Folded).ToList());
        foreach (var x in onlyA)
            foreach (var y in onlyB)
                if (Senses.Opposite(x, y)) return $"\"{x}\" and \"{y}\"";
        return null;
    }

    // Words in a row that both have.
    private static int LongestRun(List<ulong> a, List<ulong> b)
    {
        var (previous, current, longest) = (new int[b.Count + 1], new int[b.Count + 1], 0);
        foreach (var word in a)
        {
            for (var j = 0; j < b.Count; j++)
            {
                current[j + 1] = word == b[j] ? previous[j] + 1 : 0;
                longest = Math.Max(longest, current[j + 1]);
            }
            (previous, current) = (current, previous);
        }
        return longest;
    }
}
