using System.Text;
using Verify.Attribution.Language;

namespace Verify.Evidence.Text;

/// <summary>What is the same to a reader: case, accents, ligatures, widths of spaces; and what scanners confuse.</summary>
internal static class Folding
{
    private static readonly string[] Ligatures = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"]; // U+FB00 to U+FB06

    private static readonly Dictionary<string, string> Numerals = new(StringComparer.Ordinal)
    {
        ["zero"] = "0",
        ["one"] = "1",
        ["two"] = "2",
        ["three"] = "3",
        ["four"] = "4",
        ["five"] = "5",
        ["six"] = "6",
        ["seven"] = "7",
        ["eight"] = "8",
        ["nine"] = "9",
        ["ten"] = "10",
        ["eleven"] = "11",
        ["twelve"] = "12",
        ["thirteen"] = "13",
        ["fourteen"] = "14",
        ["fifteen"] = "15",
        ["sixteen"] = "16",
        ["seventeen"] = "17",
        ["eighteen"] = "18",
        ["nineteen"] = "19",
        ["twenty"] = "20",
        ["thirty"] = "30",
        ["forty"] = "40",
        ["fifty"] = "50",
        ["sixty"] = "60",
        ["seventy"] = "70",
        ["eighty"] = "80",
        ["ninety"] = "90",
        ["hundred"] = "100",
        ["thousand"] = "1000",
    };

    /// <summary>Every word that stands for a number.</summary>
    public static IEnumerable<string> NumeralWords => Numerals.Keys;

    public static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c is '\u00AD' or '\u200B' or '\u2060';

    public static bool IsApostrophe(char c) => c is '\'' or '’' or '‘' or 'ʼ' or '`' or '´';

    /// <summary>Appends the folded letters of one character: none for a soft hyphen, several for a ligature.</summary>
    public static int Fold(char c, Span<char> to)
    {
        if (c < 128) { to[0] = char.ToLowerInvariant(c); return 1; }
        if (c is '\u00AD' or '\u200B' or '\u2060') return 0;
        if (c is >= '\uFB00' and <= '\uFB06') { var s = Ligatures[c - 0xFB00]; s.CopyTo(to); return s.Length; }
        if (c is 'ß') { "ss".CopyTo(to); return 2; }
        if (c is 'æ' or 'Æ') { "ae".CopyTo(to); return 2; }
        if (c is 'œ' or 'Œ') { "oe".CopyTo(to); return 2; }
        if (c is >= '\uFF10' and <= '\uFF5E') c = (char)(c - 0xFEE0); // full width
        to[0] = char.ToLowerInvariant(Letters.Plain(c));
        return 1;
    }

    /// <summary>A number written out, as figures: "four" is 4. Other words as they are.</summary>
    public static string Numeral(string word) => Numerals.GetValueOrDefault(word, word);

    public static bool IsNumber(string word) => word.Length > 0 && word.All(c => char.IsDigit(c) || c is '.' or ',') || Numerals.ContainsKey(word);

    /// <summary>
    /// Whether a scanner may have made the document's word of the quotation's: 0 for o, 1 for l, rn for m. Where the
    /// document's word mixes letters and figures, or is long enough that hardly another real word is so near; never
    /// between a number and a word, so that no changed figure or name passes for a bad scan.
    /// </summary>
    public static bool SameToAScanner(string quoted, string document)
    {
        if (Math.Abs(quoted.Length - document.Length) > 3 || quoted.All(char.IsDigit) || document.All(char.IsDigit)) return false;
        var mixed = document.Any(char.IsDigit) && document.Any(char.IsLetter) && quoted.Any(char.IsLetter);
        // "thern" is no word but "them" badly read; "modern" is one, and no bad "modem".
        var parted = document.Contains("rn", StringComparison.Ordinal) && !WithRn.Contains(document);
        return (mixed || parted || Math.Min(quoted.Length, document.Length) >= 6) && Shape(quoted) == Shape(document);
    }

    private static readonly HashSet<string> WithRn = ["burn", "burns", "turn", "turns", "corn", "corner", "born", "horn", "horns", "torn", "barn", "barns", "warn", "warns", "warning", "earn", "earns", "learn", "learns", "stern", "fern", "morn", "morning", "worn", "yarn", "darn", "modern", "return", "returns", "govern", "concern", "western", "eastern", "northern", "southern", "pattern", "journal", "burnt", "turned", "earned", "warned", "burned", "learned", "tern", "urn", "tarn"];

    /// <summary>What a scanner leaves of a word.</summary>
    public static string Shape(string word)
    {
        var shape = new StringBuilder(word.Length);
        for (var i = 0; i < word.Length; i++)
        {
            switch (word[i])
            {
                case 'r' when i + 1 < word.Length && word[i + 1] == 'n': shape.Append('m'); i++; break;
                case 'v' when i + 1 < word.Length && word[i + 1] == 'v': shape.Append('w'); i++; break;
                case '0': shape.Append('o'); break;
                case '1' or 'i' or '|': shape.Append('l'); break;
                case '5': shape.Append('s'); break;
                case '8': shape.Append('b'); break;
                default: shape.Append(word[i]); break;
            }
        }
        return shape.ToString();
    }
}
