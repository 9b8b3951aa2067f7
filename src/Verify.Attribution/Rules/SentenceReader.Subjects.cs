using Verify.Attribution.Language;
using Verify.Attribution.Reading;

namespace Verify.Attribution.Rules;

internal sealed partial class SentenceReader
{
    /// <summary>What stands before a verb: who, and through which medium.</summary>
    private readonly record struct SubjectFound(Phrase Subject, DraftLink? Medium, Phrase Cited);

    /// <summary>Walks left from a verb over adverbs, auxiliaries, times and insertions to the phrase that is its subject.</summary>
    private SubjectFound SubjectBefore(int verb)
    {
        DraftLink? medium = null;
        var cited = Phrase.None;
        var i = verb - 1;
        for (var guard = 0; guard < 12 && i >= _from; guard++)
        {
            var t = tokens[i];
            if (t.Is(Word.Auxiliary) || t.Is(Word.Adverb) && !t.Capital) { i--; continue; }
            if (t.Kind == TokenKind.Comma)
            {
                var open = PreviousComma(i);
                if (open < 0 || tokens[open + 1].Kind == TokenKind.OpenQuote) return new(Phrase.None, medium, cited);
                if (IsInsertion(open + 1))
                {
                    if (Says(open + 1, "citing")) cited = phrases.StartingAt(open + 2, i);
                    i = open - 1;
                    continue;
                }
                var named = phrases.EndingAt(open - 1, _from);
                if (!named.IsEmpty) return new(new Phrase(named.From, i, NamedBy(named, open + 1, i)), medium, cited);
                return new(Phrase.None, medium, cited);
            }
            if (t.Is(Word.Relative) && !t.Is(Word.SubjectPronoun)) { i--; continue; }
            var phrase = phrases.EndingAt(i, _from);
            if (phrase.IsEmpty)
            {
                var relative = RelativeBefore(i);
                if (relative < 0) return new(Phrase.None, medium, cited);
                i = relative - 1;
                continue;
            }
            var before = phrase.From - 1;
            // "A nurse who spoke on condition of anonymity told …": back over the clause.
            if (before > _from && tokens[before].Is(Word.Preposition) && WhoBefore(before) is var who and > 0) { i = who - 1; continue; }
            if (before >= _from && tokens[before].Is(Word.Preposition) && !Says(before, "that") && tokens[before].Quote == 0)
            {
                if (IsTime(phrase)) { i = before - 1; continue; }
                if (IsMedium(phrase) && Says(before, "in") | Says(before, "on") | Says(before, "via") | Says(before, "during") | Says(before, "at"))
                {
                    medium = new(LinkRole.Medium, phrase, (before, before + 1));
                    i = before - 1;
                    continue;
                }
                var owner = before - 1 >= _from ? phrases.EndingAt(before - 1, _from) : Phrase.None;
                if (owner.IsEmpty)
                {
                    // "In a cable sent to all missions has ordered": the phrase belongs to a participle after a noun.
                    var participle = before - 1;
                    if (participle > _from && tokens[participle].Is(Word.PlainVerb | Word.Past) && !phrases.EndingAt(participle - 1, _from).IsEmpty)
                    {
                        var carrier = phrases.EndingAt(participle - 1, _from);
                        if (IsMedium(carrier) && carrier.From - 1 >= _from && tokens[carrier.From - 1].Is(Word.Preposition))
                        {
                            medium = new(LinkRole.Medium, new Phrase(carrier.From, phrase.To, carrier.Head), (carrier.From - 1, carrier.From));
                            i = carrier.From - 2;
                            continue;
                        }
                    }
                    i = before - 1;
                    continue;
                }
                // "Two people familiar with the matter", "Sources close to the family": the noun is not last.
                if (!tokens[owner.Head].Is(Word.Noun) && !tokens[owner.Head].Capital)
                    for (var k = owner.To - 1; k >= owner.From; k--)
                        if (tokens[k].Is(Word.Noun)) { owner = owner with { Head = k }; break; }
                if (tokens[owner.Head].Is(Word.Noun) || tokens[owner.Head].Capital) return new(new Phrase(owner.From, phrase.To, owner.Head), medium, cited);
                return new(phrase, medium, cited);
            }
            if (tokens[phrase.Head].Is(Word.Time) && before >= _from) { i = before; continue; }
            // "Bloomberg which first acquired the cable reported": the phrase belongs to a clause without commas.
            if (before > _from && !tokens[before].Is(Word.Conjunction) && RelativeBefore(before) is var which and > 0) { i = which - 1; continue; }
            return new(phrase, medium, cited);
        }
        return new(Phrase.None, medium, cited);
    }

    // "The institute's director, Carlo Benassi,": where the first part is a common noun, the apposition names it.
    private int NamedBy(Phrase named, int from, int to)
    {
        if (tokens[named.Head].Capital) return named.Head;
        var apposition = phrases.StartingAt(from, to);
        return !apposition.IsEmpty && tokens[apposition.Head].Capital ? apposition.Head : named.Head;
    }

    private int PreviousComma(int i)
    {
        for (var k = i - 1; k > _from && i - k < 40; k--)
            if (tokens[k].Kind == TokenKind.Comma && tokens[k].Quote == 0) return k;
            else if (tokens[k].Kind is TokenKind.CloseQuote or TokenKind.Semicolon or TokenKind.Stop && tokens[k].Quote == 0) return -1;
        return -1;
    }

    // Between commas, and no apposition: "who …", "speaking on Monday", "on several occasions", "citing …".
    private bool IsInsertion(int i) => tokens[i].Is(Word.Relative | Word.Preposition | Word.Gerund | Word.Adverb | Word.Time | Word.Subordinator | Word.Conjunction) || tokens[i].IsWord && text.AsSpan(tokens[i].Start, tokens[i].End - tokens[i].Start).EndsWith("ing");

    private int WhoBefore(int i)
    {
        for (var k = i; k > _from && i - k < 8; k--)
        {
            if (!tokens[k].IsWord) return -1;
            if (Says(k, "who")) return phrases.IsNominal(k - 1) ? k : -1;
        }
        return -1;
    }

    // "Bloomberg which first acquired the cable reported": back over the clause to what it belongs to.
    private int RelativeBefore(int i)
    {
        for (var k = i; k > _from && i - k < 14; k--)
        {
            if (tokens[k].Kind is TokenKind.Comma or TokenKind.CloseQuote or TokenKind.Semicolon) return -1;
            if (Says(k, "which") || Says(k, "who") || Says(k, "that") && phrases.IsNominal(k - 1)) return k;
        }
        return -1;
    }

    private bool IsTime(Phrase p) => Enumerable.Range(p.From, p.To - p.From).Any(k => tokens[k].Is(Word.Time)) || p.To - p.From == 1 && tokens[p.From].Kind == TokenKind.Number;

    private bool IsMedium(Phrase p) => tokens[p.Head].Is(Word.Medium) && (!tokens[p.Head].Capital || tokens[p.Head].Is(Word.PostNoun))
        || sources.KindOf(p) is SourceKind.Document or SourceKind.Post or SourceKind.Broadcast;

    /// <summary>A medium named at the sentence's beginning: "In a tweet on January 7 …".</summary>
    private DraftLink? OpeningMedium(int before)
    {
        if (!IsAt(_from, Word.Preposition) || !(Says(_from, "in") || Says(_from, "on") || Says(_from, "during") || Says(_from, "at") || Says(_from, "via"))) return null;
        var phrase = phrases.StartingAt(_from + 1, before, withPrepositions: false);
        if (phrase.IsEmpty || !IsMedium(phrase)) return null;
        // Its time belongs to it: "a tweet on January 7".
        var to = phrase.To;
        if (to + 1 < before && Says(to, "on") && IsAt(to + 1, Word.Time))
        {
            to += 2;
            if (to < before && tokens[to].Kind == TokenKind.Number) to++;
        }
        return to > before ? null : new(LinkRole.Medium, new Phrase(phrase.From, to, phrase.Head), (_from, _from + 1));
    }
}
