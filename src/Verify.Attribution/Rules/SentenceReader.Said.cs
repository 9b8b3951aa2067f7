using Verify.Attribution.Language;
using Verify.Attribution.Reading;
using Verify.Attribution.Syntax;

namespace Verify.Attribution.Rules;

internal sealed partial class SentenceReader
{
    /// <summary>Whether the verb tells of something that was said: not "would say", "refused to say", "did not say".</summary>
    private bool Happened(int verb)
    {
        var tag = grammar.Tag(verb);
        if (tokens[verb].Capital && verb != _from && tag is Tag.VB or Tag.VBP && KindAt(verb - 1) == TokenKind.Word) return false;
        for (var c = grammar.FirstChild(verb); c >= 0 && c < verb; c = grammar.NextChild(c))
        {
            if (grammar.Tag(c) == Tag.MD && !Says(c, "will") && !(Says(c, "would") && Says(c + 1, "later"))) return false;
            if (Says(c, "not", "n't", "never") || Says(c, "longer") && Says(c - 1, "no")) return false;
            if (grammar.Relation(c) == Relation.Mark && Says(c, "if", "whether", "without")) return false;
        }
        if (Says(verb - 1, "all", "both") && Says(verb - 2, "not")) return false; // "do not all agree"
        for (var k = GroupStart(verb); k < verb; k++)
            if (tokens[k].Is(Word.Modal) && !Says(k, "will") && !(Says(k, "would") && Says(k + 1, "later"))) return false;
        if (tag != Tag.VB) return true;
        if (IsAt(verb - 1, Word.Be)) return false; // "all we need to do is ask"
        if (Says(verb - 1, "to"))
        {
            // "went on to say", "continued to claim": it was said; "refused to say", "wanted to say": it was not.
            var head = grammar.Head(verb);
            return head >= 0 && Says(head, "went", "goes", "continued", "continues", "appeared", "came");
        }
        return Child(verb, Relation.Aux) >= 0 || Child(verb, Relation.Nsubj) >= 0 || IsNamable(verb - 1);
    }

    // "who asked not to be named": nothing is said of the matter.
    private bool AsksForSilence(int verb) => Says(verb + 1, "not") && Says(verb + 2, "to") && Says(verb + 3, "be") && Says(verb + 4, "named", "identified", "quoted")
        || Says(verb + 1, "anonymity");

    private bool IsPassive(int verb)
    {
        if (grammar.Tag(verb) is not (Tag.VBN or Tag.VBD)) return false;
        if (Says(verb + 1, "by") && (KindAt(verb - 1) == TokenKind.Comma || grammar.Tag(verb) == Tag.VBN) && !IsAt(verb + 2, Word.Gerund)) return true;
        if (tokens[verb].Is(Word.Naming) && KindAt(verb - 1) == TokenKind.Comma && (Child(verb, Relation.Nsubj) < 0 && InsertionBefore(verb - 1) < 0 || VerbBehindComma(verb))) return true;
        if (KindAt(verb - 1) == TokenKind.Comma && InsertionBefore(verb - 1) is var open and > 0 && IsAt(open - 1, Word.Have)) return false; // "has, in a statement, called"
        if (Child(verb, Relation.AuxPass) is var aux and >= 0 && (aux >= GroupStart(verb) || grammar.Tag(verb) == Tag.VBN) || grammar.Tag(verb) == Tag.VBN && (Child(verb, Relation.NsubjPass) >= 0 || Child(verb, Relation.OblAgent) >= 0) && !IsAt(GroupStart(verb), Word.Have)) return true;
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

    // Verbs of saying that report nothing here, whoever their subject is.
    private bool IsNoReport(int verb)
    {
        var t = tokens[verb];
        if (Says(verb, "asked") && Says(verb - 1, "those") && !Says(verb + 1, "to", "that", "for")) return true; // "84% of those asked"
        if (Says(verb, "mourning")) return true; // what people do, for days
        if (grammar.Tag(verb) == Tag.VBG && Says(verb - 1, "least", "most", "more", "less")) return true; // "the least demanding microbes"
        if (AsksForSilence(verb) || OnlyMeant(verb) || grammar.Tag(verb) == Tag.VBG && grammar.Relation(verb) is Relation.Amod or Relation.Compound) return true;
        // "Norhav, citing the harbour master, said": part of that report. "Reports citing sources have said …"
        if (t.Is(Word.Cites) && t.Is(Word.Gerund) && (VerbBehindComma(verb) || KindAt(verb - 1) == TokenKind.Word)) return true;
        // "bishops reporting to themselves", "questions being asked of them"
        if (Begins(verb, "report") && Says(verb + 1, "to") && grammar.Tag(verb) is Tag.VBG or Tag.VB or Tag.VBP && Child(verb, Relation.Ccomp) < 0 && Child(verb, Relation.Obj) < 0) return true;
        if (Says(verb, "asked") && grammar.Relation(verb) == Relation.Acl && Begins(grammar.Head(verb) is >= 0 and var asked ? asked : verb, "question")) return true;
        if (Begins(verb, "read") && Says(verb + 1, "out") || Begins(verb, "show") && Says(verb + 1, "promise", "interest", "signs", "respect")) return true;
        if (grammar.Tag(verb) == Tag.VBG && Begins(verb, "defend", "protest", "welcom") && verb + 1 < _to && grammar.Tag(verb + 1) is Tag.NN or Tag.NNS) return true; // "the defending champion"
        if (Says(verb, "named") && tokens[verb + 1].Capital && IsNamable(verb - 1) && !tokens[verb - 1].Capital) return true; // "a student named Wong"
        // "The city runs a programme called “The Harbour”"
        return t.Is(Word.Naming) && t.Is(Word.Past) && KindAt(verb + 1) == TokenKind.OpenQuote && GroupStart(verb) == verb && !(Child(verb, Relation.Nsubj) is var who and >= 0 && (tokens[who].Capital || tokens[who].Is(Word.Noun | Word.SubjectPronoun))) && KindAt(verb - 1) == TokenKind.Word && grammar.Tag(verb - 1).IsNoun() && HasFiniteVerb(_from, verb);
    }

    // Subjects who with this verb have said nothing.
    private bool SaysNothing(int verb, Phrase subject)
    {
        var t = tokens[verb];
        if (IsNobody(subject)) return true;
        // "I pledge that …" is what is said, not what was; "I have instructed them" does what it says.
        if (IsFirstPerson(subject) && (!t.Is(Word.Past) && grammar.Tag(verb) is Tag.VBP or Tag.VB && Says(subject.Head, "I") || t.Is(Word.Directs) && !t.Is(Word.Tells) && IsAt(GroupStart(verb), Word.Have))) return true;
        // "after reading that summary"; "the letter read: “…”"
        if (Begins(verb, "read") && !tokens[subject.Head].Is(Word.Medium) && QuotationAhead(verb + 1) < 0) return true;
        // "terms offer a way", "it highlights the need": things do, and say nothing.
        if (Begins(verb, "offer") && !IsAnybody(subject) || Begins(verb, "highlight", "underlin", "underscor", "outlin", "demonstrat") && Says(subject.Head, "it", "this", "that", "which")) return true;
        if (Begins(verb, "requir", "provid") && !tokens[subject.Head].Is(Word.DocumentNoun)) return true; // a law does, a task does not
        if (Begins(verb, "found", "find") && !Says(verb + 1, "that") && sources.KindOf(subject) == SourceKind.Person && tokens[subject.Head].Capital && Child(verb, Relation.Ccomp) < 0 && Child(verb, Relation.Obj) > verb && !HasFiniteVerb(verb + 1, PhraseEnd(verb + 1, _to))) return true; // "Brandt found success"
        if (Says(verb, "ruled", "rules") && InWindow(verb + 1) && tokens[verb + 1].Capital && !tokens[verb + 1].Possessive && !HasFiniteVerb(verb + 1, PhraseEnd(verb + 1, _to))) return true; // "ruled Norhav for years"
        if (Begins(verb, "demonstrat") && !Says(verb + 1, "that") && sources.KindOf(subject) == SourceKind.Organization) return true; // "the court demonstrated ignorance"
        return t.Is(Word.Shows) && !t.Is(Word.Reports | Word.ReportsThing) && tokens[subject.Head].Is(Word.SubjectPronoun) && InWindow(subject.From - 1) && grammar.Tag(subject.From - 1).IsNoun(); // "a wreck they found"
    }

    private bool IsAnybody(Phrase p) => tokens[p.Head].Capital || tokens[p.Head].Is(Word.Noun | Word.Title | Word.SubjectPronoun) && !Says(p.Head, "it");

    private bool IsFirstPerson(Phrase p) => _quote != 0 && Says(p.Head, "I", "we");

    // "No organization claimed …", "Not everyone agreed …", "when you told him …": nobody in particular has said anything.
    private bool IsNobody(Phrase p) => Says(p.From, "no", "not", "nobody", "none") || Says(p.Head, "you") || Says(p.From - 1, "not");

    // "suspected of asking for it", "blamed for encouraging them": a gerund behind a preposition is what is meant or held
    // against somebody; "responded by saying" was said.
    private bool OnlyMeant(int verb) => grammar.Tag(verb) == Tag.VBG && (
        // "to mandate reporting it"; "Marchers with a banner saying …" is a caption.
        InWindow(verb - 1) && tokens[verb - 1].Is(Word.Reports) && !tokens[verb].Is(Word.Reports) || Says(verb - 1, "to") ||
        InWindow(verb - 1) && grammar.Tag(verb - 1).IsVerb() && !tokens[verb - 1].Is(Word.Auxiliary | Word.Clitic | Word.Reports) || _quote == 0 && !HasFiniteVerb(_from, _to) ||
        Says(verb - 1, "of", "for", "from", "without", "before", "about") || Says(verb - 1, "in") && InWindow(verb - 2) && grammar.Tag(verb - 2).IsNoun());

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
}
