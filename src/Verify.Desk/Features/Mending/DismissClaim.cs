using FluentValidation;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Mending;

/// <summary>Says that what the extractor found is no claim; counted as its mistake.</summary>
public sealed record DismissClaim(string Claim, string Note) : Command<ClaimMended>
{
    public override IReadOnlyList<string> AllowedRoles => Roles.Checkers;
}

public sealed class DismissClaimValidator : AbstractValidator<DismissClaim>
{
    public DismissClaimValidator() => RuleFor(c => c.Note).NotEmpty().WithMessage("say why with --note: a claim is not dismissed without a reason").MaximumLength(20_000).WithMessage("the note is longer than 20,000 characters");
}

public sealed class DismissClaimHandler(Session session, ClaimAmendment amendment) : IRequestHandler<DismissClaim, Result<ClaimMended>>
{
    public async Task<Result<ClaimMended>> Handle(DismissClaim command, CancellationToken cancellationToken)
    {
        var found = await MendedClaim.Find(session, command.Claim);
        if (found.Refusal is { } refusal) return refusal;
        var claim = found.Value;
        // What an editor has decided is not undone by the way.
        if (claim.Row.Status != "in-review") return Refused.ClaimClosed(claim.Row.Status);
        await amendment.End(claim.Row, new("dismissed", command.Note.Trim(), claim.Row.Content, null), new("claim", claim.Reference, command.Note.Trim()));
        return new ClaimMended(claim.Reference, "dismissed", claim.Row.Content, ClaimSpec.Text(claim.Row.Chain), claim.Row.DefinitionId, "dismissed") { Elsewhere = amendment.TakeElsewhere() };
    }
}
