using Verify.Attribution.Language;
using Verify.Attribution.Reading;

namespace Verify.Attribution.Syntax;

/// <summary>
/// Mends tags before the sentence is parsed. The tagger has learnt from letters, reviews and interviews more than from
/// news: where the lexicon or the words around leave no doubt, they are heard.
/// </summary>
internal static class TagRepairs
{
    /// <param name="tags">Tags of the tokens from <paramref name="from"/> to <paramref name="to"/>, both included.</param>
    public static void Apply(string text, List<Token> tokens, Span<Tag> tags, int from, int to)
    {
        for (var i = from; i <= to; i++)
        {
            var t = tokens[i];
            if (t.Kind != TokenKind.Word) continue;
            ref var tag = ref tags[i - from];
            var word = text.AsSpan(t.Start, t.End - t.Start);
            var next = i < to ? tokens[i + 1] : default;
            if (t.Capital && t.Word == Word.None && tag is Tag.UH or Tag.FW or Tag.Other or Tag.VB or Tag.VBP or Tag.SYM && (i > from || next.Capital)) tag = Tag.NNP;
            if (t.Capital && tag is Tag.WP or Tag.PRP && !t.Is(Word.SubjectPronoun | Word.ObjectPronoun | Word.Relative) && word.Length < 4) tag = Tag.NNP; // "the WHO"
            if (t.Capital && t.Word == Word.None && tag == Tag.MD) tag = Tag.NNP; // "May said", of Theresa May
            if (i > from && t.Capital && tag == Tag.CD && word.ContainsAnyExcept("IVX") == false && tokens[i - 1].Capital) tag = Tag.NNP; // Elizabeth II
            if (i == from && t.Is(Word.Gerund) && t.Is(Word.Reports) && (next.Kind == TokenKind.OpenQuote || Says(text, next, "that"))) tag = Tag.VBG;
            if (t.Capital && !tag.IsName() && (t.Is(Word.Outlet | Word.PostNoun) && (!t.Is(Word.Noun & ~Word.PostNoun) || tag.IsVerb()) || word.Contains('.') && word.Length > 4)) tag = Tag.NNP;
            if (i == from && tag == Tag.VBG && t.Capital && t.Word == Word.None && i < to && (tags[1].IsFinite() || tags[1] == Tag.MD)) tag = Tag.NNP; // "Boeing did not …"
            if (i == from && tag == Tag.VBZ && t.Is(Word.Noun) && i < to && next.Kind == TokenKind.Word) tag = Tag.NNS; // "Sources close to …"
            if (i == from && t.Is(Word.Reports) && t.Is(Word.Past) && t.Is(Word.Finite) && !t.Is(Word.NounToo) && i < to && (next.Capital || next.Is(Word.Determiner))) tag = Tag.VBD; // "Remarked Lea Brandt, “…”"
            if (tag.IsVerb() && word is "further" && next.Is(Word.Cue)) tag = Tag.RB; // "further remarking"
            if (i == from) continue;
            var (previous, behind) = (tokens[i - 1], tags[i - 1 - from]);
            if (!t.Capital && t.Is(Word.Reports) && t.Is(Word.NounToo) && t.Is(Word.Finite) && word[^1] == 's' && previous.Capital && (previous.Is(Word.Outlet) || Says(text, next, "that"))) tag = Tag.VBZ;
            // "The government claims Norhav flies fighters": a noun in the plural has no other behind it.
            if (!t.Capital && tag == Tag.NNS && i < to && t.Is(Word.Reports) && t.Is(Word.NounToo) && t.Is(Word.Finite) && word[^1] == 's' && (behind.IsNoun() && text[previous.End - 1] != 's' || previous.Capital || behind == Tag.CC && next.Is(Word.SubjectPronoun))
                && (next.Capital || next.Is(Word.SubjectPronoun) || next.Is(Word.Determiner) && !next.Is(Word.Possessive) || Says(text, next, "there") || Says(text, next, "that"))) tag = Tag.VBZ;
            // "The Lost 52 Project": within a name there is no participle.
            if (tag is Tag.VBN or Tag.VBD && t.Capital && previous.Is(Word.Determiner) && (next.Capital || next.Kind == TokenKind.Number)) tag = Tag.NNP;
            // "his critics, which are many, blame him": nothing before it asks for an infinitive.
            if (tag == Tag.VB && !t.Capital && previous.Kind == TokenKind.Comma && t.Is(Word.Reports) && t.Is(Word.Finite) && !t.Is(Word.Past) && i - from > 4 && (next.Is(Word.ObjectPronoun | Word.Determiner | Word.SubjectPronoun) || Says(text, next, "that"))) tag = Tag.VBP;
            // "…, that Lea Brandt described as"
            if (tag == Tag.VBN && t.Is(Word.Reports) && behind == Tag.NNP && i - 2 >= from && (Says(text, tokens[i - 2], "that") || Says(text, tokens[i - 2], "which"))) tag = Tag.VBD;
            // "insists" is no noun; neither are "claims" behind an insertion: "One site, the Ledger, claims Norhav has …"
            if (!t.Capital && tag is Tag.NNS or Tag.NN && t.Is(Word.Reports) && t.Is(Word.Finite) && word[^1] == 's' && (!t.Is(Word.NounToo | Word.Noun | Word.ContentNoun) && !t.Is(Word.Past)
                || previous.Kind == TokenKind.Comma && i - 2 >= from && tokens[i - 2].Capital && (next.Capital || next.Is(Word.SubjectPronoun) || Says(text, next, "that")))) tag = Tag.VBZ;
            // "his radio show Morning in Norhav aired": one of them shows nothing.
            if (tag is Tag.VBP or Tag.VB && word is "show" or "report" && behind == Tag.NN && text[previous.End - 1] != 's' && !previous.Is(Word.GroupNoun | Word.AnonymousNoun | Word.Outlet) && !Says(text, previous, "police") && !Says(text, previous, "staff") && !Says(text, previous, "people") && next.Capital) tag = Tag.NN;
            // "The database lists Norhav as …"
            if (tag == Tag.NNS && i + 1 < to && t.Is(Word.Shows | Word.ReportsThing) && t.Is(Word.Finite) && next.Capital && Says(text, tokens[i + 2], "as")) tag = Tag.VBZ;
            // "Protesters' demands include …"
            if (behind == Tag.POS && t.Is(Word.NounToo) && tag is Tag.VBZ or Tag.VBP) tag = tag == Tag.VBZ ? Tag.NNS : Tag.NN;
            if (tag == Tag.NN && word is "include" && behind == Tag.NNS) tag = Tag.VBP;
            // "lead author"
            if (tag.IsVerb() && i < to && word is "lead" && next.Is(Word.PersonNoun | Word.GroupNoun)) tag = Tag.JJ;
            // "The orcas, she suggested, specialize in …": behind an insertion the subject's verb comes.
            if (i - 4 >= from && previous.Kind == TokenKind.Comma && tokens[i - 2].Is(Word.Reports) && tags[i - 2 - from].IsFinite() && (tags[i - 3 - from].IsNoun() || tags[i - 3 - from] == Tag.PRP) && tokens[i - 4].Kind == TokenKind.Comma
                && i < to && (next.Is(Word.Preposition | Word.Determiner) || next.Is(Word.Conjunction)))
                tag = tag switch { Tag.NN or Tag.VB => Tag.VBP, Tag.NNS => Tag.VBZ, Tag.VBN => Tag.VBD, _ => tag };
            // "Sources report she is well"
            if (tag == Tag.VB && behind == Tag.CC && t.Is(Word.Reports) && t.Is(Word.NounToo) && next.Is(Word.SubjectPronoun)) tag = Tag.VBP; // "have plans to widen it and report they are …"
            if (tag == Tag.NN && i < to && t.Is(Word.Reports) && t.Is(Word.NounToo) && behind is Tag.NNS or Tag.CC && (next.Is(Word.SubjectPronoun) || Says(text, next, "there") || Says(text, next, "that") || behind == Tag.NNS && next.IsWord && !next.Is(Word.Preposition | Word.Auxiliary | Word.Conjunction) && !HasFinite(tokens, tags, from, i))) tag = Tag.VBP;
            if (tag is Tag.NN or Tag.NNP or Tag.JJ && !t.Capital && behind.IsNoun() && word is "drew" or "gave" or "made" or "sent") tag = Tag.VBD;
            if (tag == Tag.NN && t.Is(Word.Adverb) && word.EndsWith("ly")) tag = Tag.RB;
            if (i < to && word is "read" && (next.Kind is TokenKind.Colon or TokenKind.OpenQuote or TokenKind.Comma || previous.Kind is TokenKind.CloseQuote or TokenKind.Comma)) tag = Tag.VBD;
            if (t.Is(Word.Reports | Word.ReportsThing | Word.Directs) && t.Is(Word.Past) && t.Is(Word.Finite) && !t.Is(Word.NounToo)) Report(text, tokens, tags, from, i);
            if (tag != Tag.DT && word is "that" && next.Is(Word.Time) && !next.Is(Word.Modal)) tag = Tag.DT; // "an attack that day"
            if (tag == Tag.NN && word is "remain") tag = behind.IsNoun() && text[previous.End - 1] == 's' ? Tag.VBP : Tag.VB; // "ordered the accused remain in custody"
            if (word is "citing") tag = Tag.VBG;
            if (tag == Tag.NN && word is "saying" && previous.Is(Word.Medium) && next.IsWord && !Says(text, next, "of")) tag = Tag.VBG; // "a statement saying the attack …"
            // "CNN, however, reported on …", "…, scientists report, …"
            if (tag == Tag.VBN && i - 4 >= from && t.Is(Word.Reports) && previous.Kind == TokenKind.Comma && tokens[i - 2].Is(Word.Adverb) && tokens[i - 3].Kind == TokenKind.Comma && tags[i - 4 - from].IsNoun()) tag = Tag.VBD;
            if (tag == Tag.NN && i - 2 >= from && i < to && t.Is(Word.Reports) && t.Is(Word.NounToo) && t.Is(Word.Finite) && behind == Tag.NNS && next.Kind == TokenKind.Comma
                && (tokens[i - 2].Kind == TokenKind.Comma || i - 3 >= from && tokens[i - 3].Kind == TokenKind.Comma && (tags[i - 2 - from].IsNoun() || tags[i - 2 - from] is Tag.JJ or Tag.DT))) tag = Tag.VBP;
            if (behind == Tag.TO && tag == Tag.VBP) tag = Tag.VB;
            if (tag == Tag.VB && Says(text, previous, "to") && i - 2 >= from && Says(text, tokens[i - 2], "according")) tag = Tag.VBN; // "according to agreed facts"
            if (t.Is(Word.Gerund) && t.Is(Word.NounToo))
            {
                // "the court's ruling permitting it", "a flood warning for the coast"; ", warning of floods"
                if (tag == Tag.VBG && word is not "saying" && (behind is Tag.DT or Tag.JJ or Tag.PRPS or Tag.POS or Tag.NNP || behind == Tag.NN && i - 2 >= from && tags[i - 2 - from] is Tag.DT or Tag.JJ) && !Says(text, next, "that") && next.Kind != TokenKind.OpenQuote) tag = Tag.NN;
                else if (tag == Tag.NN && previous.Kind == TokenKind.Comma && (Says(text, next, "of") || Says(text, next, "that"))) tag = Tag.VBG;
            }
            // "with a survey finding the storm no longer …", "it also mentions setting up a fund"
            if (tag == Tag.NN && t.Is(Word.Gerund) && t.Is(Word.Shows) && i + 1 < to && (next.Is(Word.Determiner) && !Says(text, next, "that") || next.Is(Word.SubjectPronoun)) && !previous.Is(Word.Determiner | Word.Preposition) && i - from < 12 && InWithPhrase(text, tokens, from, i)) tag = Tag.VBG;
            if (tag == Tag.NNS && i < to && t.Is(Word.Reports) && t.Is(Word.Finite) && Says(text, previous, "also") && (tags[i + 1 - from] == Tag.VBG || next.Is(Word.Determiner | Word.SubjectPronoun))) tag = Tag.VBZ;
            if (tag == Tag.VBN && i < to && IsPast(text, tokens, tags, from, i)) tag = Tag.VBD;
            // "In a statement posted to her page, the mayor …": what was done to it, and no verb of the sentence.
            if (tag == Tag.VBD && i - 3 == from && t.Is(Word.Past) && t.Is(Word.Reports) && behind == Tag.NN && tokens[i - 2].Is(Word.Determiner) && (Says(text, tokens[from], "In") || Says(text, tokens[from], "in")) && next.Is(Word.Preposition)) tag = Tag.VBN;
        }
        for (var i = from; i < to; i++)
            if (tokens[i].Is(Word.Reports | Word.Shows) && tags[i - from].IsFinite() && !tokens[i].Is(Word.Naming)) Embedded(text, tokens, tags, from, i, to);
        Finite(tokens, tags, from, to);
    }

    // "…, with an air force survey | finding …": no comma or verb lies between.
    private static bool InWithPhrase(string text, List<Token> tokens, int from, int i)
    {
        for (var k = i - 1; k >= from && i - k < 8 && tokens[k].IsWord; k--)
            if (Says(text, tokens[k], "with")) return true;
        return false;
    }

    private static bool HasFinite(List<Token> tokens, Span<Tag> tags, int from, int before)
    {
        for (var i = before - 1; i >= from && tokens[i].Kind != TokenKind.Comma; i--)
            if (tags[i - from].IsFinite() || tags[i - from] == Tag.MD) return true;
        return false;
    }

    // "Estimates indicate a million people marched in London": what was said has a verb.
    private static void Embedded(string text, List<Token> tokens, Span<Tag> tags, int from, int verb, int to)
    {
        var candidate = -1;
        for (var i = verb + 2; i <= to; i++)
        {
            if (!tokens[i].IsWord) break;
            var tag = tags[i - from];
            if (tag.IsFinite() || tag is Tag.MD or Tag.TO) return;
            if (candidate < 0 && tag == Tag.VBN && tags[i - 1 - from].IsNoun() && i < to && !Says(text, tokens[i + 1], "by") && tokens[i + 1].IsWord) candidate = i;
        }
        if (candidate > 0) tags[candidate - from] = Tag.VBD;
    }

    // "The company apologized for the delay.": a sentence of news has a verb of its own.
    private static void Finite(List<Token> tokens, Span<Tag> tags, int from, int to)
    {
        for (var i = from; i <= to; i++)
            if (tags[i - from].IsFinite() || tags[i - from] == Tag.MD) return;
        for (var i = from + 1; i <= to; i++)
        {
            if (tags[i - from] != Tag.VBN || !tokens[i].Is(Word.Cue) || tokens[i - 1].Is(Word.Auxiliary | Word.Clitic)) continue;
            if (!tags[i - 1 - from].IsNoun() && tags[i - 1 - from] is not (Tag.PRP or Tag.RB)) continue;
            tags[i - from] = Tag.VBD;
            return;
        }
        // "Ilse Grau, fiancée of the rower, addressed reporters, calling for …"
        for (var i = from + 1; i < to; i++)
            if (tags[i - from] == Tag.VBN && !tokens[i - 1].Is(Word.Auxiliary | Word.Clitic) && tokens[i - 1].Kind == TokenKind.Comma && tags[i + 1 - from] is Tag.DT or Tag.PRPS or Tag.NN or Tag.NNS or Tag.NNP) { tags[i - from] = Tag.VBD; return; }
    }

    // A past form of a verb of saying: a verb, unless it stands before a noun ("the alleged death", "his reported words").
    private static void Report(string text, List<Token> tokens, Span<Tag> tags, int from, int i)
    {
        var before = i - 1;
        while (before > from && tokens[before].Is(Word.Adverb)) before--;
        ref var tag = ref tags[i - from];
        // "was on Wednesday reported to …"
        var over = before;
        while (over > from && tokens[over].Is(Word.Time) | (tokens[over].Is(Word.Preposition) && tokens[over + 1].Is(Word.Time))) over--;
        if (over < before && tokens[over].Is(Word.Be)) { tag = Tag.VBN; return; }
        if (tokens[before].Is(Word.Auxiliary | Word.Clitic)) { if (!tag.IsVerb()) tag = Tag.VBN; return; }
        ref var previous = ref tags[before - from];
        var some = Some(text, tokens[before]) && !(i - from + 1 < tags.Length && tags[i - from + 1].IsNoun());
        if (previous is Tag.DT or Tag.PRPS && tag is Tag.VBD && !some) { tag = Tag.JJ; return; }
        var surely = text.AsSpan(tokens[i].Start, tokens[i].End - tokens[i].Start) is "said" or "told" or "wrote" or "stated" or "tweeted" or "testified" or "insisted" or "warned";
        if (surely && tokens[before].Is(Word.NounToo) && previous is Tag.VBZ or Tag.VBP) previous = Tag.NNS;
        if (tag is Tag.VBN && !surely && (Closes(tokens, tags, from, before, i) || Opens(text, tokens, i + 1) && (previous.IsNoun() || previous is Tag.PRP or Tag.CC))) { tag = Tag.VBD; return; }
        // "…, reported officials, …"
        if (tag is Tag.VBN && tokens[before].Kind == TokenKind.Comma && i - from + 2 < tags.Length && tokens[i + 1].Is(Word.AnonymousNoun | Word.GroupNoun) && tokens[i + 2].Kind is TokenKind.Comma or TokenKind.Stop) { tag = Tag.VBD; return; }
        if (tag is Tag.VBN && !surely && previous.IsNoun() && HasClauseBehindPhrase(tokens, tags, from, i)) { tag = Tag.VBD; return; }
        if (tag is Tag.VBD || tag is Tag.VBN && !surely) return;
        if (surely && tag == Tag.VBN && previous is not Tag.DT || !tag.IsVerb() && (previous.IsNoun() || previous is Tag.PRP || tokens[before].Capital && !tokens[before].Is(Word.Preposition) || previous == Tag.DT && some || tokens[before].Kind == TokenKind.Comma)) tag = Tag.VBD;
    }

    // "Facebook further claimed, “…”", "the mayor noted that …": what is said begins.
    private static bool Opens(string text, List<Token> tokens, int next) => tokens[next].Kind is TokenKind.OpenQuote or TokenKind.Colon || Says(text, tokens[next], "that") || tokens[next].Kind == TokenKind.Comma && tokens[next + 1].Kind == TokenKind.OpenQuote;

    // "The service indicated on Twitter the girl was ill": a subject and its verb behind what carries the words.
    private static bool HasClauseBehindPhrase(List<Token> tokens, Span<Tag> tags, int from, int verb)
    {
        var (i, to) = (verb + 1, from + tags.Length);
        if (i + 2 >= to || !tokens[i].Is(Word.Preposition)) return false;
        for (i = tokens[i + 1].Is(Word.Determiner) ? i + 3 : i + 2; i < to && tokens[i].Kind == TokenKind.Word && tags[i - from].IsNoun() && !tokens[i].Is(Word.Determiner);) i++;
        if (i >= to || !tokens[i].Is(Word.Determiner | Word.SubjectPronoun) || tags[i - from] is not (Tag.DT or Tag.PRP or Tag.PRPS or Tag.CD)) return false;
        for (var k = i + 1; k < Math.Min(to, i + 7) && tokens[k].IsWord; k++)
            if (tags[k - from].IsFinite() || tags[k - from] == Tag.MD) return true;
        return false;
    }

    // "…, police revealed on Saturday.": a subject of its own between a comma and the end.
    private static bool Closes(List<Token> tokens, Span<Tag> tags, int from, int before, int verb)
    {
        if (verb - from + 1 < tags.Length && tokens[verb + 1].Kind is TokenKind.Word && !tokens[verb + 1].Is(Word.Time) && !(tokens[verb + 1].Is(Word.Preposition) && tokens[verb + 2].Is(Word.Time))) return false;
        for (var i = before; i > from && before - i < 6; i--)
            if (tokens[i].Kind is TokenKind.Comma or TokenKind.CloseQuote) return i < before;
            else if (!tags[i - from].IsNoun() && tags[i - from] is not (Tag.DT or Tag.JJ or Tag.PRP or Tag.PRPS)) return false;
        return false;
    }

    // "Some called for calm": determiners that stand for people.
    private static bool Some(string text, Token t) => text.AsSpan(t.Start + 1, t.End - t.Start - 1) is "ome" or "any" or "everal" or "ost" or "ll" or "oth" or "ew";

    // "it scheduled the blackouts", "the driver lost control": behind a subject, a past form that has an object is no
    // participle. "a man named Lee", "was shown the door" are.
    private static bool IsPast(string text, List<Token> tokens, Span<Tag> tags, int from, int i)
    {
        var before = i - 1;
        while (before > from && (tokens[before].Is(Word.Adverb) || tags[before - from] == Tag.RB)) before--;
        if (tokens[before].Is(Word.Auxiliary | Word.Clitic) || tokens[before].Kind != TokenKind.Word) return false;
        var subject = tags[before - from];
        if (subject == Tag.PRP) return tokens[before].Is(Word.SubjectPronoun) && !(before > from && tags[before - 1 - from].IsVerb() && tokens[before].Is(Word.ObjectPronoun) && !tokens[before - 1].Is(Word.Reports));
        if (!subject.IsNoun() || tokens[i].Is(Word.Naming) || tokens[i + 1].Kind is not (TokenKind.Word or TokenKind.Number)) return false;
        return tags[i + 1 - from] is Tag.DT or Tag.PRPS or Tag.PRP or Tag.NN or Tag.NNS or Tag.CD && !tokens[i + 1].Is(Word.Time);
    }

    private static bool Says(string text, Token t, string word) => t.Kind == TokenKind.Word && text.AsSpan(t.Start, t.End - t.Start).SequenceEqual(word);
}
