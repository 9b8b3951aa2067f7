using Verify.Attribution.Reading;

namespace Verify.Attribution.Language;

/// <summary>
/// Names that look like small words: "WHO" and "US" among words that are not all in capitals; "Theresa May", "Doris Day", where the
/// article names somebody so and "May said" tells no time.
/// </summary>
internal static class TimelyNames
{
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Surnames =
        new HashSet<string>(StringComparer.Ordinal) { "May", "Day", "April", "June", "August", "March", "Noon", "Weeks" }.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Dating =
        new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "in", "on", "since", "until", "last", "next", "this", "early", "late", "mid", "of", "every" }.GetAlternateLookup<ReadOnlySpan<char>>();

    public static void Clear(string text, List<Token> tokens)
    {
        for (var i = 1; i + 1 < tokens.Count; i++)
            if (tokens[i] is { Kind: TokenKind.Word, Capital: true } t && t.End - t.Start is 2 or 3 && Text(text, t) is "WHO" or "US" or "IT" && !Shouts(text, tokens[i - 1]) && !Shouts(text, tokens[i + 1]))
                tokens[i] = t with { Word = t.End - t.Start == 3 ? Word.OrganizationNoun : Word.None };
        HashSet<string>? borne = null;
        for (var i = 1; i < tokens.Count; i++)
            if (IsSurname(text, tokens[i]) && tokens[i - 1] is { Kind: TokenKind.Word, Capital: true } before && !Dating.Contains(Text(text, before))
                && (before.Is(Word.Title) ? !Dates(tokens, i) : before.Word == Word.None && !tokens[i].Is(Word.Time)))
                (borne ??= []).Add(Text(text, tokens[i]).ToString());
        if (borne is null) return;
        for (var i = 0; i < tokens.Count; i++)
            if (tokens[i].Is(Word.Time | Word.Auxiliary) && IsSurname(text, tokens[i]) && borne.Contains(Text(text, tokens[i]).ToString()) && !Dates(tokens, i) && !(i > 0 && Dating.Contains(Text(text, tokens[i - 1]))))
                tokens[i] = tokens[i] with { Word = tokens[i].Word & ~(Word.Time | Word.Adverb | Word.Modal | Word.Auxiliary) };
    }

    private static bool Shouts(string text, Token t) => t.Kind == TokenKind.Word && !Text(text, t).ContainsAnyInRange('a', 'z') && t.End - t.Start > 3;

    private static bool Dates(List<Token> tokens, int i) => i + 1 < tokens.Count && tokens[i + 1].Kind == TokenKind.Number || i > 0 && tokens[i - 1].Kind == TokenKind.Number;
    private static bool IsSurname(string text, Token t) => t is { Kind: TokenKind.Word, Capital: true } && t.End - t.Start is > 2 and < 7 && Surnames.Contains(Text(text, t));
    private static ReadOnlySpan<char> Text(string text, Token t) => text.AsSpan(t.Start, t.End - t.Start);
}
