using Verify.Attribution.Language;

namespace Verify.Attribution.Reading;

/// <summary>Cuts one paragraph into words and marks, and pairs its quotation marks.</summary>
public sealed class Tokenizer(string text)
{
    private static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "mr", "mrs", "ms", "dr", "prof", "sen", "rep", "gov", "gen", "col", "capt", "lt", "sgt", "st", "jr", "sr", "inc", "ltd",
        "corp", "co", "no", "v", "vs", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "u.s",
        "u.k", "u.n", "e.u", "d.c", "a.m", "p.m", "i.e", "e.g", "rev", "hon", "mt", "ft", "approx", "dept", "univ", "assn", "bros",
    };

    private int _quotes;

    /// <summary>Appends the block's tokens; returns whether a quotation is still open at its end.</summary>
    public bool Read(Block block, List<Token> tokens, bool continues)
    {
        var open = continues;
        var current = continues ? _quotes : 0;
        var last = LastQuoteMark(block);
        for (var i = block.Start; i < block.End;)
        {
            var c = text[i];
            if (char.IsWhiteSpace(c)) { i++; continue; }
            if (char.IsLetterOrDigit(c)) { i = ReadWord(i, block.End, tokens, current); continue; }
            var kind = Mark(c);
            // A double hyphen is one mark, and so is a character beyond the basic plane: nothing is cut inside it.
            var length = i + 1 < block.End && (c == '-' && text[i + 1] == '-' || char.IsSurrogatePair(c, text[i + 1])) ? 2 : 1;
            if (c == '-') kind = length == 2 || i > block.Start && char.IsWhiteSpace(text[i - 1]) ? TokenKind.Dash : TokenKind.Other;
            if (IsQuoteMark(c, i, block))
            {
                var opens = Opens(c, i, block, open);
                // An opening mark that is never closed in this paragraph holds to its end; a lone closing one is nothing.
                if (opens && !open) { open = true; current = ++_quotes; kind = TokenKind.OpenQuote; }
                else if (opens && open && i == block.Start) kind = TokenKind.OpenQuote; // repeated at the next paragraph
                else if (!opens && open && !(c is '\'' or '’' && i != last && IsInnerApostrophe(i))) { open = false; kind = TokenKind.CloseQuote; }
                else kind = TokenKind.Other;
            }
            tokens.Add(new(i, i + length, kind, Word.None, false, false, kind is TokenKind.OpenQuote or TokenKind.CloseQuote ? 0 : current));
            if (kind == TokenKind.CloseQuote) current = 0;
            i += length;
        }
        return open;
    }

    private int LastQuoteMark(Block block)
    {
        var at = text.AsSpan(block.Start, block.End - block.Start).LastIndexOfAny("\"”»");
        return at < 0 ? -1 : block.Start + at;
    }

    private bool IsQuoteMark(char c, int i, Block block) => c switch
    {
        '"' or '“' or '”' or '«' or '»' or '„' => true,
        // Single marks quote only where no letter stands on both sides; apostrophes are read with their word.
        '‘' => i + 1 < block.End && (char.IsLetterOrDigit(text[i + 1]) || text[i + 1] == '[') && !OpenedByDouble(block, i),
        '\'' => !OpenedByDouble(block, i) && (i == block.Start || char.IsWhiteSpace(text[i - 1]) || text[i - 1] is ',' or '.' or '?' or '!'),
        '’' => !OpenedByDouble(block, i) && i > block.Start && text[i - 1] is ',' or '.' or '?' or '!',
        _ => false,
    };

    // Inside double marks single ones are an inner quotation, which is part of the outer content.
    private bool OpenedByDouble(Block block, int i)
    {
        var from = Math.Max(block.Start, i - 600);
        var doubles = 0;
        for (var k = from; k < i; k++)
            if (text[k] is '“') doubles = 1;
            else if (text[k] is '”') doubles = 0;
            else if (text[k] is '"') doubles ^= 1;
        return doubles == 1;
    }

    private bool IsInnerApostrophe(int i) => i > 0 && i + 1 < text.Length && char.IsLetterOrDigit(text[i - 1]) && char.IsLetterOrDigit(text[i + 1]);

    private bool Opens(char c, int i, Block block, bool open) => c switch
    {
        '“' or '«' or '„' or '‘' => true,
        '”' or '»' or '’' => false,
        _ when i == block.Start => true,
        _ => !open && (i + 1 < block.End && !char.IsWhiteSpace(text[i + 1]) && (char.IsWhiteSpace(text[i - 1]) || text[i - 1] is '(' or '-' or '—' or '–' or ':' or '[')),
    };

    private int ReadWord(int start, int limit, List<Token> tokens, int quote)
    {
        var i = start;
        var digits = true;
        while (i < limit)
        {
            var c = text[i];
            if (char.IsLetterOrDigit(c)) { digits &= char.IsDigit(c); i++; continue; }
            var joins = i + 1 < limit && char.IsLetterOrDigit(text[i + 1]) && i > start;
            // 1,000 · 3.5 · al-Qaeda · don't · U.S · Znak.com · MKO/MEK
            if (joins && c is ('-' or '\'' or '’' or '.' or '&' or '/' or '_' or '@')) { digits &= c == '.'; i++; continue; }
            if (joins && (c is ',' or ':') && char.IsDigit(text[i - 1]) && char.IsDigit(text[i + 1])) { i++; continue; }
            break;
        }
        var end = i;
        // Clitics are words of their own, as the grammar has them: Putin|'s, do|n't, they|'ve.
        var clitic = CliticLength(text.AsSpan(start, end - start));
        var bare = text.AsSpan(start, end - start - clitic);
        if (clitic == 0 && i < limit && text[i] == '.' && IsAbbreviation(bare) && i + 1 < limit && !(MayEnd(bare) && SentenceBegins(i + 1, limit))) end = i + 1;
        var word = WordOf(bare);
        // "USA Today", "Black Friday": a part of a name tells no time.
        if ((word & Word.Time) != 0 && char.IsUpper(bare[0]) && tokens.Count > 0 && tokens[^1] is { Kind: TokenKind.Word, Capital: true } before && before.End == start - 1 && !before.Is(Word.Time | Word.Determiner | Word.Preposition | Word.Adverb | Word.Title)) word &= ~(Word.Time | Word.Adverb);
        tokens.Add(new(start, end - clitic, digits ? TokenKind.Number : TokenKind.Word, word, IsCapital(bare), false, quote));
        if (clitic > 0) tokens.Add(new(end - clitic, end, TokenKind.Word, Word.Clitic, false, clitic == 2 && text[end - 1] is 's' or 'S', quote));
        // "the Farmers' League": outside quotation marks an apostrophe after s is a possessive.
        else if (quote == 0 && end == i && i + 1 < limit && text[i] is '\'' or '’' && text[i + 1] == ' ' && text[i - 1] == 's')
            tokens.Add(new(i, ++end, TokenKind.Word, Word.Clitic, false, true, quote));
        return end;
    }

    // "el-Sisi" and "al-Qaeda" are names too.
    private static bool IsCapital(ReadOnlySpan<char> word) =>
        char.IsUpper(word[0]) || word.Length > 4 && (word[2] is '-' && char.IsUpper(word[3]) || word[3] is '-' && char.IsUpper(word[4]));

    internal static Word WordOf(ReadOnlySpan<char> bare)
    {
        if (bare.Length > 64) return Word.None;
        Span<char> lower = stackalloc char[bare.Length];
        var word = Lexicon.Of(lower[..bare.ToLowerInvariant(lower)]);
        return word == Word.None && bare.EndsWith("ly") && bare.Length > 4 && char.IsLower(bare[0]) ? Word.Adverb : word;
    }

    private static int CliticLength(ReadOnlySpan<char> word)
    {
        if (word.Length < 3) return 0;
        if (word.Length > 3 && word[^1] is 't' or 'T' && word[^2] is '\'' or '’' && word[^3] is 'n' or 'N') return 3;
        var mark = word.LastIndexOfAny('\'', '’');
        if (mark < 1) return 0;
        return word[(mark + 1)..] is "s" or "S" or "m" or "d" or "re" or "ve" or "ll" ? word.Length - mark : 0;
    }

    private static bool IsAbbreviation(ReadOnlySpan<char> word) =>
        word.Length == 1 && char.IsUpper(word[0]) || Abbreviations.Contains(word.ToString())
        || word.Length is 3 or 5 && word[1] == '.' && char.IsUpper(word[0]);

    // "in Washington, D.C. They also said": the stop ends the sentence too.
    private static bool MayEnd(ReadOnlySpan<char> word) => word.Length is 3 && word[1] == '.' && char.IsUpper(word[0]) || word is "Inc" or "Ltd" or "Corp" or "Co";

    private bool SentenceBegins(int at, int limit)
    {
        var from = at;
        while (from < limit && text[from] == ' ') from++;
        var to = from;
        while (to < limit && char.IsLetter(text[to])) to++;
        return from > at && to > from && char.IsUpper(text[from]) && (WordOf(text.AsSpan(from, to - from)) & (Word.SubjectPronoun | Word.Determiner | Word.Subordinator | Word.Preposition)) != 0;
    }

    private static TokenKind Mark(char c) => c switch
    {
        ',' => TokenKind.Comma,
        '.' or '!' or '?' or '…' => TokenKind.Stop,
        ';' => TokenKind.Semicolon,
        ':' => TokenKind.Colon,
        '—' or '–' => TokenKind.Dash,
        '(' or '[' => TokenKind.OpenBracket,
        ')' or ']' => TokenKind.CloseBracket,
        _ => TokenKind.Other,
    };
}
