using Verify.Attribution.Language;
using Verify.Attribution.Syntax;

namespace Verify.Attribution.Reading;

/// <summary>A noun phrase as a range of tokens, with the token that names it.</summary>
public readonly record struct Phrase(int From, int To, int Head)
{
    public bool IsEmpty => From >= To;
    public static readonly Phrase None = new(0, 0, 0);
}

/// <summary>Finds noun phrases by what can stand in them, asking the grammar for the tags of ordinary words.</summary>
internal sealed class NounPhrases(string text, List<Token> tokens, Grammar grammar)
{
    /// <summary>The phrase that begins with token <paramref name="first"/>, up to a verb, comma or other end.</summary>
    public Phrase StartingAt(int first, int ceiling, bool withPrepositions = true)
    {
        var i = first;
        while (i < ceiling && tokens[i].Is(Word.Determiner)) i++;
        var nouns = 0;
        while (i < ceiling)
        {
            var t = tokens[i];
            // "told the Military Times the attack …": a second article begins the next phrase.
            if (nouns > 0 && t.Is(Word.Determiner) && !t.Capital && !tokens[i - 1].Is(Word.Determiner | Word.Preposition | Word.Conjunction)) break;
            // "a press conference yesterday", "a tweet Monday": when it was said is no part of what it was said in.
            if (nouns > 0 && i + 1 < ceiling && tokens[i + 1].Is(Word.Time) && text.AsSpan(t.Start, t.End - t.Start) is "last" or "this" or "next" or "late" or "early") break;
            if (nouns > 0 && t.Is(Word.Time) && !tokens[i - 1].Is(Word.Time | Word.Determiner | Word.Preposition)) break;
            if (IsNominal(i) && !(nouns > 0 && t.Is(Word.SubjectPronoun)) || nouns == 0 && t.Is(Word.ObjectPronoun)) { nouns++; i++; continue; }
            if (nouns > 0 && i + 1 < ceiling && t.Is(Word.Determiner | Word.Clitic) && t.Possessive) { i++; continue; }
            if (nouns > 0 && t.Is(Word.Preposition) && i + 1 < ceiling && (IsNominal(i + 1) || tokens[i + 1].Is(Word.Determiner)) && (IsOf(i) || withPrepositions && Attaches(i)))
            {
                i++;
                while (i < ceiling && tokens[i].Is(Word.Determiner)) i++;
                continue;
            }
            if (nouns > 0 && t.Kind == TokenKind.OpenBracket)
            {
                while (i < ceiling && tokens[i].Kind != TokenKind.CloseBracket) i++;
                if (i < ceiling) i++;
                continue;
            }
            if (nouns > 0 && t.Is(Word.Conjunction) && i + 1 < ceiling && tokens[i].Is(Word.Conjunction) && tokens[i + 1].Capital && tokens[i - 1].Capital) { i++; continue; }
            break;
        }
        return nouns == 0 ? Phrase.None : new(first, i, HeadOf(first, i));
    }

    /// <summary>A phrase whose extent the grammar has given; its head is the word that names it, a name rather than a title.</summary>
    public Phrase Named(int from, int to, int head)
    {
        // "Norhav Department of Harbours official Lea Brandt"
        for (var i = to - 2; i > from && tokens[i + 1].Capital && tokens[i + 1].Kind == TokenKind.Word; i--)
            if (!tokens[i].Capital && tokens[i].Kind == TokenKind.Word && tokens[i].Is(Word.PersonNoun | Word.Title | Word.AnonymousNoun)) return new(from, to, to - 1);
        // What stands before the words in capitals that the phrase ends with.
        var before = to - 1;
        while (before > from && tokens[before] is { Capital: true, Kind: TokenKind.Word }) before--;
        var parted = to - before > 2 ? tokens[before].Kind : TokenKind.Other;
        // "Member of parliament (MP) Lea Brandt"
        if (parted == TokenKind.CloseBracket && before > from && !tokens[to - 1].Is(Word.OrganizationNoun)) return new(from, to, to - 1);
        // "the leader of the Northern Church, Pope Carlo"
        if (parted == TokenKind.Comma)
            for (var k = from; k < before && (!tokens[k].Capital || tokens[k].Is(Word.Determiner)); k++)
                if (k + 1 < before && tokens[k].Is(Word.PersonNoun | Word.Title) && IsOf(k + 1)) return new(from, to, to - 1);
        // "University of Norhav, Eldmoor's chancellor, Lea Brandt"
        if (parted == TokenKind.Comma && tokens[before - 1] is { Capital: false, Kind: TokenKind.Word } office && office.Is(Word.PersonNoun | Word.Title) && before - 2 > from && tokens[before - 2].Possessive) return new(from, to, to - 1);
        var named = HeadOf(from, to);
        if (tokens[named].Capital && !tokens[named].Is(Word.Title | Word.PersonNoun)) return new(from, to, named);
        // "The institute's director, Carlo Benassi": where the first part is a common noun, the apposition names it.
        for (var i = named + 1; i + 1 < to; i++)
        {
            if (tokens[i].Kind != TokenKind.Comma) continue;
            if (tokens[i + 1].Capital && HeadOf(i + 1, to) is var behind && tokens[behind].Capital) return new(from, to, behind);
            // "The study's lead author, doctoral candidate Lea Brandt"
            var last = i + 1;
            while (last + 1 < to && tokens[last + 1].Kind == TokenKind.Word && !tokens[last + 1].Is(Word.Preposition)) last++;
            if (last - 1 > i && tokens[last].Capital && tokens[last - 1].Capital) return new(from, to, last);
        }
        if (tokens[named].Capital) return new(from, to, named);
        return new(from, to, head >= from && head < to && tokens[head].IsWord ? (tokens[named].Is(Word.Noun) ? named : head) : named);
    }

    public bool IsNominal(int i)
    {
        var t = tokens[i];
        if (t.Kind == TokenKind.Number) return true;
        if (t.Kind != TokenKind.Word) return false;
        if (grammar.Covers(i) && !t.Capital && !t.Is(Word.Noun | Word.Title | Word.Determiner | Word.SubjectPronoun))
            return grammar.Tag(i) switch
            {
                Tag.NN or Tag.NNS or Tag.NNP or Tag.NNPS or Tag.JJ or Tag.JJR or Tag.JJS or Tag.CD or Tag.POS => true,
                Tag.VBN or Tag.VBG => !t.Is(Word.Cue) && i + 1 < tokens.Count && grammar.Covers(i + 1) && grammar.Tag(i + 1).IsNoun(),
                _ => false,
            };
        if (t.Capital && !t.Is(Word.Determiner | Word.Preposition | Word.Conjunction | Word.Subordinator | Word.Auxiliary)) return true;
        if (t.Is(Word.Noun | Word.Title | Word.Determiner | Word.SubjectPronoun)) return !t.Is(Word.Relative) || t.Is(Word.Noun);
        if (t.Is(Word.Preposition | Word.Conjunction | Word.Subordinator | Word.Relative | Word.Auxiliary | Word.PlainVerb | Word.ObjectPronoun)) return false;
        if (t.Is(Word.Cue) && !t.Is(Word.NounToo | Word.ContentNoun)) return false;
        if (t.Is(Word.Adverb) && !t.Is(Word.Time)) return false;
        return true;
    }

    private bool IsOf(int i) => text.AsSpan(tokens[i].Start, tokens[i].End - tokens[i].Start) is "of";

    // A preposition after a source noun that belongs to it: "spokesman for", "sources at", "professor at", "reports on".
    private bool Attaches(int i) => !tokens[i].Is(Word.Subordinator) && !tokens[i + 1].Is(Word.Time)
        && (tokens[i - 1].Is(Word.Noun) || text.AsSpan(tokens[i - 1].Start, tokens[i - 1].End - tokens[i - 1].Start) is "familiar" or "close");

    private int HeadOf(int from, int to)
    {
        // "More than two million people"
        if (from + 2 < to && text.AsSpan(tokens[from].Start, tokens[from].End - tokens[from].Start) is "More" or "more" or "Fewer" or "fewer" or "Less" or "less" && text.AsSpan(tokens[from + 1].Start, tokens[from + 1].End - tokens[from + 1].Start) is "than") from += 2;
        var head = from;
        for (var i = from; i < to; i++)
        {
            var t = tokens[i];
            if (t.Kind is TokenKind.Comma or TokenKind.OpenBracket) break;
            if (t.Is(Word.Preposition) && i > from)
            {
                head = NameBehindTitle(head, i, to);
                break;
            }
            if (t.IsWord && !t.Possessive) head = i;
        }
        // "people familiar with …", "sources close to …": the noun is what it is about.
        if (head > from && !tokens[head].Is(Word.Noun) && !tokens[head].Capital && tokens[head - 1].Is(Word.Noun)
            && text.AsSpan(tokens[head].Start, tokens[head].End - tokens[head].Start) is "familiar" or "close") head--;
        return head;
    }

    // "Secretary of State Mike Pompeo": behind the title's own name stands the person's.
    private int NameBehindTitle(int head, int of, int to)
    {
        // "Ambassador to the Northern Isles Lea Brandt" too
        if (!IsOf(of) && text.AsSpan(tokens[of].Start, tokens[of].End - tokens[of].Start) is not ("to" or "for") || !tokens[head].Is(Word.Title | Word.PersonNoun)) return head;
        var last = of;
        var capitals = 0;
        for (var i = of + 1; i < to && (tokens[i].Capital || tokens[i].Is(Word.Determiner) || Language.Names.IsParticle(text, tokens[i])); i++)
            if (tokens[i].Capital) { capitals++; last = i; }
        return capitals >= 3 && !tokens[last].Is(Word.OrganizationNoun | Word.Outlet) ? last : head;
    }
}
