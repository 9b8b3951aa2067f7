using Verify.Attribution.Language;
using Verify.Attribution.Reading;
using Verify.Attribution.Syntax;

namespace Verify.Attribution.Rules;

internal sealed partial class SentenceReader
{
    /// <summary>A reporting verb with its subject before or after it, and its content before, after or around it.</summary>
    private Draft? Reporting(int verb)
    {
        if (!Happened(verb) || IsNoReport(verb)) return null;
        var group = VerbGroup(verb);
        if (IsPassive(verb)) return Passive(verb, group);
        var subject = WhoSays(verb);
        if (subject.IsEmpty || !IsSource(subject, tokens[verb]) || SaysNothing(verb, subject)) return null;
        subject = WithApposition(subject.From > verb ? TrimCarrier(WithHolder(subject)) : subject);
        var opening = subject.From > verb && grammar.Tag(verb) == Tag.VBG; // "Warning that storms would come, the minister …"
        var inverted = subject.From > verb && !opening;
        var draft = new Draft { Construction = inverted ? "inverted" : tokens[verb].Is(Word.Gerund) ? "gerund" : "reported", CueToken = verb, Subject = subject };
        var next = inverted ? subject.To : verb + 1;
        // "pointed out": the particle belongs to the verb; pointing alone says nothing.
        if (Begins(verb, "point")) { if (!Says(next, "out")) return null; next++; }
        if (inverted && KindAt(next) == TokenKind.Comma && CommaAfterApposition(next) is var end and > 0) next = end;
        Link(draft, verb, group, ref next);
        if (opening)
        {
            var comma = KindAt(subject.From - 1) == TokenKind.Comma ? subject.From - 1 : -1;
            if (Says(next, "that") || KindAt(next) == TokenKind.OpenQuote || ClauseFollows(next, subject.From)) Add(draft, next, comma >= 0 ? comma : ContentEnd(next, verb));
            else if (comma > next && !tokens[next].Is(Word.Preposition)) Thing(draft, verb, next, comma); // "Announcing the closure, the minister …"
            return draft.Content.Count > 0 && draft.Content[0].To < subject.From ? draft : null;
        }
        if (!inverted && RelaysReport(draft, verb)) return draft;
        if (!Contents(draft, verb, inverted ? group.From : subject.From < verb ? subject.From : group.From, next, inverted)) return null;
        if (IsFirstPerson(subject) && draft.Form == ContentForm.NounPhrase && !Says(draft.Content[0].From - 1, "for")) return null; // "we proposed a bill": what they did
        WithRelative(draft, subject);
        LinkBehind(draft, verb);
        return draft;
    }

    // "…, the broadcaster reported the governor said.": two who pass on what stands before them.
    private bool RelaysReport(Draft draft, int verb)
    {
        var said = KindAt(_to - 1) == TokenKind.Stop ? _to - 2 : _to - 1;
        if (said <= verb + 1 || !tokens[said].Is(Word.Reports) || !tokens[said].Is(Word.Past) || tokens[said].Is(Word.NounToo) || ContentBefore(draft.Subject.From) is not { } before) return false;
        var speaker = phrases.StartingAt(verb + 1, said);
        if (speaker.IsEmpty || speaker.To != said) return false;
        for (var k = 0; k < draft.Links.Count; k++)
            if (draft.Links[k].Role == LinkRole.Speaker) draft.Links[k] = draft.Links[k] with { Role = LinkRole.Relay };
        draft.Links.Add(Speaker(speaker, VerbGroup(said)));
        _used.Add(said);
        Add(draft, before.From, before.To);
        return draft.Content.Count > 0;
    }

    // The chain: who is told, what carries the words, whom the subject cites; moves on to where the content may begin.
    private void Link(Draft draft, int verb, (int From, int To) group, ref int next)
    {
        var subject = draft.Subject;
        var recipient = Recipient(verb, ref next);
        var addressed = next > verb + 1;
        SkipTime(ref next);
        var medium = Begins(verb, "report", "comment") && Says(next, "on") && !IsAt(next + 1, Word.PostNoun) ? null : MediumAfter(ref next); // "reported on a distress call"
        if (!addressed) recipient = Recipient(verb, ref next);
        SkipTime(ref next);
        var quotation = QuotationAhead(next);
        recipient ??= HearerBetween(next, quotation);
        medium ??= MediumBefore(verb, subject) ?? MediumBetween(next, quotation);
        SkipInsertion(ref next);
        if (medium is not null || Says(next, "with", "after", "before", "during", "at") || Says(next, "to") && next + 1 < _to && grammar.Tag(next + 1) != Tag.VB) SkipToThat(ref next);
        if (recipient is not null) draft.Links.Add(recipient);
        var cited = Cited(verb, subject, ref next);
        if (!cited.IsEmpty)
        {
            draft.Links.Add(new(LinkRole.Relay, subject, group));
            draft.Links.Add(Speaker(cited, (cited.From - 1, cited.From)));
        }
        else if (Issuer(verb, subject) is { } issuer)
        {
            // "the task force released a statement saying …": who released it speaks, in the document.
            draft.Links.Add(issuer);
            medium = new(LinkRole.Medium, subject, group);
        }
        else draft.Links.Add(Speaker(subject, group));
        if (medium is not null) AddMedium(draft, medium);
        if (recipient is null && grammar.Tag(verb) == Tag.VBG && _drafts.LastOrDefault(d => d.CueToken < verb && d.CueToken >= _from) is { } previous && previous.Subject.Equals(subject))
            draft.Links.AddRange(previous.Links.Where(l => l.Role == LinkRole.Relay).Select(l => l with { Cue = null })); // "told TASS …, adding …": told them too
    }

    // "announced his resignation late on Wednesday in a broadcast": the medium may stand behind what was said; so may those
    // who pass it on ("confirmed his identity to various news outlets").
    private void LinkBehind(Draft draft, int verb)
    {
        // "noted his “strength” on Chirper": behind the quotation it is no part of what was said.
        var last = draft.Content[^1];
        if (last.To - last.From > 3 && last.From > verb && KindAt(last.To - 3) == TokenKind.CloseQuote && Says(last.To - 2, "on", "via") && tokens[last.To - 1].Is(Word.PostNoun) && tokens[last.To - 1].Capital && draft.Links.TrueForAll(l => l.Role != LinkRole.Medium))
        {
            draft.Content[^1] = (last.From, last.To - 2);
            draft.Links.Add(new(LinkRole.Medium, new(last.To - 1, last.To, last.To - 1), (last.To - 2, last.To - 1)));
            return;
        }
        var behind = draft.Content[^1].To;
        if (draft.Form != ContentForm.NounPhrase || behind <= verb || draft.Links.Exists(l => l.Role == LinkRole.Medium)) return;
        SkipTime(ref behind);
        if (MediumAfter(ref behind) is { } carrier) AddMedium(draft, carrier);
        else if (!draft.Links.Exists(l => l.Role == LinkRole.Relay) && Says(behind, "to") && phrases.StartingAt(behind + 1, _to, withPrepositions: false) is { IsEmpty: false } heard && HasOutlet(heard)) draft.Links.Add(new(LinkRole.Relay, heard, null));
    }

    // "fires, which the media said were out": the relative is the subject of what was said.
    private void WithRelative(Draft draft, Phrase subject)
    {
        // "the 38 countries they said were involved"
        if (InWindow(subject.From - 1) && subject.To - subject.From == 1 && tokens[subject.Head].Is(Word.SubjectPronoun) && grammar.Tag(subject.From - 1).IsNoun() && !tokens[subject.From - 1].Is(Word.Time) && (grammar.Tag(draft.Content[0].From).IsFinite() || grammar.Tag(draft.Content[0].From) == Tag.MD) && draft.Content[0].From > subject.From
            && PhraseOf(TopOfPhrase(subject.From - 1)) is { IsEmpty: false } meant && meant.To == subject.From)
        {
            draft.Content.Insert(0, (meant.From, meant.To));
            return;
        }
        var relative = KindAt(subject.From - 1) == TokenKind.Comma ? subject.From - 2 : subject.From - 1;
        if (!InWindow(relative) || grammar.Tag(relative) is not (Tag.WDT or Tag.WP) || draft.Content[0].From <= relative) return;
        var first = draft.Content[0].From;
        while (IsAt(first, Word.Adverb)) first++;
        if (grammar.Tag(first).IsFinite() || grammar.Tag(first) is Tag.MD or Tag.TO || Says(first, "to")) draft.Content.Insert(0, (relative, relative + 1));
    }

    // "the force released a statement saying", "… a statement which read": the statement's clause names who released it.
    private DraftLink? Issuer(int verb, Phrase document)
    {
        var saying = grammar.Tag(verb) == Tag.VBG && (grammar.Relation(verb) is Relation.Acl or Relation.Advcl || document.To == verb && grammar.Relation(verb) == Relation.Obj);
        if (!saying && !(document.To < verb && Says(document.To, "which", "that")) || !IsMedium(document)) return null;
        var act = Above(document.Head);
        if (act < 0 || !InWindow(act) || act > document.From || grammar.Tag(act) is Tag.VBG) return null;
        if (Begins(act, "found", "find", "discover", "uncover", "obtain", "acquir", "review", "receiv", "examin", "saw", "came", "got")) return null; // another's
        var who = SubjectOf(act);
        return who.IsEmpty || !IsSource(who, tokens[verb]) || who.From == document.From ? null : Speaker(who, VerbGroup(act));
    }
}
