using Verify.Attribution.Language;
using Verify.Attribution.Reading;
using Verify.Attribution.Syntax;

namespace Verify.Attribution.Rules;

internal sealed partial class SentenceReader
{
    private const int MostSteps = 6; // from a verb to the one that lends it its subject

    /// <summary>Who says what the verb says: its own subject, or that of the verb it depends on.</summary>
    private Phrase SubjectOf(int verb, int step = 0)
    {
        if (step > MostSteps || !InWindow(verb)) return Phrase.None;
        // "despite Znak.com claiming", "with officials reporting"
        if (grammar.Tag(verb) == Tag.VBG && step == 0 && verb - 1 > _from && (tokens[verb - 1].Capital || tokens[verb - 1].Is(Word.Noun | Word.Outlet)) && grammar.Tag(verb - 1).IsNoun()
            && PhraseOf(tokens[verb - 1].Capital ? verb - 1 : TopOfPhrase(verb - 1)) is { IsEmpty: false } beside && beside.From > _from && Says(beside.From - 1, "with", "despite", "amid", "without")) return beside;
        if (step == 0 && NameBeforeApposition(verb) is { IsEmpty: false } bearing) return bearing;
        // The one next to the verb: a title before a name may be taken for a subject of its own.
        var nearest = -1;
        for (var c = grammar.FirstChild(verb); c >= 0; c = grammar.NextChild(c))
            if (InWindow(c) && grammar.Relation(c) is Relation.Nsubj or Relation.NsubjPass && (nearest < 0 || c < verb) && (c < verb ? !EndsBeforeConjunction(c, verb) : grammar.Left(c) <= verb + 2 && !VerbFollows(c)) && !(nearest >= 0 && Child(c, Relation.Cc) is var joins and >= 0 && joins < c) && !(tokens[c].Is(Word.Time) && !tokens[c].Is(Word.Noun)) && !Says(c, "late", "early", "since") && !(tokens[c].Kind == TokenKind.Number && KindAt(c + 1) is TokenKind.Comma or TokenKind.Dash)) nearest = c;
        // "one said it was so and several said it was not"
        if (step == 0 && GroupStart(verb) - 1 is var few && few > _from && Says(few, "several", "others", "some", "many") && (tokens[few - 1].Is(Word.Conjunction) || KindAt(few - 1) == TokenKind.Comma)) return new(few, few + 1, few);
        // "…, and on Twitter referred to it as": what carried the words does not speak; who did the last thing goes on.
        if (nearest > _from + 1 && nearest < verb && tokens[nearest].Is(Word.PostNoun) && tokens[nearest].Capital && Carries(nearest - 1) && tokens[nearest - 2].Is(Word.Conjunction))
        {
            for (var k = nearest - 3; k > _from; k--)
                if (grammar.Tag(k).IsFinite() && tokens[k].Quote == _quote) return SubjectOf(k, step + 1);
            return Phrase.None;
        }
        if (nearest >= 0)
        {
            var c = nearest;
            if (c < verb && BeforeInsertions(verb, c) is >= 0 and var bare && IsNamable(bare)) return Whole(PhraseOf(TopOfPhrase(bare)));
            // "according to CNN who reported …"
            if (grammar.Tag(c) == Tag.WP && IsNamable(c - 1) && tokens[c - 1].Capital && Child(c - 1, Relation.Case) is var before and >= 0 && !Says(before, "of", "for", "at", "in")) return PhraseOf(c - 1);
            if (grammar.Relation(verb) == Relation.AclRelcl && (grammar.Tag(c) is Tag.WDT or Tag.WP || Says(c, "that")))
                return grammar.Head(verb) is var owner && owner >= 0 && InWindow(owner) ? PhraseOf(owner) : Phrase.None;
            if (grammar.Tag(c) is Tag.WP or Tag.WDT && c - 1 > _from)
            {
                var named = tokens[c - 1].Kind is TokenKind.Comma or TokenKind.Dash ? c - 2 : c - 1;
                // "Lea Brandt, an ecologist and professor at Norhav, who said"
                if (named == c - 2 && InsertionBefore(c - 1) is var open and > 0 && open > _from && tokens[open - 1].Capital && PhraseOf(TopOfPhrase(open - 1)) is { IsEmpty: false } person && sources.KindOf(person) == SourceKind.Person) return person;
                // "a plea from the rowers' lawyers, who argued …", "according to CNN who reported …": those next to it, and not what is from them.
                if (IsNamable(named) && Child(named, Relation.Case) is var leads and >= 0 && !Says(leads, "of", "for", "at", "in")) return PhraseOf(named);
                return IsNamable(named) ? Whole(PhraseOf(TopOfPhrase(named))) : Phrase.None;
            }
            // "Lea Brandt, who was a candidate, announced": what a relative clause says of her is not the subject.
            if (Child(c, Relation.Cop) - 1 is var who and > 0 && InWindow(who) && grammar.Tag(who) is Tag.WP or Tag.WDT && who < c && (KindAt(who - 1) == TokenKind.Comma ? who - 2 : who - 1) is var bearer && IsNamable(bearer)) return Whole(PhraseOf(TopOfPhrase(bearer)));
            // "Lea Brandt of the University of Norhav, Eldmoor disagreed": the place belongs to what it stands behind.
            var begins = c;
            while (begins > _from && tokens[begins - 1] is { Kind: TokenKind.Word, Capital: true }) begins--;
            if (KindAt(begins - 1) == TokenKind.Comma && tokens[c].Capital && c + 1 == GroupStart(verb) && grammar.Tag(c) == Tag.NNP && IsNamable(begins - 2) && tokens[begins - 2].Capital && PhraseOf(TopOfPhrase(begins - 2)) is { IsEmpty: false } from && from.To >= begins - 1 && from.Head < begins - 2 && sources.KindOf(from) == SourceKind.Person && !tokens[from.From].Is(Word.Preposition) && (from.From == _from || !tokens[from.From - 1].Is(Word.Preposition)))
                return phrases.Named(from.From, c + 1, from.Head);
            return UpTo(verb, Whole(PhraseOf(c)));
        }
        if (nearest < 0 && grammar.Tag(verb).IsFinite() && KindAt(GroupStart(verb) - 1) == TokenKind.Comma && BeforeInsertions(verb, GroupStart(verb) - 2) is >= 0 and var outer && IsNamable(outer)) return Whole(PhraseOf(TopOfPhrase(outer)));
        if (grammar.Tag(verb) == Tag.VBD && NounBehindComma(verb) is { IsEmpty: false } alone) return alone;
        if ((grammar.Relation(verb) == Relation.Conj || GroupStart(verb) < verb) && SubjectBehindConjunction(verb) is { IsEmpty: false } own) return own;
        var head = grammar.Head(verb);
        if (head >= 0 && InWindow(head))
            switch (grammar.Relation(verb))
            {
                // "reported a source, whom they did not name, said …"
                case Relation.Conj when KindAt(verb - 1) == TokenKind.Comma && InsertionBefore(verb - 1) is var open and > 0 && tokens[open + 1].Is(Word.Relative) && IsNamable(open - 1):
                    return Whole(PhraseOf(TopOfPhrase(open - 1)));
                case Relation.Conj when grammar.Tag(head).IsVerb() && head < verb:
                    // "did not mention if there were casualties, but said …": behind a comma the sentence's own verbs go on.
                    if (grammar.Relation(head) is Relation.Ccomp or Relation.Advcl && IsAt(verb - 1, Word.Conjunction) && KindAt(verb - 2) == TokenKind.Comma && Above(head) is var main and >= 0 && InWindow(main) && tokens[main].Is(Word.Cue)) head = main;
                    // "accused him of misleading her, and argued": a past tense is on a level with another, not with a gerund.
                    if (grammar.Tag(verb) == Tag.VBD && grammar.Tag(head) is Tag.VBG or Tag.VBN && Above(head) is var finite and >= 0 && InWindow(finite)) head = finite;
                    return SubjectOf(head, step + 1);
                case Relation.Advcl or Relation.Xcomp when grammar.Tag(verb) is Tag.VBG or Tag.VBN or Tag.VB:
                    return SubjectOf(head, step + 1);
                case Relation.Parataxis when grammar.Tag(verb) is Tag.VBG:
                    return SubjectOf(head, step + 1);
                case Relation.Acl when grammar.Tag(verb) is Tag.VBG && grammar.Tag(head).IsNoun() && head < verb:
                    return KindAt(verb - 1) == TokenKind.Comma && Above(head) is var above && above >= 0 ? SubjectOf(above, step + 1) : PhraseOf(head);
                case Relation.Acl when grammar.Tag(verb) == Tag.VBD && head < verb && grammar.Tag(head).IsNoun() && KindAt(verb - 1) != TokenKind.Comma:
                    return Whole(PhraseOf(head));
                case Relation.AclRelcl when head < verb && KindAt(verb - 1) != TokenKind.Comma:
                    return PhraseOf(head);
            }
        return SubjectNextTo(verb);
    }

    // "accused him of misleading the Queen, and argued": what stands before the conjunction is not the verb's.
    private bool EndsBeforeConjunction(int noun, int verb)
    {
        var before = GroupStart(verb) - 1;
        while (before > noun && tokens[before].Is(Word.Adverb)) before--;
        return IsAt(before, Word.Conjunction) && KindAt(before - 1) == TokenKind.Comma && grammar.Right(noun) <= before && before - noun < 4;
    }

    // "…, but both Saudi Arabia and the United States have alleged": a subject of its own that the grammar has given to others.
    private Phrase SubjectBehindConjunction(int verb)
    {
        var to = GroupStart(verb);
        if (!IsNamable(to - 1) || tokens[to - 1].Quote != _quote) return Phrase.None;
        var from = to - 1;
        while (from > _from && to - from < 10 && tokens[from - 1].Kind == TokenKind.Word && (grammar.Tag(from - 1).IsNoun() || grammar.Tag(from - 1) is Tag.DT or Tag.JJ or Tag.PRPS or Tag.POS || tokens[from - 1].Is(Word.Conjunction))) from--;
        if (KindAt(from - 1) != TokenKind.Comma || !tokens[from].Is(Word.Conjunction)) return Phrase.None;
        from += Says(from + 1, "both") ? 2 : 1;
        return from < to ? phrases.Named(from, to, to - 1) : Phrase.None;
    }

    // "…, said the ban is over": what stands behind the verb is the subject of another.
    private bool VerbFollows(int noun)
    {
        var next = grammar.Right(noun);
        while (IsAt(next, Word.Adverb)) next++;
        return InWindow(next) && (grammar.Tag(next).IsFinite() || grammar.Tag(next) == Tag.MD);
    }

    // "Connecticut | Governor Ned Lamont said": what stands between a subject and its verb, and is of nouns alone, belongs to
    // it; what carried the words ("… on Twitter") does not.
    private Phrase UpTo(int verb, Phrase p)
    {
        if (p.IsEmpty) return p;
        p = WithName(p);
        var to = p.To;
        var group = GroupStart(verb);
        while (to < group && tokens[to].Kind == TokenKind.Word && tokens[to].Quote == _quote && !tokens[to].Is(Word.Time | Word.Adverb | Word.Preposition) && (tokens[to].Capital || grammar.Tag(to).IsNoun() || tokens[to].Possessive)) to++;
        if (to == group && to > p.To) p = phrases.Named(p.From, to, p.Head);
        for (var k = p.From + 1; k < p.To - 1; k++)
            if (Carries(k) && !Says(k, "at") && tokens[k + 1].Is(Word.PostNoun) && tokens[k + 1].Capital) return phrases.Named(p.From, k, p.Head);
        return p;
    }

    // "the Red Cross | chair Lea Brandt, in remarks …": an office and its holder go on behind the name of an organization.
    private Phrase WithName(Phrase p)
    {
        var to = p.To;
        if (!tokens[to - 1].Capital) return p;
        while (to < _to && tokens[to].Kind == TokenKind.Word && tokens[to].Quote == _quote && !tokens[to].Is(Word.Time) && !grammar.Tag(to).IsVerb() && (tokens[to].Capital || tokens[to].Is(Word.Title | Word.PersonNoun))) to++;
        return to > p.To && tokens[to - 1].Capital && KindAt(to) is TokenKind.Comma or TokenKind.OpenBracket ? phrases.Named(p.From, to, to - 1) : p;
    }

    // "the club's chairman, Udo Kern": where the first part names an office, the name behind the comma belongs to it.
    private Phrase WithApposition(Phrase p)
    {
        if (p.IsEmpty || KindAt(p.To) != TokenKind.Comma || tokens[p.Head].Capital && !tokens[p.Head].Is(Word.Title) || !tokens[p.Head].Is(Word.PersonNoun | Word.Title)) return p;
        var to = p.To + 1;
        while (to < _to && tokens[to].Kind == TokenKind.Word && tokens[to].Capital && tokens[to].Quote == _quote) to++;
        if (to - p.To - 1 is >= 2 and <= 4 && (to >= _to || !tokens[to].IsWord)) return phrases.Named(p.From, to, p.Head);
        // "Another co-author, engineering professor Lea Brandt,"
        while (to < _to && to - p.To < 12 && tokens[to].Kind == TokenKind.Word && tokens[to].Quote == _quote && !grammar.Tag(to).IsFinite() && !tokens[to].Is(Word.Relative)) to++;
        return KindAt(to) == TokenKind.Comma && to - p.To > 3 && tokens[to - 1].Capital && tokens[to - 2].Capital ? new(p.From, to, to - 1) : p;
    }

    // A subject never stands behind a preposition. Where it seems to, it is the end of a longer phrase ("two people familiar
    // with the matter"), or a name that follows a phrase of its own ("In a tweet on Monday Mara Voss said").
    private Phrase Whole(Phrase p)
    {
        if (grammar.Tag(p.Head) == Tag.PRP) return p;
        if (NameBeforeDoing(p.From) is { IsEmpty: false } doer) return doer;
        // "Bloomberg which first acquired the cable reported": the cable belongs to the clause of another.
        for (var k = p.From - 1; k > _from && p.From - k < 9 && tokens[k].IsWord; k--)
            if (grammar.Tag(k) is Tag.WDT or Tag.WP && grammar.Tag(k - 1).IsNoun())
            {
                if (HasFiniteVerb(k, p.From)) p = PhraseOf(TopOfPhrase(k - 1));
                break;
            }
        for (var guard = 0; guard < 3 && p.From - 1 >= _from && tokens[p.From - 1].Is(Word.Preposition) && grammar.Tag(p.From - 1) is Tag.IN or Tag.TO; guard++)
        {
            var before = p.From - 2;
            if (before >= _from && Text(before) is "familiar" or "close") before--;
            if (before >= _from && tokens[before].Quote == _quote && (grammar.Tag(before).IsNoun() && !tokens[before].Is(Word.Time)))
            {
                var owner = PhraseOf(TopOfPhrase(before));
                if (owner.From >= p.From) break;
                // "Pompeo in a cable has ordered": the cable carries his words.
                p = Carries(p.From - 1) && IsMedium(p) ? owner with { To = Math.Min(owner.To, p.From - 1) } : phrases.Named(owner.From, p.To, owner.Head);
                continue;
            }
            if (before - 1 >= _from && grammar.Tag(before) == Tag.VBN && grammar.Tag(before - 1).IsNoun())
            {
                // "in a cable sent to all missions"
                var carrier = PhraseOf(TopOfPhrase(before - 1));
                p = carrier.From < p.From ? phrases.Named(carrier.From, before, carrier.Head) : p;
                continue;
            }
            var name = p.To - 1;
            while (name > p.From && tokens[name].Capital && tokens[name - 1].Kind == TokenKind.Word && tokens[name - 1].Capital && !tokens[name - 1].Is(Word.Time)) name--;
            if (name > p.From && tokens[name].Capital) return phrases.Named(name, p.To, p.To - 1);
            break;
        }
        return p;
    }

    private int Above(int noun)
    {
        for (var (i, guard) = (grammar.Head(noun), 0); i >= 0 && guard < MostSteps; i = grammar.Head(i), guard++)
            if (grammar.Tag(i).IsVerb()) return i;
        return -1;
    }

    // Where the grammar found no subject, the nearest noun phrase before the verb may be it.
    private Phrase SubjectNextTo(int verb)
    {
        var before = GroupStart(verb) - 1;
        while (before > _from && (tokens[before].Is(Word.Adverb | Word.Time) || grammar.Tag(before) == Tag.RB || Says(before, "both") || tokens[before].Is(Word.Preposition) && tokens[before + 1].Is(Word.Time))) before--;
        if (NameBeforeDoing(before) is { IsEmpty: false } name) return name;
        if (before > _from && tokens[before].Kind == TokenKind.CloseBracket)
        {
            while (before > _from && tokens[before].Kind != TokenKind.OpenBracket) before--;
            before--;
        }
        if (before > _from && tokens[before].Kind is TokenKind.Comma or TokenKind.Dash && InsertionBefore(before) is var open and > 0)
        {
            var close = before;
            // "On Monday morning, Director Lea Brandt of Norhav, announced": a comma too many.
            if (BeforeInsertions(verb, close - 1) is >= 0 and var bare && bare < open - 1 && IsNamable(bare)) return Whole(PhraseOf(TopOfPhrase(bare)));
            if (tokens[open - 1].Is(Word.Time)) return phrases.Named(open + 1, close, open + 1);
            before = open - 1;
            while (before > _from && tokens[before].Is(Word.Have)) before--;
            if (tokens[open + 1].Capital && grammar.Tag(before).IsNoun() && !tokens[before].Is(Word.Time) && PhraseOf(TopOfPhrase(before)) is var named && named.To == open) return phrases.Named(named.From, close, named.Head);
        }
        if (before < _from || tokens[before].Quote != _quote || tokens[verb].Is(Word.Gerund)) return Phrase.None;
        if (!IsNamable(before)) return Phrase.None;
        var beside = UpTo(verb, Whole(PhraseOf(TopOfPhrase(before))));
        // "…, and on Twitter referred to it": what a preposition governs does nothing.
        return beside.From > _from && tokens[beside.From - 1].Is(Word.Preposition) && grammar.Tag(beside.From - 1) == Tag.IN && IsAt(beside.From - 2, Word.Conjunction) ? Phrase.None : beside;
    }

    private bool IsNamable(int i) => InWindow(i) && (grammar.Tag(i).IsNoun() || grammar.Tag(i) is Tag.PRP || tokens[i].Is(Word.Noun));

    private int TopOfPhrase(int noun)
    {
        for (var guard = 0; guard < MostSteps; guard++)
        {
            var head = grammar.Head(noun);
            if (head < 0 || !InWindow(head) || tokens[head].Is(Word.Time) && !tokens[noun].Is(Word.Time) || head > noun && grammar.Relation(noun) is not (Relation.Compound or Relation.Flat) || !grammar.Tag(head).IsNoun()) return noun;
            if (grammar.Relation(noun) is not (Relation.Flat or Relation.Compound or Relation.Nmod or Relation.Appos or Relation.Conj or Relation.NmodUnmarked)) return noun;
            noun = head;
        }
        return noun;
    }

    /// <summary>The noun phrase around its head word as it stands, without a following clause.</summary>
    private Phrase PhraseOf(int head)
    {
        if (grammar.Tag(head) is Tag.PRP) return new(head, head + 1, head);
        if (grammar.Relation(head) == Relation.Flat && grammar.Head(head) is var whole && InWindow(whole)) head = whole; // the last word of a name bears the others
        var from = head;
        for (var c = grammar.FirstChild(head); c >= 0 && c < head; c = grammar.NextChild(c))
            if (InWindow(c) && !(tokens[c].Is(Word.Time) && KindAt(c + 1) == TokenKind.Comma) && grammar.Relation(c) is not (Relation.Punct or Relation.Case or Relation.Mark or Relation.Cc or Relation.Advcl or Relation.Parataxis or Relation.Cop or Relation.Nsubj or Relation.Aux or Relation.Obl or Relation.Discourse))
            {
                from = Math.Max(_from, Math.Min(from, grammar.Left(c)));
                break;
            }
        var to = head + 1;
        for (var c = grammar.FirstChild(head); c >= 0; c = grammar.NextChild(c))
        {
            if (c < head || !InWindow(c)) continue;
            if (!Belongs(c, head)) { if (grammar.Relation(c) is Relation.Punct or Relation.Case) continue; break; }
            to = Math.Max(to, Math.Min(_to, EndOfPart(c)));
        }
        while (to - 1 > head && (tokens[to - 1].Kind is TokenKind.Comma or TokenKind.OpenBracket or TokenKind.OpenQuote || tokens[to - 1].Is(Word.Preposition) && grammar.Tag(to - 1) == Tag.IN)) to--;
        if (to < _to && tokens[to].Kind == TokenKind.CloseBracket && Opened(from, to)) to++;
        from = WidenedLeft(from);
        for (var k = from; k < head; k++)
            if (tokens[k].Kind == TokenKind.Semicolon || tokens[k].Is(Word.Time) && tokens[k + 1].Is(Word.Determiner) && !tokens[k + 1].Capital) from = k + 1;
        while (from < head && (!tokens[from].IsWord || tokens[from].Is(Word.Conjunction) || Says(from, "when"))) from++;
        return phrases.Named(from, to, head);
    }

    // "Deputy Emergency Situations Minister Alexander …": the grammar may have torn a long title from its name.
    private int WidenedLeft(int from)
    {
        while (from > _from && !(tokens[from].Is(Word.Determiner) && !tokens[from].Capital) && tokens[from - 1].Kind == TokenKind.Word && tokens[from - 1].Quote == tokens[from].Quote)
        {
            var before = grammar.Tag(from - 1);
            if (tokens[from - 1].Is(Word.Time) || before is not (Tag.NN or Tag.NNS or Tag.NNP or Tag.NNPS or Tag.JJ or Tag.DT or Tag.PRPS or Tag.POS)) break;
            from--;
            if (before is Tag.DT or Tag.PRPS) break;
        }
        return from;
    }

    private bool Opened(int from, int to)
    {
        for (var i = to - 1; i >= from; i--)
            if (tokens[i].Kind == TokenKind.OpenBracket) return true;
            else if (tokens[i].Kind == TokenKind.CloseBracket) return false;
        return false;
    }

    private bool Belongs(int child, int head) => grammar.Relation(child) switch
    {
        Relation.Flat or Relation.Compound or Relation.Fixed or Relation.Nummod or Relation.Det or Relation.NmodPoss => true,
        Relation.Nmod => !tokens[child].Is(Word.Time) && !CarriesWords(child),
        Relation.Amod => child == head + 1,
        Relation.Appos => !tokens[child].Is(Word.Time),
        Relation.NmodUnmarked => !tokens[child].Is(Word.Time),
        Relation.Conj => grammar.Tag(child).IsNoun() && Child(child, Relation.Nsubj) < 0,
        Relation.Acl => tokens[child].Is(Word.Past) is false && grammar.Tag(child) is Tag.VBN && Says(child + 1, "with"),
        _ => false,
    };

    // "Joshua Wong on Twitter": what the words were carried by is no part of who spoke.
    private bool CarriesWords(int noun)
    {
        var preposition = Child(noun, Relation.Case);
        return preposition >= 0 && Carries(preposition) && !Says(preposition, "at") && tokens[noun].Is(Word.Medium) && !tokens[noun].Is(Word.OrganizationNoun);
    }

    // A part of the phrase may itself bear a clause ("the head of the agency, who …"): the phrase ends before it.
    private int EndOfPart(int part)
    {
        var to = part + 1;
        for (var c = grammar.FirstChild(part); c >= 0; c = grammar.NextChild(c))
        {
            if (c < part || !InWindow(c)) continue;
            if (grammar.Relation(c) is Relation.Punct or Relation.Case) { if (grammar.Relation(c) == Relation.Case) to = Math.Max(to, c + 1); continue; }
            if (!Belongs(c, part)) break;
            to = Math.Max(to, EndOfPart(c));
        }
        return to;
    }

    private int GroupStart(int verb)
    {
        var from = verb;
        for (var i = verb - 1; i >= _from && (tokens[i].Is(Word.Auxiliary) || tokens[i].Is(Word.Adverb) && !tokens[i].Is(Word.Time) || Says(i, "since") && IsAt(i - 1, Word.Have)); i--)
            if (tokens[i].Is(Word.Auxiliary)) from = i;
        return from;
    }

    private (int From, int To) VerbGroup(int verb) => (GroupStart(verb), verb + 1);

    private bool IsTime(Phrase p)
    {
        for (var k = p.From; k < p.To; k++)
            if (tokens[k].Is(Word.Time)) return true;
        return p.To - p.From == 1 && tokens[p.From].Kind == TokenKind.Number;
    }

    private bool IsMedium(Phrase p) => tokens[p.Head].Is(Word.Medium) && (!tokens[p.Head].Capital || tokens[p.Head].Is(Word.PostNoun) || Text(p.Head) is "TV")
        || sources.KindOf(p) is SourceKind.Document or SourceKind.Post or SourceKind.Broadcast;

    private bool IsSource(Phrase subject, Token verb)
    {
        var head = tokens[subject.Head];
        if (head.Kind != TokenKind.Word || head.Is(Word.Relative) && !head.Is(Word.SubjectPronoun) || Says(subject.Head, "who", "a", "an", "the") && !head.Is(Word.OrganizationNoun)) return false;
        if (head.Is(Word.SubjectPronoun | Word.Noun | Word.Title | Word.Outlet | Word.ContentNoun) || head.Capital) return !head.Is(Word.Time) || head.Is(Word.Noun);
        if (head.Is(Word.Time) || IsTime(subject)) return false;
        if (verb.Is(Word.Shows) && !verb.Is(Word.Reports | Word.ReportsThing)) return false;
        // An ordinary noun may speak ("the attacker", "one passer-by") when the verb leaves no doubt.
        return verb.Is(Word.Reports | Word.Directs);
    }
}
