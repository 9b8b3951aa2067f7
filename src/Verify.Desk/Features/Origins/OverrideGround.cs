using Dapper;
using FluentValidation;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Origins;

/// <summary>An editor's leave to go on in this round without the ground that the definition asks for; on the record.</summary>
public sealed record OverrideGround(string Claim, string Note) : Command<GroundOverridden>
{
    public override IReadOnlyList<string> AllowedRoles => [Roles.Editor, Roles.StandardsEditor];
}

public sealed record GroundOverridden(string Claim, long Round);

public sealed class OverrideGroundValidator : AbstractValidator<OverrideGround>
{
    public OverrideGroundValidator() => RuleFor(c => c.Note).NotEmpty().WithMessage("say why with --note: a need is not set aside without a reason").MaximumLength(20_000).WithMessage("the note is longer than 20,000 characters");
}

public sealed class OverrideGroundHandler(Session session) : IRequestHandler<OverrideGround, Result<GroundOverridden>>
{
    private const string Exists = "SELECT EXISTS (SELECT 1 FROM overrides WHERE claim_id = @Id AND round = @Round)";
    private const string Insert = "INSERT INTO overrides (claim_id, round, reason, user_id, at) VALUES (@ClaimId, @Round, @Reason, @UserId, @At)";

    public async Task<Result<GroundOverridden>> Handle(OverrideGround command, CancellationToken cancellationToken)
    {
        var claim = await References.LoadClaim(session.Connection, command.Claim);
        if (claim is null) return Refused.NotFound("claim", command.Claim);
        if (await MendedClaim.WriterOf(session, claim.Id) is { } conflict) return conflict;
        if (claim.Status != "in-review") return Refused.ClaimClosed(claim.Status);
        if (await session.Connection.ExecuteScalarAsync<long>(Exists, new { claim.Id, claim.Round }) == 1) return new GroundOverridden(command.Claim, claim.Round);
        var row = new OverrideRow { ClaimId = claim.Id, Round = claim.Round, Reason = command.Note.Trim(), UserId = session.Actor!.Id, At = session.NowMs };
        await session.Connection.ExecuteAsync(Insert, row);
        await SearchIndex.Add(session.Connection, "note", $"override:{claim.Id}:{claim.Round}", claim.Id, row.Reason);
        await session.Audit.Append(session.ActorName, "GroundOverridden", session.NowMs, row, null, new { claim = command.Claim, claim.Round, why = row.Reason }, []);
        return new GroundOverridden(command.Claim, claim.Round);
    }
}
