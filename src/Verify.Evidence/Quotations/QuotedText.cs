using System.Text.RegularExpressions;
using Verify.Evidence.Text;

namespace Verify.Evidence.Quotations;

/// <summary>One word of a quotation, or a bracket that stands for words of the document.</summary>
/// <param name="AfterEllipsis">Words are left out before it, and the quotation says so.</param>
internal readonly record struct QuotedWord(string Folded, int Start, int End, bool AfterEllipsis, bool IsBracket)
{
    public ulong Key { get; } = TextWords.KeyOf(Folded);
}

/// <summary>A quotation as printed: its words, its ellipses and its brackets.</summary>
internal sealed partial class QuotedText
{
    public const int MostWords = 1000;

    private QuotedText(string text, List<QuotedWord> words, bool endsOpen) => (Text, Words, EndsOpen, HasBracket) = (text, words, endsOpen, words.Any(w => w.IsBracket));

    public string Text { get; }
    public IReadOnlyList<QuotedWord> Words { get; }
    /// <summary>It ends with an ellipsis.</summary>
    public bool EndsOpen { get; }
    public bool HasBracket { get; }

    public static QuotedText Of(string text)
    {
        // "[T]he": a capital made small or the other way round, not a word of the reporter's.
        text = OneLetter().Replace(text, "$1");
        var words = new List<QuotedWord>();
        var from = 0;
        var ellipsis = false;
        foreach (Match mark in Marks().Matches(text))
        {
            Add(text, from, mark.Index, words, ref ellipsis);
            from = mark.Index + mark.Length;
            // Before the first word an ellipsis leaves out what nobody misses.
            if (IsEllipsis().IsMatch(mark.ValueSpan)) ellipsis = words.Count > 0;
            else if (!mark.ValueSpan.Contains("sic", StringComparison.OrdinalIgnoreCase)) { words.Add(new("", mark.Index, from, ellipsis, true)); ellipsis = false; }
        }
        Add(text, from, text.Length, words, ref ellipsis);
        return new(text, words, ellipsis);
    }

    private static void Add(string text, int from, int to, List<QuotedWord> words, ref bool ellipsis)
    {
        var part = TextWords.Of(text[from..to]);
        for (var i = 0; i < part.Count && words.Count < MostWords; i++)
        {
            words.Add(new(part.Folded(i), from + part.StartOf(i), from + part.EndOf(i), ellipsis, false));
            ellipsis = false;
        }
    }

    [GeneratedRegex(@"\[\s*(?:…|\.\s?\.\s?\.)\s*\]|\(\s*(?:…|\.\s?\.\s?\.)\s*\)|…|\.\s?\.\s?\.(?:\s?\.)?|\[[^\]\[]{1,200}\]")]
    private static partial Regex Marks();

    [GeneratedRegex(@"\[(\p{L})\](?=\p{L})")]
    private static partial Regex OneLetter();

    [GeneratedRegex(@"^\W+$")]
    private static partial Regex IsEllipsis();
}
