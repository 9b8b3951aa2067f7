using Verify.Evidence.Quotations;

namespace Verify.Desk.Data;

/// <summary>What of a claim is quoted word for word.</summary>
public static class ClaimQuotations
{
    /// <summary>
    /// A direct quotation is its whole content; of a mixed one, what stands between the marks. Stretches that a cue
    /// interrupts ("…," she said, "…") are one quotation.
    /// </summary>
    /// <param name="text">Of the article's version that the claim's words stand in.</param>
    public static IReadOnlyList<string> Of(ClaimRow claim, string text)
    {
        var stretches = ChainLinks.Spans(claim.Spans).Select(s => s.Of(text)).ToList();
        return claim.Quotation switch
        {
            "direct" => stretches,
            "mixed" => [.. stretches.SelectMany(s => QuotationMarks.Within(s).Select(x => s[x.Start..x.End]))],
            _ => [],
        };
    }
}
