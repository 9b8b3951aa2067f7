using Verify.Attribution.Language;
using Verify.Attribution.Reading;

namespace Verify.Attribution.Rules;

internal sealed partial class SentenceReader
{
    /// <summary>Where a report that runs on after its cue ends.</summary>
    private int ContentEnd(int from)
    {
        for (var i = from; i < _to; i++)
        {
            var t = tokens[i];
            if (t.Quote != 0) continue;
            if (t.Kind is TokenKind.Semicolon) return i;
            if (t.Kind is TokenKind.Stop && i == _to - 1) return i;
            if (i > from && Says(i, "according") && Says(i + 1, "to")) return i;
            if (i > from && i + 1 < _to && (Says(i, "and") || Says(i, "but")) && SharedReport(i + 1)) return KindAt(i - 1) == TokenKind.Comma ? i - 1 : i;
            if (i > from && i + 1 < _to && (t.Is(Word.Conjunction) || Says(i, "while")) && ReportBegins(i + 1)) return KindAt(i - 1) == TokenKind.Comma ? i - 1 : i;
            if (t.Kind != TokenKind.Comma || i + 1 >= _to || i == from) continue;
            var next = tokens[i + 1];
            if (Says(i + 1, "according") || Says(i + 1, "while") || Says(i + 1, "adding") || Says(i + 1, "citing") || Says(i + 1, "whereas") || Says(i + 1, "although") || Says(i + 1, "though") || Says(i + 1, "despite")) return i;
            if (Says(i + 1, "but") && i + 3 < _to && (tokens[i + 2].Is(Word.Cue) || tokens[i + 3].Is(Word.Cue) && tokens[i + 3].Is(Word.Finite))) return i;
            if (Says(i + 1, "and") && i + 2 < _to && tokens[i + 2].Is(Word.Reports) && tokens[i + 2].Is(Word.Finite) && !tokens[i + 2].Is(Word.NounToo)) return i;
            if (next.Is(Word.Gerund) && next.Is(Word.Reports) && !next.Is(Word.NounToo)) return i;
            if (ReportFollows(i + 1)) return i;
        }
        return _to;
    }

    // "… and added that …": the same speaker's next report.
    private bool SharedReport(int i)
    {
        while (i < _to && tokens[i].Is(Word.Adverb)) i++;
        return i + 1 < _to && tokens[i].Is(Word.Reports) && tokens[i].Is(Word.Past) && tokens[i].Is(Word.Finite) && !tokens[i].Is(Word.NounToo) && !tokens[i + 1].Is(Word.Preposition)
            && (Says(i + 1, "that") || tokens[i + 1].Kind == TokenKind.OpenQuote || LooksLikeClause(i + 1, _to));
    }

    // "… while the minister wrote that …", "… but AFP reported …": somebody else's report begins.
    private bool ReportBegins(int i)
    {
        var subject = phrases.StartingAt(i, _to, withPrepositions: false);
        var verb = subject.To;
        while (verb < _to && tokens[verb].Is(Word.Auxiliary | Word.Adverb)) verb++;
        return !subject.IsEmpty && verb < _to && tokens[verb].Is(Word.Reports | Word.Cites) && tokens[verb].Is(Word.Finite) && IsVerb(verb);
    }

    // ", X said." after content that was begun before it.
    private bool ReportFollows(int i)
    {
        for (var k = i; k < Math.Min(_to, i + 7); k++)
        {
            if (tokens[k].Is(Word.Reports) && tokens[k].Is(Word.Past) && !tokens[k].Is(Word.NounToo) && k > i)
                return KindAt(k + 1) == TokenKind.Stop || k + 1 >= _to;
            if (!tokens[k].IsWord || tokens[k].Is(Word.PlainVerb)) return false;
        }
        return false;
    }

    private bool LooksLikeClause(int from, int to)
    {
        if (from >= to) return false;
        if (tokens[from].Is(Word.SubjectPronoun)) return true;
        for (var i = from; i < to; i++)
        {
            var t = tokens[i];
            if (t.Is(Word.Auxiliary | Word.PlainVerb)) return true;
            if (t.Kind == TokenKind.Word && !t.Capital && i > from)
            {
                var s = text.AsSpan(t.Start, t.End - t.Start);
                if (s.EndsWith("ed") && !tokens[i - 1].Is(Word.Determiner)) return true;
                if (t.Is(Word.Cue) && t.Is(Word.Finite) && !t.Is(Word.NounToo)) return true;
            }
        }
        return false;
    }

    /// <summary>Adds a stretch; outer quotation marks, framing commas and stops are left out.</summary>
    private void Add(Draft draft, int from, int to)
    {
        while (from < to && (tokens[from].Kind is TokenKind.Comma or TokenKind.Colon or TokenKind.Dash || tokens[from].Kind == TokenKind.Stop)) from++;
        if (from < to && Says(from, "that") && to - from > 1 && !tokens[from + 1].Is(Word.Auxiliary)) from++;
        while (from < to && (tokens[to - 1].Kind is TokenKind.Comma or TokenKind.Colon or TokenKind.Semicolon or TokenKind.Dash || tokens[to - 1].Kind == TokenKind.Stop && tokens[to - 1].Quote == 0)) to--;
        if (from < to && tokens[from].Kind == TokenKind.OpenQuote)
        {
            var close = CloseOf(from, to);
            if (close == to - 1 || close < 0)
            {
                from++;
                if (close >= 0) to--;
            }
        }
        while (from < to && tokens[to - 1].Kind == TokenKind.Comma) to--;
        if (from < to) draft.Content.Add((from, to));
    }

    private int CloseOf(int open, int limit)
    {
        for (var i = open + 1; i < limit; i++)
            if (tokens[i].Kind == TokenKind.CloseQuote) return i;
        return -1;
    }

    private int OpenOf(int close)
    {
        for (var i = close - 1; i >= _from; i--)
            if (tokens[i].Kind == TokenKind.OpenQuote) return i;
        return _from;
    }

    /// <summary>What was reported before the cue that begins at <paramref name="limit"/>: a quotation, or a clause up to a comma.</summary>
    private (int From, int To)? ContentBefore(int limit)
    {
        var i = limit - 1;
        if (i < _from) return null;
        if (tokens[i].Kind == TokenKind.CloseQuote || tokens[i].Kind == TokenKind.Comma && i > _from && tokens[i - 1].Kind == TokenKind.CloseQuote)
        {
            var close = tokens[i].Kind == TokenKind.CloseQuote ? i : i - 1;
            var open = OpenOf(close);
            // A part quotation at the end of a clause: the clause belongs to it.
            var start = open > _from && LooksLikeClause(_from, open) && !_drafts.Any(d => d.Content.Any(c => c.To > _from)) ? _from : open;
            return (start, close + 1);
        }
        if (tokens[i].Kind != TokenKind.Comma && tokens[i].Kind != TokenKind.Dash) return null;
        var from = _from;
        foreach (var d in _drafts)
            foreach (var c in d.Content)
                if (c.To <= i && c.To > from) from = c.To;
        if (!LooksLikeClause(from, i)) return null;
        return (from, i);
    }

    /// <summary>Continues a quotation that a cue has interrupted: "A," X said, "B."</summary>
    private void ContinueQuotation(Draft draft, int after)
    {
        var i = after;
        while (i < _to && (tokens[i].Is(Word.Time | Word.Adverb) || tokens[i].Kind is TokenKind.Comma or TokenKind.Stop or TokenKind.Colon)) i++;
        if (KindAt(i) != TokenKind.OpenQuote) return;
        var close = CloseOf(i, _to);
        Add(draft, i, close < 0 ? _to : close + 1);
    }
}
