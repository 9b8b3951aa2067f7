namespace Verify.Attribution.Language;

/// <summary>Letters without their marks, so that Erdogan and Erdoğan are one name. The runtime's own tables are not there without ICU.</summary>
public static class Letters
{
    // Latin-1 and Latin Extended-A, U+00C0 to U+017F.
    private const string Latin =
        "AAAAAAACEEEEIIIIDNOOOOO×OUUUUYTsaaaaaaaceeeeiiiidnooooo÷ouuuuyty" +
        "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";
    // Vietnamese, U+1EA0 to U+1EF9.
    private const string Vietnamese =
        "AaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEeEeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYy";

    public static string Plain(string word) => System.Text.Ascii.IsValid(word) ? word : string.Create(word.Length, word, (to, from) =>
    {
        for (var i = 0; i < from.Length; i++) to[i] = Plain(from[i]);
    });

    public static char Plain(char letter) => letter switch
    {
        >= '\u00C0' and <= '\u017F' => Latin[letter - 0xC0],
        >= '\u1EA0' and <= '\u1EF9' => Vietnamese[letter - 0x1EA0],
        'ơ' => 'o',
        'Ơ' => 'O',
        'ư' => 'u',
        'Ư' => 'U',
        'ș' => 's',
        'Ș' => 'S',
        'ț' => 't',
        'Ț' => 'T',
        _ => letter,
    };
}
