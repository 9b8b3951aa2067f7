using Verify.Attribution;
using Verify.Desk.Data;
using Verify.Desk.Definitions;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Intake;

/// <summary>What a check of this text would start. Pure but for the definitions: nothing is stored.</summary>
public sealed record PreviewArticle(string Text)
{
    /// <summary>Answers without a desk: a preview needs no database.</summary>
    public Result<IReadOnlyList<PreviewedClaim>> Answer(Catalog catalog)
    {
        if (catalog.Refusal is { } refusal) return refusal;
        return Extractor.Extract(Text).Select(c => Of(c, catalog.Routing!)).ToList();
    }

    private PreviewedClaim Of(AttributedClaim claim, Routing routing)
    {
        var route = routing.Of(claim, Text);
        return new(ClaimForm.Content(claim, Text), [.. claim.Chain.Select(l => new PreviewedLink(ClaimForm.Lower(l.Role), ClaimForm.Lower(l.Kind), l.Resolved))],
            ClaimForm.Lower(claim.Quotation), route.Definition, route.Reason, claim.Confidence, claim.Construction, claim.Content);
    }
}

public sealed record PreviewedLink(string Role, string Kind, string Resolved);

public sealed record PreviewedClaim(string Content, IReadOnlyList<PreviewedLink> Chain, string Quotation, string Definition, string Reason, double Confidence, string Construction, IReadOnlyList<Span> Spans);
