using Dapper;
using FluentValidation;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Evidence;

/// <summary>Takes evidence from a claim that it was attached to by mistake; elsewhere it stays.</summary>
/// <param name="Note">Why; on the record.</param>
public sealed record DetachEvidence(string Evidence, string Claim, string Note) : Command<EvidenceWithdrawn>
{
    public override bool NeedsUser => false;
    public override IReadOnlyList<string> AllowedRoles => Roles.Checkers;
}

public sealed class DetachEvidenceValidator : AbstractValidator<DetachEvidence>
{
    public DetachEvidenceValidator() => RuleFor(c => c.Note).NotEmpty().WithMessage("say why with --note: evidence is not taken away without a reason").MaximumLength(20_000).WithMessage("the note is longer than 20,000 characters");
}

public sealed class DetachEvidenceHandler(Session session, EvidenceLinks links, GroundWatch watch) : IRequestHandler<DetachEvidence, Result<EvidenceWithdrawn>>
{
    public async Task<Result<EvidenceWithdrawn>> Handle(DetachEvidence command, CancellationToken cancellationToken)
    {
        var evidence = await References.FindEvidence(session.Connection, command.Evidence);
        if (evidence is null) return Refused.NotFound("evidence", command.Evidence);
        var claim = await References.FindClaim(session.Connection, command.Claim);
        if (claim is null) return Refused.NotFound("claim", command.Claim);
        if (await MendedClaim.WriterOf(session, claim) is { } conflict) return conflict;
        var name = References.Evidence(evidence.Number);
        if (await EvidenceLinks.Find(session.Connection, evidence.Id, claim) is not { DetachedAt: null } link) return Refused.NotAttached(name, command.Claim);
        var rested = (await session.Connection.QueryAsync<string>(WithdrawEvidenceHandler.Resting, new { evidence.Id })).Contains(claim);
        var seen = (await session.Connection.QueryAsync<string>(WithdrawEvidenceHandler.SeenIn, new { evidence.Id })).Contains(claim);
        await links.Detach(evidence, link, command.Claim, command.Note.Trim());
        // A source that was seen in it was not seen.
        var reopened = !rested && !seen ? [] : await watch.ReopenAll([claim], new("evidence", name, $"{evidence.Called} was taken away: {command.Note.Trim()}", KeepsContent: !rested));
        return new EvidenceWithdrawn([name], reopened);
    }
}
