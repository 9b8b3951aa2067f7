using System.Text;

namespace Verify.Desk.Data;

/// <summary>What people type, as a full-text query in which nothing has a meaning but words and quotation marks.</summary>
public static class FullText
{
    private const int MostWords = 24;

    /// <summary>All the words, in any order; words in quotation marks in that order.</summary>
    /// <returns>Null where there is no word in it.</returns>
    public static string? AllOf(string text)
    {
        var parts = new List<string>();
        var quoted = false;
        foreach (var part in text.Split('"', '“', '”'))
        {
            if (quoted) { if (Phrase(part) is { } phrase) parts.Add(phrase); }
            else parts.AddRange(Words(part).Select(w => $"\"{w}\""));
            quoted = !quoted;
        }
        return parts.Count == 0 ? null : string.Join(' ', parts.Take(MostWords));
    }

    /// <summary>The words in this order.</summary>
    public static string? Phrase(string text) => Words(text).Take(MostWords).ToList() is { Count: > 0 } words ? $"\"{string.Join(' ', words)}\"" : null;

    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c)) { word.Append(c); continue; }
            if (word.Length > 0) yield return word.ToString();
            word.Clear();
        }
        if (word.Length > 0) yield return word.ToString();
    }
}
