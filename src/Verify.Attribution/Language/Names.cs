using Verify.Attribution.Reading;

namespace Verify.Attribution.Language;

/// <summary>
/// Who and what the article names: full names by the short forms that stand for them, abbreviations, who holds which
/// office, and where each was named. Collected once, before the sentences are read.
/// </summary>
internal sealed class Names
{
    private const int LongestApposition = 8;

    // How far back is looked for whom a short form means; bounds the cost of hostile text.
    private const int FewHolders = 8, FewOrganizations = 200;

    private readonly string _text;
    private readonly List<Token> _tokens;
    private readonly Dictionary<string, string> _fullNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _short = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal); // empty: several people bear it
    private readonly HashSet<string> _people = new(StringComparer.Ordinal);
    private readonly HashSet<string> _women = new(StringComparer.Ordinal);
    private readonly HashSet<string> _men = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(int At, string Name)>> _offices = new(StringComparer.Ordinal);
    private readonly HashSet<string> _shared = new(StringComparer.Ordinal); // offices that several people hold
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
            while (i + 1 < tokens.Count && OnlySpaceBetween(i) && (IsNamePart(i + 1) || IsParticle(i + 1))) i++;
            while (IsParticle(i)) i--;
            Run(from, i + 1);
        }
    }

    public bool IsPerson(string last) => _people.Contains(Letters.Plain(last)) || ByGiven(last) is not null;
    public string? FullName(string last) => _fullNames.GetValueOrDefault(Letters.Plain(last)) ?? ByGiven(last);

    // "Lea said", of Lea Brandt: where nobody else is named so.
    private string? ByGiven(string name) => _given.TryGetValue(Letters.Plain(name), out var full) && full.Length > 0 ? full : null;

    /// <summary>What an abbreviation stands for: PG&amp;E, NDRRMC.</summary>
    public string? SpeltOut(string letters) => _short.GetValueOrDefault(letters) ?? letters switch
    {
        "US" or "U.S." or "U.S" => "United States",
        "UK" or "U.K." or "U.K" => "United Kingdom",
        "EU" or "E.U." or "E.U" => "European Union",
        "UN" or "U.N." or "U.N" => "United Nations",
        _ => null,
    };

    /// <summary>Who holds an office of which the article names the holder: "the governor of Louisiana" is whom it names beside both words.</summary>
    /// <param name="first">"a judge": somebody who is named only later, and nobody else.</param>
    public string? Holder(string office, Phrase phrase, bool first)
    {
        if (!_offices.TryGetValue(office, out var holders)) return null;
        var alone = holders[0].At > phrase.To && !_shared.Contains(office) ? holders[0].Name : null;
        if (first) return alone;
        var last = LastBefore(holders, phrase.From);
        var placed = false;
        for (var i = phrase.From; i < phrase.To; i++)
        {
            if (!_tokens[i].Capital || _tokens[i].Is(Word.Determiner | Word.Title | Word.PersonNoun)) continue;
            placed = true;
            for (var h = Math.Min(holders.Count - 1, last + FewHolders); h >= Math.Max(0, last - FewHolders); h--)
                if (StandsBeside(TextOf(i, i + 1), holders[h].At, phrase)) return holders[h].Name;
        }
        // "the governor of Louisiana", before anybody is named as a governor: the one who is named afterwards.
        return placed ? alone : holders[Math.Max(0, last)].Name;
    }

    private bool StandsBeside(string place, int at, Phrase phrase)
    {
        for (var k = Math.Max(0, at - LongestApposition); k < Math.Min(_tokens.Count, at + LongestApposition); k++)
            if ((k < phrase.From || k >= phrase.To) && TextOf(k, k + 1) == place) return true;
        return false;
    }

    /// <summary>The place in the list of the last that was named before a token, -1 where there is none.</summary>
    public static int LastBefore(List<(int At, string Name)> named, int before)
    {
        int low = 0, high = named.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (named[middle].At < before) low = middle + 1; else high = middle;
        }
        return low - 1;
    }

    /// <summary>The organization named last before a token whose name contains the word ("the ministry"); any, where the word is empty.</summary>
    public string? Organization(int before, string word)
    {
        var last = LastBefore(_organizations, before);
        for (var k = last; k >= Math.Max(0, last - FewOrganizations); k--)
            if (word.Length == 0 || _organizations[k].Name.Contains(word, StringComparison.OrdinalIgnoreCase)) return _organizations[k].Name;
        return null;
    }

    /// <summary>The organization named last between two tokens that begins a sentence.</summary>
    public string? OpeningOrganization(int from, int to, Func<int, bool> opens)
    {
        var last = LastBefore(_organizations, to);
        for (var k = last; k >= Math.Max(0, last - FewOrganizations) && _organizations[k].At > from; k--)
            if (opens(_organizations[k].At)) return _organizations[k].Name;
        return null;
    }

    /// <summary>Who "the researchers" and "the team" are: the first such group that the article introduces with where it comes from.</summary>
    public string? Team(int before)
    {
        if (!_teamSought) (_team, _teamSought) = (FirstTeam(), true);
        return _team is { } t && t.At < before ? t.Name : null;
    }

    private bool _teamSought;
    private (int At, string Name)? _team;

    private (int At, string Name)? FirstTeam()
    {
        for (var i = 1; i + 1 < _tokens.Count; i++)
        {
            if (_tokens[i].Capital && !StartsSentence(i) || !IsTeam(i) || !(Says(i + 1, "from") || Says(i + 1, "of") || Says(i + 1, "at"))) continue;
            var from = i;
            while (from > 0 && _tokens[from - 1].Kind == TokenKind.Word && !_tokens[from - 1].Is(Word.Determiner | Word.Preposition | Word.Conjunction | Word.Cue | Word.Auxiliary) && OnlySpaceBetween(from - 1) && i - from < 3) from--;
            if (from > 0 && Says(from - 1, "the")) continue;
            // "team of scientists from the University of X and the University of Y"
            var to = i + 1;
            for (var k = i + 1; k < Math.Min(_tokens.Count, i + 24) && _tokens[k].Kind == TokenKind.Word; k++)
                if (IsNamePart(k) || IsTeam(k)) to = k + 1;
                else if (!_tokens[k].Is(Word.Preposition | Word.Determiner | Word.Conjunction | Word.Clitic)) break;
            return (i, TextOf(from, to));
        }
        return null;
    }

    private bool StartsSentence(int i) => i == 0 || _tokens[i - 1].Kind == TokenKind.Stop;
    private bool IsTeam(int i) => Says(i, "team") || Says(i, "researchers") || Says(i, "scientists") || Says(i, "astronomers") || Says(i, "archaeologists") || Says(i, "biologists") || Says(i, "physicists") || Says(i, "engineers");

    /// <summary>Whether a name may be what "he" or "she" stands for.</summary>
    public bool Fits(string name, bool female)
    {
        if ((female ? _men : _women).Contains(name)) return false;
        if ((female ? _women : _men).Contains(name)) return true;
        if (name.StartsWith("Jean-", StringComparison.Ordinal)) return !female; // Jean-Luc, Jean-Marie
        return GivenNames.IsFemale(name.Split(' ', '-')[0]) == female;
    }

    private void Run(int from, int to)
    {
        Abbreviation(from, to);
        var name = AfterTitles(from, to);
        // "Mayor of London Sadiq Khan": the last two words, where the office is in front.
        var office = name > 2 && _tokens[name - 1].Is(Word.Determiner) ? name - 2 : name - 1;
        if (to - name >= 4 && office > 0 && (Says(office, "to") || Says(office, "for") || Says(office, "of")) && _tokens[office - 1].Is(Word.Title | Word.PersonNoun)) name = LastTwo(name, to);
        else if (to - name >= 3 && name > 1 && Says(name - 1, "of") && _tokens[name - 2].Is(Word.Title | Word.PersonNoun) && !IsOrganization(name, to)) { var place = name; name = LastTwo(name, to); Office(place - 2, TextOf(name, to)); }
        var titled = name > 0 && _tokens[name - 1].Is(Word.Title | Word.PersonNoun) && OnlySpaceBetween(name - 1);
        var words = to - name;
        var last = TextOf(to - 1, to);
        if (IsOrganization(name, titled ? to - 1 : to) || IsAcronym(last) || IsAcronym(TextOf(name, name + 1)))
        {
            _organizations.Add((name, SpeltOut(TextOf(name, to)) ?? TextOf(name, to)));
            return;
        }
        if (words == 1)
        {
            if (titled && !_tokens[name].Is(Word.Noun)) _people.Add(Letters.Plain(last));
            if (IsPerson(last)) Mention(name, to, FullName(last) ?? last, titled);
            return;
        }
        if (words is < 2 or > 4 || _tokens[name].Is(Word.Time) || Places.Contains(last) && !GivenNames.IsFemale(TextOf(name, name + 1)) || Places.Begins(TextOf(name, name + 1))) return;
        var full = TextOf(name, to);
        var known = FullName(last);
        // The better known keeps the name, unless it is the same one in full: "Joe Brandt, … President Joseph Brandt".
        if (known is null || titled && known.Length <= full.Length && known[0] == full[0]) _fullNames[Letters.Plain(last)] = full;
        if (!titled && (words == 4 || StartsWithThe(name))) return;
        _people.Add(Letters.Plain(last));
        // "Wanda Grau Benassi", who is later called Grau.
        if (words == 3 && TextOf(to - 2, to - 1) is { Length: > 3 } second && _fullNames.TryAdd(Letters.Plain(second), full)) _people.Add(Letters.Plain(second));
        var given = Letters.Plain(TextOf(name, name + 1));
        if (!Places.Contains(given)) _given[given] = _given.TryGetValue(given, out var other) && other != full ? "" : full;
        Mention(name, to, full, titled);
    }

    private bool IsOrganization(int from, int to)
    {
        for (var k = from; k < to; k++)
            if (_tokens[k].Is(Word.OrganizationNoun | Word.Outlet | Word.DocumentNoun)) return true;
        return to - from > 1 && IsPublic(from, to - 1);
    }

    /// <summary>"National Geographic", "Scientific American": no person is named so.</summary>
    public bool IsPublic(int first, int last) =>
        _text.AsSpan(_tokens[first].Start, _tokens[first].End - _tokens[first].Start) is "National" or "International" or "Scientific" or "Royal" or "Global" or "European" or "Federal" or "Daily" or "Popular" or "Amnesty"
        || _text.AsSpan(_tokens[last].Start, _tokens[last].End - _tokens[last].Start) is "International" or "National" or "Geographic" or "American" or "Today" or "Weekly" or "Monthly" or "Daily" or "Quarterly" or "Online" or "Digest" or "Worldwide" or "Watch";

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
        if (!_offices.TryGetValue(office, out var holders)) _offices[office] = holders = [];
        if (holders.Count > 0 && holders[0].Name != name) _shared.Add(office);
        holders.Add((at, name));
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
        && !t.Is(Word.Determiner | Word.SubjectPronoun | Word.Conjunction | Word.Preposition | Word.Subordinator | Word.Auxiliary | Word.Adverb)
        && !(t.Is(Word.Reports) && t.Is(Word.Past) && !t.Is(Word.NounToo) && StartsSentence(i)); // "Remarked Lea Brandt": the capital is the sentence's

    // "Hamza bin Laden", "Ursula von der Leyen"
    private bool IsParticle(int i) => IsParticle(_text, _tokens[i]);

    public static bool IsParticle(string text, Token t) => t is { Kind: TokenKind.Word, Capital: false } && t.End - t.Start <= 5
        && text.AsSpan(t.Start, t.End - t.Start) is "bin" or "ibn" or "bint" or "al" or "el" or "de" or "da" or "di" or "del" or "dela" or "delos" or "della" or "van" or "von" or "der" or "den" or "du" or "dos" or "ter" or "la" or "le";

    /// <summary>Where the last two words of a name begin, particles between them included: "Eldmoor | Ilse van der Grau".</summary>
    public int LastTwo(int from, int to)
    {
        var k = to - 2;
        while (k > from && IsParticle(k)) k--;
        return Math.Max(from, k);
    }

    /// <summary>Where the name begins that ends with a token, not before <paramref name="floor"/>.</summary>
    public int NameFrom(int last, int floor)
    {
        var from = last;
        for (var i = last - 1; i >= floor && (IsNamePart(i) || IsParticle(i)); i--)
            if (IsNamePart(i)) from = i;
        while (from - 1 >= floor && IsParticle(from - 1) && from == last) from--; // "van Biljon"
        return from;
    }

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
}
