using FluentValidation;
using MediatR;
using Verify.Attribution;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Mending;

/// <summary>Makes one claim of two that are one: the second is ended, its words go to the first.</summary>
public sealed record MergeClaims(string Claim, string With, string? Note = null) : Command<ClaimMended>
{
    public override IReadOnlyList<string> AllowedRoles => Roles.Checkers;
}

public sealed class MergeClaimsValidator : AbstractValidator<MergeClaims>
{
    public MergeClaimsValidator() => RuleFor(c => c.Note).MaximumLength(20_000).WithMessage("the note is longer than 20,000 characters");
}

public sealed class MergeClaimsHandler(Session session, ClaimAmendment amendment, EvidenceLinks links) : IRequestHandler<MergeClaims, Result<ClaimMended>>
{
    public async Task<Result<ClaimMended>> Handle(MergeClaims command, CancellationToken cancellationToken)
    {
        var found = await MendedClaim.Find(session, command.Claim);
        if (found.Refusal is { } refusal) return refusal;
        var other = await MendedClaim.Find(session, command.With);
        if (other.Refusal is { } missing) return missing;
        var (claim, with) = (found.Value, other.Value);
        if (claim.Row.Id == with.Row.Id) return Refused.Invalid("a claim cannot be merged with itself");
        // What an editor has rejected is not ended by the way.
        if (new[] { claim, with }.FirstOrDefault(c => c.Row.Status is not ("in-review" or "approved")) is { } closed) return Refused.ClaimClosed(closed.Row.Status);
        if (claim.Row.ArticleId != with.Row.ArticleId || claim.Row.ArticleVersion != with.Row.ArticleVersion) return Refused.Invalid($"{claim.Reference} and {with.Reference} do not stand in the same text");
        var after = ClaimForm.Describe(claim.Row, claim.As(Union(claim.Spans, with.Spans), claim.Chain), claim.Text);
        var reopened = await amendment.Amend(claim.Row, after, new("merged", command.Note?.Trim(), claim.Row.Content, after.Content), new("claim", claim.Reference, $"{with.Reference} was merged into it"));
        await links.CopyAll(with.Row.Id, claim.Row.Id, claim.Reference);
        await amendment.End(with.Row, new("merged", $"into {claim.Reference}", with.Row.Content, null), new("claim", claim.Reference, $"it was merged into {claim.Reference}"));
        return new ClaimMended(claim.Reference, "merged", after.Content, ClaimSpec.Text(after.Chain), after.DefinitionId, reopened is null ? claim.Row.Status : "in-review", with.Reference, reopened) { Elsewhere = amendment.TakeElsewhere() };
    }

    private static List<Span> Union(IReadOnlyList<Span> a, IReadOnlyList<Span> b)
    {
        var union = new List<Span>();
        foreach (var s in a.Concat(b).OrderBy(s => s.Start))
            if (union.Count > 0 && s.Start <= union[^1].End) union[^1] = new(union[^1].Start, Math.Max(union[^1].End, s.End));
            else union.Add(s);
        return union;
    }
}
