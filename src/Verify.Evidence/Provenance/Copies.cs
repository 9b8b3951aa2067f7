using Verify.Evidence.Text;

namespace Verify.Evidence.Provenance;

/// <summary>Whether one text was copied from another. Pure.</summary>
public static class Copies
{
    private const int Run = 8; // words in a row that two writers do not choose by chance
    private const double Share = 0.4;
    private const int Least = 30; // a statement that both quote has fewer

    /// <summary>Whether a large part of the text's runs of eight words stand in the original, or of the original's in it.</summary>
    public static bool IsCopy(string text, string original)
    {
        var (a, b) = (Runs(text), Runs(original));
        if (a.Count == 0 || b.Count == 0) return false;
        var common = a.Count(b.Contains);
        return common >= Share * Math.Min(a.Count, b.Count) && common >= Least;
    }

    private static HashSet<ulong> Runs(string text)
    {
        var words = TextWords.Of(text);
        var runs = new HashSet<ulong>();
        for (var i = 0; i + Run <= words.Count; i++)
        {
            var hash = 0UL;
            for (var k = 0; k < Run; k++) hash = Matching.ClaimKeys.Mix(hash ^ words.Key(i + k));
            runs.Add(hash);
        }
        return runs;
    }
}
