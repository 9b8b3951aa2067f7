using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Verify.Documents;

internal static class HtmlText
{
    public static string Read(Stream file, Limits limits)
    {
        var document = new HtmlParser().ParseDocument(file);
        foreach (var element in document.QuerySelectorAll("script, style, noscript, template, svg, nav, form, button").ToList()) element.Remove();
        var written = new StringBuilder();
        if (document.Body is { } body) Write(body, written);
        var text = string.Join("\n\n", written.ToString().Split('\n').Select(t => Regex.Replace(t, @"\s+", " ").Trim()).Where(t => t.Length > 0));
        return text.Length <= limits.Characters ? text : throw new UnreadableException(UnreadableException.TooLarge, $"its text is longer than {limits.Characters / 1_000_000} million characters");
    }

    // Every text, with a break where a block begins or ends: what stands bare between blocks counts too.
    private static void Write(INode node, StringBuilder to)
    {
        // Not by recursion: pages nest as deep as their makers like.
        var waiting = new Stack<(INode Node, bool Leave)>([(node, false)]);
        while (waiting.TryPop(out var at))
        {
            if (at.Leave) { to.Append('\n'); continue; }
            if (at.Node is IText text) { to.Append(text.Data.Replace('\n', ' ')); continue; }
            var block = at.Node is IElement e && (Blocks.Contains(e.LocalName) || e.LocalName == "br");
            if (block) { to.Append('\n'); waiting.Push((at.Node, true)); }
            for (var child = at.Node.LastChild; child is not null; child = child.PreviousSibling) waiting.Push((child, false));
        }
    }

    private static readonly HashSet<string> Blocks = ["p", "div", "section", "article", "main", "header", "footer", "aside", "blockquote", "li", "ul", "ol", "dl", "dt", "dd", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "td", "th", "figure", "figcaption", "hr", "address", "details", "summary"];
}
