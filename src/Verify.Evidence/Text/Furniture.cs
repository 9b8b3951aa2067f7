using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Verify.Evidence.Text;

/// <summary>Lines of a document that are none of its sentences: page numbers and running heads, which cut quotations in two.</summary>
internal static partial class Furniture
{
    private const int Longest = 90, LongestNumber = 24;

    public static List<(int Start, int End)> Of(string text)
    {
        var lines = Lines(text);
        var seen = new Dictionary<ulong, int>();
        var patterns = new ulong[lines.Count];
        for (var i = 0; i < lines.Count; i++)
            if (lines[i].End - lines[i].Start is > 2 and <= Longest)
                CollectionsMarshal.GetValueRefOrAddDefault(seen, patterns[i] = Pattern(text, lines[i].Start, lines[i].End), out _)++;
        var furniture = new List<(int, int)>();
        for (var i = 0; i < lines.Count; i++)
        {
            var (start, end) = lines[i];
            if (end - start is 0 or > Longest) continue;
            var line = text.AsSpan(start, end - start);
            if (line.Length <= LongestNumber && IsPageNumber().IsMatch(line) || end - start > 2 && Repeats(i) && !IsSentence(line) && StandsApart(i) || Interrupts(text, lines, i)) furniture.Add((start, end));
        }
        return furniture;

        bool Repeats(int i) => patterns[i] != 0 && seen[patterns[i]] > 1;

        // A head that comes again has a blank line on one side, and no line beside it that comes again too: a paragraph
        // that stands in the document twice is no furniture.
        bool StandsApart(int i)
        {
            var (before, after) = (i > 0 && lines[i - 1].End > lines[i - 1].Start, i + 1 < lines.Count && lines[i + 1].End > lines[i + 1].Start);
            return !(before && after) && !(before && Repeats(i - 1)) && !(after && Repeats(i + 1));
        }
    }

    // Without leading and trailing blanks; empty lines are kept, they tell paragraphs.
    private static List<(int Start, int End)> Lines(string text)
    {
        var lines = new List<(int, int)>();
        var from = 0;
        while (from <= text.Length)
        {
            var at = text.AsSpan(from).IndexOf('\n');
            var to = at < 0 ? text.Length : from + at;
            var (s, e) = (from, to);
            while (s < e && char.IsWhiteSpace(text[s])) s++;
            while (e > s && char.IsWhiteSpace(text[e - 1])) e--;
            lines.Add((s, e));
            from = to + 1;
        }
        return lines;
    }

    // Figures differ from page to page.
    private static ulong Pattern(string text, int start, int end)
    {
        var hash = TextWords.Offset;
        for (var i = start; i < end; i++) hash = (hash ^ (char.IsAsciiDigit(text[i]) ? '0' : text[i])) * TextWords.Prime;
        return hash;
    }

    private static bool IsSentence(ReadOnlySpan<char> line) => line[^1] is '.' or '?' or '!' or ';' or ':' or ',' or '"' or '”';

    // A head that stands between "the ministry of" and "finance said": alone among blank lines, or all in capitals.
    private static bool Interrupts(string text, List<(int Start, int End)> lines, int i)
    {
        var (start, end) = lines[i];
        if (end - start < 3 || end - start > 70 || IsSentence(text.AsSpan(start, end - start)) || char.IsLower(text[start])) return false;
        var (before, after) = (i - 1, i + 1);
        while (before >= 0 && lines[before].End == lines[before].Start) before--;
        while (after < lines.Count && lines[after].End == lines[after].Start) after++;
        if (before < 0 || after >= lines.Count) return false;
        if (IsSentence(text.AsSpan(lines[before].Start, lines[before].End - lines[before].Start)) || !char.IsLower(text[lines[after].Start])) return false;
        var apart = (before < i - 1 ? 1 : 0) + (after > i + 1 ? 1 : 0);
        var (capitals, letters) = (0, 0);
        for (var k = start; k < end; k++)
        {
            if (char.IsUpper(text[k])) capitals++;
            if (char.IsLetter(text[k])) letters++;
        }
        return apart == 2 || capitals * 10 > letters * 6;
    }

    [GeneratedRegex(@"^\W*((page|p\.|folio)\s*)?\d{1,4}(\s*(of|/)\s*\d{1,4})?\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex IsPageNumber();
}
