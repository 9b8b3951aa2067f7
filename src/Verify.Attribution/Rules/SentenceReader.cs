using Verify.Attribution.Language;
using Verify.Attribution.Reading;

namespace Verify.Attribution.Rules;

/// <summary>
/// Finds the claims of one sentence. Every cue (a reporting verb, "according to", a noun of reporting) is tried in
/// order; each construction is a method of its own, so that a new one is added beside its siblings.
/// </summary>
internal sealed partial class SentenceReader(string text, List<Token> tokens, NounPhrases phrases, Sources sources)
{
    private readonly List<Draft> _drafts = [];
    private readonly HashSet<int> _used = []; // cues that a construction before them has taken in
    private int _from;
    private int _to;

    /// <summary>Claims of the sentence, in the order of their cues.</summary>
    public IReadOnlyList<Draft> Read(Sentence sentence)
    {
        (_from, _to) = (sentence.From, sentence.To);
        _drafts.Clear();
        _used.Clear();
        while (_from < _to && tokens[_from].Is(Word.Conjunction)) _from++;
        for (var i = _from; i < _to; i++)
        {
            var t = tokens[i];
            if (t.Kind != TokenKind.Word || t.Quote != 0 || _used.Contains(i)) continue;
            var draft = Says(i, "according") && i + 1 < _to && Says(i + 1, "to") ? AccordingTo(i)
                : Says(i, "reportedly") || Says(i, "allegedly") ? Reportedly(i)
                : t.Is(Word.Cites) && IsVerb(i) ? Citing(i)
                : t.Is(Word.Cue) && IsVerb(i) ? Reporting(i)
                : t.Is(Word.ContentNoun) && i + 1 < _to && Says(i + 1, "that") ? NounCue(i)
                : null;
            if (draft is not null) _drafts.Add(draft);
        }
        return _drafts;
    }

    private bool Says(int i, string lower) => i >= 0 && i < tokens.Count
        && tokens[i].End - tokens[i].Start == lower.Length && text.AsSpan(tokens[i].Start, lower.Length).Equals(lower, StringComparison.OrdinalIgnoreCase);

    private TokenKind KindAt(int i) => i >= _from && i < _to ? tokens[i].Kind : TokenKind.Other;
    private bool IsAt(int i, Word kind) => i >= _from && i < _to && tokens[i].Is(kind);

    /// <summary>Whether the word at i is a verb here, and not the noun or adjective of the same form.</summary>
    private bool IsVerb(int i)
    {
        var t = tokens[i];
        if (t.Capital && i != _from) return false;
        var before = i - 1;
        while (before >= _from && tokens[before].Is(Word.Adverb)) before--;
        if (before < _from) return t.Is(Word.Gerund);
        var b = tokens[before];
        if (Says(before, "to")) return false; // "refused to say"
        if (t.Is(Word.Gerund)) return true;
        if (t.Is(Word.Past)) return !b.Is(Word.Determiner) || b.Is(Word.SubjectPronoun) || Says(before, "that") || Says(before, "who");
        if (b.Is(Word.Modal)) return false; // "would say": nothing has been said yet
        if (Says(before, "not") || Says(before, "did") || Says(before, "does") || Says(before, "do")) return false;
        if (t.Is(Word.NounToo))
        {
            if (b.Is(Word.Determiner | Word.Possessive) && !b.Is(Word.SubjectPronoun) || b.Possessive || b.Is(Word.Preposition) || b.Kind == TokenKind.Number) return false;
            var next = i + 1;
            return next < _to && (Says(next, "that") || tokens[next].Kind == TokenKind.OpenQuote || tokens[next].Is(Word.Determiner | Word.SubjectPronoun) || tokens[next].Capital)
                && (b.Is(Word.SubjectPronoun | Word.Noun) || b.Capital);
        }
        var third = text[t.End - 1] == 's';
        return third || b.Is(Word.OrganizationNoun) || Says(before, "people") || Says(before, "men") || Says(before, "women") || b.Is(Word.SubjectPronoun | Word.GroupNoun | Word.AnonymousNoun) || !third && b.IsWord && text[b.End - 1] == 's' && !b.Possessive;
    }

    private (int From, int To) VerbGroup(int verb)
    {
        var from = verb;
        for (var i = verb - 1; i >= _from && (tokens[i].Is(Word.Auxiliary) || tokens[i].Is(Word.Adverb) && !tokens[i].Is(Word.Time)); i--)
            if (tokens[i].Is(Word.Auxiliary)) from = i;
        return (from, verb + 1);
    }

    private static DraftLink Speaker(Phrase mention, (int From, int To) cue) => new(LinkRole.Speaker, mention, cue);
}
