using Verify.Attribution.Language;
using Verify.Attribution.Reading;
using Verify.Attribution.Syntax;

namespace Verify.Attribution.Rules;

internal sealed partial class SentenceReader
{
    /// <summary>Whole quotations that no cue has taken in: somebody speaks whatever the verb is ("He laughed: “…”", "“…,” he mused").</summary>
    private void Orphans()
    {
        for (var i = _from; i < _to; i++)
        {
            if (tokens[i].Kind != TokenKind.OpenQuote || tokens[i].Quote != _quote) continue;
            var close = CloseOf(i, _to);
            if (close < 0) close = _to - 1;
            if (close - i >= 5 && !_drafts.Exists(d => d.CueToken >= _from && d.CueToken < _to && d.Content.Exists(c => c.From <= i + 1 && c.To > i + 1)) && Orphan(i, close) is { Content.Count: > 0 } draft) _drafts.Add(draft);
            i = close;
        }
    }

    private Draft? Orphan(int open, int close)
    {
        var verb = -1;
        var construction = "colon";
        if (KindAt(open - 1) == TokenKind.Colon || KindAt(open - 1) == TokenKind.Comma && open - 1 > _from)
        {
            for (var k = open - 2; k >= _from && verb < 0; k--)
                if (tokens[k].Kind is TokenKind.CloseQuote or TokenKind.Semicolon or TokenKind.Stop) break;
                else if (grammar.Tag(k).IsFinite() && !tokens[k].Is(Word.Be)) verb = k;
            // Whatever stands between a name and a colon is a verb, known or not.
            if (verb < 0 && KindAt(open - 1) == TokenKind.Colon && open - 3 >= _from && tokens[open - 2].Kind == TokenKind.Word && !tokens[open - 2].Capital && (tokens[open - 3].Capital || grammar.Tag(open - 3) == Tag.PRP)) verb = open - 2;
            if (KindAt(open - 1) == TokenKind.Comma && (verb < 0 || grammar.Tag(verb) != Tag.VBD)) return null;
        }
        else if (open == _from || KindAt(open - 1) is TokenKind.Stop)
        {
            construction = "behind-quote";
            var next = KindAt(close + 1) == TokenKind.Comma ? close + 2 : close + 1;
            for (var k = next; k < Math.Min(_to, next + 8) && verb < 0; k++)
                if (!tokens[k].IsWord) break;
                else if (grammar.Tag(k) is Tag.VBD or Tag.VBZ && !tokens[k].Is(Word.Auxiliary)) verb = k;
        }
        if (verb < 0) return null;
        var subject = SubjectOf(verb);
        if (subject.IsEmpty && construction == "behind-quote") subject = phrases.StartingAt(verb + 1, _to, withPrepositions: false);
        if (subject.IsEmpty || subject.From >= open && subject.To <= close || tokens[subject.Head].Is(Word.Time) || tokens[subject.Head].Kind != TokenKind.Word) return null;
        var draft = new Draft { Construction = construction, CueToken = verb, Subject = subject };
        draft.Links.Add(Speaker(subject, VerbGroup(verb)));
        Add(draft, open, close + 1);
        return draft;
    }

    /// <summary>"the alleged attack", "a self-described Nazi", "of reported magnitude 4.9": an adjective that says who says so is unknown.</summary>
    private Draft? Alleged(int adjective)
    {
        if (grammar.Tag(adjective) is not (Tag.JJ or Tag.VBN)) return null;
        if (adjective + 1 >= _to || !(grammar.Tag(adjective + 1).IsNoun() || grammar.Tag(adjective + 1) is Tag.JJ or Tag.CD)) return null;
        // "of reported magnitude 4.9": behind a preposition it stands with the noun, whatever the grammar makes of it.
        var noun = grammar.Relation(adjective) is Relation.Amod or Relation.Acl or Relation.Compound && grammar.Head(adjective) > adjective ? grammar.Head(adjective)
            : IsAt(adjective - 1, Word.Preposition) && grammar.Tag(adjective + 1).IsNoun() ? adjective + 1 : -1;
        if (noun <= adjective || !InWindow(noun) || tokens[noun].Is(Word.PersonNoun | Word.GroupNoun) && !Begins(adjective, "self") || noun + 1 < _to && tokens[noun + 1].Possessive) return null;
        var draft = new Draft { Construction = "alleged", CueToken = adjective, Form = ContentForm.NounPhrase };
        Add(draft, adjective + 1, BeforeRelative(adjective + 1, EndOfThing(noun)));
        // "the alleged weapon" says nothing that could be checked; a number, or what befell somebody, does.
        var (from, to) = draft.Content.Count > 0 ? draft.Content[0] : (0, 0);
        for (var k = from; k < to; k++)
            if (Begins(adjective, "self") || tokens[k].Kind == TokenKind.Number || grammar.Tag(k) == Tag.CD || k > from && tokens[k].Capital && tokens[k - 1].Is(Word.Preposition)) return draft;
        return null;
    }

    private int BeforeRelative(int from, int to)
    {
        for (var i = from + 1; i < to; i++)
            if (grammar.Tag(i) is Tag.WDT or Tag.WP) return i;
        return to;
    }

    private bool IsAlleged(int i) => Says(i, "alleged", "reported", "purported", "self-described", "self-proclaimed", "supposed");

    /// <summary>"By reports on Saturday, …", "In a situational report, …": a document stands before a clause that has no cue of its own.</summary>
    private Draft? Introduced(int preposition)
    {
        var document = phrases.StartingAt(preposition + 1, _to);
        if (document.IsEmpty || !tokens[document.Head].Is(Word.DocumentNoun | Word.AnonymousNoun) || tokens[document.Head].Capital) return null;
        if (Says(preposition, "by") && !tokens[document.Head].Is(Word.AnonymousNoun) && !Says(document.Head, "estimates") && !Says(document.Head, "accounts")) return null;
        var next = document.To;
        SkipTime(ref next);
        if (KindAt(next) != TokenKind.Comma) return null;
        // "In her opinion, …": she says so.
        if (Text(document.Head) is "opinion" or "words" or "view" && Says(document.From, "his", "her", "their")) document = new(document.From, document.From + 1, document.From);
        var end = ContentEnd(next + 1, preposition);
        for (var k = next + 1; k < end; k++)
            if (tokens[k].Is(Word.Cue) && (grammar.Tag(k).IsFinite() || grammar.Tag(k) == Tag.VBN && IsAt(GroupStart(k), Word.Have)) && tokens[k].Quote == _quote) return null;
        if (!HasFiniteVerb(next + 1, end) && preposition == _from) return null;
        var draft = new Draft { Construction = "introduced", CueToken = preposition, Subject = document };
        draft.Links.Add(Speaker(document, (preposition, preposition + 1)));
        // "left five dead and, by early reports, at least 30 injured": between commas only what follows is meant.
        Add(draft, next + 1, preposition == _from ? end : PhraseEnd(next + 1, end));
        return draft;
    }
}
