using System.Text.RegularExpressions;
using Dapper;
using Verify.Attribution;
using Verify.Desk.Requests;
using Verify.Evidence.Provenance;

namespace Verify.Desk.Data;

/// <summary>Writes who got it from whom: what the text proposes, and what a checker says.</summary>
public sealed partial class OriginWriter(Session session)
{
    private const string Insert = "INSERT INTO provenance (id, claim_id, from_kind, from_id, to_kind, to_id, via, words, status, decided_by, decided_at, created_at) VALUES (@Id, @ClaimId, @FromKind, @FromId, @ToKind, @ToId, @Via, @Words, @Status, @DecidedBy, @DecidedAt, @CreatedAt)";
    private const string Decide = "UPDATE provenance SET status = @Status, decided_by = @DecidedBy, decided_at = @DecidedAt WHERE id = @Id";
    // Of a source, also what was said of it under a name that was merged into it.
    private const string Existing = $"""
        {SourceBook.WithAliases}
        SELECT {ProvenanceRow.Columns} FROM provenance WHERE from_id IN (SELECT id FROM alias) AND coalesce(claim_id, '') = coalesce(@ClaimId, '') ORDER BY id
        """;
    private const string ArticleOf = $"SELECT {ArticleRow.Columns} FROM articles WHERE id = @Id";
    private const string ArticleText = "SELECT text FROM snapshots WHERE article_id = @ArticleId AND version = @ArticleVersion";
    private const string ArticleByText = "SELECT article_id FROM snapshots WHERE sha256 = @Sha256";
    private const string ArticleByUrl = "SELECT id FROM articles WHERE url = @Url ORDER BY number LIMIT 1";
    private const string Neighbours = "SELECT e.id AS Id, e.obtained_from AS ObtainedFrom FROM evidence_claims c JOIN evidence e ON e.id = c.evidence_id WHERE c.claim_id = @ClaimId AND c.detached_at IS NULL AND e.id <> @EvidenceId AND e.obtained_from IS NOT NULL";

    /// <summary>Writes what the evidence itself says of its origin, for a checker to confirm.</summary>
    public async Task<List<ProvenanceRow>> Propose(ClaimRow claim, EvidenceRow evidence, bool firstHand, string? text, IReadOnlyList<AttributedClaim> claims)
    {
        var rows = new List<ProvenanceRow>();
        if (await OwnReport(evidence) is { } article || text is not null && (article = await CopiedFrom(claim, text)) is not null) rows.Add(await Add(claim.Id, evidence.Id, "article", article, null, evidence.Reference ?? "the same text", "proposed"));
        else if (firstHand) rows.Add(await FirstHand(claim, evidence));
        else if (text is not null)
            foreach (var p in OriginProposals.Of(claim.Content, text, claims))
            {
                var kind = p.Kind.ToString().ToLowerInvariant();
                var (toKind, toId) = await ViaOwnOutlet(claim, p.Via) ?? await Target(claim, evidence, p.Name, kind);
                if (rows.All(r => r.ToId != toId)) rows.Add(await Add(claim.Id, evidence.Id, toKind, toId, p.Via, p.Words, "proposed"));
            }
        return rows;
    }

    // The document that the chain names is that source; what somebody said is from them; else nobody stands behind it.
    private async Task<ProvenanceRow> FirstHand(ClaimRow claim, EvidenceRow evidence)
    {
        if (evidence.Kind == "primary-document" && ChainLinks.Of(claim.Chain).LastOrDefault(l => l.Kind == "document") is { } document)
            return await Add(claim.Id, evidence.Id, "source", (await SourceBook.FindOrAdd(session, document.Resolved, document.Kind, claim.ArticleId)).Id, null, null, "proposed");
        if (evidence.Kind is "interview" or "expert" && evidence.ObtainedFrom is { } who)
            return await Add(claim.Id, evidence.Id, "source", (await SourceBook.FindOrAdd(session, who, "person", claim.ArticleId)).Id, null, null, "proposed");
        return await Add(claim.Id, evidence.Id, "original", evidence.Id, null, null, "proposed");
    }

    // Most of its words stand in the claim's own article, in the same order.
    private async Task<string?> CopiedFrom(ClaimRow claim, string text) =>
        Copies.IsCopy(text, await session.Connection.QuerySingleAsync<string>(ArticleText, new { claim.ArticleId, claim.ArticleVersion })) ? claim.ArticleId : null;

    // "Two officials told the Post", and the Post is where the claim stands: it goes round.
    private async Task<(string, string)?> ViaOwnOutlet(ClaimRow claim, string? via)
    {
        var article = await session.Connection.QuerySingleAsync<ArticleRow>(ArticleOf, new { Id = claim.ArticleId });
        return article.Outlet is { } outlet && via?.Split(" → ").Any(v => SourceBook.KeyOf(v) == SourceBook.KeyOf(outlet)) == true ? ("article", article.Id) : null;
    }

    // A copy of an article of this desk, or its address: it got it from there.
    private async Task<string?> OwnReport(EvidenceRow evidence) =>
        (evidence.Content is null ? null : await session.Connection.QuerySingleOrDefaultAsync<string?>(ArticleByText, new { Sha256 = evidence.Content }))
        ?? (evidence.Reference is null ? null : await session.Connection.QuerySingleOrDefaultAsync<string?>(ArticleByUrl, new { Url = evidence.Reference }));

    // The outlet of the claim's own article is that article; the publisher of another piece is that piece.
    private async Task<(string Kind, string Id)> Target(ClaimRow claim, EvidenceRow evidence, string name, string kind)
    {
        var key = SourceBook.KeyOf(name);
        var article = await session.Connection.QuerySingleAsync<ArticleRow>(ArticleOf, new { Id = claim.ArticleId });
        if (article.Outlet is { } outlet && SourceBook.KeyOf(outlet) is var own && (own == key || SourceBook.HasName(name, kind) && own.EndsWith(" " + key, StringComparison.Ordinal))) return ("article", article.Id);
        foreach (var other in await session.Connection.QueryAsync<Publisher>(Neighbours, new { ClaimId = claim.Id, EvidenceId = evidence.Id }))
            if (SourceBook.KeyOf(other.ObtainedFrom) == key) return ("evidence", other.Id);
        return ("source", (await SourceBook.FindOrAdd(session, name, kind, claim.ArticleId)).Id);
    }

    /// <summary>Whether this names a thing of the desk, as <c>E4</c> does, rather than giving a name.</summary>
    public static bool IsThing(string reference) => References.Lettered(reference, 'E') is not null || References.Lettered(reference, 'S') is not null || reference.Length > 0 && reference.All(c => char.IsDigit(c) || c == '.');

    /// <summary>What a checker names: <c>original</c>, <c>E4</c>, <c>S2</c>, <c>12</c>, <c>12.3</c>, or a name.</summary>
    public async Task<Result<(string Kind, string Id)>> Resolve(string reference, string kind, string? articleId, string fromId)
    {
        if (string.Equals(reference, "original", StringComparison.OrdinalIgnoreCase)) return ("original", fromId);
        if (References.Lettered(reference, 'E') is not null) return await References.FindEvidence(session.Connection, reference) is { } e ? ("evidence", e.Id) : Refused.NotFound("evidence", reference);
        if (References.Lettered(reference, 'S') is not null) return await SourceBook.Find(session.Connection, reference) is { } s ? ("source", (await SourceBook.Canonical(session.Connection, s)).Id) : Refused.NotFound("source", reference);
        if (reference.All(char.IsDigit)) return await References.FindArticle(session.Connection, reference) is { } a ? ("article", a) : Refused.NotFound("article", reference);
        if (reference.All(c => char.IsDigit(c) || c == '.')) return await References.FindClaim(session.Connection, reference) is { } c ? ("claim", c) : Refused.NotFound("claim", reference);
        // "S-1", "E", "S1.1": a slip of the hand, not the name of anybody.
        if (MistypedReference().IsMatch(reference)) return Refused.NotFound(reference[0] is 'E' or 'e' ? "evidence" : "source", reference);
        return ("source", (await SourceBook.FindOrAdd(session, reference, kind, articleId)).Id);
    }

    [GeneratedRegex(@"^(.|[EeSs][-–.\s]*[\d.]+)$")]
    private static partial Regex MistypedReference();


    /// <summary>Confirms the target, whether it was proposed or not.</summary>
    /// <param name="also">Beside what was confirmed before; else that is thereby rejected. What was only proposed always is.</param>
    public async Task<List<ProvenanceRow>> Confirm(string? claimId, string fromKind, string fromId, string toKind, string toId, string? via, bool also)
    {
        var written = new List<ProvenanceRow>();
        var rows = await Of(claimId, fromId);
        foreach (var row in rows.Where(r => (r.ToKind, r.ToId) != (toKind, toId) && (r.Status == "proposed" || r.Status == "confirmed" && (!also || r.ToKind == "original" || toKind == "original")))) written.Add(await SetStatus(row, "rejected"));
        var same = rows.FirstOrDefault(r => (r.ToKind, r.ToId) == (toKind, toId) && (via is null || r.Via == via));
        if (same is null) written.Add(await Add(claimId, fromId, toKind, toId, via, null, "confirmed", fromKind));
        else if (same.Status != "confirmed") written.Add(await SetStatus(same, "confirmed"));
        return written;
    }

    public async Task<List<ProvenanceRow>> Of(string? claimId, string fromId) => [.. await session.Connection.QueryAsync<ProvenanceRow>(Existing, new { Id = fromId, ClaimId = claimId })];

    public async Task<ProvenanceRow> SetStatus(ProvenanceRow row, string status)
    {
        row = row with { Status = status, DecidedBy = session.Actor?.Id, DecidedAt = session.NowMs };
        await session.Connection.ExecuteAsync(Decide, row);
        return row;
    }

    public async Task<ProvenanceRow> Add(string? claimId, string fromId, string toKind, string toId, string? via, string? words, string status, string fromKind = "evidence")
    {
        var decided = status != "proposed";
        var row = new ProvenanceRow { Id = Ids.New(session.Now), ClaimId = claimId, FromKind = fromKind, FromId = fromId, ToKind = toKind, ToId = toId, Via = via, Words = words, Status = status, DecidedBy = decided ? session.Actor?.Id : null, DecidedAt = decided ? session.NowMs : null, CreatedAt = session.NowMs };
        await session.Connection.ExecuteAsync(Insert, row);
        return row;
    }

    private sealed record Publisher
    {
        public string Id { get; init; } = "";
        public string ObtainedFrom { get; init; } = "";
    }
}
