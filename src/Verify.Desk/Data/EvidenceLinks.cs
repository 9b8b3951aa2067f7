using System.Data;
using Dapper;
using Verify.Desk.Requests;

namespace Verify.Desk.Data;

/// <summary>Attaches evidence to claims, with all that its provenance says as to one they share.</summary>
public sealed class EvidenceLinks(Session session, OriginWriter origins)
{
    internal const string Insert = "INSERT INTO evidence_claims (evidence_id, claim_id, stance, added_by, created_at, detached_at) VALUES (@EvidenceId, @ClaimId, @Stance, @AddedBy, @CreatedAt, @DetachedAt)";
    private const string Update = "UPDATE evidence_claims SET stance = @Stance, detached_at = @DetachedAt, added_by = @AddedBy, created_at = @CreatedAt WHERE evidence_id = @EvidenceId AND claim_id = @ClaimId";
    // The same file, or the same address without one, is the same evidence under another number.
    internal const string Twin = """
        SELECT e.number FROM evidence_claims l JOIN evidence e ON e.id = l.evidence_id
        WHERE l.claim_id = @ClaimId AND l.detached_at IS NULL AND e.withdrawn_at IS NULL AND e.id <> @Id
            AND (e.content = @Content OR e.content IS NULL AND @Content IS NULL AND e.reference = @Reference) LIMIT 1
        """;
    private const string Missing = $"SELECT {EvidenceClaimRow.Columns} FROM evidence_claims l WHERE claim_id = @From AND detached_at IS NULL AND EXISTS (SELECT 1 FROM evidence e WHERE e.id = l.evidence_id AND e.withdrawn_at IS NULL) AND NOT EXISTS (SELECT 1 FROM evidence_claims h WHERE h.claim_id = @To AND h.evidence_id = l.evidence_id)";
    private const string EvidenceById = $"SELECT {EvidenceRow.Columns} FROM evidence WHERE id = @EvidenceId";
    private const string Known = $"SELECT {ProvenanceRow.Columns} FROM provenance WHERE from_id = @Id AND claim_id IS NOT NULL AND status <> 'rejected' ORDER BY id";

    private const string Link = $"SELECT {EvidenceClaimRow.Columns} FROM evidence_claims WHERE evidence_id = @EvidenceId AND claim_id = @ClaimId";

    /// <summary>The link between the two, detached or not; null: there never was one.</summary>
    public static Task<EvidenceClaimRow?> Find(IDbConnection connection, string evidenceId, string claimId) =>
        connection.QuerySingleOrDefaultAsync<EvidenceClaimRow?>(Link, new { EvidenceId = evidenceId, ClaimId = claimId });

    public static async Task<bool> IsAttached(IDbConnection connection, string evidenceId, string claimId) => await Find(connection, evidenceId, claimId) is { DetachedAt: null };

    /// <param name="before">The link as it is; null: the evidence was never attached to this claim.</param>
    public async Task<Refusal?> Put(EvidenceRow evidence, string claimId, string claim, string stance, EvidenceClaimRow? before)
    {
        if (await session.Connection.QuerySingleOrDefaultAsync<long?>(Twin, new { evidence.Id, evidence.Content, evidence.Reference, ClaimId = claimId }) is { } twin) return Refused.AlreadyAttached(References.Evidence(twin));
        var link = before is null
            ? new EvidenceClaimRow { EvidenceId = evidence.Id, ClaimId = claimId, Stance = stance, AddedBy = session.Actor?.Id, CreatedAt = session.NowMs }
            : before.DetachedAt is null ? before with { Stance = stance } : before with { Stance = stance, DetachedAt = null, AddedBy = session.Actor?.Id, CreatedAt = session.NowMs };
        await session.Connection.ExecuteAsync(before is null ? Insert : Update, link);
        var written = new List<IAuditedRow> { await Custody.Log(session, evidence.Id, before?.DetachedAt is null && before is not null ? "stance" : "attached", $"to {claim}, {stance}") };
        // Where it got it from as to another claim is likely where it got it from as to this one: proposed, for a checker to confirm.
        if (before is null)
            foreach (var row in (await session.Connection.QueryAsync<ProvenanceRow>(Known, new { evidence.Id })).DistinctBy(r => (r.ToKind, r.ToId)))
                written.Add(await origins.Add(claimId, evidence.Id, row.ToKind, row.ToId, row.Via, row.Words, "proposed"));
        await session.Audit.Append(session.ActorName, before is null ? "EvidenceAttached" : "StanceChanged", session.NowMs, link, before, new { evidence = References.Evidence(evidence.Number), claim, stance }, written);
        return null;
    }

    /// <summary>Attaches to one claim all that is attached to another, with its stance; what is there under another number is left out.</summary>
    public async Task<IReadOnlyList<(EvidenceRow Evidence, string Stance)>> CopyAll(string fromId, string toId, string to)
    {
        var copied = new List<(EvidenceRow, string)>();
        foreach (var link in (await session.Connection.QueryAsync<EvidenceClaimRow>(Missing, new { From = fromId, To = toId })).ToList())
        {
            var evidence = await session.Connection.QuerySingleAsync<EvidenceRow>(EvidenceById, new { link.EvidenceId });
            if (await Put(evidence, toId, to, link.Stance, null) is null) copied.Add((evidence, link.Stance));
        }
        return copied;
    }

    public async Task Detach(EvidenceRow evidence, EvidenceClaimRow before, string claim, string? why)
    {
        var link = before with { DetachedAt = session.NowMs };
        await session.Connection.ExecuteAsync(Update, link);
        await session.Audit.Append(session.ActorName, "EvidenceDetached", session.NowMs, link, before, new { evidence = References.Evidence(evidence.Number), claim, why }, [await Custody.Log(session, evidence.Id, "detached", $"from {claim}{(why is null ? "" : $": {why}")}")]);
    }
}
