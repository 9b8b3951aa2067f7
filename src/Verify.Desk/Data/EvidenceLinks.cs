using Dapper;

namespace Verify.Desk.Data;

/// <summary>Attaches evidence to claims, with all that its provenance says as to one they share.</summary>
public sealed class EvidenceLinks(Session session, OriginWriter origins)
{
    internal const string Insert = "INSERT INTO evidence_claims (evidence_id, claim_id, stance, added_by, created_at, detached_at) VALUES (@EvidenceId, @ClaimId, @Stance, @AddedBy, @CreatedAt, @DetachedAt)";
    private const string Update = "UPDATE evidence_claims SET stance = @Stance, detached_at = @DetachedAt WHERE evidence_id = @EvidenceId AND claim_id = @ClaimId";
    private const string Known = $"SELECT {ProvenanceRow.Columns} FROM provenance WHERE from_id = @Id AND claim_id IS NOT NULL AND status <> 'rejected' ORDER BY id";

    /// <param name="before">The link as it is; null: the evidence was never attached to this claim.</param>
    public async Task Put(EvidenceRow evidence, string claimId, string claim, string stance, EvidenceClaimRow? before)
    {
        var link = before is null
            ? new EvidenceClaimRow { EvidenceId = evidence.Id, ClaimId = claimId, Stance = stance, AddedBy = session.Actor?.Id, CreatedAt = session.NowMs }
            : before with { Stance = stance, DetachedAt = null };
        await session.Connection.ExecuteAsync(before is null ? Insert : Update, link);
        var written = new List<IAuditedRow> { await Custody.Log(session, evidence.Id, before is null ? "attached" : "stance", $"to {claim}, {stance}") };
        // Where it got it from as to another claim is likely where it got it from as to this one: proposed, for a checker to confirm.
        if (before is null)
            foreach (var row in (await session.Connection.QueryAsync<ProvenanceRow>(Known, new { evidence.Id })).DistinctBy(r => (r.ToKind, r.ToId)))
                written.Add(await origins.Add(claimId, evidence.Id, row.ToKind, row.ToId, row.Via, row.Words, "proposed"));
        await session.Audit.Append(session.ActorName, before is null ? "EvidenceAttached" : "StanceChanged", session.NowMs, link, before, new { evidence = References.Evidence(evidence.Number), claim, stance }, written);
    }

    public async Task Detach(EvidenceRow evidence, EvidenceClaimRow before, string claim, string? why)
    {
        var link = before with { DetachedAt = session.NowMs };
        await session.Connection.ExecuteAsync(Update, link);
        await session.Audit.Append(session.ActorName, "EvidenceDetached", session.NowMs, link, before, new { evidence = References.Evidence(evidence.Number), claim, why }, [await Custody.Log(session, evidence.Id, "detached", $"from {claim}{(why is null ? "" : $": {why}")}")]);
    }
}
