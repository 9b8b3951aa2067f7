using Verify.Attribution.Reading;

namespace Verify.Attribution.Language;

internal sealed partial class Sources
{
    /// <summary>Remembers a source that has spoken, for the pronouns that follow.</summary>
    public void Remember(string name, SourceKind kind, int at)
    {
        if (name.Length == 0) return;
        if (kind == SourceKind.Person && name.Contains(" and ", StringComparison.Ordinal)) _lastGroup = (name, SourceKind.Group, at);
        else if (kind == SourceKind.Person) _lastPerson = (name, kind, at);
        else if (kind is SourceKind.Group or SourceKind.Anonymous) _lastGroup = (name, kind, at);
        else if (kind == SourceKind.Organization) _lastOrganization = (name, kind, at);
    }

    private (string Name, SourceKind Kind)? Pronoun(Phrase phrase)
    {
        if (phrase.To - phrase.From != 1) return null;
        return Bare(phrase.From).ToLowerInvariant() switch
        {
            "he" or "him" or "his" => (Person(phrase.From, false), SourceKind.Person),
            "she" or "her" => (Person(phrase.From, true), SourceKind.Person),
            "i" => (_lastPerson?.Name ?? "", SourceKind.Person),
            "they" or "them" or "we" => Last(_lastGroup, _lastOrganization) ?? (_names.Team(phrase.From) ?? "", SourceKind.Group),
            "it" or "its" => (Organization(phrase.From), SourceKind.Organization),
            _ => null,
        };
    }

    private static (string, SourceKind)? Last((string Name, SourceKind Kind, int At)? a, (string Name, SourceKind Kind, int At)? b) =>
        (a?.At ?? -1) >= (b?.At ?? -1) ? a is { } x ? (x.Name, x.Kind) : null : b is { } y ? (y.Name, y.Kind) : null;

    // Who opened a sentence since an organization spoke; else that one; else whichever was named last.
    private string Organization(int at) => _names.OpeningOrganization(_lastOrganization?.At ?? -1, at, OpensSentence) ?? _lastOrganization?.Name ?? _names.Organization(at, "") ?? "";

    // Who spoke a short while ago; else who begins the sentences before; else whoever was named last.
    private string Person(int at, bool female)
    {
        // Nobody who is quoted calls himself "he".
        var quoted = tokens[at].Quote != 0 ? _lastPerson?.Name : null;
        if (quoted is null && _lastPerson is { } spoke && at - spoke.At < Near && (_names.Fits(spoke.Name, female) || IsEither(spoke.Name)) && !NamedSince(spoke, at, female)) return spoke.Name;
        string? nearest = null;
        var k = Before(at);
        for (var seen = 0; k >= 0 && seen < 12; k--, seen++)
        {
            var (where, name) = _names.Mentions[k];
            if (tokens[where].Quote != 0 && tokens[at].Quote == 0) continue; // a name that is quoted is spoken of
            if (name == quoted || !_names.Fits(name, female) || IsSpokenTo(where, at)) continue;
            nearest ??= name;
            if (at - where < Near && OpensSentence(where)) return name;
        }
        return nearest ?? (quoted is null ? _lastPerson?.Name : null) ?? "";
    }

    // "the head of the agency", "a doctor": the noun does not tell whether it is he or she.
    private static bool IsEither(string name) => char.IsLower(name[0]) && (Lexicon.Of(name.AsSpan(name.LastIndexOf(' ') + 1)) & (Word.PersonNoun | Word.Title)) != 0 && !name.EndsWith("man", StringComparison.Ordinal) && name is not ("mother" or "father" or "son" or "daughter" or "wife" or "husband" or "brother" or "sister" or "boy" or "girl");

    // "Speaking to Lea Brandt of Norhav Radio, he said": not she.
    private bool IsSpokenTo(int name, int pronoun)
    {
        if (name == 0 || !tokens[name - 1].Is(Word.Preposition) || pronoun - name > 15) return false;
        for (var k = name; k < pronoun; k++)
            if (BeginsSentence(k + 1) && tokens[k].Kind == TokenKind.Stop) return false;
        return true;
    }

    // Somebody else has become the subject since.
    private bool NamedSince((string Name, SourceKind Kind, int At) spoke, int at, bool female)
    {
        for (var k = Before(at); k >= 0 && _names.Mentions[k].At > spoke.At; k--)
            if (_names.Mentions[k].Name != spoke.Name && _names.Fits(_names.Mentions[k].Name, female) && OpensSentence(_names.Mentions[k].At)) return true;
        return false;
    }

    private int Before(int at) => Names.LastBefore(_names.Mentions, at);

    private bool OpensSentence(int at)
    {
        for (var i = at - 1; i >= Math.Max(0, at - 5); i--)
            if (BeginsSentence(i + 1)) return true;
            else if (!tokens[i].IsWord) return false;
        return at == 0;
    }
}
