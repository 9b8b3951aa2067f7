using Verify.Attribution.Language;
using Verify.Attribution.Reading;
using Verify.Attribution.Syntax;

namespace Verify.Attribution.Rules;

internal sealed partial class SentenceReader
{
    // The verb's own subject, one that it shares with another report, or one that stands behind it.
    private Phrase WhoSays(int verb)
    {
        var tag = grammar.Tag(verb);
        var subject = tag == Tag.VBG && verb > _from ? AbsoluteSubject(verb) is { IsEmpty: false } own ? own : SharedSubject(verb) : Phrase.None;
        // "the parents tried to have him released by saying": who did it by saying so.
        if (subject.IsEmpty && tag == Tag.VBG && Says(verb - 1, "by") && MainSubject(verb) is { IsEmpty: false } doer) subject = doer;
        if (verb == _from && tag == Tag.VBD && NameBeforeQuotation(verb) is { IsEmpty: false } remarked) return remarked;
        if (subject.IsEmpty) subject = SubjectOf(verb);
        if (!subject.IsEmpty && tokens[subject.Head].Quote != _quote) subject = Phrase.None; // who is within the quotation does not speak outside of it
        // "In finding that he was wrongly sworn in, the court also …"
        if (subject.IsEmpty && tag == Tag.VBG && verb == _from + 1 && Says(_from, "in", "by", "while", "when", "after")) subject = BehindComma(verb);
        if (subject.IsEmpty && verb == _from) subject = tag == Tag.VBG ? BehindComma(verb) : tag == Tag.VBD ? SubjectBehind(verb) : subject;
        if (subject.IsEmpty && tag == Tag.VBG && KindAt(verb - 1) == TokenKind.Comma) subject = MainSubject(verb);
        // "…, reported officials, with 25 others injured": two plain words between commas turn round.
        if (tag == Tag.VBD && KindAt(verb - 1) == TokenKind.Comma && tokens[verb].Is(Word.Reports) && IsAt(verb + 1, Word.AnonymousNoun | Word.GroupNoun) && KindAt(verb + 2) == TokenKind.Comma) return new(verb + 1, verb + 2, verb + 1);
        if (FollowsQuotation(verb) && (subject.IsEmpty || tag is Tag.VBD or Tag.VBZ && Inverts(verb))) subject = SubjectBehind(verb);
        return subject.IsEmpty && (tag.IsFinite() || tag == Tag.VBN) ? CoordinatedSubject(verb) : subject;
    }

    // "Remarked Center for Wild Waters scientist Lea Brandt, “…”"
    private Phrase NameBeforeQuotation(int verb)
    {
        for (var k = verb + 1; k < Math.Min(_to - 1, verb + 14) && tokens[k].Kind is TokenKind.Word or TokenKind.Comma; k++)
            if (tokens[k].Kind == TokenKind.Comma && tokens[k + 1].Kind == TokenKind.OpenQuote) return k - verb > 1 && tokens[k - 1].Capital ? phrases.Named(verb + 1, k, k - 1) : Phrase.None;
        return Phrase.None;
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
        if (!tokens[verb - 1].IsWord || tokens[verb - 1].Is(Word.Preposition)) return Phrase.None; // "met with applause upon announcing"
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

    // "The house voted to hold two officers, Lea Brandt and Udo Kern, in contempt, citing their refusal": the sentence's own subject.
    private Phrase MainSubject(int gerund)
    {
        for (var i = _from + 1; i < gerund; i++)
            if ((grammar.Tag(i).IsFinite() || grammar.Tag(i) == Tag.VBN && Child(i, Relation.NsubjPass) >= 0 && Child(i, Relation.AuxPass) < 0) && grammar.Relation(i) is not (Relation.AclRelcl or Relation.Advcl) && Child(i, Relation.Mark) < 0 && tokens[i].Quote == _quote && SubjectOf(i) is { IsEmpty: false } who) return who;
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
        var main = KindAt(before - 1) == TokenKind.Comma; // behind a comma the sentence's own verb goes on
        for (var i = before - 1; i > _from; i--)
            if (tokens[i].Kind is TokenKind.Semicolon or TokenKind.Stop && tokens[i].Quote == _quote) return Phrase.None;
            else if (main && tokens[i].Quote == _quote && grammar.Relation(i) is Relation.Advcl or Relation.AclRelcl or Relation.Ccomp && Child(i, Relation.Mark) >= 0) continue;
            else if (grammar.Relation(i) == Relation.Aux && grammar.Tag(i) == grammar.Tag(verb) && SubjectOf(grammar.Head(i)) is { IsEmpty: false } asked) return asked; // "did not mention it, but said"
            else if (tokens[i].Quote == _quote && grammar.Relation(i) is not (Relation.Cop or Relation.Aux or Relation.AuxPass) && (grammar.Tag(i) == grammar.Tag(verb) || grammar.Tag(verb) == Tag.VBN && grammar.Tag(i) == Tag.VBD || grammar.Tag(i) == Tag.VBN && (Says(i - 1, "have") && Says(i - 2, "to") || grammar.Tag(verb) == Tag.VBD && IsAt(GroupStart(i), Word.Have))) && SubjectOf(i) is { IsEmpty: false } same) return same;
        return Phrase.None;
    }

    // "said lead author | Professor David Lund"
    private Phrase WithHolder(Phrase p)
    {
        var to = p.To;
        while (IsAt(to, Word.Title) | (InWindow(to) && tokens[to].Capital) && tokens[to].Kind == TokenKind.Word && !tokens[to].Is(Word.Time)) to++;
        return to > p.To + 1 && !tokens[p.To - 1].Capital && tokens[p.To - 1].Is(Word.PersonNoun | Word.Title) ? phrases.Named(p.From, to, to - 1) : p;
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
        // "tweeted former thinktank executive Udo Kern.": what ends the sentence with a name is its phrase, known words or not.
        var last = _to - 1;
        if (last > verb && tokens[last].Kind == TokenKind.Stop) last--;
        if (last - verb is > 2 and < 12 && tokens[last].Capital && tokens[last - 1].Capital && (tokens[verb + 1].Is(Word.Title | Word.PersonNoun) || tokens[verb + 2].Is(Word.PersonNoun) && !tokens[verb + 1].Capital) && IsNameWithOffices(verb + 1, last)) return phrases.Named(verb + 1, last + 1, last);
        return WithApposition(phrases.StartingAt(verb + 1, _to));
    }

    // Words alone, and none that begins something else.
    private bool IsNameWithOffices(int from, int to)
    {
        for (var k = from; k < to; k++)
            if (tokens[k].Kind != TokenKind.Word || tokens[k].Is(Word.Preposition | Word.Auxiliary | Word.Cue) || tokens[k].Is(Word.Conjunction) && !Says(k, "and")) return false;
        return true;
    }

    private int CommaAfterApposition(int comma)
    {
        for (var i = comma + 1; i < Math.Min(_to, comma + 14); i++)
        {
            if (tokens[i].Kind is TokenKind.Comma) return i;
            if (i == comma + 1 && tokens[i].Is(Word.SubjectPronoun) || grammar.Tag(i).IsFinite() && !tokens[comma + 1].Is(Word.Relative)) return -1; // "…, says the study, it rises, …"
            if (tokens[i].Kind is TokenKind.Stop or TokenKind.OpenQuote) return -1;
        }
        return -1;
    }
}
