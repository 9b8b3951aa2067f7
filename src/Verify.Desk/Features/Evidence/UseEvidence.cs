using FluentValidation;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Evidence;

/// <summary>Attaches evidence that the desk has to another claim, or changes its stance there.</summary>
/// <param name="Evidence">Its reference, for example <c>E4</c>.</param>
public sealed record UseEvidence(string Evidence, string Claim, string Stance) : Command<EvidenceUsed>
{
    public override bool NeedsUser => false;
}

public sealed record EvidenceUsed(string Evidence, string Claim, string Stance, IReadOnlyList<ReopenedClaim> Reopened);

public sealed class UseEvidenceValidator : AbstractValidator<UseEvidence>
{
    public UseEvidenceValidator() => RuleFor(c => c.Stance).Must(EvidenceTerms.Stances.Contains).WithMessage(c => $"'{c.Stance}' is not a stance; use one of: {string.Join(", ", EvidenceTerms.Stances)}");
}

public sealed class UseEvidenceHandler(Session session, EvidenceLinks links, GroundWatch watch) : IRequestHandler<UseEvidence, Result<EvidenceUsed>>
{
    public async Task<Result<EvidenceUsed>> Handle(UseEvidence command, CancellationToken cancellationToken)
    {
        var evidence = await References.FindEvidence(session.Connection, command.Evidence);
        if (evidence is null) return Refused.NotFound("evidence", command.Evidence);
        if (evidence.WithdrawnAt is not null) return Refused.Withdrawn(References.Evidence(evidence.Number));
        var claim = await References.FindClaim(session.Connection, command.Claim);
        if (claim is null) return Refused.NotFound("claim", command.Claim);
        var name = References.Evidence(evidence.Number);
        var before = await EvidenceLinks.Find(session.Connection, evidence.Id, claim);
        if (before is { DetachedAt: null } && before.Stance == command.Stance) return new EvidenceUsed(name, command.Claim, command.Stance, []);
        // Who writes may bring evidence; what it says of the claim, once it is there, is for a checker to change.
        if (before is { DetachedAt: null } || evidence.Withheld)
        {
            if (session.Actor is { } actor && !actor.HasOneOf(Roles.Checkers)) return Refused.WrongRole(actor.Name, Roles.Checkers);
            if (await MendedClaim.WriterOf(session, claim) is { } conflict) return conflict;
        }
        if (await links.Put(evidence, claim, command.Claim, command.Stance, before) is { } twice) return twice;
        var turned = before is { DetachedAt: null, Stance: not "unclear" } || command.Stance == "refutes";
        var reopened = !turned ? [] : await watch.ReopenAll([claim], new("evidence", name, $"{evidence.Called} now {command.Stance}"));
        return new EvidenceUsed(name, command.Claim, command.Stance, reopened);
    }
}
