using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;

namespace Verify.Documents;

internal static class HtmlText
{
    public static string Read(Stream file, Limits limits)
    {
        var document = new HtmlParser().ParseDocument(file);
        foreach (var element in document.QuerySelectorAll("script, style, noscript, template, svg, nav, form, button").ToList()) element.Remove();
        var blocks = document.QuerySelectorAll("p, blockquote, li, pre, h1, h2, h3, h4, h5, h6, td, th, dt, dd, figcaption").Where(e => e.QuerySelector("p, blockquote, li, pre, td") is null).ToList();
        var texts = blocks.Count > 0 ? blocks.Select(b => b.TextContent) : [document.Body?.TextContent ?? ""];
        var text = string.Join("\n\n", texts.Select(t => Regex.Replace(t, @"\s+", " ").Trim()).Where(t => t.Length > 0));
        return text.Length <= limits.Characters ? text : throw new UnreadableException(UnreadableException.TooLarge, $"its text is longer than {limits.Characters / 1_000_000} million characters");
    }
}
