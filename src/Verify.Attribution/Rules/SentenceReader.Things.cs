using Verify.Attribution.Language;
using Verify.Attribution.Reading;
using Verify.Attribution.Syntax;

namespace Verify.Attribution.Rules;

internal sealed partial class SentenceReader
{
    // "accused him of fraud", "called for a ban", "apologised for the delay": the preposition that leads to what was said.
    private static readonly HashSet<string> Leading = new(StringComparer.OrdinalIgnoreCase) { "of", "for", "about", "against", "on", "to", "over", "at", "with" };

    /// <summary>A noun phrase that names what was said: "denied the allegations", "called it "a guess"", "warned of floods".</summary>
    private bool Thing(Draft draft, int verb, int next, int end)
    {
        var t = tokens[verb];
        draft.Form = ContentForm.NounPhrase;
        if (Begins(verb, "offer") && Child(verb, Relation.Iobj) > verb) return false; // "offered her a tour"
        if (Begins(verb, "challeng") && Child(verb, Relation.Obj) is var rival and >= 0 && tokens[rival].Capital) return false; // "challenging President Brandt"
        if (Begins(verb, "dismiss", "reject", "challeng", "record", "releas") && Child(verb, Relation.Obj) is var what and >= 0 && Says(what, "lawsuit", "suit", "case", "charge", "charges", "appeal", "petition", "album", "albums", "song", "songs", "single", "singles")) return false; // what courts and bands do
        if (t.Is(Word.Cites) && Child(verb, Relation.Obj) is var cited and >= 0 && tokens[cited].Is(Word.AnonymousNoun | Word.PersonNoun | Word.GroupNoun)) return false; // whom they cite is no content
        // "what he called an accident", "what the organizers estimated at two thousand people"
        if (Says(draft.Subject.From - 1, "what") || Says(draft.Subject.From, "what"))
        {
            if (Says(next, "at", "as", "to")) next++;
            Add(draft, next, Math.Min(end, EndOfThing(Math.Min(next, _to - 1))));
            return draft.Content.Count > 0;
        }
        if (t.Is(Word.Shows) && !t.Is(Word.Reports | Word.ReportsThing | Word.Directs) && (tokens[draft.Subject.Head].Is(Word.SubjectPronoun) || tokens[draft.Subject.Head].Is(Word.PersonNoun | Word.GroupNoun) && !tokens[draft.Subject.Head].Capital)) return false; // "they found the boat"
        if (t.Is(Word.ReportsThing) && !Names(verb) && !HearsObject(verb) && NumberAhead(next, end)) { Add(draft, next, PhraseEnd(next, end)); return draft.Content.Count > 0; }
        if (tokens[next].Is(Word.Preposition) && !Says(next, "to") && !t.Is(Word.Naming) | Says(next, "for")) return Led(draft, verb, next, end);
        if (t.Is(Word.Naming) && Nature(draft, verb, next, end)) return true;
        if (Begins(verb, "attack", "name", "identif", "dub")) return false; // with fists, unless "as" something
        if (t.Is(Word.Shows) && sources.KindOf(draft.Subject) is SourceKind.Document or SourceKind.Post or SourceKind.Anonymous or SourceKind.Organization && !tokens[draft.Subject.Head].Is(Word.SubjectPronoun)
            || t.Is(Word.ReportsThing) || Says(verb, "added"))
        {
            var thing = Child(verb, Relation.Obj);
            if (thing < 0) thing = Child(verb, Relation.Xcomp);
            if (thing > verb && !tokens[thing].Is(Word.ObjectPronoun) && grammar.Left(thing) <= next + 2)
            {
                if (IsAt(thing, Word.ObjectPronoun)) return false;
                if (Names(verb) || IsAt(next, Word.ObjectPronoun) && !IsAt(next, Word.Possessive)) return false; // "called off the search", "asked it" say nothing
                Add(draft, Math.Max(next, Math.Min(grammar.Left(thing), thing)), Math.Min(end, BeforeAddressee(verb, thing, EndOfThing(thing))));
                return draft.Content.Count > 0;
            }
            if (!Names(verb) && next < end && (phrases.IsNominal(next) || tokens[next].Is(Word.Determiner)) && !tokens[next].Is(Word.ObjectPronoun))
            {
                var phrase = phrases.StartingAt(next, end);
                if (!phrase.IsEmpty) { Add(draft, phrase.From, Math.Min(end, EndOfThing(phrase.Head))); return draft.Content.Count > 0; }
            }
        }
        return Led(draft, verb, next, end);
    }

    // "pleaded guilty to each crime", "pleaded not guilty on Tuesday to seven counts"
    private bool Pleaded(Draft draft, int verb, int next)
    {
        var guilty = Says(next, "not") ? next + 1 : next;
        if (!Begins(verb, "plea") || !Says(guilty, "guilty")) return false;
        draft.Form = ContentForm.NounPhrase;
        var to = guilty + 1;
        SkipTime(ref to);
        if (!Says(to, "to")) { Add(draft, next, guilty + 1); return true; }
        var end = EndOfThing(Math.Min(to + 1, _to - 1));
        if (to > guilty + 1) Add(draft, next, guilty + 1);
        Add(draft, to > guilty + 1 ? to : next, end);
        return draft.Content.Count > 0;
    }

    // "the emergency that the president declared last Friday": what was said is what the clause describes.
    private bool Declared(Draft draft, int verb, int next)
    {
        if (!tokens[verb].Is(Word.ReportsThing) || Says(next, "as") || Child(verb, Relation.Obj) > verb || draft.Subject.From >= verb || !(EndsHere(next) || tokens[next].Is(Word.Subordinator | Word.Preposition | Word.Conjunction))) return false;
        var noun = Says(draft.Subject.From - 1, "that", "which") ? draft.Subject.From - 2 : grammar.Relation(verb) == Relation.AclRelcl ? grammar.Head(verb) : -1;
        if (!InWindow(noun) || noun >= draft.Subject.From || !grammar.Tag(noun).IsNoun()) return false;
        var thing = PhraseOf(noun);
        if (thing.IsEmpty || thing.To > draft.Subject.From) return false;
        draft.Form = ContentForm.NounPhrase;
        Add(draft, thing.From, thing.To);
        return draft.Content.Count > 0;
    }

    // "reported as many as 32 hospitalised", "confirmed at least five deaths"
    private bool NumberAhead(int next, int end)
    {
        if (Says(next, "at") && Says(next + 1, "least", "most") || Says(next, "as") && Says(next + 1, "many")) return true;
        if (Says(next, "at", "in", "on")) return false;
        if (!tokens[next].Is(Word.Preposition | Word.Adverb | Word.Determiner) && !Says(next, "fewer") && !Says(next, "up")) return false;
        for (var i = next + 1; i < Math.Min(end, next + 4) && tokens[i].Kind is TokenKind.Word or TokenKind.Number; i++)
            if (grammar.Tag(i) == Tag.CD && !IsYear(i)) return true; // and not "his 2020 candidacy"
        return false;
    }

    // "described the report as "a guess"", "called it a lie", "referred to it as a ban"
    private bool Nature(Draft draft, int verb, int next, int end)
    {
        var far = Math.Min(_to, next + 25);
        for (var i = next; i < far; i++)
        {
            if (i >= end && tokens[i].Kind is TokenKind.Semicolon or TokenKind.Stop || i >= end && grammar.Tag(i).IsFinite()) break;
            if (tokens[i].Kind == TokenKind.OpenQuote && !Begins(verb, "descri", "note") && tokens[i].Quote != _quote | _quote == 0)
            {
                var close = CloseOf(i, _to);
                if (i - next > 12 || i == next) break;
                var from = IsAt(i - 1, Word.Determiner) && !Says(i - 1, "the") ? i - 1 : i;
                if (from < i && close > 0 && Says(close + 1, "and") && IsAt(close + 2, Word.Determiner) && KindAt(close + 3) == TokenKind.OpenQuote && CloseOf(close + 3, _to) is var both and > 0) { Add(draft, from, both + 1); return draft.Content.Count > 0; }
                Add(draft, from, close > 0 ? from < i || close + 1 < end && !EndsHere(close + 1) ? Math.Max(close + 1, EndOfQuotedThing(close, end)) : close + 1 : end);
                return draft.Content.Count > 0;
            }
            if (Says(i, "as") && i + 1 < _to && !Says(i + 1, "of", "well", "long", "soon") && !(i > next && grammar.Tag(i - 1) is Tag.VBN or Tag.VBG) && (i > next || grammar.Tag(draft.Subject.From - 1) is Tag.WDT or Tag.IN || grammar.Relation(verb) == Relation.AclRelcl))
            {
                Add(draft, i + 1, BeforeVerb(i + 1, PhraseEnd(i + 1, Math.Max(end, i + 1) == end ? end : _to)));
                return draft.Content.Count > 0;
            }
        }
        // "called the resulting crisis the worst in the world"
        if (Begins(verb, "call") && tokens[next].Is(Word.Determiner) && phrases.StartingAt(next, end, withPrepositions: false) is { IsEmpty: false } named && named.To < end - 1 && tokens[named.To].Is(Word.Determiner) && !tokens[named.To].Is(Word.Possessive))
        {
            Add(draft, named.To, Math.Min(end, EndOfThing(named.To + 1)));
            return draft.Content.Count > 0;
        }
        var complement = Child(verb, Relation.Xcomp);
        var thing = Child(verb, Relation.Obj);
        if (complement > verb && !tokens[complement].Is(Word.Time) && thing > verb && complement > thing && !Says(complement - 1, "to") && !HasComma(thing, complement))
        {
            Add(draft, grammar.Left(complement), Math.Min(end, grammar.Right(complement)));
            return draft.Content.Count > 0;
        }
        return false;
    }

    // "… as a “guess” | and urged them to wait"
    private int BeforeVerb(int from, int to)
    {
        if (KindAt(from) == TokenKind.OpenQuote && CloseOf(from, to) is var shut && shut > from && Says(shut + 1, "as", "while", "when", "after", "before")) return shut + 1;
        for (var i = from; i < to - 1; i++)
            if (tokens[i].Quote == _quote && grammar.Tag(i) == Tag.WRB || tokens[i].Quote == _quote && tokens[i].Is(Word.Conjunction) && (grammar.Tag(i + 1).IsFinite() || grammar.Tag(i + 1) == Tag.MD)) return i;
        return to;
    }

    private int EndOfQuotedThing(int close, int end)
    {
        var i = close + 1;
        while (i < end && tokens[i].IsWord && !tokens[i].Is(Word.Conjunction | Word.Relative) && !(Says(i, "as", "while", "when", "after", "before"))) i++;
        return i;
    }

    private int PhraseEnd(int from, int end)
    {
        for (var i = from; i < end; i++)
            if (tokens[i].Kind is TokenKind.Comma or TokenKind.Semicolon or TokenKind.Colon && tokens[i].Quote == _quote) return i;
        return end;
    }

    // Verbs that report only the name given: without it they do something else.
    private bool Names(int verb) => Says(verb, "called", "calls", "dubbed", "termed", "labelled", "labeled", "referred", "calling", "named");

    // The thing with what belongs to it, up to what tells when, where or in what it was said.
    private int EndOfThing(int thing)
    {
        // "predicted landfall on Saturday": when it is to happen is a part of what is foretold.
        var above = grammar.Head(thing);
        var foretold = above >= 0 && Begins(above, "predict", "forecast", "promis", "pledg", "propos");
        for (var i = thing + 1; i < _to; i++)
        {
            var t = tokens[i];
            if (t.Quote != _quote) continue;
            if (t.Kind == TokenKind.Colon && i + 1 < _to && tokens[i + 1].Kind != TokenKind.OpenQuote && !ReportBegins(i + 1, thing)) continue;
            if (t.Kind is TokenKind.Semicolon or TokenKind.Colon or TokenKind.Dash || t.Kind == TokenKind.Stop && i == _to - 1) return i;
            if (t.Kind == TokenKind.Comma)
            {
                // "in Eldmoor, Norhav"
                if (tokens[i - 1].Capital && i + 1 < _to && tokens[i + 1].Capital && grammar.Tag(i + 1) == Tag.NNP && i >= 2 && tokens[i - 2].Is(Word.Preposition) && EndsHere(i + 2)) continue;
                if (EndsListAt(i)) return i;
                continue;
            }
            if (t.Kind != TokenKind.Word) continue;
            var tag = grammar.Tag(i);
            if (tag.IsFinite() || tag == Tag.MD) { if (!foretold && !InRelative(i, thing)) return tokens[i - 1].Is(Word.Adverb) ? i - 1 : i; continue; }
            if (Says(i, "to") && i + 1 < _to && grammar.Tag(i + 1) == Tag.VB && above >= 0 && tokens[above].Is(Word.Cites) && !Begins(thing, "refus", "fail", "deci", "plan", "inten", "attempt", "need", "abilit", "right")) return i; // "cited its concerns | to refuse it"
            if (Says(i, "so") && IsAt(i + 1, Word.SubjectPronoun)) return i;
            if (Says(i, "since") && Superlative(thing, i)) continue; // "the deadliest attack since 2018"
            if (tag is Tag.WRB && tokens[i - 1].Is(Word.Preposition) && i - 1 > thing) continue; // "a revision for how we think"
            if (tag is Tag.WRB || tag == Tag.IN && t.Is(Word.Subordinator) && !foretold && !Says(i, "as") && !Says(i, "that", "despite", "following", "amid")) return i;
            if (t.Is(Word.Time) && !foretold && tokens[i - 1].Kind == TokenKind.Word && !tokens[i - 1].Is(Word.Preposition) && !tokens[i - 1].Is(Word.Determiner) && grammar.Tag(i - 1) is not (Tag.JJ or Tag.CD) && (grammar.Relation(i) is not (Relation.Compound or Relation.NmodPoss) || tag == Tag.NNP && IsAt(i + 1, Word.Time)) && tag is not Tag.JJ) return tokens[i - 1].Is(Word.Time) ? i - 1 : i;
            if (t.Is(Word.Conjunction) && i + 1 < _to && (grammar.Tag(i + 1) is Tag.VBD or Tag.VBZ or Tag.VBP or Tag.MD || tokens[i + 1].Is(Word.Adverb) && i + 2 < _to && grammar.Tag(i + 2).IsFinite())) return i;
            if (t.Is(Word.Conjunction))
                for (var k = i + 1; k < Math.Min(_to, i + 4) && tokens[k].Kind == TokenKind.Word; k++)
                    if (k > i + 1 && (grammar.Tag(k).IsFinite() || grammar.Tag(k) == Tag.MD) && grammar.Tag(k - 1).IsNoun()) return i; // "funds | and Norhav is building"
            if (!t.Is(Word.Preposition) || i + 1 >= _to) continue;
            var inner = tokens[i + 1].Is(Word.Determiner) && i + 2 < _to ? i + 2 : i + 1;
            if ((tokens[inner].Is(Word.Time) || Says(i, "in") && inner == i + 1 && tokens[inner].Kind == TokenKind.Number && IsYear(inner)) && !foretold && !Says(i, "of") && !Says(i, "for") && !Says(i, "per")) return tokens[i - 1].Is(Word.Adverb) || grammar.Tag(i - 1) == Tag.RB ? i - 1 : i;
            if (Carries(i) && phrases.StartingAt(i + 1, _to, withPrepositions: false) is { IsEmpty: false } carrier && IsMedium(carrier)) return i;
        }
        return _to;
    }

    private bool Superlative(int thing, int to)
    {
        for (var i = Math.Max(_from, thing - 4); i < to; i++)
            if (grammar.Tag(i) is Tag.JJS or Tag.RBS || Says(i, "first", "only") || Text(i).EndsWith("est")) return true;
        return false;
    }

    // "the men who fled": the verb belongs to a clause of the thing's own.
    private bool InRelative(int verb, int thing)
    {
        for (var k = verb - 1; k > thing; k--)
            if (grammar.Tag(k) is Tag.WDT or Tag.WP or Tag.WPS or Tag.WRB || Says(k, "that")) return true;
            else if (!tokens[k].IsWord) return false;
        for (var (i, guard) = (verb, 0); i >= 0 && i != thing && guard < MostSteps; i = grammar.Head(i), guard++)
            if (grammar.Relation(i) is Relation.AclRelcl && grammar.Head(i) >= thing) return true;
        return false;
    }

    // A comma within "schools, homes and shops" goes on; before anything else it ends the thing.
    private bool EndsListAt(int comma)
    {
        if (comma + 1 >= _to) return true;
        if (Says(comma + 1, "including") && grammar.Tag(Math.Min(comma + 2, _to - 1)) != Tag.VBG) return false;
        if (Says(comma + 1, "with"))
        {
            // "…, with the governor following suit" is the reporter's; "…, with all that goes with it" is not.
            for (var i = comma + 2; i < Math.Min(_to, comma + 10) && tokens[i].IsWord; i++)
                if (grammar.Tag(i) == Tag.VBG && tokens[i - 1].Capital) return true;
            return false;
        }
        if (tokens[comma + 1].Is(Word.Conjunction) && !Says(comma + 1, "but")) return comma + 2 >= _to || grammar.Tag(comma + 2).IsFinite() || grammar.Tag(comma + 2) == Tag.PRP || ClauseFollows(comma + 2, _to);
        if (!(grammar.Tag(comma + 1).IsNoun() || grammar.Tag(comma + 1) is Tag.JJ or Tag.CD or Tag.DT)) return true;
        for (var i = comma + 1; i < Math.Min(_to, comma + 9); i++)
            if (tokens[i].Is(Word.Conjunction) && !Says(i, "but")) return i + 1 < _to && grammar.Tag(i + 1).IsFinite();
            else if (grammar.Tag(i).IsFinite()) return true;
        return true;
    }

    private static readonly string[] LeadingVerbs = ["warn", "accus", "call", "apologi", "complain", "protest", "ask", "appeal", "plead", "spoke", "speak", "talk", "marvel", "blam", "boast", "inform", "notif", "remind", "advocat", "report", "comment", "allud", "hint", "testif", "told", "provid", "disagree", "caution", "rul"];

    // "disclosed the matter | to the government": who was told is no part of what was told.
    private int BeforeAddressee(int verb, int thing, int to)
    {
        if (!Begins(verb, "disclos", "reveal", "announc", "confirm", "admit")) return to;
        for (var i = thing + 1; i < to - 1; i++)
            if (Says(i, "to") && grammar.Tag(i + 1) != Tag.VB && phrases.StartingAt(i + 1, _to, withPrepositions: false) is { IsEmpty: false } told
                && (tokens[told.Head].Is(Word.Noun | Word.Outlet | Word.Title) || tokens[told.Head].Capital && sources.KindOf(told) == SourceKind.Person)) return i; // and not "flights to Cuba"
        return to;
    }

    private bool Leads(int verb) => Begins(verb, LeadingVerbs);

    // "warned of floods", "called for calm", "protested against the mine", "accused him of fraud"
    private bool Led(Draft draft, int verb, int next, int end)
    {
        if (!Leads(verb)) return false;
        for (var i = next; i < Math.Min(end - 1, next + 8); i++)
        {
            if (!tokens[i].IsWord) return false;
            if (!tokens[i].Is(Word.Preposition) || !Leading.Contains(Text(i).ToString())) continue;
            if (Begins(verb, "spoke", "speak", "talk") && (!Says(i, "of") || i > next)) return false;
            if (i > next && !Says(i, "of") && !Says(i, "for") || Begins(verb, "rul") && !Says(i, "against")) continue;
            if (i > next && Child(verb, Relation.Obj) < 0) return false;
            var noun = grammar.Head(i);
            if (i > next && noun > i && grammar.Head(noun) != verb) continue; // "notified a number of agencies"
            var to = noun > i && grammar.IsWithin(noun, verb) ? EndOfThing(noun) : PhraseEnd(i + 1, end);
            if (tokens[i + 1].Is(Word.Time)) return false;
            var keeps = Says(i, "of");
            Add(draft, keeps ? i : i + 1, Math.Min(end, to));
            return draft.Content.Count > 0;
        }
        return false;
    }

    /// <summary>"It was reported that …", "X was said to have …", "reported by the press as …", "was told by X that …".</summary>
    private Draft? Passive(int verb, (int From, int To) group)
    {
        var t = tokens[verb];
        var draft = new Draft { Construction = "passive", CueToken = verb };
        if (Names(verb) && InWindow(verb + 1) && tokens[verb + 1].Capital) return null; // "a programme called Learning Together"
        if (Text(verb) is "identified" && Child(verb, Relation.OblAgent) < 0 && !Says(verb + 1, "by")) return null;
        if (Text(verb) is "written" or "posted" or "texted" || Text(verb) is "recorded" && !Says(verb + 1, "as") || verb == _from && !Says(verb + 1, "by")) return null; // who wrote it is no claim; "Encouraged to go, she went"
        // "in what has widely been called an accident"
        for (var k = GroupStart(verb) - 1; k >= _from && verb - k < 6; k--)
            if (t.Is(Word.Naming) && Says(k, "what") && InWindow(verb + 1) && (tokens[verb + 1].Is(Word.Determiner) || KindAt(verb + 1) == TokenKind.OpenQuote))
            {
                draft.Form = ContentForm.NounPhrase;
                Add(draft, verb + 1, EndOfThing(verb + 1));
                return draft.Content.Count > 0 ? draft : null;
            }
        var subject = grammar.Relation(verb) == Relation.Acl && grammar.Head(verb) is var noun && noun >= 0 && InWindow(noun) ? PhraseOf(noun) : SubjectOf(verb);
        var next = verb + 1;
        var cue = group;
        if (Says(next, "as") && IsAt(next + 1, Word.Gerund | Word.Reports)) return QuotedAs(draft, verb, subject, group);
        var when = next;
        SkipTime(ref when);
        if (Says(when, "by")) next = when; // "was announced on Friday by the university"
        if (Says(next, "by"))
        {
            var agent = phrases.StartingAt(next + 1, _to);
            if (agent.IsEmpty) return null;
            // "threatened by the pregnancy": what acts is no source.
            if (IsTime(agent) || !IsSource(agent, t) || !tokens[agent.Head].Capital && !tokens[agent.Head].Is(Word.Noun | Word.Title | Word.SubjectPronoun | Word.ObjectPronoun)) return null;
            draft.Links.Add(Speaker(agent, (group.From, next + 1)));
            if (MediumBefore(verb, subject.IsEmpty ? agent : subject) is { } medium) draft.Links.Add(medium);
            draft.Subject = agent;
            next = agent.To;
        }
        else
        {
            // "… is denied by", "was asked on Monday by the court"
            var agent = Child(verb, Relation.OblAgent);
            if (agent > verb && PhraseOf(agent) is { IsEmpty: false } late && IsSource(late, t))
            {
                draft.Links.Add(Speaker(late, cue));
                draft.Subject = late;
            }
        }
        SkipTime(ref next);
        var end = ContentEnd(next, verb);
        if (t.Is(Word.Tells | Word.Directs) && !t.Is(Word.Shows | Word.Naming) || Says(verb, "told"))
        {
            if (next < end && (Says(next, "that", "of", "not") || Says(next, "to") && grammar.Tag(Math.Min(next + 1, _to - 1)) == Tag.VB || KindAt(next) == TokenKind.OpenQuote || Child(verb, Relation.Ccomp) > verb))
            {
                Add(draft, Says(next, "of") && KindAt(next + 1) == TokenKind.OpenQuote ? next + 1 : next, end);
                return draft.Content.Count > 0 ? draft : null;
            }
            if (draft.Links.Count > 0 && t.Is(Word.ReportsThing) && !subject.IsEmpty) return WholeSubject(draft, subject, verb);
            return draft.Links.Count == 0 && IsIssued(verb, subject, next) ? WholeSubject(draft, subject, verb) : null;
        }
        if (Text(verb) is "accused" && Says(next, "of") && Child(verb, Relation.AuxPass) >= 0 && grammar.Relation(verb) != Relation.AclRelcl) { Add(draft, next, end); return draft.Content.Count > 0 ? draft : null; }
        var impersonal = !subject.IsEmpty && Says(subject.From, "it") && subject.To - subject.From == 1;
        if (Says(next, "that") && (impersonal || t.Is(Word.Reports)) || impersonal && (Child(verb, Relation.Ccomp) > verb || t.Is(Word.Reports) && ClauseFollows(next, end))) { Add(draft, next, end); return draft; }
        // "Over a thousand were reported to have reached it": a number may be the subject.
        if (subject.IsEmpty && group.From > _from + 1 && group.From - _from < 5 && grammar.Tag(group.From - 1) == Tag.CD) subject = new(_from, group.From, group.From - 1);
        if (Says(next, "to") && !subject.IsEmpty && (t.Is(Word.Reports) || Says(verb, "found", "shown") && Says(next + 1, "be", "have")) && grammar.Tag(Math.Min(next + 1, _to - 1)) is Tag.VB or Tag.RB)
        {
            Add(draft, subject.From, subject.To);
            Add(draft, next, end);
            return draft;
        }
        if (Says(next, "as") && t.Is(Word.Reports | Word.Shows | Word.Naming))
        {
            draft.Form = ContentForm.NounPhrase;
            var to = PhraseEnd(next + 1, end);
            // "was recorded as magnitude 6.4 by the observatory"
            if (draft.Links.Count > 0 && draft.Subject.From > next && Says(draft.Subject.From - 1, "by")) to = Math.Min(to, draft.Subject.From - 1);
            Add(draft, next + 1, to);
            return draft;
        }
        if (draft.Links.Count > 0 && t.Is(Word.Naming) && KindAt(next) == TokenKind.OpenQuote) { draft.Form = ContentForm.NounPhrase; Add(draft, next, CloseOf(next, _to) is var close and > 0 ? close + 1 : end); return draft; }
        if (draft.Links.Count == 0 && !impersonal && IsIssued(verb, subject, next)) return WholeSubject(draft, subject, verb);
        // "The allegations were denied by the mayor."
        if (draft.Links.Count > 0 && grammar.Relation(verb) != Relation.Acl && t.Is(Word.ReportsThing | Word.Reports) && !subject.IsEmpty && subject.To <= verb && !impersonal && !tokens[subject.Head].Is(Word.SubjectPronoun)) return WholeSubject(draft, subject, verb);
        return null;
    }

    private Draft? WholeSubject(Draft draft, Phrase subject, int verb)
    {
        if (IsTime(subject)) return null;
        draft.Form = ContentForm.NounPhrase;
        var (to, group) = (subject.To, GroupStart(verb));
        while (to < group && tokens[to].Kind is TokenKind.Word or TokenKind.Number && !grammar.Tag(to).IsFinite()) to++;
        draft.Content.Add((subject.From, to == group ? to : subject.To));
        return draft;
    }

    // "Pompeo was quoted (by CNN) as saying …"
    private Draft? QuotedAs(Draft draft, int verb, Phrase subject, (int From, int To) group)
    {
        if (subject.IsEmpty || !tokens[verb].Is(Word.Cites)) return null;
        var next = verb + 3;
        draft.Subject = subject;
        draft.Links.Add(Speaker(subject, (group.From, next)));
        draft.CueToken = next - 1;
        _used.Add(next - 1);
        return Contents(draft, next - 1, subject.From, next, false) ? draft : null;
    }

    // "A judicial inquiry was ordered": by whom is not said.
    private bool IsIssued(int verb, Phrase subject, int next) => tokens[verb].Is(Word.ReportsThing) && Issues(verb) && grammar.Relation(verb) != Relation.Acl && !subject.IsEmpty && subject.To <= verb
        && EndsHere(next) && Child(verb, Relation.AuxPass) >= 0 && !tokens[subject.Head].Is(Word.SubjectPronoun) && !HasNo(subject);

    // "lives were threatened", "the order was challenged" say nothing of what was said.
    private bool Issues(int verb) => Text(verb) is "announced" or "reported" or "ordered" or "confirmed" or "declared" or "denied" or "alleged" or "estimated" or "predicted" or "forecast" or "proposed" or "promised";

    // "no arrests were reported": nothing was said to be.
    private bool HasNo(Phrase p)
    {
        for (var k = p.From; k < p.To; k++)
            if (Says(k, "no")) return true;
        return false;
    }
}
