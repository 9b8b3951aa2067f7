using System.Globalization;
using Verify.Attribution;
using Verify.Desk.Requests;
using Verify.Evidence.Quotations;

namespace Verify.Desk.Data;

/// <summary>What a checker says of a claim, as text: where it stands, and who is in its chain.</summary>
public static class ClaimSpec
{
    /// <param name="words">As they stand in the article, once; or <c>120-180</c>: offsets in UTF-16 code units, the second exclusive. Several stretches are several texts.</param>
    public static Result<IReadOnlyList<Span>> Locate(string text, IReadOnlyList<string> words)
    {
        var spans = new List<Span>();
        foreach (var w in words)
        {
            var found = LocateOne(text, w);
            if (found.Refusal is { } refusal) return refusal;
            spans.Add(found.Value);
        }
        spans.Sort((a, b) => a.Start.CompareTo(b.Start));
        for (var i = 1; i < spans.Count; i++) if (spans[i].Start < spans[i - 1].End) return Refused.Invalid("the stretches overlap; name each word once");
        return Result<IReadOnlyList<Span>>.Of(spans);
    }

    private static Result<Span> LocateOne(string text, string words)
    {
        var parts = words.Split('-');
        if (parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var start) && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var end))
        {
            if (start >= end || end > text.Length) return Refused.Invalid($"{words} is no stretch of the article, which has {text.Length} characters");
            if (char.IsLowSurrogate(text[start]) || end < text.Length && char.IsLowSurrogate(text[end])) return Refused.Invalid($"{words} cuts a character in two; move it by one");
            return string.IsNullOrWhiteSpace(text[start..end]) ? Refused.Invalid($"nothing stands at {words}") : new Span(start, end);
        }
        words = words.Trim();
        if (words.Length == 0) return Refused.Invalid("give the words of the claim as they stand in the article");
        var at = text.IndexOf(words, StringComparison.Ordinal);
        if (at < 0) return new Refusal(RefusalKind.NotFound, "not_in_article", $"the article does not say \"{(words.Length > 80 ? words[..80] + "…" : words)}\"; give the words as they stand there");
        if (text.IndexOf(words, at + 1, StringComparison.Ordinal) >= 0) return Refused.Invalid("the article says that more than once; give more of the words, or offsets such as 120-180");
        return new Span(at, at + words.Length);
    }

    public static Quotation QuotationOf(string text, IReadOnlyList<Span> spans)
    {
        static bool Mark(string text, int at) => at >= 0 && at < text.Length && text[at] is '"' or '“' or '”' or '„' or '«' or '»';
        if (spans.All(s => Mark(text, s.Start - 1) && (Mark(text, s.End) || Mark(text, s.End + 1)))) return Quotation.Direct;
        return spans.Any(s => QuotationMarks.Within(s.Of(text)).Count > 0) ? Quotation.Mixed : Quotation.Indirect;
    }

    /// <param name="links">Each <c>role:kind:name</c>, from the reader to the origin: <c>relay:organization:CNN</c>.</param>
    public static Result<IReadOnlyList<ChainLink>> Chain(IReadOnlyList<string> links)
    {
        var chain = new List<ChainLink>();
        foreach (var link in links)
        {
            var parts = link.Split(':', 3);
            if (parts.Length < 3 || !Named<LinkRole>(parts[0], out var role) || !Named<SourceKind>(parts[1], out var kind) || parts[2].Trim().Length is 0 or > 500)
                return Refused.Invalid($"'{link}' is no link; write role:kind:name, for example relay:organization:CNN (roles: {Names<LinkRole>()}; kinds: {Names<SourceKind>()})");
            chain.Add(new(role, kind, null, parts[2].Trim(), []));
        }
        return Result<IReadOnlyList<ChainLink>>.Of(chain);
    }

    private static bool Named<T>(string text, out T value) where T : struct, Enum => Enum.TryParse(text.Trim(), ignoreCase: true, out value) && !text.Trim().Any(char.IsDigit) && Enum.IsDefined(value);

    private static string Names<T>() where T : struct, Enum => string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant()));

    /// <summary>A stored chain as people write it.</summary>
    public static string Text(string chain) => string.Join(" → ", ChainLinks.Of(chain).Select(l => $"{l.Role}:{l.Kind}:{l.Resolved}"));
}
