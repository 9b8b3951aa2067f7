using Verify.Attribution.Language;
using Verify.Attribution.Reading;
using Verify.Attribution.Syntax;

namespace Verify.Attribution.Rules;

internal sealed partial class SentenceReader
{
    private bool Contents(Draft draft, int verb, int cueStart, int next, bool inverted)
    {
        var t = tokens[verb];
        var end = ContentEnd(next, verb);
        var clause = ClauseBehind(verb);
        if (Says(cueStart - 1, "as") && !inverted)
        {
            // "…, as the court noted, …", "As the court noted, …"
            if (cueStart - 1 > _from && KindAt(cueStart - 2) == TokenKind.Comma && (EndsHere(next) || next >= _to)) cueStart--;
            else if (cueStart - 1 == _from && KindAt(next) == TokenKind.Comma) { Add(draft, next + 1, ContentEnd(next + 1, verb)); return draft.Content.Count > 0; }
        }
        if (KindAt(cueStart - 1) == TokenKind.CloseQuote && QuotationAhead(next) is var second and >= 0)
        {
            // "Our team" she said "has made …"
            Add(draft, OpenOf(cueStart - 1), cueStart);
            return Quoted(draft, second, ContentEnd(second, verb), t);
        }
        if (!t.Is(Word.Gerund) && ContentBefore(cueStart) is { } before && (tokens[before.To - 1].Kind == TokenKind.CloseQuote || QuotationAhead(next) < 0)
            && (inverted || EndsHere(next) && (clause < verb || tokens[before.To - 1].Kind == TokenKind.CloseQuote || KindAt(next) != TokenKind.Comma || grammar.Tag(next + 1) == Tag.VBG) || tokens[before.To - 1].Kind == TokenKind.CloseQuote && !Says(next, "that") && (clause < verb || grammar.Tag(next) is Tag.VBN or Tag.VBD)))
        {
            Add(draft, before.From, before.To);
            ContinueQuotation(draft, next);
            // "In the wake of the death, X said, the lions were killed."
            if (draft.Content.Count == 1 && KindAt(next) == TokenKind.Comma && next + 1 < end && (HasFiniteVerb(next + 1, end) || !HasVerb(before.From, before.To)) && tokens[before.To - 1].Kind != TokenKind.CloseQuote
                && !tokens[next + 1].Is(Word.Gerund | Word.Relative) && !(tokens[next + 1].Is(Word.Conjunction) && (inverted || Says(next + 1, "but") || !ClauseFollows(next + 2, end)))) Add(draft, next + 1, ContentEnd(next + 1, verb));
            return draft.Content.Count > 0;
        }
        if (inverted && clause < verb && KindAt(next) is not (TokenKind.Colon or TokenKind.OpenQuote) && !(verb == _from && KindAt(next + 1) == TokenKind.OpenQuote)) return false;
        // "In the wake of the death, X said, the lions were killed."
        if (KindAt(cueStart - 1) == TokenKind.Comma && KindAt(next) == TokenKind.Comma && t.Is(Word.Finite) && !t.Is(Word.NounToo) | grammar.Tag(verb).IsFinite() && tokens[next + 1].Kind == TokenKind.Word
            && (HasFiniteVerb(next + 1, ContentEnd(next + 1, verb)) || clause > next) && !tokens[next + 1].Is(Word.Gerund | Word.Relative))
        {
            // "…, which, they observed, occurred there"
            var begins = IsAt(cueStart - 2, Word.Relative) && grammar.Tag(cueStart - 2) is Tag.WDT or Tag.WP ? cueStart - 2 : ContentBefore(cueStart) is { } begun ? begun.From : _from;
            Add(draft, begins, cueStart - 1);
            Add(draft, next + 1, ContentEnd(next + 1, verb));
            return true;
        }
        if (_quote != 0 && InnerQuotation(next) is { } inner) { Add(draft, inner.From, inner.To); return draft.Content.Count > 0; }
        // "disagreed with the findings: “…”", "outlined the link: “…”": what it was about, and then the words.
        var ahead = QuotationAhead(next);
        if (ahead > next && KindAt(ahead - 1) == TokenKind.Colon && (t.Is(Word.ReportsThing) || Begins(verb, "disagree")) && tokens[next].Kind == TokenKind.Word && !OnlyQuotes(verb))
        {
            if (Thing(draft, verb, next, ahead - 1) && draft.Content[^1].To == ahead - 1) return true;
            draft.Content.Clear();
            draft.Form = ContentForm.Clause;
        }
        if (ahead >= 0) return Quoted(draft, ahead, ContentEnd(ahead, verb), t);
        if (grammar.Tag(next) == Tag.VBG && KindAt(next + 1) == TokenKind.OpenQuote) return Quoted(draft, next + 1, ContentEnd(next + 1, verb), t); // "recalls thinking “…”"
        if (t.Is(Word.Gerund) && t.Is(Word.Cites) && _used.Contains(verb)) return false; // whom a report before it cites
        if (Says(next, "that") && t.Is(Word.Reports | Word.Shows | Word.Tells)) { Add(draft, next, end); return draft.Content.Count > 0; }
        // "reported on Thursday, coverage had risen": a comma closes what stands between verb and content.
        if (KindAt(next) == TokenKind.Comma && next > verb + 1 && t.Is(Word.Reports) && !(IsAt(next + 1, Word.Preposition) && next + 2 < _to && grammar.Tag(next + 2) is Tag.WDT or Tag.WP) && (clause > next || ClauseFollows(next + 1, ContentEnd(next + 1, verb))))
        {
            next++;
            end = ContentEnd(next, verb);
        }
        if (IsAt(next, Word.ObjectPronoun) && !IsAt(next, Word.SubjectPronoun | Word.Possessive) && EndsHere(next + 1)) return false; // "confirmed him, but …"
        if (Declared(draft, verb, next)) return true;
        // "told the BBC after the verdict “My client is relieved”"
        if (Says(next, "after", "before", "during", "outside"))
            for (var i = next + 1; i < Math.Min(_to, next + 8) && !grammar.Tag(i).IsFinite(); i++)
                if (tokens[i].Kind == TokenKind.OpenQuote && tokens[i - 1].IsWord && CloseOf(i, _to) is var shut && shut - i > 4) return Quoted(draft, i, ContentEnd(i, verb), t);
        if (Says(next, "so", "because", "until") || Says(next, "after", "before") && grammar.Tag(next) == Tag.IN) return false; // why or when it was said
        // "…, which his wife said was due to the storm"
        if (t.Is(Word.Reports) && draft.Subject.To <= verb && IsAt(draft.Subject.From - 1, Word.Relative) && next < end && (grammar.Tag(next).IsFinite() || grammar.Tag(next) == Tag.MD || Says(next, "to") && Says(next + 1, "be", "have"))) { Add(draft, next, end); return draft.Content.Count > 0; }
        // "…, which he denied."
        if (Begins(verb, "denied", "denies") && EndsHere(next) && draft.Subject.To <= verb && IsAt(draft.Subject.From - 1, Word.Relative) && grammar.Tag(draft.Subject.From - 1) is Tag.WDT)
        {
            draft.Form = ContentForm.NounPhrase;
            draft.Content.Add((draft.Subject.From - 1, draft.Subject.From));
            return true;
        }
        if (KindAt(next) == TokenKind.Comma || next >= end) return false;
        if (Begins(verb, "den") && Says(next, "funding", "access", "entry", "bail", "permission")) return false; // kept from somebody, not disputed
        if (tokens[next].Is(Word.Conjunction)) return false; // "responded quickly and found …"
        if (t.Is(Word.Directs) && (clause < verb || IsTold(next, clause)) && !Says(next, "that") && Infinitive(draft, verb, next, end)) return true;
        // "said if the goal is peace, then they should leave"
        if (t.Is(Word.Asserts) && !inverted && Says(next, "if", "when", "unless") && PhraseEnd(next, _to) is var condition && condition < _to) { Add(draft, next, ContentEnd(condition + 1, verb)); return draft.Content.Count > 0; }
        // "confessed to acting alone"
        if (Begins(verb, "confess", "admitt", "commit") && Says(next, "to") && grammar.Tag(Math.Min(next + 1, _to - 1)) == Tag.VBG) { Add(draft, next, end); return draft.Content.Count > 0; }
        // "described witnessing 35 bodies", "reported being told", "announced investigating itself, following concerns that …"
        if (t.Is(Word.Reports | Word.ReportsThing) && grammar.Tag(next) == Tag.VBG && KindAt(next - 1) != TokenKind.Comma && !HasFiniteVerb(next, PhraseEnd(next, end))) { Add(draft, next, Math.Min(end, EndOfThing(next))); return draft.Content.Count > 0; }
        if (clause > verb && t.Is(Word.Reports | Word.Shows) && !(tokens[clause].Quote != _quote && tokens[next].Quote == _quote && t.Is(Word.ReportsThing) && !ClauseFollows(next, end)))
        {
            var start = grammar.Left(clause);
            Add(draft, start > next && start < end && HasQuotedOrLong(next, start) ? start : next, end);
            return draft.Content.Count > 0;
        }
        if ((t.Is(Word.Reports | Word.Shows) && !Begins(verb, "continu") || Begins(verb, "request", "demand") && tokens[next].Capital) && ClauseFollows(next, end)) { Add(draft, next, end); return draft.Content.Count > 0; }
        // "explained how it was done", "asked whether it was safe"
        if (grammar.Tag(next) is Tag.WRB or Tag.WP && !t.Is(Word.Cites) && HasFiniteVerb(next, end) || Says(next, "whether")) { Add(draft, next, end); return draft.Content.Count > 0; }
        // "said the crash involved pilot error": whatever the tagger makes of the clause's verb, it is one.
        if (t.Is(Word.Asserts) && !inverted && end - next > 2 && (OpensClause(next) || Says(next, "if", "when", "while", "although")))
        {
            // "said if the goal is peace, then …"
            if (grammar.Tag(next) is Tag.IN or Tag.WRB) end = _to;
            // "stated her intention to stand, but had not decided": a thing, and the reporter goes on.
            else if (PhraseEnd(next, end) is var comma && comma < end && !HasFiniteVerb(next, comma) && Says(comma + 1, "but")) (end, draft.Form) = (comma, ContentForm.NounPhrase);
            Add(draft, next, end);
            return draft.Content.Count > 0;
        }
        if (Infinitive(draft, verb, next, end) || Pleaded(draft, verb, next)) return true;
        if (!OnlyQuotes(verb) && Thing(draft, verb, next, end)) return true;
        // "reported most of the dead suffocated": a clause of which the grammar has made nothing.
        if (OnlyQuotes(verb) || HearsObject(verb) || Names(verb) || !t.Is(Word.Reports) || !t.Is(Word.Past) || t.Is(Word.Tells | Word.Directs) || end - next < 4 || Says(next, "no", "nothing") || !OpensClause(next)) return false;
        Add(draft, next, end);
        return draft.Content.Count > 0;
    }

    // The clause that the grammar hangs on the verb: one behind it, where there is one.
    private int ClauseBehind(int verb)
    {
        for (var c = grammar.FirstChild(verb); c >= 0; c = grammar.NextChild(c))
            if (c > verb && InWindow(c) && grammar.Relation(c) == Relation.Ccomp) return c;
        return Child(verb, Relation.Ccomp);
    }

    // What may be the first word of a clause's subject.
    private bool OpensClause(int i) => grammar.Tag(i) is Tag.DT or Tag.JJ or Tag.JJS or Tag.NN or Tag.NNS or Tag.NNP or Tag.NNPS or Tag.CD or Tag.PRPS or Tag.EX
        || grammar.Tag(i) == Tag.PRP && (!tokens[i].Is(Word.ObjectPronoun) || tokens[i].Is(Word.SubjectPronoun | Word.Possessive));

    // A subject and a finite verb of its own: the grammar, which has learnt other texts, often takes the subject for the verb's object.
    private bool ClauseFollows(int next, int end)
    {
        int nouns = 0, relatives = 0, commas = 0, since = 0;
        var closed = false;
        for (var i = next; i < end; i++)
        {
            var tag = grammar.Tag(i);
            if (nouns > 0 && Says(i, "so") && i + 1 < end && (tokens[i + 1].Is(Word.SubjectPronoun) || Says(i + 1, "that"))) return false;
            if (tokens[i].Quote != _quote && nouns == 0) return false;
            if (tokens[i].Kind is TokenKind.Colon or TokenKind.Semicolon) return false;
            if (tokens[i].Kind == TokenKind.Comma && i + 1 < end && tokens[i + 1].Is(Word.Conjunction) && nouns > 0)
            {
                // ", or military conscription, is …" adds a noun; ", and the mayor left" adds a clause.
                for (var k = i + 2; k < Math.Min(end, i + 14) && tokens[k].Kind != TokenKind.Comma; k++)
                    if (grammar.Tag(k).IsFinite() || grammar.Tag(k) == Tag.MD) return false;
                continue;
            }
            if (i > next && (tag is Tag.WRB || tokens[i].Is(Word.Relative) && tag is Tag.WDT or Tag.WP or Tag.WPS || tag == Tag.IN && tokens[i].Is(Word.Subordinator) && !Says(i, "as") && !Says(i, "since") && !Says(i, "for")))
            {
                // What a relative pronoun opens closes at its comma: "the landing at Fath, which has a short runway, was a mistake".
                if (KindAt(i - 1) != TokenKind.Comma || tag == Tag.IN)
                {
                    if (tag is Tag.WRB or Tag.IN) return false;
                    relatives++;
                    continue;
                }
                while (i < end && tokens[i].Kind != TokenKind.Comma) i++;
                commas++;
                since = 0;
                closed = true;
                continue;
            }
            // "observed the flies and they found …": the verb behind it is another clause's.
            if (tokens[i].Is(Word.Conjunction) && nouns > 0 && i + 1 < end && (grammar.Tag(i + 1).IsFinite() || grammar.Tag(i + 1) == Tag.MD || tokens[i + 1].Is(Word.SubjectPronoun) && !tokens[i + 1].Is(Word.ObjectPronoun | Word.Relative) && commas == 0)) return false;
            if (tokens[i].Kind == TokenKind.Comma) { commas++; since = 0; }
            // "claims the island, the law is …": another clause begins behind a single comma.
            if (tag is Tag.VBD or Tag.VBZ or Tag.VBP or Tag.VBN && commas == 1 && KindAt(i - 1) == TokenKind.Comma && relatives == 0 && !closed) return false;
            if (tag is Tag.VBD or Tag.VBZ or Tag.VBP or Tag.MD && commas == 1 && since > 0 && nouns > since && !tokens[next].Is(Word.Preposition)) return false;
            if (tag is Tag.VBD or Tag.VBZ or Tag.VBP or Tag.MD && nouns > 0 && relatives-- <= 0) return true;
            if ((tag.IsVerb() && tag != Tag.VBG || tag is Tag.NNS && Text(i).EndsWith('s')) && nouns > 0 && KindAt(i - 1) == TokenKind.OpenQuote && !Says(i - 2, "to") && i + 1 < end && tokens[i + 1].IsWord) return true; // "the response “required all hands”"
            if (tag is Tag.VB && nouns > 0 && commas == 0 && !Says(i - 1, "to")) return true; // "insists the budget include funding"
            if (grammar.Tag(i).IsNoun() || tag is Tag.PRP or Tag.DT or Tag.CD or Tag.EX) { nouns++; since++; }
        }
        return false;
    }

    // “…, and the president said, ‘Let's talk’”: single marks within double ones.
    private (int From, int To)? InnerQuotation(int next)
    {
        if (KindAt(next) is TokenKind.Comma or TokenKind.Colon) next++;
        if (!InWindow(next) || Text(next) is not ("'" or "‘")) return null;
        var close = next + 1;
        while (close < _to && Text(close) is not ("'" or "’")) close++;
        return close > next + 1 ? (next + 1, close) : null;
    }

    // "said of Chirac, “He …”", "told a guard at the door: “They …”": the quotation stands behind what else the verb governs.
    private int QuotationAhead(int next)
    {
        if (KindAt(next) == TokenKind.OpenQuote) return next;
        for (var i = next; i < Math.Min(_to - 1, next + 25); i++)
        {
            if (tokens[i].Quote != _quote || tokens[i].Kind is TokenKind.Semicolon or TokenKind.Stop) return -1;
            if (tokens[i].Kind == TokenKind.Comma && tokens[i + 1].Kind == TokenKind.Word && GerundReport(i + 1)) return -1; // "affirmed it, writing, “…”"
            if (tokens[i].Kind is TokenKind.Colon && tokens[i + 1].Kind != TokenKind.OpenQuote) return i == next ? i + 1 : -1;
            // "commented on the matter — which is a rare one — “…”"
            if (tokens[i].Kind is TokenKind.Dash && InDashes(next)) return -1;
            if (tokens[i].Kind is TokenKind.Dash && tokens[i + 1].Kind != TokenKind.OpenQuote)
            {
                for (i++; i < Math.Min(_to - 1, next + 25) && tokens[i].Kind != TokenKind.Dash;) i++;
                if (tokens[i].Kind != TokenKind.Dash) return -1;
            }
            if (tokens[i].Kind is TokenKind.Comma or TokenKind.Colon or TokenKind.Dash && tokens[i + 1].Kind == TokenKind.OpenQuote) return i + 1;
            if (grammar.Tag(i).IsFinite() || grammar.Tag(i) == Tag.MD) return -1;
        }
        return -1;
    }

    // "He continued, “…”" reports; "he continued to write songs" does not.
    private bool OnlyQuotes(int verb) => Begins(verb, Quoting);

    // "emailed the company", "recorded a time", "observed the flies": the object is who was written to, or what was done or seen.
    private bool HearsObject(int verb) => Begins(verb, "email", "text", "wire", "blog", "record", "post", "offer", "observ");

    private static readonly string[] Quoting = ["continu", "react", "jok", "quipp", "respon", "repl", "observ", "comment", "shout", "whisper", "wrot", "writ", "recount", "relat", "muse", "musing", "scoff", "sneer", "gush", "gripe", "griping", "grumbl", "mutter", "murmur", "rant", "ventur", "marvel", "echo", "relay", "signal", "chant", "debat", "told", "tell", "say", "said"];

    // More than an adverb stands between the verb and its clause: it belongs to the verb.
    private bool HasQuotedOrLong(int from, int to) => to - from > 1 && (tokens[from].Is(Word.Preposition) || KindAt(to) == TokenKind.Word && Says(to, "that"));

    // "ordered them to leave", "promised to pay", "claimed to be seeking a bomb"
    private bool Infinitive(Draft draft, int verb, int next, int end)
    {
        var t = tokens[verb];
        if (!t.Is(Word.Commits | Word.Directs | Word.Reports | Word.Shows)) return false;
        for (var i = next; i < Math.Min(t.Is(Word.Directs) ? _to : end, next + 22); i++)
        {
            if (tokens[i].Kind is TokenKind.OpenQuote || tokens[i].Kind == TokenKind.Comma && !t.Is(Word.Directs)) return false;
            // "asked the chief executive, who is backed by the ministry, to resign"
            if (tokens[i].Kind == TokenKind.Comma && IsAt(i + 1, Word.Relative) && grammar.Tag(i + 1) is Tag.WP or Tag.WDT)
            {
                var close = PhraseEnd(i + 1, _to);
                if (close < _to && Says(close + 1, "to") && close + 2 < _to && grammar.Tag(close + 2) == Tag.VB) { Add(draft, close + 1, ContentEnd(close + 1, verb)); return draft.Content.Count > 0; }
                return false;
            }
            if (Says(i, "to") && KindAt(i + 1) == TokenKind.OpenQuote && t.Is(Word.Directs | Word.Commits) && i + 2 < _to && grammar.Tag(i + 2) is Tag.VB or Tag.RB) { Add(draft, i, ContentEnd(i, verb)); return draft.Content.Count > 0; }
            if (!Says(i, "to") || i + 1 >= end || !(grammar.Tag(i + 1) == Tag.VB || tokens[i + 1].Is(Word.Adverb) && grammar.Tag(Math.Min(i + 2, _to - 1)) == Tag.VB) && !(Says(i, "to") && Says(i - 1, "not"))) continue;
            var action = grammar.Tag(i + 1) == Tag.VB ? i + 1 : Math.Min(i + 2, _to - 1);
            if (i > next && HasFiniteVerb(next, i)) return false; // "told the press the officers claimed to …"
            // "reported the leader to be dead"
            if (i > next && i - next < 12 && t.Is(Word.Reports | Word.Shows) && !t.Is(Word.Directs) && Says(i + 1, "be", "have") && (grammar.Tag(i - 1).IsNoun() || grammar.Tag(i - 1) == Tag.PRP)) { Add(draft, next, end); return draft.Content.Count > 0; }
            // "called for the bill to be dropped": nobody is addressed.
            if (i > next + 1 && Begins(verb, "call", "ask") && Says(next, "for")) { Add(draft, next + 1, ContentEnd(i, verb)); return draft.Content.Count > 0; }
            // A document that requires somebody to act: the whole is what it says.
            if (i > next && Begins(verb, "requir")) { Add(draft, next, end); return draft.Content.Count > 0; }
            if (i == next ? !t.Is(Word.Commits | Word.Directs) : !t.Is(Word.Directs) || grammar.IsWithin(action, verb) is false || !AddressedBetween(verb, next, i)) return false;
            Add(draft, Says(i - 1, "not") && i > next ? i - 1 : i, ContentEnd(i, verb));
            return draft.Content.Count > 0;
        }
        return false;
    }

    // "ordered his staff to delay aid that had been promised": whom to do what comes first.
    private bool IsTold(int next, int clause)
    {
        for (var i = next + 1; i < Math.Min(clause, next + 6); i++)
            if (Says(i, "to") && grammar.Tag(i + 1) == Tag.VB) return !HasFiniteVerb(next, i);
        return false;
    }

    // Between "ordered" and "to leave" stands nothing but who is ordered.
    private bool AddressedBetween(int verb, int next, int to)
    {
        var addressed = Child(verb, Relation.Obj) is var o and >= 0 ? o : Child(verb, Relation.Iobj);
        if (addressed < 0) addressed = Child(verb, Relation.Obl);
        return addressed >= next && addressed < to || to - next <= 3;
    }

    private bool Quoted(Draft draft, int open, int end, Token verb)
    {
        var close = CloseOf(open, _to);
        if (close < 0) { Add(draft, open, _to); return draft.Content.Count > 0; }
        var after = close + 1;
        var endsWithQuote = after >= _to || tokens[after].Kind is TokenKind.Stop or TokenKind.Comma or TokenKind.Semicolon or TokenKind.Dash or TokenKind.OpenQuote || tokens[after].Is(Word.Conjunction | Word.Preposition) || tokens[close - 1].Kind is TokenKind.Stop or TokenKind.Comma;
        if (verb.Is(Word.ReportsThing) && close - open < 6 && !HasFiniteVerb(open + 1, close)) draft.Form = ContentForm.NounPhrase;
        if (!endsWithQuote && end > after) Add(draft, open, end);
        else Add(draft, open, after);
        // "She said “A” and “B”."
        if (Says(after, "and") && KindAt(after + 1) == TokenKind.OpenQuote && CloseOf(after + 1, _to) is var other && other > 0) Add(draft, after + 1, other + 1);
        return draft.Content.Count > 0;
    }

    private bool EndsHere(int i) => i >= _to || tokens[i].Kind is TokenKind.Stop or TokenKind.Comma or TokenKind.Semicolon or TokenKind.Colon or TokenKind.Dash;
}
