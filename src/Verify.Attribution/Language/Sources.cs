using Verify.Attribution.Reading;

namespace Verify.Attribution.Language;

/// <summary>Names and kinds of sources: from a mention to the fullest name that the article gives.</summary>
public sealed class Sources
{
    private readonly string _text;
    private readonly List<Token> _tokens;
    private readonly Dictionary<string, string> _fullNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _acronyms = new(StringComparer.Ordinal);
    private readonly HashSet<string> _people = new(StringComparer.Ordinal);
    private (string Name, SourceKind Kind)? _lastPerson, _lastGroup, _lastOrganization;

    public Sources(string text, List<Token> tokens)
    {
        (_text, _tokens) = (text, tokens);
        Collect();
    }

    // Every run of capitalised words is a name; its last word stands for it later on.
    private void Collect()
    {
        for (var i = 0; i < _tokens.Count; i++)
        {
            if (!IsNamePart(i)) continue;
            var from = i;
            while (i + 1 < _tokens.Count && !_tokens[i].Possessive && IsNamePart(i + 1) && OnlySpaceBetween(i)) i++;
            var to = i + 1;
            Acronym(from, to);
            from = AfterTitles(from, to);
            var titled = from > 0 && _tokens[from - 1].Is(Word.Title | Word.PersonNoun) && OnlySpaceBetween(from - 1);
            if (to - from is < 2 or > 4)
            {
                if (to - from == 1 && titled && !_tokens[from].Is(Word.Noun)) _people.Add(Bare(from));
                continue;
            }
            if (IsAcronym(Bare(from)) || Enumerable.Range(from, to - from).Any(k => _tokens[k].Is(Word.OrganizationNoun | Word.Outlet | Word.Time | Word.DocumentNoun))) continue;
            var last = Bare(to - 1);
            var full = TextOf(from, to);
            if (titled || !_fullNames.ContainsKey(last)) _fullNames[last] = full;
            if (titled || to - from is 2 or 3 && !StartsWithThe(from)) _people.Add(last);
        }
    }

    private void Acronym(int from, int to)
    {
        if (to + 1 >= _tokens.Count || _tokens[to].Kind != TokenKind.OpenBracket) return;
        var inside = _tokens[to + 1];
        var letters = _text[inside.Start..inside.End].Split('/')[0];
        if (letters.Length is < 2 or > 8 || letters.Any(c => !char.IsUpper(c))) return;
        while (from < to && (_tokens[from].Is(Word.Determiner))) from++;
        _acronyms[letters] = TextOf(from, to);
    }

    private bool IsNamePart(int i) => _tokens[i] is { Kind: TokenKind.Word, Capital: true } t
        && !t.Is(Word.Determiner | Word.SubjectPronoun | Word.Conjunction | Word.Preposition | Word.Subordinator | Word.Auxiliary | Word.Adverb);

    // "Fisheries Minister Oda Brekke": the name begins behind the last title, unless nothing follows it.
    private int AfterTitles(int from, int to)
    {
        for (var i = to - 2; i >= from; i--)
            if (_tokens[i].Is(Word.Title | Word.PersonNoun | Word.Time) || IsRoleWord(i)) return i + 1;
        return from;
    }

    // "Ministry of Fisheries", "Institute for Public Health": the name goes on behind the preposition.
    private int EndOfName(int head, int to)
    {
        var end = head + 1;
        for (var i = end; i + 1 < Math.Min(to, _tokens.Count) && _tokens[i].Is(Word.Preposition | Word.Conjunction | Word.Determiner); i++)
        {
            if (!_tokens[i + 1].Capital) continue;
            i++;
            while (i < to && IsNamePart(i)) end = ++i;
            i--;
        }
        return end;
    }

    // "Residents said": the capital is the sentence's, not the word's.
    private bool BeginsSentence(int i) => i == 0 || _tokens[i - 1].Kind is TokenKind.Stop or TokenKind.OpenQuote or TokenKind.CloseQuote || _text.AsSpan(_tokens[i - 1].End, _tokens[i].Start - _tokens[i - 1].End).Contains('\n');

    private bool IsRoleWord(int i) => _tokens[i].Is(Word.Title) || _text.AsSpan(_tokens[i].Start, _tokens[i].End - _tokens[i].Start) is "U.S." or "US" or "UK" or "U.K." or "EU" or "UN";
    private bool OnlySpaceBetween(int i) => i + 1 < _tokens.Count && _tokens[i + 1].Start - _tokens[i].End <= 1;
    private bool StartsWithThe(int i) => i > 0 && _tokens[i - 1].Is(Word.Determiner);
    private string Bare(int i) => WithoutPossessive(_text[_tokens[i].Start.._tokens[i].End]);
    private string TextOf(int from, int to) => WithoutPossessive(_text[_tokens[from].Start.._tokens[to - 1].End]);
    private static string WithoutPossessive(string s) => s.EndsWith("'s", StringComparison.Ordinal) || s.EndsWith("’s", StringComparison.Ordinal) ? s[..^2] : s;

    private static readonly HashSet<string> Unnamed = new(StringComparer.OrdinalIgnoreCase) { "familiar", "anonymity", "anonymous", "anonymously", "unnamed", "unidentified", "undisclosed" };

    // "two people familiar with the matter", "a nurse, who spoke on condition of anonymity,", "who asked not to be named".
    private bool IsUnnamed(Phrase phrase)
    {
        if (_tokens[phrase.Head].Capital && !(_tokens[phrase.Head].Is(Word.Noun) && BeginsSentence(phrase.Head))) return false;
        for (var i = phrase.From; i < Math.Min(_tokens.Count, phrase.To + 12); i++)
        {
            if (i > phrase.To && _tokens[i].Kind is TokenKind.Stop or TokenKind.OpenQuote) return false;
            if (!_tokens[i].IsWord) continue;
            if (Unnamed.Contains(_text[_tokens[i].Start.._tokens[i].End])) return true;
            if (i >= phrase.To && _text.AsSpan(_tokens[i].Start, _tokens[i].End - _tokens[i].Start) is "named" or "identified" && _text.AsSpan(_tokens[i - 1].Start, _tokens[i - 1].End - _tokens[i - 1].Start) is "be") return true;
        }
        return false;
    }

    public SourceKind KindOf(Phrase phrase)
    {
        var head = _tokens[phrase.Head];
        if (head.Is(Word.PersonNoun | Word.GroupNoun | Word.AnonymousNoun) && IsUnnamed(phrase)) return SourceKind.Anonymous;
        if (IsTransparent(phrase.Head, out var inner)) head = _tokens[inner];
        if (head.Is(Word.SubjectPronoun | Word.Possessive) && !head.Capital || phrase.To - phrase.From == 1 && head.Is(Word.SubjectPronoun))
            return Pronoun(phrase)?.Kind ?? SourceKind.Person;
        var named = Enumerable.Range(phrase.From, phrase.Head - phrase.From + 1).Where(i => _tokens[i].Capital && !_tokens[i].Is(Word.Determiner)).ToList();
        if (!head.Capital || head.Is(Word.Noun) && BeginsSentence(phrase.Head))
        {
            if (head.Is(Word.AnonymousNoun) && !head.Is(Word.PersonNoun)) return SourceKind.Anonymous;
            if (head.Is(Word.PostNoun)) return SourceKind.Post;
            if (head.Is(Word.BroadcastNoun)) return SourceKind.Broadcast;
            if (head.Is(Word.DocumentNoun)) return SourceKind.Document;
            if (head.Is(Word.GroupNoun)) return SourceKind.Group;
            if (head.Is(Word.PersonNoun | Word.Title)) return SourceKind.Person;
            if (head.Is(Word.OrganizationNoun | Word.Outlet)) return SourceKind.Organization;
            return Bare(phrase.Head).EndsWith('s') ? SourceKind.Group : SourceKind.Person;
        }
        if (named.Any(i => _tokens[i].Is(Word.OrganizationNoun | Word.Outlet)) && !_people.Contains(Bare(phrase.Head))) return SourceKind.Organization;
        if (named.Any(i => _tokens[i].Is(Word.PostNoun)) && named.Count == 1) return SourceKind.Post;
        if (_people.Contains(Bare(phrase.Head)) || Enumerable.Range(phrase.From, phrase.Head - phrase.From).Any(i => _tokens[i].Is(Word.Title | Word.PersonNoun))) return SourceKind.Person;
        if (IsAcronym(Bare(phrase.Head))) return SourceKind.Organization;
        if (_tokens[phrase.From].Is(Word.Determiner) || named.Count > 1 && IsAcronym(Bare(named[0]))) return SourceKind.Organization;
        return named.Count is 2 or 3 ? SourceKind.Person : SourceKind.Organization;
    }

    public string Resolve(Phrase phrase)
    {
        if (Pronoun(phrase) is { } antecedent) return antecedent.Name;
        var head = phrase.Head;
        if (IsTransparent(head, out var inner)) head = inner;
        if (!_tokens[head].Capital) return CommonName(phrase, head);
        var from = head;
        while (from > phrase.From && IsNamePart(from - 1) && (!_tokens[from - 1].Possessive || _text[_tokens[from - 1].End - 1] != 's')) from--;
        var kind = KindOf(phrase);
        var person = kind == SourceKind.Person;
        if (person) from = AfterTitles(from, head + 1);
        var name = kind == SourceKind.Organization ? TextOf(from, EndOfName(head, phrase.To)) : TextOf(from, head + 1);
        if (_acronyms.TryGetValue(name, out var spelt)) return spelt;
        if (person && _fullNames.TryGetValue(Bare(head), out var full) && full.Length > name.Length) return full;
        return name;
    }

    private string CommonName(Phrase phrase, int head)
    {
        var from = head;
        while (from > phrase.From && !_tokens[from - 1].Is(Word.Determiner | Word.Preposition) && _tokens[from - 1].IsWord && !_tokens[from - 1].Possessive) from--;
        if (_tokens[head].Is(Word.Medium)) from = head;
        return TextOf(from, head + 1);
    }

    // "a copy of the cable", "a string of tweets": what the reader is told of is behind the "of".
    private bool IsTransparent(int head, out int inner)
    {
        inner = head;
        if (head + 2 >= _tokens.Count || _text.AsSpan(_tokens[head].Start, _tokens[head].End - _tokens[head].Start) is not ("copy" or "copies" or "series" or "string" or "transcript" or "draft" or "set")) return false;
        if (_text.AsSpan(_tokens[head + 1].Start, _tokens[head + 1].End - _tokens[head + 1].Start) is not "of") return false;
        inner = head + 2;
        while (inner + 1 < _tokens.Count && _tokens[inner + 1].Kind == TokenKind.Word && OnlySpaceBetween(inner)
            && !_tokens[inner + 1].Is(Word.Preposition | Word.Auxiliary | Word.PlainVerb | Word.Conjunction | Word.Subordinator) && !(_tokens[inner + 1].Is(Word.Cue) && !_tokens[inner + 1].Is(Word.NounToo))) inner++;
        return true;
    }

    /// <summary>Remembers a source that has spoken, for the pronouns that follow.</summary>
    public void Remember(string name, SourceKind kind)
    {
        if (name.Length == 0) return;
        if (kind == SourceKind.Person) _lastPerson = (name, kind);
        else if (kind is SourceKind.Group or SourceKind.Anonymous) _lastGroup = (name, kind);
        else if (kind == SourceKind.Organization) _lastOrganization = (name, kind);
    }

    private (string Name, SourceKind Kind)? Pronoun(Phrase phrase)
    {
        if (phrase.To - phrase.From != 1) return null;
        return _text[_tokens[phrase.From].Start.._tokens[phrase.From].End].ToLowerInvariant() switch
        {
            "he" or "she" or "him" or "her" or "his" or "i" => _lastPerson ?? ("", SourceKind.Person),
            "they" or "them" or "we" => _lastGroup ?? _lastOrganization ?? ("", SourceKind.Group),
            "it" => _lastOrganization ?? ("", SourceKind.Organization),
            _ => null,
        };
    }

    private static bool IsAcronym(string s) => s.Length is >= 2 and <= 7 && s.All(c => char.IsUpper(c) || char.IsDigit(c));
}
