using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using SmartReader;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Intake;

/// <summary>The text of an article as it will be stored, with what its HTML says about it.</summary>
public sealed record ArticleText(string Text, string? Title = null, string? Outlet = null, string? Author = null, string? Date = null)
{
    /// <summary>The longest article that is taken, in bytes; a long magazine piece has a hundredth of it.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    private const int MaxElements = 8000;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads UTF-8 (or UTF-16 with a byte order mark), plain or HTML. HTML is reduced to its main text.</summary>
    /// <param name="name">What the user called it, for messages.</param>
    public static Result<ArticleText> Read(string name, byte[] bytes)
    {
        if (bytes.Length > MaxBytes) return Refused.Input("too_large", $"{name} has {bytes.Length / 1024 / 1024} MB; articles up to {MaxBytes / 1024 / 1024} MB are taken");
        var decoded = Decode(name, bytes);
        if (decoded.Refusal is { } refusal) return refusal;
        var text = decoded.Value;
        if (string.IsNullOrWhiteSpace(text)) return Refused.Input("empty", $"{name} is empty; give it the article's text");
        return LooksLikeHtml(text) ? FromHtml(name, text) : new ArticleText(text);
    }

    private static Result<string> Decode(string name, byte[] bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            try
            {
                var text = new UnicodeEncoding(bigEndian: bytes[0] == 0xFE, byteOrderMark: true, throwOnInvalidBytes: true).GetString(bytes, 2, bytes.Length - 2);
                return text.Contains('\0', StringComparison.Ordinal) ? Refused.Input("binary", $"{name} is not text (it holds zero characters; UTF-32?); convert it to UTF-8") : text;
            }
            catch (DecoderFallbackException e) { return Refused.Input("invalid_utf16", $"{name} is not valid UTF-16 at byte {2 + Math.Max(0, e.Index)}; convert it to UTF-8 first"); }
        }
        var start = bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
        var zero = Array.IndexOf(bytes, (byte)0);
        if (zero >= 0) return Refused.Input("binary", $"{name} is not text (a zero byte at offset {zero}); give it plain text or HTML");
        try { return Strict.GetString(bytes, start, bytes.Length - start); }
        catch (DecoderFallbackException e)
        {
            var at = start + Math.Max(0, e.Index);
            return Refused.Input("invalid_utf8", $"{name} is not valid UTF-8 at byte {at} (0x{bytes[Math.Min(at, bytes.Length - 1)]:X2}); convert it to UTF-8 first");
        }
    }

    private static bool LooksLikeHtml(string text)
    {
        var head = text.AsSpan(0, Math.Min(text.Length, 2000)).TrimStart();
        return head.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase) || head.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
            || head.StartsWith("<?xml") || head.StartsWith("<article", StringComparison.OrdinalIgnoreCase) || head.StartsWith("<body", StringComparison.OrdinalIgnoreCase)
            || head.StartsWith("<div", StringComparison.OrdinalIgnoreCase) || head.StartsWith("<p>", StringComparison.OrdinalIgnoreCase) || head.StartsWith("<head", StringComparison.OrdinalIgnoreCase);
    }

    private static Result<ArticleText> FromHtml(string name, string html)
    {
        // Readers of HTML take a time that grows with the square of the elements; no article has this many.
        var elements = html.Count(c => c == '<') / 2;
        if (elements > MaxElements) return Refused.Input("too_large", $"{name} has some {elements} HTML elements; articles have up to {MaxElements}. Paste the text itself");
        // The three-argument form never fetches anything; the address only resolves links, which are dropped.
        var article = Reader.ParseArticle("https://article.invalid/", html, null);
        var main = article.IsReadable && !string.IsNullOrWhiteSpace(article.Content) ? article.Content : null;
        // A short brief is too little to be told from furniture; where there is none, every paragraph is the article.
        if (main is null && !Regex.IsMatch(html, @"<(nav|aside|footer|form|menu)\b", RegexOptions.IgnoreCase) && Regex.IsMatch(html, @"<p\b", RegexOptions.IgnoreCase)) main = html;
        if (main is null) return Refused.Input("no_article", $"{name} is HTML without a main text that could be told from its furniture; paste the text itself");
        var text = Paragraphs(main);
        if (string.IsNullOrWhiteSpace(text)) return Refused.Input("no_article", $"{name} is HTML without any text; paste the text itself");
        return new ArticleText(text, Blank(article.Title), Blank(article.SiteName), Blank(article.Byline ?? article.Author), article.PublicationDate?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    // One paragraph a line, blank lines between. Captions, credits and headings are no part of what the article claims.
    private static string Paragraphs(string main)
    {
        var document = new HtmlParser().ParseDocument(main);
        foreach (var element in document.QuerySelectorAll("figure, figcaption, table, script, style, h1, h2, h3, h4, h5, h6, aside, nav, footer, form, button").ToList()) element.Remove();
        var blocks = document.QuerySelectorAll("p, blockquote, li, pre").Where(e => e.QuerySelector("p, blockquote, li, pre") is null).ToList();
        var texts = blocks.Count > 0 ? blocks.Select(b => b.TextContent) : [document.Body?.TextContent ?? ""];
        return string.Join("\n\n", texts.Select(t => Regex.Replace(t, @"\s+", " ").Trim()).Where(t => t.Length > 0));
    }

    private static string? Blank(string? s) => string.IsNullOrWhiteSpace(s) ? null : s.Trim();
}
