using System.Globalization;
using System.Text;
using Verify.Attribution.Reading;

namespace Verify.Attribution.Language;

/// <summary>
/// Who and what the article names: full names by the short forms that stand for them, abbreviations, who holds which
/// office, and where each was named. Collected once, before the sentences are read.
/// </summary>
internal sealed class Names
{
    private const int LongestApposition = 8;

    private readonly string _text;
    private readonly List<Token> _tokens;
    private readonly Dictionary<string, string> _fullNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _short = new(StringComparer.Ordinal);
    private readonly HashSet<string> _people = new(StringComparer.Ordinal);
    private readonly HashSet<string> _women = new(StringComparer.Ordinal);
    private readonly HashSet<string> _men = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _offices = new(StringComparer.Ordinal);
    private readonly List<(int At, string Name)> _organizations = [];

    /// <summary>Where people are named, in the order of the text.</summary>
    public List<(int At, string Name)> Mentions { get; } = [];

    public Names(string text, List<Token> tokens)
    {
        (_text, _tokens) = (text, tokens);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!IsNamePart(i)) continue;
            var from = i;
            while (i + 1 < tokens.Count && IsNamePart(i + 1) && OnlySpaceBetween(i)) i++;
            Run(from, i + 1);
        }
    }

    public bool IsPerson(string last) => _people.Contains(Fold(last));
    public string? FullName(string last) => _fullNames.GetValueOrDefault(Fold(last));
    /// <summary>What an abbreviation stands for: PG&amp;E, NDRRMC.</summary>
    public string? SpeltOut(string letters) => _short.GetValueOrDefault(letters);
    /// <summary>Who holds an office of which the article names the holder.</summary>
    public string? Holder(string office) => _offices.GetValueOrDefault(office);

    /// <summary>The organization named last before a token whose name contains the word ("the ministry"); any, where the word is empty.</summary>
    public string? Organization(int before, string word)
    {
        for (var k = _organizations.Count - 1; k >= 0; k--)
            if (_organizations[k].At < before && (word.Length == 0 || _organizations[k].Name.Contains(word, StringComparison.OrdinalIgnoreCase))) return _organizations[k].Name;
        return null;
    }

    /// <summary>Whether a name may be what "he" or "she" stands for.</summary>
    public bool Fits(string name, bool female)
    {
        if ((female ? _men : _women).Contains(name)) return false;
        if ((female ? _women : _men).Contains(name)) return true;
        return GivenNames.IsFemale(name.Split(' ', '-')[0]) == female;
    }

    private void Run(int from, int to)
    {
        Abbreviation(from, to);
        var name = AfterTitles(from, to);
        var titled = name > 0 && _tokens[name - 1].Is(Word.Title | Word.PersonNoun) && OnlySpaceBetween(name - 1);
        var words = to - name;
        var last = TextOf(to - 1, to);
        var isOrganization = false;
        for (var k = name; k < to; k++) isOrganization |= _tokens[k].Is(Word.OrganizationNoun | Word.Outlet | Word.DocumentNoun) && !(titled && k == to - 1);
        if (isOrganization || IsAcronym(last) || IsAcronym(TextOf(name, name + 1)))
        {
            _organizations.Add((name, SpeltOut(TextOf(name, to)) ?? TextOf(name, to)));
            return;
        }
        if (words == 1)
        {
            if (titled && !_tokens[name].Is(Word.Noun)) _people.Add(Fold(last));
            if (IsPerson(last)) Mention(name, to, FullName(last) ?? last, titled);
            return;
        }
        if (words is < 2 or > 4 || _tokens[name].Is(Word.Time)) return;
        var full = TextOf(name, to);
        var known = FullName(last);
        if (known is null || titled && known.Length <= full.Length) _fullNames[Fold(last)] = full;
        if (!titled && (words == 4 || StartsWithThe(name))) return;
        _people.Add(Fold(last));
        Mention(name, to, full, titled);
    }

    private void Mention(int from, int to, string name, bool titled)
    {
        Mentions.Add((from, name));
        if (titled) Office(from - 1, name);
        // "Chris Kervick, first selectman of Windsor Locks," and "The mayor of Paris, Anne Hidalgo,"
        if (to < _tokens.Count && _tokens[to].Kind == TokenKind.Comma)
            for (var k = to + 1; k < Math.Min(_tokens.Count, to + LongestApposition) && _tokens[k].Kind == TokenKind.Word; k++)
                if (_tokens[k].Is(Word.PersonNoun)) { Office(k, name); break; }
                else if (_tokens[k].Is(Word.PlainVerb | Word.Auxiliary | Word.Relative)) break;
        if (from > 1 && _tokens[from - 1].Kind == TokenKind.Comma)
            for (var k = from - 2; k >= Math.Max(0, from - LongestApposition) && _tokens[k].Kind == TokenKind.Word; k--)
                if (_tokens[k].Is(Word.PersonNoun)) { Office(k, name); break; }
                else if (_tokens[k].Is(Word.PlainVerb | Word.Auxiliary | Word.Relative)) break;
    }

    private void Office(int at, string name)
    {
        var office = TextOf(at, at + 1).ToLowerInvariant();
        _offices.TryAdd(office, name);
        if (office is "mr" or "mr." or "sir" or "lord" or "king" or "prince" or "father" or "son" or "husband" or "brother" or "spokesman" or "chairman" or "congressman" or "actor" or "man" or "pope") _men.Add(name);
        else if (office is "mrs" or "mrs." or "ms" or "ms." or "miss" or "dame" or "lady" or "queen" or "princess" or "mother" or "daughter" or "wife" or "sister" or "spokeswoman" or "chairwoman" or "congresswoman" or "assemblywoman" or "actress" or "woman") _women.Add(name);
    }

    // "Pacific Gas and Electric Company (PG&E)", "Institute of Volcanology (Phivolcs)"
    private void Abbreviation(int from, int to)
    {
        if (to + 2 >= _tokens.Count || _tokens[to].Kind != TokenKind.OpenBracket || _tokens[to + 2].Kind != TokenKind.CloseBracket || !_tokens[to + 1].Capital) return;
        var letters = TextOf(to + 1, to + 2).Split('/')[0];
        if (letters.Length is < 2 or > 10) return;
        // Back over "of", "and", "for" to where the long name begins.
        while (from - 2 >= 0 && _tokens[from - 1].Is(Word.Preposition | Word.Conjunction) | Says(from - 1, "the") && _tokens[from - 1].Kind == TokenKind.Word && !Says(from - 1, "by") && !Says(from - 1, "from") && !Says(from - 1, "to") && !Says(from - 1, "with") && !Says(from - 1, "in"))
        {
            var k = from - 2;
            if (Says(k, "of") || Says(k, "and") || Says(k, "for")) k--;
            if (k < 0 || !IsNamePart(k)) break;
            while (k > 0 && IsNamePart(k - 1) && OnlySpaceBetween(k - 1)) k--;
            if (char.ToUpperInvariant(_text[_tokens[from].Start]) == letters[0] && letters.Length <= to - from) break;
            from = k;
        }
        _short[letters] = TextOf(from, to);
    }

    public bool IsNamePart(int i) => _tokens[i] is { Kind: TokenKind.Word, Capital: true } t
        && !t.Is(Word.Determiner | Word.SubjectPronoun | Word.Conjunction | Word.Preposition | Word.Subordinator | Word.Auxiliary | Word.Adverb);

    /// <summary>"Fisheries Minister Oda Brekke": the name begins behind the last title, unless nothing follows it.</summary>
    public int AfterTitles(int from, int to)
    {
        for (var i = to - 2; i >= from; i--)
            if (_tokens[i].Is(Word.Title | Word.PersonNoun | Word.Time) || IsRoleWord(i)) return i + 1;
        return from;
    }

    public bool OnlySpaceBetween(int i) => i + 1 < _tokens.Count && _tokens[i + 1].Start - _tokens[i].End <= 1;
    public string TextOf(int from, int to) => _text[_tokens[from].Start.._tokens[to - 1].End];
    public static bool IsAcronym(string s) => s.Length is >= 2 and <= 7 && s.All(c => char.IsUpper(c) || char.IsDigit(c) || c == '&');

    private bool Says(int i, string lower) => i >= 0 && i < _tokens.Count && _tokens[i].End - _tokens[i].Start == lower.Length
        && _text.AsSpan(_tokens[i].Start, lower.Length).Equals(lower, StringComparison.OrdinalIgnoreCase);
    private bool IsRoleWord(int i) => _text.AsSpan(_tokens[i].Start, _tokens[i].End - _tokens[i].Start) is "U.S." or "US" or "UK" or "U.K." or "EU" or "UN";
    private bool StartsWithThe(int i) => i > 0 && _tokens[i - 1].Is(Word.Determiner);

    // Erdogan and Erdoğan are one name.
    private static string Fold(string name)
    {
        if (System.Text.Ascii.IsValid(name)) return name;
        var folded = new StringBuilder(name.Length);
        foreach (var c in name.Normalize(NormalizationForm.FormD))
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark) folded.Append(c == 'ł' ? 'l' : c == 'ı' ? 'i' : c == 'ø' ? 'o' : c);
        return folded.ToString();
    }
}
