using System.Collections.Frozen;

namespace Verify.Evidence.Text;

/// <summary>
/// The words of a text, each by a key that is alike for what readers do not tell apart, with its place. Built once for
/// a document; 1 MB takes some ten milliseconds.
/// </summary>
public sealed class TextWords
{
    internal const ulong Offset = 14695981039346656037, Prime = 1099511628211; // of FNV-1a
    private static readonly FrozenSet<ulong> NumeralKeys = Folding.NumeralWords.Select(w => KeyOf(w)).ToFrozenSet();

    private readonly List<ulong> _keys;
    private readonly List<(int Start, int End)> _places;

    private TextWords(string text, int capacity) => (Text, _keys, _places) = (text, new(capacity), new(capacity));

    public string Text { get; }
    public int Count => _keys.Count;
    internal ulong Key(int word) => _keys[word];
    public int StartOf(int word) => _places[word].Start;
    public int EndOf(int word) => _places[word].End;

    /// <summary>The word in lower case without accents, numbers as figures.</summary>
    internal string Folded(int word)
    {
        var said = Text.AsSpan(_places[word].Start, _places[word].End - _places[word].Start);
        var joint = said.Length > 7 && char.IsLetter(said[0]) ? said.IndexOfAny('-', ' ', '‑') : -1;
        return joint < 0 ? Fold(said) : $"{Fold(said[..joint])[0]}{Fold(said[(joint + 1)..])}";
    }

    public static TextWords Of(string text) => Read(text, []);

    /// <summary>Leaves out what interrupts a document's sentences: page numbers, running heads, footnote marks.</summary>
    public static TextWords OfDocument(string text) => Read(text, Furniture.Of(text));

    private static TextWords Read(string text, IReadOnlyList<(int Start, int End)> without)
    {
        var words = new TextWords(text, text.Length / 6);
        var skip = 0;
        var i = 0;
        while (i < text.Length)
        {
            if (skip < without.Count && i >= without[skip].Start) { i = Math.Max(i, without[skip++].End); continue; }
            var c = text[i];
            if (c == '%') { words.Add("percent", i, i + 1); i++; continue; }
            if (c == '[' && FootnoteEnd(text, i) is var end and > 0) { i = end; continue; }
            if (!Folding.IsWordPart(c)) { i++; continue; }
            i = words.ReadWord(i);
        }
        return words;
    }

    private int ReadWord(int start)
    {
        var i = start + 1;
        while (i < Text.Length)
        {
            var c = Text[i];
            if (Folding.IsWordPart(c)) { i++; continue; }
            var inside = i + 1 < Text.Length && char.IsLetterOrDigit(Text[i + 1]);
            if (inside && Folding.IsApostrophe(c)) { i += 2; continue; }
            // 1,200 and 3.5 are one number, U.S. one word.
            if (inside && c is ',' or '.' && char.IsDigit(Text[i - 1]) && char.IsDigit(Text[i + 1])) { i += 2; continue; }
            if (inside && c == '.' && char.IsLetter(Text[i - 1]) && char.IsLetter(Text[i + 1]) && (i - start == 1 || Text[i - 2] == '.')) { i += 2; continue; }
            break;
        }
        if (PlainKey(start, i) is { } key) { _keys.Add(key); _places.Add((start, i)); }
        else Add(Fold(Text.AsSpan(start, i - start)), start, i);
        return i;
    }

    // The key without the word: most are plain letters that stand for no number.
    private ulong? PlainKey(int start, int end)
    {
        var hash = Offset;
        for (var i = start; i < end; i++)
        {
            var c = Text[i];
            if (char.IsAsciiLetter(c)) hash = (hash ^ (uint)(c | 0x20)) * Prime;
            else if (c is not ('\'' or '’')) return null;
        }
        return NumeralKeys.Contains(hash) ? null : hash;
    }

    private void Add(string folded, int start, int end)
    {
        if (folded.Length == 0) return;
        // "twenty-seven" is one number.
        if (folded.Length == 1 && char.IsLetter(Text[start]) && _places.Count > 0 && start - _places[^1].End == 1 && Text[start - 1] is '-' or ' ' or '‑'
            && char.IsDigit(folded[0]) && folded[0] != '0' && char.IsLetter(Text[_places[^1].Start]) && Folded(Count - 1) is [>= '2' and <= '9', '0'] and var tens)
        {
            _keys[^1] = KeyOf($"{tens[0]}{folded}");
            _places[^1] = (_places[^1].Start, end);
            return;
        }
        _keys.Add(KeyOf(folded));
        _places.Add((start, end));
    }

    /// <summary>FNV-1a, 64 bits: a clash between two words of one document is not to be expected, and would only mislead the search.</summary>
    internal static ulong KeyOf(ReadOnlySpan<char> folded)
    {
        var hash = Offset;
        foreach (var c in folded) hash = (hash ^ c) * Prime;
        return hash;
    }

    internal static string Fold(ReadOnlySpan<char> word)
    {
        Span<char> buffer = word.Length <= 64 ? stackalloc char[64 * 3] : new char[word.Length * 3];
        var length = 0;
        for (var i = 0; i < word.Length; i++)
        {
            var c = word[i];
            if (Folding.IsApostrophe(c)) continue;
            if (c == ',')
            {
                // 1,200 has its thousands marked; 12,5 is twelve and a half.
                var digits = 0;
                while (i + 1 + digits < word.Length && char.IsDigit(word[i + 1 + digits])) digits++;
                if (digits is 1 or 2 && i + 1 + digits == word.Length) buffer[length++] = '.';
                continue;
            }
            if (c == '.' && !(i + 1 < word.Length && char.IsDigit(word[i + 1]))) continue;
            if (c is '¹' or '²' or '³' or (>= '⁰' and <= '⁹')) continue; // a footnote's number
            length += Folding.Fold(c, buffer[length..]);
        }
        return Folding.Numeral(new string(buffer[..length]));
    }

    // "[3]": a footnote, not a word.
    private static int FootnoteEnd(string text, int at)
    {
        var i = at + 1;
        while (i < text.Length && i - at < 4 && char.IsDigit(text[i])) i++;
        return i > at + 1 && i < text.Length && text[i] == ']' ? i + 1 : 0;
    }
}
