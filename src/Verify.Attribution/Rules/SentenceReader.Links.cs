using Verify.Attribution.Language;
using Verify.Attribution.Reading;
using Verify.Attribution.Syntax;

namespace Verify.Attribution.Rules;

internal sealed partial class SentenceReader
{
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
        // "told NPR Hamza bin Laden had …", "told local media Adamowicz's heart …": the outlet's name ends where another begins.
        for (var k = phrase.From; k < phrase.To && !Says(phrase.To, "that") && (KindAt(phrase.To) == TokenKind.Word && !IsAt(phrase.To, Word.Determiner | Word.SubjectPronoun) || KindAt(phrase.To) == TokenKind.OpenQuote && tokens[phrase.To - 1].Capital); k++)
            if (tokens[k].Is(Word.Outlet))
            {
                while (k + 1 < phrase.To && (tokens[k + 1].Is(Word.Outlet | Word.OrganizationNoun) || tokens[k + 1].Kind != TokenKind.Word)) k++;
                phrase = new(phrase.From, k + 1, k);
                break;
            }
        if (tokens[verb].Is(Word.Directs) && (Says(phrase.To, "to") || KindAt(phrase.To) == TokenKind.Comma && IsAt(phrase.To + 1, Word.Relative))) return null; // who is told to do it
        if (at == next && !Says(phrase.To, "that") && !HasFiniteVerb(phrase.To, ContentEnd(phrase.To, verb)) && !EndsHere(phrase.To) && !IsAt(phrase.To, Word.Time | Word.Adverb) && !(IsAt(phrase.To, Word.Preposition) && IsAt(phrase.To + 1, Word.Time)) && KindAt(phrase.To) is not (TokenKind.OpenQuote or TokenKind.Comma or TokenKind.Colon)) return null;
        next = phrase.To;
        if (tokens[phrase.Head].Is(Word.Time)) return null;
        // "told Norhav Radio"; who is warned, assured or reminded is not asked to pass it on.
        var passesOn = sources.KindOf(phrase) == SourceKind.Organization && tokens[phrase.Head].Capital && (Begins(verb, "told", "tell", "inform", "advis") || tokens[phrase.Head].Is(Word.OrganizationNoun));
        for (var k = phrase.From; k < phrase.To; k++) passesOn |= tokens[k].Is(Word.Outlet);
        if (!tokens[phrase.Head].Capital && Says(phrase.Head, "press", "reporters", "journalists")) return null; // "told the press" names nobody
        return passesOn ? new(LinkRole.Relay, phrase, null) : null;
    }

    private bool IsYear(int i) => tokens[i].Span.Length == 4 && text[tokens[i].Start] is '1' or '2';

    private void SkipTime(ref int next)
    {
        for (var guard = 0; guard < 4 && next < _to; guard++)
        {
            if (grammar.Tag(next) == Tag.EX || next + 1 < _to && tokens[next + 1].Possessive) return; // "claimed there were", "reported Monday's attack"
            if (Says(next, "not") || tokens[next].Is(Word.Adverb) && next + 1 < _to && grammar.Tag(next + 1) == Tag.CD) return; // "roughly two thousand"
            if (Says(next, "last", "this", "next", "late", "early") && IsAt(next + 1, Word.Time) && !IsAt(next + 2, Word.Auxiliary)) { next += 2; continue; }
            if (tokens[next].Is(Word.Adverb) && !tokens[next].Is(Word.Subordinator) || tokens[next].Is(Word.Time) && !tokens[next].Is(Word.Modal)) { next++; continue; }
            if (Says(next, "at") && Says(next + 1, "the", "that") && Says(next + 2, "time")) { next += 3; continue; }
            // "on Friday", "on the night of Monday", "in 2019": the words of time alone, not the clause behind them.
            var at = next + 1;
            if (!(tokens[next].Is(Word.Preposition) || Says(next, "around", "about")) || at >= _to) return;
            if (tokens[at].Is(Word.Determiner) && at + 1 < _to) at++;
            if (!tokens[at].Is(Word.Time) && !(tokens[at].Kind == TokenKind.Number && (IsYear(at) || Text(at).Contains(':') || IsAt(at + 1, Word.Time | Word.HalfDay) || Says(at + 1, "am", "pm")))) return;
            while (at < _to && (tokens[at].Is(Word.Time | Word.HalfDay) || tokens[at].Kind == TokenKind.Number || Says(at, "am", "pm"))) at++;
            if (KindAt(at) == TokenKind.OpenBracket && IsAt(at - 1, Word.HalfDay) | Says(at - 1, "am") | Says(at - 1, "pm"))
            {
                while (at < _to && tokens[at].Kind != TokenKind.CloseBracket) at++;
                at++;
            }
            next = Math.Min(at, _to);
        }
    }

    // "alleged, by way of example, Norhav had …"
    private void SkipInsertion(ref int next)
    {
        if (KindAt(next) != TokenKind.Comma || !IsAt(next + 1, Word.Preposition | Word.Adverb) || Says(next + 1, "according")) return;
        for (var i = next + 1; i < Math.Min(_to - 1, next + 9); i++)
        {
            if (tokens[i].Kind == TokenKind.Comma)
            {
                if (tokens[i + 1].Kind == TokenKind.OpenQuote || Says(i + 1, "that") || ClauseFollows(i + 1, _to)) next = i + 1;
                return;
            }
            if (!tokens[i].IsWord || grammar.Tag(i).IsFinite() || grammar.Tag(i) == Tag.MD) return;
        }
    }

    // "said in a filing to the exchange commission | that …", "confirmed with the company | that …"
    private void SkipToThat(ref int next)
    {
        if (!IsAt(next, Word.Preposition)) return;
        for (var i = next + 1; i < Math.Min(_to, next + 14) && tokens[i].Kind == TokenKind.Word && !grammar.Tag(i).IsFinite(); i++)
            if (Says(i, "that"))
            {
                if (i + 1 < _to && !grammar.Tag(i + 1).IsFinite() && grammar.Tag(i + 1) != Tag.MD) next = i;
                return;
            }
    }

    private static readonly string[] Carrying = ["in", "on", "via", "during", "through", "at", "by"];

    private bool Carries(int preposition) => Says(preposition, Carrying);

    // "commented on the decision", "oppose the bill by lawsuit": what was spoken of, or what is to be done.
    private bool IsNoCarrier(int preposition, Phrase p)
    {
        var head = tokens[p.Head];
        if (Says(preposition, "by")) return p.To - p.From > 1 || !Says(p.Head, "email", "e-mail", "letter", "text", "telephone", "phone", "fax", "post", "tweet");
        return Says(preposition, "on") && head.Is(Word.DocumentNoun) && !head.Is(Word.PostNoun | Word.BroadcastNoun) && !head.Capital && !Says(p.Head, "website", "record", "video", "footage", "film", "tape", "map", "poster");
    }

    private DraftLink? MediumAfter(ref int next)
    {
        var at = next;
        if (!Carries(at)) return null;
        var phrase = phrases.StartingAt(at + 1, _to, withPrepositions: false);
        if (!phrase.IsEmpty && IsNoCarrier(at, phrase)) return null;
        // "on X": the network with the one-letter name.
        if (Says(at, "on") && Says(at + 1, "X") && tokens[at + 1].Capital && !IsAt(at + 2, Word.Noun)) phrase = new(at + 1, at + 2, at + 1);
        else if (phrase.IsEmpty || IsTime(phrase) || !IsMedium(phrase)) return null;
        next = phrase.To;
        return new(LinkRole.Medium, phrase, (at, at + 1));
    }

    // "responded to the rules via Twitter: “…”"
    private DraftLink? MediumBetween(int from, int quotation)
    {
        for (var i = from; i < quotation; i++)
        {
            var at = i;
            if (Carries(i) && MediumAfter(ref at) is { } medium) return medium;
        }
        return null;
    }

    // "described her to the Ledger in 2002: “…”"
    private DraftLink? HearerBetween(int from, int quotation)
    {
        for (var i = from; i < quotation; i++)
            if (Says(i, "to") && phrases.StartingAt(i + 1, quotation, withPrepositions: false) is { IsEmpty: false } heard && HasOutlet(heard) && tokens[heard.Head].Capital) return new(LinkRole.Relay, heard, null);
        return null;
    }

    private bool HasOutlet(Phrase p)
    {
        for (var k = p.From; k < p.To; k++)
            if (tokens[k].Is(Word.Outlet)) return true;
        return false;
    }

    // "in an interview with Sputnik News", "in remarks to the BBC": who was spoken to passes it on.
    private void AddMedium(Draft draft, DraftLink medium)
    {
        var to = medium.Mention.To;
        if (Says(to, "with", "to") && draft.Links.All(l => l.Role != LinkRole.Relay) && phrases.StartingAt(to + 1, _to, withPrepositions: false) is { IsEmpty: false } outlet
            && (HasOutlet(outlet) || Says(to, "with") && tokens[outlet.Head].Capital && (sources.KindOf(outlet) == SourceKind.Organization || Text(medium.Mention.Head) is "interview")))
        {
            draft.Links.Add(new(LinkRole.Relay, outlet, (to, to + 1)));
            medium = medium with { Mention = medium.Mention with { To = outlet.To } };
        }
        draft.Links.Add(medium);
    }

    /// <summary>"In a tweet on Monday Mara Voss said …", "Mara Voss in a letter said …": a medium that stands before the verb.</summary>
    private DraftLink? MediumBefore(int verb, Phrase subject)
    {
        // "Speaking to BBC Sport, Warholm said …", "When interviewed by the Ledger, …"
        var by = Says(_from, "when", "asked") && Says(_from + 1, "interviewed", "asked", "by") ? _from + (Says(_from + 1, "by") ? 1 : 2) : _from + 1;
        if ((Says(_from, "speaking") && Says(by, "to", "with") || Says(by - 1, "interviewed", "asked") && Says(by, "by")) && phrases.StartingAt(by + 1, verb) is { IsEmpty: false } heard
            && heard.To < subject.From && (sources.KindOf(heard) == SourceKind.Organization || HasOutlet(heard))) return new(LinkRole.Relay, heard, (by - 1, by + 1));
        for (var i = verb - 1; i >= _from; i--)
        {
            if (!Carries(i) || tokens[i].Quote != _quote || i >= subject.From && i < subject.To && Attached(i, subject)) continue;
            if (i > _from && i < subject.From && tokens[i - 1].Kind is not (TokenKind.Comma or TokenKind.Stop or TokenKind.CloseQuote or TokenKind.Semicolon) && !tokens[i - 1].Is(Word.Conjunction)) continue;
            var phrase = phrases.StartingAt(i + 1, i < subject.From ? subject.From : verb, withPrepositions: false);
            if (phrase.IsEmpty || IsTime(phrase) || !IsMedium(phrase) || IsNoCarrier(i, phrase)) continue;
            // Only where no other verb's clause lies between: the medium is this verb's.
            for (var k = phrase.To; k < verb; k++)
                if (grammar.Tag(k).IsFinite() && grammar.Relation(k) != Relation.Acl && k < GroupStart(verb) && !(k > subject.From && k < subject.To)) return null;
            return new(LinkRole.Medium, phrase, (i, i + 1));
        }
        return null;
    }

    // "The spokesman on the programme": the phrase's own preposition; "Pompeo in a cable": the cable carries what he said.
    private bool Attached(int preposition, Phrase subject) => preposition > subject.From && !tokens[subject.Head].Capital && preposition > subject.Head;

    // "X, citing Y, said …", "X reported on Friday, citing Y, that …"
    private Phrase Cited(int verb, Phrase subject, ref int next)
    {
        for (var i = Math.Min(subject.To, verb); i < verb; i++)
            if (Says(i, "citing"))
            {
                var before = phrases.StartingAt(i + 1, verb);
                if (before.IsEmpty) return Phrase.None;
                _used.Add(i);
                return before;
            }
        if (KindAt(next) != TokenKind.Comma || !Says(next + 1, "citing")) return Phrase.None;
        var inserted = phrases.StartingAt(next + 2, _to);
        if (inserted.IsEmpty) return Phrase.None;
        var close = inserted.To;
        while (close < _to && tokens[close].Kind != TokenKind.Comma) close++;
        if (close >= _to) return Phrase.None;
        _used.Add(next + 1);
        next = close + 1;
        return inserted;
    }
}
