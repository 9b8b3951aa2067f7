using Verify.Attribution.Language;

namespace Verify.Attribution.Reading;

/// <summary>A sentence as a range of tokens; a quotation of several sentences stays in the one that frames it.</summary>
public readonly record struct Sentence(int From, int To);

public static class Sentences
{
    // Longer than any sentence a reader would finish, quotations of many sentences included. The rules look around
    // within a sentence, so this bound keeps the whole linear in the length of the text.
    private const int MostTokens = 1000;

    public static List<Sentence> Split(List<Token> tokens, int from, int to)
    {
        var sentences = new List<Sentence>();
        var start = from;
        for (var i = from; i < to; i++)
        {
            if (!EndsAt(tokens, i, from, to) && i - start < MostTokens) continue;
            sentences.Add(new(start, i + 1));
            start = i + 1;
        }
        if (start < to) sentences.Add(new(start, to));
        return sentences;
    }

    private static bool EndsAt(List<Token> tokens, int i, int from, int to)
    {
        var t = tokens[i];
        if (i + 1 >= to) return false;
        var next = tokens[i + 1];
        if (t.Kind == TokenKind.Stop && t.Quote == 0)
            return next.Kind is not (TokenKind.Stop or TokenKind.CloseQuote or TokenKind.CloseBracket) && (next.Capital || next.Kind is TokenKind.Number or TokenKind.OpenQuote or TokenKind.OpenBracket or TokenKind.Dash);
        if (t.Kind == TokenKind.Word && t.Is(Word.HalfDay) && t.Quote == 0 && next.Kind == TokenKind.OpenQuote) return true; // "at 7:45 p.m. “…”"
        // “… them.”, “… them.]”, “… ‘them.’”
        if (t.Kind != TokenKind.CloseQuote || i == from || !(tokens[i - 1].Kind == TokenKind.Stop || (tokens[i - 1].Kind == TokenKind.CloseBracket || tokens[i - 1].Span.Length == 1) && i > from + 1 && tokens[i - 2].Kind == TokenKind.Stop)) return false;
        if (next.Kind == TokenKind.OpenQuote) return true;
        return next.Capital && !Attributes(tokens, i + 1, to);
    }

    // "Duda said the …" and "Duda said: “…" begin a new report; "Duda said.", "Duda told Reuters on Monday." end this one.
    private static bool EndsSoon(List<Token> tokens, int from, int to)
    {
        for (var i = from; i < to && i < from + 8; i++)
        {
            if (tokens[i].Kind is TokenKind.Stop or TokenKind.Semicolon) return true;
            if (tokens[i].Kind is TokenKind.OpenQuote or TokenKind.Colon || tokens[i].Is(Word.PlainVerb | Word.Auxiliary | Word.Subordinator)) return false;
        }
        return to <= from + 8;
    }

    // "… them.” the Ledger cited Duda as saying", and not "… them.” Duda cited the delay."
    private static bool HasSaying(List<Token> tokens, int from, int to)
    {
        for (var i = from; i < Math.Min(to, from + 15) && tokens[i].Kind is not (TokenKind.Stop or TokenKind.OpenQuote); i++)
            if (tokens[i].Is(Word.Gerund) && tokens[i].Is(Word.Reports)) return true;
        return false;
    }

    // "… them." Duda wrote: the words after the closing mark belong to it when a reporting verb comes at once.
    private static bool Attributes(List<Token> tokens, int from, int to)
    {
        for (var i = from; i < Math.Min(to, from + 12); i++)
        {
            var t = tokens[i];
            if (t.Is(Word.Reports | Word.Cites) && t.Is(Word.Finite) && i > from && !tokens[i - 1].Is(Word.Determiner | Word.Preposition))
                return t.Is(Word.Cites) ? HasSaying(tokens, i + 1, to) : EndsSoon(tokens, i + 1, to);
            if (t.Is(Word.PlainVerb) || t.Kind is TokenKind.Stop or TokenKind.OpenQuote) return false;
        }
        return false;
    }
}
