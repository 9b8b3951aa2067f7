namespace Verify.Attribution.Reading;

/// <summary>A paragraph of the article's body, as offsets into the text.</summary>
public readonly record struct Block(int Start, int End);

/// <summary>
/// Cuts the text into paragraphs and leaves out what is not the article's body: headlines, captions, bylines,
/// navigation, and lines that stand there more than once.
/// </summary>
public static class Layout
{
    private const int WrapColumn = 100;

    public static List<Block> Body(string text)
    {
        var lines = Lines(text);
        var repeated = Repeated(text, lines);
        var blocks = new List<Block>();
        for (var i = 0; i < lines.Count; i++)
        {
            var (start, end) = lines[i];
            if (start == end || repeated.Contains(i)) continue;
            // A hard-wrapped paragraph: its lines are of one column's length, only the last is shorter.
            while (i + 1 < lines.Count && lines[i + 1].Start < lines[i + 1].End && !repeated.Contains(i + 1) && IsWrapped(text, lines[i], lines[i + 1]))
                end = lines[++i].End;
            if (IsBody(text.AsSpan(start, end - start))) blocks.Add(new(start, end));
        }
        return blocks;
    }

    private static List<(int Start, int End)> Lines(string text)
    {
        var lines = new List<(int, int)>();
        for (var at = 0; at <= text.Length;)
        {
            var next = text.AsSpan(at).IndexOfAny('\n', '\r', '\u2028');
            var end = next < 0 ? text.Length : at + next;
            var (s, e) = (at, end);
            while (s < e && char.IsWhiteSpace(text[s])) s++;
            while (e > s && char.IsWhiteSpace(text[e - 1])) e--;
            lines.Add((s, e));
            at = end + (end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n' ? 2 : 1);
        }
        return lines;
    }

    private static HashSet<int> Repeated(string text, List<(int Start, int End)> lines)
    {
        var first = new Dictionary<(int Start, int End), int>(new SameLine(text));
        var repeated = new HashSet<int>();
        for (var i = 0; i < lines.Count; i++)
        {
            var (s, e) = lines[i];
            if (e - s < 8) continue;
            if (first.TryAdd((s, e), i)) continue;
            repeated.Add(i);
            repeated.Add(first[(s, e)]);
        }
        return repeated;
    }

    // Lines are compared where they stand: a copy of each would hold the text twice.
    private sealed class SameLine(string text) : IEqualityComparer<(int Start, int End)>
    {
        public bool Equals((int Start, int End) a, (int Start, int End) b) => text.AsSpan(a.Start, a.End - a.Start).SequenceEqual(text.AsSpan(b.Start, b.End - b.Start));
        public int GetHashCode((int Start, int End) line) => string.GetHashCode(text.AsSpan(line.Start, line.End - line.Start));
    }

    private static bool IsWrapped(string text, (int Start, int End) line, (int Start, int End) next)
    {
        var length = line.End - line.Start;
        if (length is < 45 or > WrapColumn || next.End - next.Start > WrapColumn) return false;
        // The next line's first word would not have fitted.
        var word = text.AsSpan(next.Start, next.End - next.Start).IndexOf(' ');
        return length + 1 + (word < 0 ? next.End - next.Start : word) >= 60;
    }

    private static bool IsBody(ReadOnlySpan<char> line)
    {
        if (line[0] is '—' or '–' or '|' or '•' or '©' or '#') return false;
        if (line.StartsWith("((W") && line.IndexOf("))") is > 2 and < 14) return false; // what the interviewer asks
        if (line.StartsWith("Image:") || line.StartsWith("Photo") || line.StartsWith("File photo") || line.StartsWith("Picture:")
            || line.StartsWith("Caption") || line.StartsWith("By ") && line.Length < 60 || line.StartsWith("Advertisement") || line.StartsWith("Read more"))
            return false;
        if (line.Length < 300 && line.LastIndexOf("Image: ") > 0) return false; // "The square at noon. Image: Ann Lee."
        var words = 0;
        foreach (var c in line)
            if (c == ' ') words++;
        if (words < 3) return EndsSentence(line) && line.ContainsAny('"', '“');
        return EndsSentence(line) || words > 25 || line.ContainsAny("\"“«") && words > 6;
    }

    private static bool EndsSentence(ReadOnlySpan<char> line)
    {
        var last = line.TrimEnd("\"”’')]»* ");
        return last.Length > 0 && last[^1] is '.' or '!' or '?' or '…' or ':' or ';' or ',';
    }
}
