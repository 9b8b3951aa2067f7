using Verify.Evidence.Quotations;
using Verify.Evidence.Text;

namespace Verify.Evidence.Matching;

/// <summary>
/// The keys under which a claim is found again. Two claims that say the same share at least one with high likelihood:
/// a key of all its words, keys of pairs drawn by minimum hashes of its content words (alike sets draw alike pairs),
/// and fingerprints of runs of four words within quotation marks. A claim has at most <see cref="Most"/> keys, however
/// common its words are, so the cost of a look-up is bounded.
/// </summary>
public static class ClaimKeys
{
    public const int Most = Pairs + 1 + MostRuns;
    private const int Pairs = 24, MostRuns = 16;
    private const int RunLength = 4, Window = 4; // any 7 words in common leave a fingerprint in common

    /// <param name="content">The claim's content.</param>
    /// <param name="direct">All of it is quoted, though no marks stand in it.</param>
    /// <returns>Distinct keys, the surest first.</returns>
    public static IReadOnlyList<ulong> Of(string content, bool direct)
    {
        var words = ClaimWords.Of(content);
        var keys = new List<ulong>(Most);
        if (words.Stems.Count == 0) return keys;
        keys.Add(Mix(words.Stems.Aggregate(7UL, (h, s) => Mix(h ^ s)) ^ 0xE));
        foreach (var run in Runs(content, direct)) keys.Add(Mix(run ^ 0x9));
        var set = words.Stems.Distinct().ToArray();
        for (var pair = 0; pair < Pairs; pair++)
        {
            var (a, b) = (Least(set, (ulong)pair * 2 + 1), Least(set, (ulong)pair * 2 + 2));
            keys.Add(Mix(Mix(a ^ (ulong)pair) + b));
        }
        return [.. keys.Distinct()];
    }

    // Winnowing: of each few neighbouring runs the one with the least hash.
    private static IEnumerable<ulong> Runs(string content, bool direct)
    {
        var found = new HashSet<ulong>();
        foreach (var (start, end) in direct ? [(0, content.Length)] : QuotationMarks.Within(content))
        {
            var words = TextWords.Of(content[start..end]);
            var hashes = new ulong[Math.Max(0, words.Count - RunLength + 1)];
            for (var i = 0; i < hashes.Length; i++)
                for (var k = 0; k < RunLength; k++) hashes[i] = Mix(hashes[i] ^ words.Key(i + k));
            for (var i = 0; i + Window <= hashes.Length || i == 0 && hashes.Length > 0; i++)
            {
                var least = hashes.AsSpan(i, Math.Min(Window, hashes.Length - i));
                var hash = least[0];
                foreach (var h in least) if (h < hash) hash = h;
                if (found.Count < MostRuns && found.Add(hash)) yield return hash;
            }
        }
    }

    private static ulong Least(ulong[] set, ulong seed)
    {
        var least = ulong.MaxValue;
        var word = 0UL;
        var salt = Mix(seed * 0x9E3779B97F4A7C15UL);
        foreach (var w in set)
        {
            var h = Mix(w ^ salt);
            if (h < least) (least, word) = (h, w);
        }
        return word;
    }

    // The finaliser of SplitMix64.
    internal static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
