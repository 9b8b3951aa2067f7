using Verify.Attribution.Language;
using Verify.Attribution.Reading;

namespace Verify.Attribution.Rules;

internal sealed partial class SentenceReader
{
    /// <summary>A reporting verb with its subject before or after it, and its content before, after or around it.</summary>
    private Draft? Reporting(int verb)
    {
        var t = tokens[verb];
        var group = VerbGroup(verb);
        if (t.Is(Word.Past) && IsAt(group.From, Word.Be) && group.From < verb) return Passive(verb, group);
        var found = SubjectBefore(group.From);
        var subject = found.Subject;
        var inverted = false;
        var next = verb + 1;
        if (t.Is(Word.Gerund))
        {
            subject = SubjectOfGerund(verb, found);
            if (subject.IsEmpty) return null;
        }
        else if (subject.IsEmpty && IsAt(group.From - 1, Word.Conjunction) && _drafts.LastOrDefault() is { Subject.IsEmpty: false } shared) subject = shared.Subject; // "said A and added B"
        else if (subject.IsEmpty || InvertedHere(verb))
        {
            if (KindAt(group.From - 1) is not (TokenKind.CloseQuote or TokenKind.Comma)) return null;
            subject = phrases.StartingAt(verb + 1, _to);
            if (subject.IsEmpty) return null;
            if (KindAt(subject.To) == TokenKind.Comma && Apposition(subject.To) is var end and > 0) subject = subject with { To = end };
            inverted = true;
            next = subject.To;
        }
        if (!IsSource(subject, t)) return null;

        var draft = new Draft { Construction = inverted ? "inverted" : "reported", CueToken = verb, Confidence = 0.85, Subject = subject };
        DraftLink? medium = found.Medium ?? (t.Is(Word.Gerund) ? null : OpeningMedium(subject.From));
        var recipient = Recipient(verb, ref next);
        SkipTime(ref next);
        medium ??= MediumAfter(ref next);
        recipient ??= Recipient(verb, ref next);
        SkipTime(ref next);
        if (recipient is not null) draft.Links.Add(recipient);
        var cited = found.Cited;
        if (cited.IsEmpty && KindAt(next) == TokenKind.Comma && Says(next + 1, "citing") && phrases.StartingAt(next + 2, _to) is { IsEmpty: false } inserted && NextComma(inserted.To, _to) is var close && close < _to)
        {
            cited = inserted;
            _used.Add(next + 1);
            next = close + 1;
        }
        if (!cited.IsEmpty)
        {
            draft.Links.Add(new(LinkRole.Relay, subject, group));
            draft.Links.Add(Speaker(cited, (cited.From - 1, cited.From)));
        }
        else draft.Links.Add(Speaker(subject, group));
        if (medium is not null) draft.Links.Add(medium);

        return Contents(draft, verb, inverted ? group.From : subject.From, next, inverted) && draft.Content.Count > 0 ? draft : null;
    }

    private bool Contents(Draft draft, int verb, int cueStart, int next, bool inverted)
    {
        var t = tokens[verb];
        var end = ContentEnd(next);
        if (!t.Is(Word.Gerund) && ContentBefore(cueStart) is { } before && (inverted || EndsHere(next) || tokens[before.To - 1].Kind == TokenKind.CloseQuote && !Says(next, "that")))
        {
            Add(draft, before.From, before.To);
            ContinueQuotation(draft, next);
            return true;
        }
        if (inverted) return false;
        // "In the wake of the death, X said, the lions were killed."
        if (KindAt(cueStart - 1) == TokenKind.Comma && KindAt(next) == TokenKind.Comma && cueStart - 1 > _from && _drafts.Count == 0
            && t.Is(Word.Past) && LooksLikeClause(next + 1, ContentEnd(next + 1)) && tokens[next + 1].Kind == TokenKind.Word && !tokens[next + 1].Is(Word.Gerund))
        {
            Add(draft, _from, cueStart - 1);
            Add(draft, next + 1, ContentEnd(next + 1));
            return true;
        }
        if (KindAt(next) is TokenKind.Colon or TokenKind.Comma && KindAt(next + 1) == TokenKind.OpenQuote) next++;
        if (KindAt(next) == TokenKind.Colon) next++;
        if (KindAt(next) == TokenKind.OpenQuote) return Quoted(draft, next, end, t);
        if (Says(next, "that") && t.Is(Word.Reports | Word.Shows)) { Add(draft, next, end); return true; }
        // "reported on Thursday, coverage had risen": a comma closes what stands between verb and content.
        if (KindAt(next) == TokenKind.Comma && next > verb + 1 && t.Is(Word.Reports) && !t.Is(Word.NounToo) && LooksLikeClause(next + 1, ContentEnd(next + 1)))
        {
            next++;
            end = ContentEnd(next);
        }
        if (KindAt(next) == TokenKind.Comma || next >= end) return false;
        if (Says(next, "to") && t.Is(Word.Commits) || t.Is(Word.Directs) && Directive(draft, next, end)) { if (draft.Content.Count == 0) Add(draft, next, end); return true; }
        if (t.Is(Word.Reports) && !tokens[next].Is(Word.Preposition) && LooksLikeClause(next, end)) { Add(draft, next, end); return true; }
        if (t.Is(Word.Shows) && sources.KindOf(draft.Subject) is SourceKind.Document or SourceKind.Post && (phrases.IsNominal(next) || tokens[next].Is(Word.Determiner | Word.Preposition)))
        {
            if (tokens[next].Is(Word.Preposition)) next++;
            draft.Form = LooksLikeClause(next, end) ? ContentForm.Clause : ContentForm.NounPhrase;
            Add(draft, next, end);
            return true;
        }
        if (t.Is(Word.ReportsThing) && (phrases.IsNominal(next) || tokens[next].Is(Word.Determiner)) && !tokens[next].Is(Word.ObjectPronoun))
        {
            draft.Form = ContentForm.NounPhrase;
            draft.Confidence = 0.5;
            // "called the report "a guess"": what is said of a thing are the quoted words.
            var quoted = next;
            while (quoted < end && tokens[quoted].Kind != TokenKind.OpenQuote) quoted++;
            if (quoted < end && quoted - next < 8) Add(draft, quoted, CloseOf(quoted, _to) is var close and > 0 ? close + 1 : end);
            else if (Names(verb)) return false; // "called off the search" says nothing
            else Add(draft, next, Math.Min(end, NextComma(next, end)));
            return true;
        }
        // "added the names of … to the list": a noun phrase after a verb of saying.
        if (Says(verb, "added") && tokens[next].Is(Word.Determiner)) { draft.Form = ContentForm.NounPhrase; draft.Confidence = 0.5; Add(draft, next, end); return true; }
        return false;
    }

    // Verbs that report only the name given: without quoted words they do something else.
    private bool Names(int verb) => Says(verb, "called") || Says(verb, "calls") || Says(verb, "dubbed") || Says(verb, "termed") || Says(verb, "labelled") || Says(verb, "labeled");

    private bool Quoted(Draft draft, int open, int end, Token verb)
    {
        var close = CloseOf(open, _to);
        if (close < 0) { Add(draft, open, _to); return true; }
        var after = close + 1;
        var endsWithQuote = after >= _to || tokens[after].Kind is TokenKind.Stop or TokenKind.Comma or TokenKind.Semicolon or TokenKind.Dash || tokens[after].Is(Word.Conjunction | Word.Preposition);
        if (verb.Is(Word.ReportsThing) && close - open < 6 && !LooksLikeClause(open + 1, close)) draft.Form = ContentForm.NounPhrase;
        if (!endsWithQuote && end > after) Add(draft, open, end);
        else Add(draft, open, after);
        return true;
    }

    // "ordered them to leave", "urged residents not to travel".
    private bool Directive(Draft draft, int next, int end)
    {
        if (tokens[next].Is(Word.ObjectPronoun) && !tokens[next].Is(Word.Determiner)) next++;
        for (var i = next; i < Math.Min(end, next + 9); i++)
        {
            if (tokens[i].Kind is TokenKind.Comma or TokenKind.OpenQuote) return false;
            if (!Says(i, "to") || IsAt(i + 1, Word.Determiner)) continue;
            Add(draft, next, end);
            return true;
        }
        return false;
    }

    private Draft? Passive(int verb, (int From, int To) group)
    {
        var t = tokens[verb];
        if (!t.Is(Word.Reports)) return null;
        var subject = SubjectBefore(group.From).Subject;
        var draft = new Draft { Construction = "passive", CueToken = verb, Confidence = 0.6 };
        if (Says(verb + 1, "by"))
        {
            var agent = phrases.StartingAt(verb + 2, _to);
            if (agent.IsEmpty) return null;
            draft.Links.Add(Speaker(agent, (group.From, verb + 2)));
            draft.Subject = agent;
            var after = agent.To;
            if (IsAt(after, Word.Preposition) && !Says(after, "to") || Says(after, "that")) after++;
            if (after >= _to - 1) return null;
            if (Says(after, "to") && !subject.IsEmpty) Add(draft, subject.From, subject.To);
            Add(draft, after, ContentEnd(after));
            return draft.Content.Count == 0 ? null : draft;
        }
        if (Says(verb + 1, "that") && !subject.IsEmpty && Says(subject.From, "it")) Add(draft, verb + 1, ContentEnd(verb + 1));
        else if (Says(verb + 1, "to") && !subject.IsEmpty && !t.Is(Word.Directs | Word.Tells))
        {
            Add(draft, subject.From, subject.To);
            Add(draft, verb + 1, ContentEnd(verb + 1));
        }
        return draft.Content.Count == 0 ? null : draft;
    }

    private Phrase SubjectOfGerund(int verb, SubjectFound found)
    {
        var before = verb - 1;
        while (before > _from && tokens[before].Is(Word.Adverb)) before--;
        if (before < _from) return Phrase.None; // "Warning that storms would come, the minister …"
        if (tokens[before].Kind is TokenKind.Comma or TokenKind.CloseQuote && _drafts.LastOrDefault() is { Subject.IsEmpty: false } last) return last.Subject;
        if (tokens[before].Is(Word.Auxiliary | Word.Preposition)) return Phrase.None; // "is saying", "without saying"
        // "with Zinichev describing", "despite Znak.com claiming"
        return !found.Subject.IsEmpty && found.Subject.From > _from && (Says(found.Subject.From - 1, "with") || Says(found.Subject.From - 1, "despite") || tokens[found.Subject.From - 1].Kind == TokenKind.Comma) ? found.Subject : Phrase.None;
    }

    private bool InvertedHere(int verb) =>
        KindAt(verb - 1) == TokenKind.CloseQuote || KindAt(verb - 1) == TokenKind.Comma && KindAt(verb - 2) == TokenKind.CloseQuote;

    private int Apposition(int comma)
    {
        for (var i = comma + 1; i < Math.Min(_to, comma + 12); i++)
        {
            if (tokens[i].Kind is TokenKind.Comma or TokenKind.Stop) return tokens[comma + 1].Is(Word.Determiner | Word.PersonNoun | Word.Title) || tokens[comma + 1].Capital ? i : -1;
            if (tokens[i].Is(Word.PlainVerb | Word.Auxiliary) || tokens[i].Kind == TokenKind.OpenQuote) return -1;
        }
        return -1;
    }

    private bool IsSource(Phrase subject, Token verb)
    {
        var head = tokens[subject.Head];
        if (head.Is(Word.Relative) && !head.Is(Word.SubjectPronoun) || head.Kind == TokenKind.Number || Says(subject.Head, "who")) return false;
        if (head.Is(Word.SubjectPronoun | Word.Noun | Word.Title | Word.Outlet) || head.Capital) return !head.Is(Word.Time) || head.Is(Word.Noun);
        if (verb.Is(Word.Shows) && !verb.Is(Word.Reports | Word.ReportsThing)) return false;
        // An ordinary noun may speak ("the attacker", "one passer-by") when the verb leaves no doubt.
        return verb.Is(Word.Reports) && !verb.Is(Word.NounToo) && sources.KindOf(subject) is SourceKind.Person or SourceKind.Group;
    }

    // "told Reuters", "told the BBC", "told reporters": who heard it passes it on.
    private DraftLink? Recipient(int verb, ref int next)
    {
        var at = next;
        if (Says(at, "that")) return null;
        if (Says(at, "to")) { if (!(IsAt(at + 1, Word.Outlet) || IsAt(at + 1, Word.Determiner) && IsAt(at + 2, Word.Outlet))) return null; at++; }
        else if (!tokens[verb].Is(Word.Tells)) return null;
        var phrase = phrases.StartingAt(at, _to, withPrepositions: false);
        if (phrase.IsEmpty)
        {
            if (IsAt(at, Word.ObjectPronoun)) next = at + 1;
            return null;
        }
        if (tokens[verb].Is(Word.Directs) && Says(phrase.To, "to")) return null;
        if (at == next && !Says(phrase.To, "that") && LooksLikeClause(phrase.To, ContentEnd(phrase.To)) is false && !EndsHere(phrase.To) && KindAt(phrase.To) is not (TokenKind.OpenQuote or TokenKind.Comma or TokenKind.Colon)) return null;
        next = phrase.To;
        var kind = sources.KindOf(phrase);
        var passesOn = Enumerable.Range(phrase.From, phrase.To - phrase.From).Any(k => tokens[k].Is(Word.Outlet)) || kind == SourceKind.Organization && tokens[phrase.Head].Capital;
        return passesOn ? new(LinkRole.Relay, phrase, null) : null;
    }

    private void SkipTime(ref int next)
    {
        for (var guard = 0; guard < 4 && next < _to; guard++)
        {
            if (tokens[next].Is(Word.Adverb) || tokens[next].Is(Word.Time) && !tokens[next].Is(Word.Modal)) { next++; continue; }
            // "on Friday", "on the night of Monday", "in 2019": the words of time alone, not the clause behind them.
            var at = next + 1;
            if (!tokens[next].Is(Word.Preposition) || at >= _to) return;
            if (tokens[at].Is(Word.Determiner) && at + 1 < _to) at++;
            if (!tokens[at].Is(Word.Time) && tokens[at].Kind != TokenKind.Number) return;
            while (at < _to && (tokens[at].Is(Word.Time) || tokens[at].Kind == TokenKind.Number)) at++;
            next = at;
        }
    }

    private bool EndsHere(int i) => i >= _to || tokens[i].Kind is TokenKind.Stop or TokenKind.Comma or TokenKind.Semicolon or TokenKind.Colon or TokenKind.Dash;

    private int NextComma(int from, int to)
    {
        for (var i = from; i < to; i++)
            if (tokens[i].Kind == TokenKind.Comma && tokens[i].Quote == 0) return i;
        return to;
    }
}
