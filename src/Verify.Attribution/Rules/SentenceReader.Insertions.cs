using Verify.Attribution.Language;
using Verify.Attribution.Reading;
using Verify.Attribution.Syntax;

namespace Verify.Attribution.Rules;

/// <summary>Subjects and what commas insert between them and their verb, where the grammar loses its way.</summary>
internal sealed partial class SentenceReader
{
    // "Although known to have lived abroad, his daughter said": whoever stands alone between a comma and the verb.
    private Phrase NounBehindComma(int verb)
    {
        var to = GroupStart(verb);
        if (!IsNamable(to - 1) || !tokens[to - 1].Is(Word.PersonNoun | Word.GroupNoun | Word.AnonymousNoun | Word.OrganizationNoun) || tokens[to - 1].Capital) return Phrase.None;
        var from = to - 1;
        while (from > _from && to - from < 6 && tokens[from - 1].Kind == TokenKind.Word && tokens[from - 1].Quote == _quote && (grammar.Tag(from - 1).IsNoun() || grammar.Tag(from - 1) is Tag.DT or Tag.JJ or Tag.PRPS or Tag.POS)) from--;
        return KindAt(from - 1) == TokenKind.Comma && tokens[from].Is(Word.Determiner) ? phrases.Named(from, to, to - 1) : Phrase.None;
    }

    // "President Lea Brandt in relaying the news to parliament said": who stands before what was done in saying it.
    private Phrase NameBeforeDoing(int last)
    {
        for (var k = last; k > _from + 1 && last - k < 10 && tokens[k].IsWord; k--)
            if ((grammar.Tag(k) == Tag.VBG || grammar.Tag(k) == Tag.NN && tokens[k].Is(Word.Gerund)) && Says(k - 1, "in", "while", "when") && IsNamable(k - 2) && tokens[k - 2].Capital) return PhraseOf(TopOfPhrase(k - 2));
        return Phrase.None;
    }

    // "The account of the show, which replaced another, hosted by Udo Kern, who worked for it, wrote": the noun before all that commas
    // insert, where the grammar has taken one within them for the subject.
    private int BeforeInsertions(int verb, int subject)
    {
        var close = GroupStart(verb) - 1;
        if (close <= _from || tokens[close].Kind != TokenKind.Comma) return -1;
        var within = false;
        for (var k = close - 1; k > _from && close - k < 40; k--)
        {
            if (tokens[k].Quote != _quote || tokens[k].Kind is TokenKind.Semicolon or TokenKind.Colon or TokenKind.Stop) return -1;
            if (tokens[k].Kind != TokenKind.Comma) continue;
            if (!(grammar.Tag(k + 1) is Tag.WDT or Tag.WP or Tag.VBN)) return within ? close - 1 : -1;
            within |= subject > k && subject < close;
            close = k;
        }
        return within ? close - 1 : -1;
    }

    // "Lea Brandt, the Speaker of the House of Norhav, ordered", "Carlo Benassi, a lawyer representing her, told": a name, and between
    // commas who it is. Such a subject stands whatever the grammar made of the words between.
    private Phrase NameBeforeApposition(int verb)
    {
        var close = GroupStart(verb) - 1;
        while (close > _from && tokens[close].Is(Word.Adverb) && !tokens[close].Is(Word.Time)) close--;
        if (close <= _from || tokens[close].Kind != TokenKind.Comma || tokens[close].Quote != _quote || tokens[verb].Is(Word.Gerund)) return Phrase.None;
        for (var k = close - 1; k > _from + 1 && close - k < 30; k--)
        {
            if (grammar.Tag(k).IsFinite() || tokens[k].Kind is not (TokenKind.Word or TokenKind.Number or TokenKind.Comma) || tokens[k].Quote != _quote) return Phrase.None;
            if (tokens[k].Kind != TokenKind.Comma) continue;
            // "The study's lead author, doctoral candidate Lea Brandt, said"
            if (close - k is > 2 and < 9 && tokens[close - 1].Capital && tokens[close - 2].Capital && tokens[k - 1] is { Capital: false, Kind: TokenKind.Word } office && office.Is(Word.PersonNoun | Word.Title) && !tokens[k + 1].Is(Word.Relative | Word.Preposition)) return phrases.Named(WidenedLeft(k - 1), close, close - 1);
            // "a Republican, Lea Brandt, has voiced"
            if (close - k is 3 or 4 && tokens[k + 1].Capital && tokens[close - 1].Capital && k > _from + 1 && tokens[k - 1].Capital && tokens[k - 2].Is(Word.Determiner) && sources.KindOf(new(k + 1, close, close - 1)) == SourceKind.Person) return new(k - 2, close, close - 1);
            if (!tokens[k + 1].Is(Word.Determiner | Word.Possessive)) continue;
            var from = k;
            while (from > _from && tokens[from - 1] is { Kind: TokenKind.Word, Capital: true } && tokens[from - 1].Quote == _quote && !tokens[from - 1].Is(Word.Time | Word.Determiner | Word.Preposition)) from--;
            if (k - from < 2 || from > _from && (tokens[from - 1].Is(Word.Preposition | Word.Conjunction | Word.Determiner) || tokens[from - 1].Possessive)) continue;
            return sources.KindOf(new(from, k, k - 1)) == SourceKind.Person ? phrases.Named(WidenedLeft(from), close, k - 1) : Phrase.None;
        }
        return Phrase.None;
    }

    // "Hood, who saw the crash, said", "Gray, 24, said": back over what stands between commas, to the first of them.
    private int InsertionBefore(int close)
    {
        for (var k = close - 1; k > _from && close - k < 40; k--)
        {
            if (tokens[k].Kind is TokenKind.CloseQuote or TokenKind.Semicolon or TokenKind.Stop) return -1;
            if (tokens[k].Kind == tokens[close].Kind && (tokens[k + 1].Is(Word.Relative | Word.Preposition | Word.Gerund | Word.Adverb | Word.Time | Word.Determiner | Word.Title | Word.PersonNoun) || tokens[k + 1].Kind == TokenKind.Number || grammar.Tag(k + 1) is Tag.VBG or Tag.VBN || tokens[k + 1].Capital)) return k;
        }
        return -1;
    }
}
