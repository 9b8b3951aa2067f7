using Verify.Attribution.Language;
using Verify.Attribution.Reading;
using Verify.Attribution.Syntax;

namespace Verify.Attribution.Rules;

internal sealed partial class SentenceReader
{
    /// <summary>A reporting verb with its subject before or after it, and its content before, after or around it.</summary>
    private Draft? Reporting(int verb)
    {
        if (!Happened(verb) || AsksForSilence(verb) || OnlyMeant(verb) || grammar.Tag(verb) == Tag.VBG && grammar.Relation(verb) is Relation.Amod or Relation.Compound) return null;
        var t = tokens[verb];
        if (t.Is(Word.Cites) && t.Is(Word.Gerund) && VerbBehindComma(verb)) return null; // "Norhav, citing the harbour master, said": part of that report
        var group = VerbGroup(verb);
        if (t.Is(Word.Naming) && KindAt(verb + 1) == TokenKind.OpenQuote && group.From == verb && t.Is(Word.Past) && KindAt(verb - 1) == TokenKind.Word && grammar.Tag(verb - 1).IsNoun() && _from < verb - 1 && HasFiniteVerb(_from, verb)) return null; // "a programme called “The Harbour”"
        if (IsPassive(verb)) return Passive(verb, group);
        var subject = grammar.Tag(verb) == Tag.VBG && verb > _from ? AbsoluteSubject(verb) is { IsEmpty: false } own ? own : SharedSubject(verb) : Phrase.None;
        if (subject.IsEmpty) subject = SubjectOf(verb);
        if (subject.IsEmpty && grammar.Tag(verb) == Tag.VBG && verb == _from) subject = BehindComma(verb);
        if (grammar.Tag(verb) is Tag.VBP or Tag.VB && !t.Is(Word.Past) && _quote != 0 && !subject.IsEmpty && Says(subject.Head, "I")) return null; // "I pledge that …" is what is said, not what was
        if (subject.IsEmpty && verb == _from && grammar.Tag(verb) == Tag.VBD) subject = SubjectBehind(verb);
        var first = _quote != 0 && !subject.IsEmpty && (Says(subject.Head, "I") || Says(subject.Head, "we"));
        if (first && t.Is(Word.Directs) && !t.Is(Word.Tells) && IsAt(GroupStart(verb), Word.Have)) return null; // "I have instructed them" does what it says
        if (FollowsQuotation(verb) && (subject.IsEmpty || grammar.Tag(verb) is Tag.VBD or Tag.VBZ && Inverts(verb))) subject = SubjectBehind(verb);
        if (subject.IsEmpty && grammar.Tag(verb).IsFinite()) subject = CoordinatedSubject(verb);
        if (subject.IsEmpty || !IsSource(subject, t) || IsNobody(subject)) return null;
        if ((Text(verb).StartsWith("requir") || Text(verb).StartsWith("provid")) && !tokens[subject.Head].Is(Word.DocumentNoun)) return null; // a law does, a task does not
        if (t.Is(Word.Shows) && !t.Is(Word.Reports | Word.ReportsThing) && tokens[subject.Head].Is(Word.SubjectPronoun) && InWindow(subject.From - 1) && grammar.Tag(subject.From - 1).IsNoun()) return null; // "a wreck they found"
        if (t.Is(Word.Cites) && t.Is(Word.Gerund) && KindAt(verb - 1) == TokenKind.Word) return null; // "reports citing sources have said"
        subject = WithApposition(subject.From > verb ? TrimCarrier(subject) : subject);
        var opening = subject.From > verb && grammar.Tag(verb) == Tag.VBG; // "Warning that storms would come, the minister …"
        var inverted = subject.From > verb && !opening;
        var draft = new Draft { Construction = inverted ? "inverted" : t.Is(Word.Gerund) ? "gerund" : "reported", CueToken = verb, Subject = subject };
        var next = inverted ? subject.To : verb + 1;
        // "pointed out", "went on": the particle belongs to the verb; pointing alone says nothing.
        if (Text(verb).StartsWith("point", StringComparison.OrdinalIgnoreCase)) { if (!Says(next, "out")) return null; next++; }
        if (inverted && KindAt(next) == TokenKind.Comma && CommaAfterApposition(next) is var end and > 0) next = end;
        var recipient = Recipient(verb, ref next);
        var addressed = next > verb + 1;
        SkipTime(ref next);
        var medium = MediumAfter(ref next);
        if (!addressed) recipient = Recipient(verb, ref next);
        SkipTime(ref next);
        medium ??= MediumBefore(verb, subject) ?? MediumBetween(next, QuotationAhead(next));
        SkipInsertion(ref next);
        if (medium is not null) SkipToThat(ref next);
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
        if (opening)
        {
            var comma = KindAt(subject.From - 1) == TokenKind.Comma ? subject.From - 1 : -1;
            if (Says(next, "that") || KindAt(next) == TokenKind.OpenQuote || ClauseFollows(next, subject.From)) Add(draft, next, comma >= 0 ? comma : ContentEnd(next, verb));
            else if (comma > next && !tokens[next].Is(Word.Preposition)) Thing(draft, verb, next, comma); // "Announcing the closure, the minister …"
            return draft.Content.Count > 0 && draft.Content[0].To < subject.From ? draft : null;
        }
        if (!Contents(draft, verb, inverted ? group.From : subject.From < verb ? subject.From : group.From, next, inverted)) return null;
        if (first && draft.Form == ContentForm.NounPhrase && !Says(draft.Content[0].From - 1, "for")) return null; // "we proposed a bill": what they did
        WithRelative(draft, subject);
        // "announced his resignation late on Wednesday in a broadcast": the medium may stand behind what was said.
        var behind = draft.Content[^1].To;
        if (medium is null && draft.Form == ContentForm.NounPhrase && behind > verb)
        {
            SkipTime(ref behind);
            if (MediumAfter(ref behind) is { } carrier) AddMedium(draft, carrier);
            // "confirmed his identity to various news outlets": those pass it on.
            else if (recipient is null && Says(behind, "to") && phrases.StartingAt(behind + 1, _to, withPrepositions: false) is { IsEmpty: false } heard && HasOutlet(heard)) draft.Links.Add(new(LinkRole.Relay, heard, null));
        }
        return draft;
    }

    // "fires, which the media said were out": the relative is the subject of what was said.
    private void WithRelative(Draft draft, Phrase subject)
    {
        var relative = KindAt(subject.From - 1) == TokenKind.Comma ? subject.From - 2 : subject.From - 1;
        if (!InWindow(relative) || grammar.Tag(relative) is not (Tag.WDT or Tag.WP) || draft.Content[0].From <= relative) return;
        var first = draft.Content[0].From;
        while (IsAt(first, Word.Adverb)) first++;
        if (grammar.Tag(first).IsFinite() || grammar.Tag(first) is Tag.MD or Tag.TO) draft.Content.Insert(0, (relative, relative + 1));
    }

    /// <summary>Whether the verb tells of something that was said: not "would say", "refused to say", "did not say".</summary>
    private bool Happened(int verb)
    {
        var tag = grammar.Tag(verb);
        if (tokens[verb].Capital && verb != _from && tag is Tag.VB or Tag.VBP && KindAt(verb - 1) == TokenKind.Word) return false;
        for (var c = grammar.FirstChild(verb); c >= 0 && c < verb; c = grammar.NextChild(c))
        {
            if (grammar.Tag(c) == Tag.MD && !Says(c, "will") && !(Says(c, "would") && Says(c + 1, "later"))) return false;
            if (Says(c, "not") || Says(c, "n't") || Says(c, "never")) return false;
            if (grammar.Relation(c) == Relation.Mark && (Says(c, "if") || Says(c, "whether") || Says(c, "without"))) return false;
        }
        for (var k = GroupStart(verb); k < verb; k++)
            if (tokens[k].Is(Word.Modal) && !Says(k, "will") && !(Says(k, "would") && Says(k + 1, "later"))) return false;
        if (tag != Tag.VB) return true;
        if (Says(verb - 1, "to"))
        {
            // "went on to say", "continued to claim": it was said; "refused to say", "wanted to say": it was not.
            var head = grammar.Head(verb);
            return head >= 0 && (Says(head, "went") || Says(head, "goes") || Says(head, "continued") || Says(head, "continues") || Says(head, "appeared") || Says(head, "came"));
        }
        return Child(verb, Relation.Aux) >= 0 || Child(verb, Relation.Nsubj) >= 0 || IsNamable(verb - 1);
    }

    // "who asked not to be named": nothing is said of the matter.
    private bool AsksForSilence(int verb) => Says(verb + 1, "not") && Says(verb + 2, "to") && Says(verb + 3, "be") && (Says(verb + 4, "named") || Says(verb + 4, "identified") || Says(verb + 4, "quoted"))
        || Says(verb + 1, "anonymity");

    private bool IsPassive(int verb)
    {
        if (grammar.Tag(verb) is not (Tag.VBN or Tag.VBD)) return false;
        if (Says(verb + 1, "by") && (KindAt(verb - 1) == TokenKind.Comma || grammar.Tag(verb) == Tag.VBN) && !IsAt(verb + 2, Word.Gerund)) return true;
        if (tokens[verb].Is(Word.Naming) && KindAt(verb - 1) == TokenKind.Comma && (Child(verb, Relation.Nsubj) < 0 && InsertionBefore(verb - 1) < 0 || VerbBehindComma(verb))) return true;
        if (KindAt(verb - 1) == TokenKind.Comma && InsertionBefore(verb - 1) is var open and > 0 && IsAt(open - 1, Word.Have)) return false; // "has, in a statement, called"
        if (Child(verb, Relation.AuxPass) >= 0 || grammar.Tag(verb) == Tag.VBN && (Child(verb, Relation.NsubjPass) >= 0 || Child(verb, Relation.OblAgent) >= 0) && !IsAt(GroupStart(verb), Word.Have)) return true;
        if (grammar.Relation(verb) is Relation.Acl && grammar.Tag(verb) == Tag.VBN && Child(verb, Relation.Nsubj) < 0) return true;
        if (grammar.Relation(verb) is Relation.Xcomp && grammar.Tag(verb) == Tag.VBN && Child(verb, Relation.Aux) < 0) return true; // "kept them posted"
        var from = GroupStart(verb);
        // "was on Wednesday reported", "was yesterday reported"
        var over = verb - 1;
        while (over > _from && verb - over < 5 && (tokens[over].Is(Word.Time | Word.Adverb) || tokens[over].Is(Word.Preposition) && tokens[over + 1].Is(Word.Time))) over--;
        if (over < verb - 1 && tokens[over].Is(Word.Be)) return true;
        if (from == verb || !tokens[from].Is(Word.Be) && !IsAt(verb - 1, Word.Be)) return grammar.Tag(verb) == Tag.VBN && Child(verb, Relation.Aux) < 0 && grammar.Relation(verb) is Relation.Advcl;
        return Child(verb, Relation.Nsubj) is var s && (s < 0 || s < verb);
    }

    // "No organization claimed …", "Not everyone agreed …", "when you told him …": nobody in particular has said anything.
    private bool IsNobody(Phrase p) => Says(p.From, "no") || Says(p.From, "not") || Says(p.From, "nobody") || Says(p.From, "none") || Says(p.Head, "you") || Says(p.From - 1, "not");

    // "suspected of asking for it", "blamed for encouraging them": a gerund behind a preposition is what is meant or held
    // against somebody; "responded by saying" was said.
    private bool OnlyMeant(int verb) => grammar.Tag(verb) == Tag.VBG && (
        // "to mandate reporting it"; "Marchers with a banner saying …" is a caption.
        InWindow(verb - 1) && grammar.Tag(verb - 1).IsVerb() && !tokens[verb - 1].Is(Word.Auxiliary | Word.Reports) || _quote == 0 && !HasFiniteVerb(_from, _to) ||
        Says(verb - 1, "of") || Says(verb - 1, "for") || Says(verb - 1, "from") || Says(verb - 1, "without") || Says(verb - 1, "before") || Says(verb - 1, "about") || Says(verb - 1, "in") && InWindow(verb - 2) && grammar.Tag(verb - 2).IsNoun());

    // "It is for the court, argued the government's lawyer, Richard Keen."
    private bool Inverts(int verb) => KindAt(verb - 1) == TokenKind.Comma && tokens[verb].Is(Word.Reports) && !IsAt(verb - 2, Word.Relative)
        && WithApposition(phrases.StartingAt(verb + 1, _to)) is { IsEmpty: false } behind && EndsHere(behind.To) && (tokens[behind.Head].Capital || tokens[behind.Head].Is(Word.Noun | Word.Title | Word.SubjectPronoun)) && HasFiniteVerb(_from, Child(verb, Relation.Nsubj) is var s and >= 0 && s < verb ? s : verb - 1);

    // "the water, called a plume, was seen from space": another verb is the sentence's.
    private bool VerbBehindComma(int verb)
    {
        for (var i = verb + 1; i < Math.Min(_to - 1, verb + 10); i++)
            if (tokens[i].Kind == TokenKind.Comma) return grammar.Tag(i + 1).IsFinite() || grammar.Tag(i + 1) == Tag.MD;
            else if (grammar.Tag(i).IsFinite()) return false;
        return false;
    }

    // "Warning that storms would come, the minister …"
    private Phrase BehindComma(int verb)
    {
        for (var i = verb + 1; i < _to - 1; i++)
            if (tokens[i].Kind == TokenKind.Comma && tokens[i].Quote == _quote && phrases.StartingAt(i + 1, _to) is { IsEmpty: false } who && who.To < _to && (grammar.Tag(who.To).IsFinite() || grammar.Tag(who.To) == Tag.MD)) return who;
        return Phrase.None;
    }

    // "…, with Lea Brandt of Norhav calling it a guess and Udo Kern calling it a lie"
    private Phrase AbsoluteSubject(int verb)
    {
        if (!tokens[verb - 1].IsWord) return Phrase.None;
        var begins = -1;
        for (var k = verb - 1; k > _from && verb - k < 40; k--)
        {
            if (tokens[k].Kind is TokenKind.Semicolon or TokenKind.Stop || grammar.Tag(k).IsFinite()) break;
            if (begins < 0 && Says(k, "and")) begins = k + 1;
            if (!Says(k, "with") || tokens[k - 1].Kind == TokenKind.Word && verb - k > 8) continue;
            if (begins < 0 || verb - k <= 8) begins = k + 1;
            return verb - begins is > 1 and < 9 && (tokens[begins].Capital || tokens[begins].Is(Word.Determiner) || grammar.Tag(begins).IsNoun()) ? phrases.Named(begins, verb, begins) : Phrase.None;
        }
        return Phrase.None;
    }

    // "…," she said, further remarking, "…": who spoke before.
    private Phrase SharedSubject(int verb)
    {
        var before = verb - 1;
        while (before > _from && tokens[before].Is(Word.Adverb)) before--;
        return KindAt(before) is TokenKind.Comma or TokenKind.CloseQuote && _drafts.LastOrDefault(d => d.CueToken < verb && d.CueToken >= _from) is { Subject.IsEmpty: false } last ? last.Subject : Phrase.None;
    }

    // "The president opposed it, and suggested …": who does what the verb before tells.
    private Phrase CoordinatedSubject(int verb)
    {
        var before = GroupStart(verb) - 1;
        while (before > _from && tokens[before].Is(Word.Adverb)) before--;
        if (!IsAt(before, Word.Conjunction)) return Phrase.None;
        for (var i = before - 1; i > _from; i--)
            if (tokens[i].Quote != _quote || tokens[i].Kind is TokenKind.Semicolon or TokenKind.Stop) return Phrase.None;
            else if (grammar.Tag(i) == grammar.Tag(verb) && SubjectOf(i) is { IsEmpty: false } same) return same;
        return Phrase.None;
    }

    private Phrase TrimCarrier(Phrase p)
    {
        for (var k = p.From + 1; k < p.To - 1; k++)
            if (Carries(k) && !Says(k, "at") && phrases.StartingAt(k + 1, p.To, withPrepositions: false) is { IsEmpty: false } carrier && IsMedium(carrier)) return phrases.Named(p.From, k, p.Head);
        return p;
    }

    private bool FollowsQuotation(int verb) => KindAt(verb - 1) == TokenKind.CloseQuote || KindAt(verb - 1) == TokenKind.Comma;

    // "…", said Pia Lund: the grammar may take the one who speaks for what is said.
    private Phrase SubjectBehind(int verb)
    {
        if (!tokens[verb].Is(Word.Reports)) return Phrase.None;
        for (var c = grammar.FirstChild(verb); c >= 0; c = grammar.NextChild(c))
            if (c > verb && InWindow(c) && grammar.Left(c) == verb + 1 && (grammar.Tag(c).IsNoun() || grammar.Tag(c) == Tag.PRP) && PhraseOf(c) is var who && who.From == verb + 1) return who;
        return WithApposition(phrases.StartingAt(verb + 1, _to));
    }

    private int CommaAfterApposition(int comma)
    {
        for (var i = comma + 1; i < Math.Min(_to, comma + 14); i++)
        {
            if (tokens[i].Kind is TokenKind.Comma) return i;
            if (tokens[i].Kind is TokenKind.Stop or TokenKind.OpenQuote) return -1;
        }
        return -1;
    }

    // "the force released a statement saying": the statement's clause names who released it.
    private DraftLink? Issuer(int verb, Phrase document)
    {
        if (grammar.Tag(verb) != Tag.VBG || grammar.Relation(verb) is not (Relation.Acl or Relation.Advcl) || !IsMedium(document)) return null;
        var act = Above(document.Head);
        if (act < 0 || !InWindow(act) || act > document.From || grammar.Tag(act) is Tag.VBG) return null;
        var who = SubjectOf(act);
        return who.IsEmpty || !IsSource(who, tokens[verb]) || who.From == document.From ? null : Speaker(who, VerbGroup(act));
    }

    private bool Contents(Draft draft, int verb, int cueStart, int next, bool inverted)
    {
        var t = tokens[verb];
        var end = ContentEnd(next, verb);
        var clause = Child(verb, Relation.Ccomp);
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
            && (inverted || EndsHere(next) && (clause < verb || KindAt(next) != TokenKind.Comma || grammar.Tag(next + 1) == Tag.VBG) || tokens[before.To - 1].Kind == TokenKind.CloseQuote && !Says(next, "that") && clause < verb))
        {
            Add(draft, before.From, before.To);
            ContinueQuotation(draft, next);
            // "In the wake of the death, X said, the lions were killed."
            if (draft.Content.Count == 1 && KindAt(next) == TokenKind.Comma && next + 1 < end && (HasFiniteVerb(next + 1, end) || !HasVerb(before.From, before.To)) && tokens[before.To - 1].Kind != TokenKind.CloseQuote
                && !tokens[next + 1].Is(Word.Gerund | Word.Relative | Word.Conjunction)) Add(draft, next + 1, ContentEnd(next + 1, verb));
            return draft.Content.Count > 0;
        }
        if (inverted && clause < verb && KindAt(next) is not (TokenKind.Colon or TokenKind.OpenQuote)) return false;
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
        if (QuotationAhead(next) is var ahead and >= 0) return Quoted(draft, ahead, ContentEnd(ahead, verb), t);
        if (t.Is(Word.Gerund) && t.Is(Word.Cites) && _used.Contains(verb)) return false; // whom a report before it cites
        if (Says(next, "that") && t.Is(Word.Reports | Word.Shows | Word.Tells)) { Add(draft, next, end); return draft.Content.Count > 0; }
        // "reported on Thursday, coverage had risen": a comma closes what stands between verb and content.
        if (KindAt(next) == TokenKind.Comma && next > verb + 1 && t.Is(Word.Reports) && (clause > next || ClauseFollows(next + 1, ContentEnd(next + 1, verb))))
        {
            next++;
            end = ContentEnd(next, verb);
        }
        if (Declared(draft, verb, next)) return true;
        if (KindAt(next) == TokenKind.Comma || next >= end) return false;
        if (Text(verb).StartsWith("den") && (Says(next, "funding") || Says(next, "access") || Says(next, "entry") || Says(next, "bail") || Says(next, "permission"))) return false; // kept from somebody, not disputed
        if (tokens[next].Is(Word.Conjunction)) return false; // "responded quickly and found …"
        if (t.Is(Word.Directs) && clause < verb && !Says(next, "that") && Infinitive(draft, verb, next, end)) return true;
        if (clause > verb && t.Is(Word.Reports | Word.Shows) && !(tokens[clause].Quote != _quote && tokens[next].Quote == _quote && t.Is(Word.ReportsThing) && !ClauseFollows(next, end)))
        {
            var start = grammar.Left(clause);
            Add(draft, start > next && start < end && HasQuotedOrLong(next, start) ? start : next, end);
            return draft.Content.Count > 0;
        }
        if (t.Is(Word.Reports | Word.Shows) && !Text(verb).StartsWith("continu") && ClauseFollows(next, end)) { Add(draft, next, end); return draft.Content.Count > 0; }
        // "explained how it was done", "asked whether it was safe"
        if (grammar.Tag(next) is Tag.WRB or Tag.WP && !t.Is(Word.Cites) && HasFiniteVerb(next, end) || Says(next, "whether")) { Add(draft, next, end); return draft.Content.Count > 0; }
        // "said the crash involved pilot error": whatever the tagger makes of the clause's verb, it is one.
        if (t.Is(Word.Asserts) && !inverted && end - next > 2 && (grammar.Tag(next) is Tag.DT or Tag.PRP or Tag.PRPS or Tag.NN or Tag.NNS or Tag.NNP or Tag.NNPS or Tag.JJ or Tag.CD or Tag.EX || Says(next, "if") || Says(next, "when") || Says(next, "while") || Says(next, "although")))
        {
            // "said if the goal is peace, then …"
            if (grammar.Tag(next) is Tag.IN or Tag.WRB) end = _to;
            Add(draft, next, end);
            return draft.Content.Count > 0;
        }
        if (Infinitive(draft, verb, next, end) || Pleaded(draft, verb, next)) return true;
        // "described witnessing 35 bodies", "reported being told"
        if (t.Is(Word.Reports) && grammar.Tag(next) == Tag.VBG) { Add(draft, next, PhraseEnd(next, end)); return draft.Content.Count > 0; }
        if (!OnlyQuotes(verb) && Thing(draft, verb, next, end)) return true;
        // "reported most of the dead suffocated": a clause of which the grammar has made nothing.
        if (OnlyQuotes(verb) || !t.Is(Word.Reports) || !t.Is(Word.Past) || t.Is(Word.Tells | Word.Directs) || end - next < 4 || Says(next, "no") || Says(next, "nothing") || HearsObject(verb) || grammar.Tag(next) is not (Tag.DT or Tag.JJS or Tag.JJ or Tag.NN or Tag.NNS or Tag.NNP or Tag.NNPS or Tag.PRP or Tag.PRPS) || tokens[next].Is(Word.ObjectPronoun) && !tokens[next].Is(Word.SubjectPronoun | Word.Possessive)) return false;
        Add(draft, next, end);
        return draft.Content.Count > 0;
    }

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
            if (tokens[i].Is(Word.Conjunction) && nouns > 0 && i + 1 < end && (grammar.Tag(i + 1).IsFinite() || grammar.Tag(i + 1) == Tag.MD)) return false;
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
            if (tokens[i].Kind is TokenKind.Colon && tokens[i + 1].Kind != TokenKind.OpenQuote) return i == next ? i + 1 : -1;
            if (tokens[i].Kind is TokenKind.Comma or TokenKind.Colon or TokenKind.Dash && tokens[i + 1].Kind == TokenKind.OpenQuote) return i + 1;
            if (grammar.Tag(i).IsFinite() || grammar.Tag(i) == Tag.MD) return -1;
        }
        return -1;
    }

    // "He continued, “…”" reports; "he continued to write songs" does not.
    private bool OnlyQuotes(int verb)
    {
        foreach (var word in Quoting)
            if (Text(verb).StartsWith(word, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    // "emailed the company", "recorded a time": the object is who was written to, or what was done.
    private bool HearsObject(int verb) => Text(verb).StartsWith("email") || Text(verb).StartsWith("text") || Text(verb).StartsWith("wire") || Text(verb).StartsWith("blog") || Text(verb).StartsWith("record") || Text(verb).StartsWith("post");

    private static readonly string[] Quoting = ["continu", "react", "jok", "quipp", "respon", "repl", "observ", "comment", "shout", "whisper", "wrot", "writ", "recount", "relat", "told", "tell", "say", "said"];

    // More than an adverb stands between the verb and its clause: it belongs to the verb.
    private bool HasQuotedOrLong(int from, int to) => to - from > 1 && (tokens[from].Is(Word.Preposition) || KindAt(to) == TokenKind.Word && Says(to, "that"));

    // "ordered them to leave", "promised to pay", "claimed to be seeking a bomb"
    private bool Infinitive(Draft draft, int verb, int next, int end)
    {
        var t = tokens[verb];
        if (!t.Is(Word.Commits | Word.Directs | Word.Reports | Word.Shows)) return false;
        for (var i = next; i < Math.Min(end, next + 14); i++)
        {
            if (tokens[i].Kind is TokenKind.OpenQuote || tokens[i].Kind == TokenKind.Comma && !t.Is(Word.Directs)) return false;
            if (Says(i, "to") && KindAt(i + 1) == TokenKind.OpenQuote && t.Is(Word.Directs | Word.Commits) && i + 2 < _to && grammar.Tag(i + 2) is Tag.VB or Tag.RB) { Add(draft, i, ContentEnd(i, verb)); return draft.Content.Count > 0; }
            if (!Says(i, "to") || i + 1 >= end || !(grammar.Tag(i + 1) == Tag.VB || tokens[i + 1].Is(Word.Adverb) && grammar.Tag(Math.Min(i + 2, _to - 1)) == Tag.VB) && !(Says(i, "to") && Says(i - 1, "not"))) continue;
            var action = grammar.Tag(i + 1) == Tag.VB ? i + 1 : Math.Min(i + 2, _to - 1);
            // "reported the leader to be dead"
            if (i > next && i - next < 7 && t.Is(Word.Reports | Word.Shows) && !t.Is(Word.Directs) && (Says(i + 1, "be") || Says(i + 1, "have")) && (grammar.Tag(i - 1).IsNoun() || grammar.Tag(i - 1) == Tag.PRP)) { Add(draft, next, end); return draft.Content.Count > 0; }
            // A document that requires somebody to act: the whole is what it says.
            if (i > next && Text(verb).StartsWith("requir")) { Add(draft, next, end); return draft.Content.Count > 0; }
            if (i == next ? !t.Is(Word.Commits | Word.Directs) : !t.Is(Word.Directs) || grammar.IsWithin(action, verb) is false || !AddressedBetween(verb, next, i)) return false;
            Add(draft, Says(i - 1, "not") && i > next ? i - 1 : i, ContentEnd(i, verb));
            return draft.Content.Count > 0;
        }
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
