using Verify.Attribution.Reading;

namespace Verify.Attribution.Language;

/// <summary>Kinds and names of sources: from a mention to the fullest name that the article gives.</summary>
internal sealed partial class Sources(string text, List<Token> tokens)
{
    // "he" stands for somebody named within the last few sentences, or for whoever spoke last.
    private const int Near = 90;

    private readonly Names _names = new(text, tokens);
    private (string Name, SourceKind Kind, int At)? _lastPerson, _lastGroup, _lastOrganization;

    // "Ministry of Fisheries", "Institute for Public Health": the name goes on behind the preposition.
    private int EndOfName(int head, int to)
    {
        var end = head + 1;
        for (var i = end; i + 1 < Math.Min(to, tokens.Count) && tokens[i].Is(Word.Preposition | Word.Conjunction | Word.Determiner | Word.Clitic); i++)
        {
            if (!tokens[i + 1].Capital) continue;
            i++;
            while (i < to && _names.IsNamePart(i)) end = ++i;
            i--;
        }
        return end;
    }

    // "Residents said": the capital is the sentence's, not the word's.
    private bool BeginsSentence(int i) => i == 0 || tokens[i - 1].Kind is TokenKind.Stop or TokenKind.OpenQuote or TokenKind.CloseQuote || text.AsSpan(tokens[i - 1].End, tokens[i].Start - tokens[i - 1].End).Contains('\n');

    private string TextOf(int from, int to) => _names.TextOf(from, to);
    private string Bare(int i) => text[tokens[i].Start..tokens[i].End];

    private static readonly HashSet<string> Unnamed = new(StringComparer.OrdinalIgnoreCase) { "familiar", "anonymity", "anonymous", "anonymously", "unnamed", "unidentified", "undisclosed" };

    // "two people familiar with the matter", "a nurse, who spoke on condition of anonymity,", "who asked not to be named".
    private bool IsUnnamed(Phrase phrase)
    {
        if (tokens[phrase.Head].Capital && !(tokens[phrase.Head].Is(Word.Noun) && BeginsSentence(phrase.Head))) return false;
        for (var i = phrase.From; i < Math.Min(tokens.Count, phrase.To + 12); i++)
        {
            if (i > phrase.To && tokens[i].Kind is TokenKind.Stop or TokenKind.OpenQuote) return false;
            if (!tokens[i].IsWord) continue;
            if (Unnamed.Contains(text[tokens[i].Start..tokens[i].End])) return true;
            if (i >= phrase.To && text.AsSpan(tokens[i].Start, tokens[i].End - tokens[i].Start) is "named" or "identified" && text.AsSpan(tokens[i - 1].Start, tokens[i - 1].End - tokens[i - 1].Start) is "be") return true;
        }
        return false;
    }

    public SourceKind KindOf(Phrase phrase)
    {
        var head = tokens[phrase.Head];
        if (head.Is(Word.PersonNoun | Word.GroupNoun | Word.AnonymousNoun) && IsUnnamed(phrase)) return SourceKind.Anonymous;
        if (IsTransparent(phrase.Head, out var inner)) head = tokens[inner];
        if (head.Is(Word.SubjectPronoun | Word.Possessive) && !head.Capital || phrase.To - phrase.From == 1 && head.Is(Word.SubjectPronoun))
            return Pronoun(phrase)?.Kind ?? SourceKind.Person;
        if (!head.Capital || head.Is(Word.Noun) && BeginsSentence(phrase.Head))
        {
            if (head.Is(Word.AnonymousNoun) && !head.Is(Word.PersonNoun)) return SourceKind.Anonymous;
            if (head.Is(Word.PostNoun)) return SourceKind.Post;
            if (head.Is(Word.BroadcastNoun)) return SourceKind.Broadcast;
            if (head.Is(Word.DocumentNoun)) return SourceKind.Document;
            if (head.Is(Word.GroupNoun)) return SourceKind.Group;
            if (head.Is(Word.PersonNoun | Word.Title)) return SourceKind.Person;
            if (head.Is(Word.OrganizationNoun | Word.Outlet)) return SourceKind.Organization;
            return IsPlural(Bare(phrase.Head)) ? SourceKind.Group : SourceKind.Person;
        }
        return KindOfName(phrase);
    }

    private static bool IsPlural(string noun) => noun.EndsWith('s') && !noun.EndsWith("ss", StringComparison.Ordinal) && !noun.EndsWith("is", StringComparison.Ordinal) && !noun.EndsWith("us", StringComparison.Ordinal);

    private SourceKind KindOfName(Phrase phrase)
    {
        var (names, first) = (0, -1);
        var kinds = Word.None;
        for (var i = phrase.From; i <= phrase.Head; i++)
        {
            if (!tokens[i].Capital || tokens[i].Is(Word.Determiner)) continue;
            names++;
            if (first < 0) first = i;
            kinds |= tokens[i].Word;
        }
        var last = Bare(phrase.Head);
        var isPerson = _names.IsPerson(last);
        if (names > 1 && !isPerson && _names.IsPublic(first, phrase.Head)) return SourceKind.Organization;
        if ((kinds & (Word.OrganizationNoun | Word.Outlet)) != 0 && !isPerson) return SourceKind.Organization;
        if ((kinds & Word.PostNoun) != 0 && names == 1) return SourceKind.Post;
        if (isPerson) return SourceKind.Person;
        for (var i = phrase.From; i < phrase.Head; i++)
            if (tokens[i].Is(Word.Title | Word.PersonNoun)) return SourceKind.Person;
        if (Names.IsAcronym(last) || tokens[phrase.From].Is(Word.Determiner) || names > 1 && Names.IsAcronym(Bare(first))) return SourceKind.Organization;
        return names is 2 or 3 ? SourceKind.Person : SourceKind.Organization;
    }

    public string Resolve(Phrase phrase)
    {
        // "Pia Lund and Carlo Benassi": two sources speak together.
        for (var i = phrase.From + 1; i < phrase.To - 1; i++)
            if (tokens[i].Kind == TokenKind.Comma)
            {
                // "The lead authors, Pia Lund of Norhav and Carlo Benassi of Eldmoor"
                if (!tokens[i - 1].Is(Word.GroupNoun) || i + 2 >= phrase.To || !tokens[i + 1].Capital || LastName(i + 1, phrase.To) is not (>= 0 and var last)) break;
                phrase = new(i + 1, phrase.To, last);
            }
            else if (tokens[i].Is(Word.Conjunction) && Bare(i) is "and" && (Together(phrase, i) || Beside(phrase, i)))
                return $"{Resolve(new(phrase.From, i, LastName(phrase.From, i)))} and {Resolve(new(i + 1, phrase.To, LastName(i + 1, phrase.To)))}";
        if (Pronoun(phrase) is { } antecedent) return antecedent.Name;
        var head = phrase.Head;
        if (IsTransparent(head, out var inner)) head = inner;
        if (OfficeHolder(phrase, head) is { } holder) return holder;
        // "The Department", where it was named in full before.
        if (tokens[head].Capital && phrase.To - phrase.From == 2 && tokens[phrase.From].Is(Word.Determiner) && tokens[head].Is(Word.OrganizationNoun) && !tokens[head].Is(Word.Outlet)
            && _names.Organization(phrase.From, Bare(head)) is { } whole) return whole;
        if (!tokens[head].Capital || head == phrase.From && BeginsSentence(head) && tokens[head].Is(Word.AnonymousNoun | Word.GroupNoun) && !tokens[head].Is(Word.OrganizationNoun)) return Meant(phrase, head) ?? TheTeam(phrase, head) ?? CommonName(phrase, head);
        var from = _names.NameFrom(head, phrase.From);
        var person = KindOf(phrase) == SourceKind.Person;
        if (person) from = _names.AfterTitles(from, head + 1);
        // "Mayor of Eldmoor Ilse Grau": the place belongs to the office.
        var office = from > phrase.From + 2 && tokens[from - 1].Is(Word.Determiner) ? from - 2 : from - 1; // the preposition behind it: "to the United Nations"
        if (person && office > phrase.From && Bare(office) is "of" or "to" or "for" && tokens[office - 1].Is(Word.Title | Word.PersonNoun)) from = _names.LastTwo(from, head + 1);
        // "the Farmers' League", "Taiwan's Constitutional Court": whose it is belongs to its name.
        if (!person && tokens[head].Is(Word.OrganizationNoun))
            while (from - 2 >= phrase.From && tokens[from - 1].Possessive && _names.IsNamePart(from - 2))
                from = _names.NameFrom(from - 2, phrase.From);
        var name = person ? TextOf(from, head + 1) : TextOf(from, EndOfName(head, phrase.To));
        if (_names.SpeltOut(name) is { } spelt) return spelt;
        // Another of the family is not the one of that name who is better known.
        if (person && _names.FullName(Bare(head)) is { } full && full.Length > name.Length && (name.IndexOf(' ', StringComparison.Ordinal) is var space && space < 2 || full.Contains(name[..space], StringComparison.OrdinalIgnoreCase))) return full;
        return name;
    }

    // Both sides are names of people, and not one name with an "and" in it ("Gas and Electric Company").
    private bool Together(Phrase phrase, int and) =>
        LastName(phrase.From, and) is var left && LastName(and + 1, phrase.To) is var right && left >= 0 && right >= 0 && _names.IsPerson(Bare(left)) && _names.IsPerson(Bare(right));

    // "Saudi Arabia and the United States", and not "Islamic State of Iraq and the Levant".
    private bool Beside(Phrase phrase, int and)
    {
        for (var k = phrase.From; k < and; k++)
            if (tokens[k].Is(Word.Preposition)) return false;
        if (tokens[and - 1].Is(Word.Outlet) && tokens[and + 1].Is(Word.Outlet) && tokens[and - 1].Capital && tokens[and + 1].Capital && phrase.To == and + 2) return true; // "Reuters and NBC"
        return tokens[and + 1].Is(Word.Determiner) && LastName(phrase.From, and) >= 0 && LastName(and + 1, phrase.To) >= 0;
    }

    private int LastName(int from, int to)
    {
        // "Lund of Norhav and Carlo Benassi of Eldmoor": where each is from is not their name.
        for (var k = from + 1; k < to - 1; k++)
            if (tokens[k].Is(Word.Preposition) && tokens[k - 1].Capital && _names.IsPerson(Bare(k - 1))) to = k;
        for (var i = to - 1; i >= from; i--)
            if (_names.IsNamePart(i)) return i;
        return -1;
    }

    // "the governor", "Chelyabinsk's governor", "The President": whom the article has named with that office.
    private string? OfficeHolder(Phrase phrase, int head)
    {
        var t = tokens[head];
        if (!t.Is(Word.PersonNoun | Word.Title) || phrase.To - 1 > head && tokens[phrase.To - 1].Capital && !t.Capital && !HasComma(phrase) && !(Bare(head + 1) is "of" or "in" or "for" or "at")) return null;
        var first = false;
        for (var k = phrase.From; k < head; k++)
            if (tokens[k].Is(Word.Determiner))
            {
                if (Bare(k).ToLowerInvariant() is "one" or "another" or "some" or "both" or "other") return null;
                first |= Bare(k).ToLowerInvariant() is "a" or "an";
            }
        if (first && !t.Is(Word.Title) || t.Capital && _names.IsPerson(Bare(head)) || !t.Capital && phrase.From == head) return null;
        return _names.Holder(Bare(head).ToLowerInvariant(), phrase with { To = EndOfFirst(phrase) }, first);
    }

    private bool HasComma(Phrase phrase) => EndOfFirst(phrase) < phrase.To;

    // "The governor of Louisiana, a state on the Gulf": what stands before the comma.
    private int EndOfFirst(Phrase phrase)
    {
        for (var i = phrase.From; i < phrase.To; i++)
            if (tokens[i].Kind == TokenKind.Comma) return i;
        return phrase.To;
    }

    // "the ministry", "the company", "the website": which of those named before is meant.
    private string? Meant(Phrase phrase, int head)
    {
        if (phrase.To > head + 1 || !tokens[head].Is(Word.OrganizationNoun | Word.Outlet) || !tokens[phrase.From].Is(Word.Determiner)) return null;
        var word = Bare(head);
        if (tokens[phrase.From].Is(Word.Possessive) || word.EndsWith('s') || word is "media" or "press" or "police" or "army" or "military" or "government" or "state") return null;
        if (phrase.To - phrase.From > 3) return null;
        // "the court": the one that has spoken, before any that was merely named.
        if (_lastOrganization is { } spoke && spoke.Name.Contains(word, StringComparison.OrdinalIgnoreCase)) return spoke.Name;
        return _names.Organization(phrase.From, word) ?? (word is "company" or "firm" or "corporation" or "website" or "site" or "newspaper" or "paper" or "outlet" or "magazine" or "publication" or "broadcaster" or "agency" or "airline" or "group" or "organisation" or "organization"
            ? _lastOrganization?.Name ?? _names.Organization(phrase.From, "") : null);
    }

    // "the researchers", "the research team", "the team's lead author": those whom the article has introduced.
    private string? TheTeam(Phrase phrase, int head)
    {
        if (!tokens[phrase.From].Is(Word.Determiner) || Bare(phrase.From).ToLowerInvariant() is not ("the" or "these" or "their") || phrase.To > head + 1) return null;
        var word = Bare(head);
        if (phrase.To - phrase.From != 2 && !(word == "team" && phrase.To - phrase.From == 3)) return null;
        return word is "team" or "researchers" or "scientists" or "authors" or "astronomers" or "archaeologists" or "biologists" or "physicists" or "engineers" ? _names.Team(phrase.From) : null;
    }

    private string CommonName(Phrase phrase, int head)
    {
        var from = head;
        while (from > phrase.From && !tokens[from - 1].Is(Word.Determiner | Word.Preposition) && tokens[from - 1].IsWord && !tokens[from - 1].Possessive) from--;
        if (tokens[head].Is(Word.Medium)) from = head;
        return TextOf(from, head + 1);
    }

    // "a copy of the cable", "a string of tweets": what the reader is told of is behind the "of".
    private bool IsTransparent(int head, out int inner)
    {
        inner = head;
        if (head + 2 >= tokens.Count || Bare(head).ToLowerInvariant() is not ("copy" or "copies" or "series" or "string" or "transcript" or "draft" or "set" or "part" or "parts" or "portion" or "excerpt" or "excerpts" or "some" or "many" or "most" or "several")) return false;
        if (text.AsSpan(tokens[head + 1].Start, tokens[head + 1].End - tokens[head + 1].Start) is not "of") return false;
        inner = head + 2;
        while (inner + 1 < tokens.Count && tokens[inner + 1].Kind == TokenKind.Word && _names.OnlySpaceBetween(inner)
            && !tokens[inner + 1].Is(Word.Preposition | Word.Auxiliary | Word.PlainVerb | Word.Conjunction | Word.Subordinator | Word.Determiner) && !(tokens[inner + 1].Is(Word.Cue) && !tokens[inner + 1].Is(Word.NounToo))) inner++;
        return true;
    }
}
