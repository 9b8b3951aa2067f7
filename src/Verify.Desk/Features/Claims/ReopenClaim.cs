using FluentValidation;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Claims;

/// <summary>Sets aside an approval (or a rejection) because an error was found: the claim begins a new round.</summary>
public sealed record ReopenClaim(string Claim, string Note) : Command<ClaimReopened>
{
    public override IReadOnlyList<string> AllowedRoles => Roles.Checkers;
}

/// <param name="Reopened">The claim, and others that had taken over what was found for it.</param>
public sealed record ClaimReopened(IReadOnlyList<ReopenedClaim> Reopened);

public sealed class ReopenClaimValidator : AbstractValidator<ReopenClaim>
{
    public ReopenClaimValidator() => RuleFor(c => c.Note).NotEmpty().WithMessage("say why with --note: an approval is not set aside without a reason").MaximumLength(20_000).WithMessage("the note is longer than 20,000 characters");
}

public sealed class ReopenClaimHandler(Session session, Reopening reopening, GroundWatch watch) : IRequestHandler<ReopenClaim, Result<ClaimReopened>>
{

    public async Task<Result<ClaimReopened>> Handle(ReopenClaim command, CancellationToken cancellationToken)
    {
        var claim = await References.LoadClaim(session.Connection, command.Claim);
        if (claim is null) return Refused.NotFound("claim", command.Claim);
        if (await MendedClaim.WriterOf(session, claim.Id) is { } conflict) return conflict;
        if (claim.Status is not ("approved" or "rejected"))
            return new Refusal(RefusalKind.Rule, "not_closed", $"{command.Claim} is {claim.Status}; only what was approved or rejected can be reopened");
        await reopening.Reopen(claim, claim, new("claim", command.Claim, command.Note.Trim()));
        var all = new List<ReopenedClaim> { await watch.Describe(claim.Id, claim.Status) };
        foreach (var (other, status) in reopening.TakeAlsoReopened()) all.Add(await watch.Describe(other, status));
        return new ClaimReopened(all);
    }
}
