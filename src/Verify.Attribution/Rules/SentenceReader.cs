using Verify.Attribution.Language;
using Verify.Attribution.Reading;
using Verify.Attribution.Syntax;

namespace Verify.Attribution.Rules;

/// <summary>
/// Finds the claims of one sentence. Every cue (a reporting verb, "according to", a noun of reporting) is tried in
/// order; each construction is a method of its own, so that a new one is added beside its siblings. What stands in
/// quotation marks is read once more by itself: there, somebody quoted attributes something to others.
/// </summary>
internal sealed partial class SentenceReader(string text, List<Token> tokens, Grammar grammar, NounPhrases phrases, Sources sources, Judge? judge)
{
    private readonly List<Draft> _drafts = [];
    private readonly HashSet<int> _used = []; // cues that a construction before them has taken in
    private int _from;
    private int _to;
    private int _quote; // the quotation that is being read, 0 for what stands outside of all

    /// <summary>Claims of the sentence, in the order of their cues.</summary>
    public IReadOnlyList<Draft> Read(Sentence sentence)
    {
        _drafts.Clear();
        _used.Clear();
        if (!HasCue(sentence.From, sentence.To)) return _drafts;
        grammar.Read(sentence);
        ReadWindow(sentence.From, sentence.To, 0);
        for (var i = sentence.From; i < sentence.To; i++)
        {
            if (tokens[i].Quote == 0) continue;
            var end = i;
            while (end + 1 < sentence.To && tokens[end + 1].Quote == tokens[i].Quote && !(tokens[end].Kind == TokenKind.Stop && tokens[end + 1].Capital)) end++;
            if (end - i > 3 && HasCue(i, end + 1)) ReadWindow(i, end + 1, tokens[i].Quote);
            i = end;
        }
        if (judge is not null) _drafts.RemoveAll(d => (d.Confidence = judge.Of(d.Signs)) < Judge.Threshold);
        return _drafts;
    }

    private bool HasCue(int from, int to)
    {
        for (var i = from; i < to; i++)
            if (tokens[i].Is(Word.Cue | Word.ContentNoun | Word.SpeechNoun | Word.Marker) || Introduces(i) || tokens[i].Kind == TokenKind.OpenQuote && i > from && tokens[i - 1].Kind is TokenKind.Colon or TokenKind.Comma
                || tokens[i].Kind == TokenKind.CloseQuote && i + 1 < to && tokens[i + 1].Kind == TokenKind.Comma) return true;
        return false;
    }

    // "By reports, …", "…, in a report, …": at the beginning, or behind a comma.
    private bool Introduces(int i) => tokens[i].Is(Word.Preposition) && tokens[i].End - tokens[i].Start == 2 && (i == 0 || tokens[i - 1].Kind is not (TokenKind.Word or TokenKind.Number)) && (Says(i, "by", "in"));

    private void ReadWindow(int from, int to, int quote)
    {
        (_from, _to, _quote) = (from, to, quote);
        while (_from < _to && tokens[_from].Is(Word.Conjunction)) _from++;
        for (var i = _from; i < _to; i++)
        {
            var t = tokens[i];
            if (t.Kind != TokenKind.Word || t.Quote != quote && !(t.Is(Word.SpeechNoun) && quote == 0) || !t.Is(Word.Cue | Word.ContentNoun | Word.SpeechNoun | Word.Marker) && !Introduces(i) || _used.Contains(i)) continue;
            var draft = t.Quote != quote ? Given(i)
                : Says(i, "according") && Says(i + 1, "to") ? AccordingTo(i)
                : i == _from && Says(i, "per") ? Per(i)
                : Says(i, "reportedly", "allegedly", "purportedly", "reputedly") ? Reportedly(i)
                : IsAlleged(i) && Alleged(i) is { Content.Count: > 0 } alleged ? alleged
                : Introduces(i) && Introduced(i) is { Content.Count: > 0 } introduced ? introduced
                : t.Is(Word.Cue) && grammar.Tag(i).IsVerb() ? (t.Is(Word.Cites) ? Citing(i) : null) ?? Reporting(i)
                : t.Is(Word.SpeechNoun) && Given(i) is { Content.Count: > 0 } given ? given
                : t.Is(Word.ContentNoun) && grammar.Tag(i).IsNoun() ? NounCue(i)
                : null;
            if (draft is null || draft.Content.Count == 0 || draft.Content is [var (only, end)] && end == only + 1 && grammar.Tag(only) == Tag.PRP) continue;
            _drafts.Add(draft);
            if (Illustration(draft) is { Content.Count: > 0 } quoted) _drafts.Add(quoted);
        }
        Orphans();
        foreach (var draft in _drafts)
            if (draft.Signs.Count == 0) Observe(draft);
    }

    private bool Says(int i, string lower) => i >= 0 && i < tokens.Count
        && tokens[i].End - tokens[i].Start == lower.Length && text.AsSpan(tokens[i].Start, lower.Length).Equals(lower, StringComparison.OrdinalIgnoreCase);

    private ReadOnlySpan<char> Text(int i) => text.AsSpan(tokens[i].Start, tokens[i].End - tokens[i].Start);
    private bool Says(int i, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
            if (Says(i, word)) return true;
        return false;
    }

    // Whether a word begins with one of the stems: "announc" for announced, announces, announcing.
    private bool Begins(int i, params ReadOnlySpan<string> stems)
    {
        foreach (var stem in stems)
            if (Text(i).StartsWith(stem, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private TokenKind KindAt(int i) => i >= _from && i < _to ? tokens[i].Kind : TokenKind.Other;
    private bool IsAt(int i, Word kind) => i >= _from && i < _to && tokens[i].Is(kind);
    private bool InWindow(int i) => i >= _from && i < _to;

    private int Child(int i, Relation relation) => grammar.Child(i, relation) is var c && c >= 0 && InWindow(c) ? c : -1;

    private static DraftLink Speaker(Phrase mention, (int From, int To) cue) => new(LinkRole.Speaker, mention, cue);
}
