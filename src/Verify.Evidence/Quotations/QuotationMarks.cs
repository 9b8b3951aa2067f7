using System.Text.RegularExpressions;

namespace Verify.Evidence.Quotations;

/// <summary>Where quotation marks stand in a text.</summary>
public static partial class QuotationMarks
{
    /// <summary>The stretches between marks, without them; an opening mark that is never closed reaches to the end.</summary>
    public static IReadOnlyList<(int Start, int End)> Within(string text) => [.. Quoted().Matches(text)
        .Select(m => m.Groups.Values.Skip(1).First(g => g.Success)).Select(g => (g.Index, g.Index + g.Length)).Where(s => s.Item2 > s.Item1)];

    [GeneratedRegex("[\"“”„]([^\"“”„]+)(?:[\"“”]|$)|«([^»]+)(?:»|$)|»([^«]+)«")]
    private static partial Regex Quoted();
}
