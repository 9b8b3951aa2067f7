using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Features.Evidence;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Origins;

/// <summary>Says that evidence did not get it from there, proposed or confirmed as it was.</summary>
/// <param name="From">As <see cref="SetOrigin.From"/>.</param>
public sealed record RejectOrigin(string Evidence, string Claim, string From) : Command<OriginSet>
{
    public override bool NeedsUser => false;
    public override IReadOnlyList<string> AllowedRoles => Roles.Checkers;
}

public sealed class RejectOriginHandler(Session session, OriginWriter origins, GroundWatch watch) : IRequestHandler<RejectOrigin, Result<OriginSet>>
{
    public async Task<Result<OriginSet>> Handle(RejectOrigin command, CancellationToken cancellationToken)
    {
        var evidence = await References.FindEvidence(session.Connection, command.Evidence);
        if (evidence is null) return Refused.NotFound("evidence", command.Evidence);
        var claim = await References.FindClaim(session.Connection, command.Claim);
        if (claim is null) return Refused.NotFound("claim", command.Claim);
        if (await MendedClaim.WriterOf(session, claim) is { } conflict) return conflict;
        ProvenanceRow? row = null;
        var left = new List<OriginLine>();
        foreach (var r in (await origins.Of(claim, evidence.Id)).Where(r => r.Status != "rejected"))
        {
            var line = await OriginLines.Of(session.Connection, r);
            if (row is null && (string.Equals(line.To, command.From, StringComparison.OrdinalIgnoreCase) || SourceBook.KeyOf(line.Name) == SourceBook.KeyOf(command.From))) row = r;
            else left.Add(line);
        }
        if (row is null) return Refused.NotFound("source", command.From);
        var measured = await watch.Measure((await watch.ClaimsLeadingTo("evidence", evidence.Id)).Append(claim).Distinct());
        var rejected = await origins.SetStatus(row, "rejected");
        await session.Audit.Append(session.ActorName, "OriginRejected", session.NowMs, rejected, row, new { evidence = command.Evidence, claim = command.Claim, command.From }, [await Custody.Log(session, evidence.Id, "origin", $"as to {command.Claim}: not {command.From}")]);
        return new OriginSet(command.Evidence, left, await watch.ReopenWeaker(measured, new("origin", command.Evidence, $"where {command.Evidence} comes from was corrected")));
    }
}
