using Verify.Evidence.Quotations;
using Verify.Evidence.Text;

namespace Verify.Evidence.Matching;

/// <summary>What a claim says, as far as words tell: the stems of its content words in order, its numbers, whether it denies.</summary>
internal sealed class ClaimWords
{
    private static readonly HashSet<string> Negations = ["not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without", "cannot", "untrue", "false", "lie", "lied", "denied", "incorrect"];

    private static readonly System.Buffers.SearchValues<char> Vowels = System.Buffers.SearchValues.Create("aeiouy");

    private ClaimWords(string text) => Text = text;

    public string Text { get; }
    public List<ulong> Stems { get; } = [];
    public List<string> Words { get; } = [];
    /// <summary>Each once, in the order in which they stand.</summary>
    public List<string> Numbers { get; } = [];
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);
    public bool Denies { get; private set; }
    public List<string> Folded { get; } = [];
    /// <summary>Keys of all words in order, for runs in common.</summary>
    public List<ulong> All { get; } = [];

    public static ClaimWords Of(string text)
    {
        var claim = new ClaimWords(text);
        var words = TextWords.Of(text);
        for (var i = 0; i < words.Count; i++)
        {
            var word = words.Folded(i);
            claim.All.Add(words.Key(i));
            claim.Folded.Add(word);
            if (Negations.Contains(word) || word.Length > 3 && word.EndsWith("nt", StringComparison.Ordinal) && text.AsSpan(words.StartOf(i), words.EndOf(i) - words.StartOf(i)).IndexOfAny('\'', '’') > 0) claim.Denies = !claim.Denies;
            if (Folding.IsNumber(word)) { if (!claim.Numbers.Contains(word)) claim.Numbers.Add(word); }
            else if (i > 0 && char.IsUpper(text[words.StartOf(i)]) && !Senses.IsCommon(word)) claim.Names.Add(Stem(word));
            if (Senses.IsCommon(word)) continue;
            var stem = Stem(word);
            claim.Words.Add(stem);
            claim.Stems.Add(TextWords.KeyOf(stem));
        }
        // "it will": nothing but common words is still something that can be said again.
        if (claim.Stems.Count == 0) claim.Stems.AddRange(claim.All);
        return claim;
    }

    /// <summary>Light: plural and verb endings only. Two words with one stem are nearly always one word.</summary>
    internal static string Stem(string word)
    {
        if (word.Length < 4 || char.IsDigit(word[0])) return word;
        if (word.EndsWith("ies", StringComparison.Ordinal) && word.Length > 4) return word[..^3] + "y";
        if (word.EndsWith("sses", StringComparison.Ordinal)) return word[..^2];
        if (word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i')) word = word[..^1];
        foreach (var ending in (ReadOnlySpan<string>)["ing", "ed"])
            if (word.EndsWith(ending, StringComparison.Ordinal) && word.Length - ending.Length >= 3 && word.AsSpan(0, word.Length - ending.Length).ContainsAny(Vowels))
            {
                word = word[..^ending.Length];
                if (word.Length > 3 && word[^1] == word[^2] && word[^1] is not ('l' or 's' or 'z')) word = word[..^1];
                break;
            }
        return word.Length > 3 && word[^1] == 'e' ? word[..^1] : word;
    }
}
