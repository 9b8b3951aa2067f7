using Verify.Attribution.Language;
using Verify.Attribution.Reading;
using Verify.Attribution.Syntax;

namespace Verify.Attribution.Rules;

internal sealed partial class SentenceReader
{
    /// <summary>"the claim that …", "their demand for …", "a statement that …": a noun announces the content.</summary>
    private Draft? NounCue(int noun)
    {
        var (owner, giving) = (Phrase.None, -1);
        for (var c = grammar.FirstChild(noun); c >= 0; c = grammar.NextChild(c))
            if (InWindow(c) && grammar.Relation(c) == Relation.NmodPoss) owner = c < noun ? PhraseOf(c) : owner;
        var by = noun + 1;
        if (owner.IsEmpty && Says(by, "by") | Says(by, "from") && phrases.StartingAt(by + 1, _to, withPrepositions: false) is { IsEmpty: false } author && IsSource(author, tokens[noun])) { owner = author; by = author.To; }
        // "a statement to the effect (that) …"
        var effect = Says(by, "to") && Says(by + 1, "the") && Says(by + 2, "effect") && InWindow(by + 3);
        if (effect) by += Says(by + 3, "that") ? 3 : 2;
        // "the request of Prime Minister Boris Johnson to suspend Parliament"
        if (owner.IsEmpty && Says(by, "of") && phrases.StartingAt(by + 1, _to) is { IsEmpty: false } asker && Says(asker.To, "to") && IsSource(asker, tokens[noun])) { owner = asker; by = asker.To; }
        // "the council issued a warning that …": who gave it is the subject of the verb that the noun completes.
        if (owner.IsEmpty && (effect || Says(by, "that")) && grammar.Relation(noun) == Relation.Obj && grammar.Head(noun) is var act && act >= 0 && InWindow(act) && Happened(act) && !IsPassive(act)
            && SubjectOf(act) is { IsEmpty: false } giver && IsSource(giver, tokens[noun])) (owner, giving) = (giver, act);
        var draft = new Draft { Construction = "noun-cue", CueToken = noun, Subject = owner };
        if (!owner.IsEmpty) draft.Links.Add(Speaker(owner, giving >= 0 ? VerbGroup(giving) : (noun, noun + 1)));
        if (giving >= 0 && tokens[noun].Is(Word.Medium)) draft.Links.Add(new(LinkRole.Medium, PhraseOf(noun), VerbGroup(giving)));
        if (effect || Says(by, "that") && (grammar.Tag(by) == Tag.IN || Child(noun, Relation.AclRelcl) < 0) && !_drafts.Exists(d => d.Content.Exists(c => c.From >= by && c.From <= by + 2)))
        {
            Add(draft, by + 1, EndOfNounClause(by + 1, noun));
            return draft;
        }
        // "The government's argument was that …", "Their demands include a new inquiry"
        if ((!owner.IsEmpty && IsAt(by, Word.Be) || Says(by, "remains", "remained")) && Says(by + 1, "that")) { Add(draft, by + 1, ContentEnd(by + 1, noun)); return draft; }
        if (!owner.IsEmpty && KindAt(by) == TokenKind.Word && grammar.Tag(by).IsVerb() && Lists(ref by)) { draft.Form = ContentForm.NounPhrase; Add(draft, by, ContentEnd(by, noun)); return draft; }
        // "after revelations he had sent the messages", "a claim the wells were safe"
        if (!tokens[noun].Is(Word.Reports) && InWindow(by) && (tokens[by].Is(Word.Determiner | Word.SubjectPronoun) || tokens[by].Capital) && !(_quote != 0 && Says(by, "I", "we")) && grammar.Tag(by) is Tag.DT or Tag.PRP or Tag.PRPS or Tag.NNP && ClauseFollows(by, Math.Min(_to, by + 12))) { Add(draft, by, ContentEnd(by, noun)); return draft; }
        // "to include demands for an inquiry": by whom is not said.
        if (owner.IsEmpty && grammar.Tag(noun) == Tag.NNS && Says(by, "for") && Says(noun, "demands", "calls")) { draft.Form = ContentForm.NounPhrase; Add(draft, by + 1, EndOfThing(Math.Min(by + 1, _to - 1))); return draft; }
        if (owner.IsEmpty) return null; // a bare "claims of" names no source; left to a reader
        var of = Child(noun, Relation.Nmod);
        if (Says(by, "to") && grammar.Tag(Math.Min(by + 1, _to - 1)) == Tag.VB) { Add(draft, by, ContentEnd(by, noun)); return draft; }
        if (Says(by, "for", "of") && InWindow(by + 1))
        {
            draft.Form = ContentForm.NounPhrase;
            Add(draft, by + 1, EndOfThing(of > noun ? of : by + 1));
            return draft;
        }
        return null;
    }

    // "demands include", "have included", "were"
    private bool Lists(ref int verb)
    {
        while (IsAt(verb, Word.Have)) verb++;
        if (!Says(verb, "include", "included", "includes", "including")) return false;
        verb++;
        return true;
    }

    /// <summary>"issued a flood warning", "made threats against the mayor", "offered condolences to the families".</summary>
    private Draft? Given(int noun)
    {
        if (!grammar.Tag(noun).IsNoun() || grammar.Relation(noun) != Relation.Obj || grammar.Head(noun) is not (>= 0 and var verb) || !InWindow(verb) || verb > noun || !tokens[verb].Is(Word.Gives) || !Happened(verb) || IsPassive(verb) || OnlyMeant(verb)) return null;
        if (Says(noun + 1, "that") || KindAt(noun + 1) == TokenKind.Colon || Says(noun + 1, "to") && grammar.Tag(Math.Min(noun + 2, _to - 1)) == Tag.VB) return null; // the noun announces its content
        if (_drafts.Exists(d => d.CueToken == verb) || Begins(verb, "dr") && !Begins(noun, "compari")) return null; // "drew criticism": from others
        var subject = WhoSays(verb);
        if (subject.IsEmpty || !IsSource(subject, tokens[noun] with { Word = Word.Reports }) || SaysNothing(verb, subject)) return null;
        var draft = new Draft { Construction = "given", CueToken = verb, Subject = subject, Form = ContentForm.NounPhrase };
        draft.Links.Add(Speaker(subject, VerbGroup(verb)));
        if (MediumBefore(verb, subject) is { } medium) AddMedium(draft, medium);
        var (from, to) = (Math.Max(verb + 1, Math.Min(grammar.Left(noun), noun)), EndOfThing(noun));
        if (from - 1 > verb && Says(from - 1, "her")) from--;
        if (tokens[noun].Quote != _quote && CloseOf(noun, _to) is var close and > 0) to = Math.Min(to, close); // no further than the part quotation that it stands in
        // "made his recommendations" does not tell which.
        if (to == noun + 1 && (from == noun || from == noun - 1 && tokens[from].Is(Word.Determiner)) && !Begins(noun, "condol") && !Begins(noun, "apolog") && !Begins(noun, "sympath")) return null;
        Add(draft, from, to);
        LinkBehind(draft, verb);
        return draft;
    }

    /// <summary>"… that a man had been stabbed: “He was …”": the same source goes on in its own words.</summary>
    private Draft? Illustration(Draft draft)
    {
        var colon = 0;
        foreach (var (_, to) in draft.Content) colon = Math.Max(colon, to);
        if (draft.Links.Count == 0 || KindAt(colon) != TokenKind.Colon || KindAt(colon + 1) != TokenKind.OpenQuote || colon < draft.CueToken) return null;
        var quoted = new Draft { Construction = "colon", CueToken = draft.CueToken, Subject = draft.Subject };
        quoted.Links.AddRange(draft.Links);
        Add(quoted, colon + 1, CloseOf(colon + 1, _to) is var close and > 0 ? close + 1 : _to);
        return quoted;
    }

    // "the claim that the wells were safe | was repeated": the noun's own verb ends what it announces.
    private int EndOfNounClause(int from, int noun)
    {
        var end = ContentEnd(from, noun);
        var verbs = 0;
        for (var i = from; i < end; i++)
        {
            if (!grammar.Tag(i).IsFinite() && grammar.Tag(i) != Tag.MD) continue;
            var main = grammar.Relation(i) is Relation.Aux or Relation.AuxPass or Relation.Cop ? grammar.Head(i) : i;
            if (verbs > 0 && main >= 0 && (Child(main, Relation.Nsubj) == noun || Child(main, Relation.NsubjPass) == noun)) return i;
            if (verbs > 0 && tokens[i - 1].Kind == TokenKind.Word && !tokens[i - 1].Is(Word.Conjunction | Word.Relative | Word.SubjectPronoun) && Child(i, Relation.Nsubj) < 0 && Child(i, Relation.NsubjPass) < 0
                && !grammar.Tag(i - 1).IsNoun() && (grammar.Head(i) < 0 || Child(grammar.Head(i), Relation.NsubjPass) < 0 && (Child(grammar.Head(i), Relation.Nsubj) < from || Child(grammar.Head(i), Relation.Nsubj) > i))) return i;
            verbs++;
        }
        return end;
    }
}
