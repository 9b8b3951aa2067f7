namespace Verify.Desk.Data;

/// <summary>Whether a source of the chain was itself seen. Records are added, never changed; the last one counts.</summary>
public sealed record LinkCheckRow : IAuditedRow
{
    public string Id { get; init; } = "";
    public string ClaimId { get; init; } = "";
    /// <summary>Place in the chain, from 1.</summary>
    public long Link { get; init; }
    /// <summary>Who stood there: a record stays with the source, not with the place.</summary>
    public string Name { get; init; } = "";
    public string Result { get; init; } = "";
    public string How { get; init; } = "";
    public string? EvidenceId { get; init; }
    public string? Note { get; init; }
    public long Round { get; init; }
    public string UserId { get; init; } = "";
    public long At { get; init; }
    public const string Columns = "id AS Id, claim_id AS ClaimId, link AS Link, name AS Name, result AS Result, how AS How, evidence_id AS EvidenceId, note AS Note, round AS Round, user_id AS UserId, at AS At";
    public string Row => $"link-check:{Id}";
    public IEnumerable<object?> Values => [Id, ClaimId, Link, Name, Result, How, EvidenceId, Note, Round, UserId, At];
}

/// <summary>An editor's leave to go on in this round without the ground that the definition asks for.</summary>
public sealed record OverrideRow : IAuditedRow
{
    public string ClaimId { get; init; } = "";
    public long Round { get; init; }
    public string Reason { get; init; } = "";
    public string UserId { get; init; } = "";
    public long At { get; init; }
    public const string Columns = "claim_id AS ClaimId, round AS Round, reason AS Reason, user_id AS UserId, at AS At";
    public string Row => $"override:{ClaimId}:{Round}";
    public IEnumerable<object?> Values => [ClaimId, Round, Reason, UserId, At];
}

/// <summary>Why a round ended although nobody sent the claim back: its ground moved.</summary>
public sealed record ReopeningRow : IAuditedRow
{
    public string ClaimId { get; init; } = "";
    /// <summary>The round that it ended.</summary>
    public long Round { get; init; }
    /// <summary>evidence, source, origin, article, chain, or claim.</summary>
    public string Ground { get; init; } = "";
    public string Reference { get; init; } = "";
    public string Reason { get; init; } = "";
    public string? UserId { get; init; }
    public long At { get; init; }
    public const string Columns = "claim_id AS ClaimId, round AS Round, ground AS Ground, reference AS Reference, reason AS Reason, user_id AS UserId, at AS At";
    public string Row => $"reopening:{ClaimId}:{Round}";
    public IEnumerable<object?> Values => [ClaimId, Round, Ground, Reference, Reason, UserId, At];
}

public sealed record RevisionRow : IAuditedRow
{
    public string ArticleId { get; init; } = "";
    public long Version { get; init; }
    /// <summary><c>update</c> or <c>correction</c>.</summary>
    public string Kind { get; init; } = "";
    public string? Note { get; init; }
    public string? UserId { get; init; }
    public long At { get; init; }
    public const string Columns = "article_id AS ArticleId, version AS Version, kind AS Kind, note AS Note, user_id AS UserId, at AS At";
    public string Row => $"revision:{ArticleId}:{Version}";
    public IEnumerable<object?> Values => [ArticleId, Version, Kind, Note, UserId, At];
}

/// <summary>What was changed of a claim as the extractor found it.</summary>
public sealed record AmendmentRow : IAuditedRow
{
    public string Id { get; init; } = "";
    public string ClaimId { get; init; } = "";
    /// <summary>The version of the claim that the change made.</summary>
    public long ClaimVersion { get; init; }
    /// <summary>added, span, chain, split, merged, dismissed: mended by a checker; anchored, lost: by a new version of the article.</summary>
    public string Kind { get; init; } = "";
    public string? Note { get; init; }
    /// <summary>What it was, as text or JSON, and what it is.</summary>
    public string? Before { get; init; }
    public string? After { get; init; }
    public string? UserId { get; init; }
    public long At { get; init; }
    public const string Columns = "id AS Id, claim_id AS ClaimId, claim_version AS ClaimVersion, kind AS Kind, note AS Note, before AS Before, after AS After, user_id AS UserId, at AS At";
    public string Row => $"amendment:{Id}";
    public IEnumerable<object?> Values => [Id, ClaimId, ClaimVersion, Kind, Note, Before, After, UserId, At];
}

/// <summary>A claim that took over the evidence of an earlier one.</summary>
public sealed record ReuseRow : IAuditedRow
{
    public string Id { get; init; } = "";
    public string ClaimId { get; init; } = "";
    public string FromClaimId { get; init; } = "";
    /// <summary>The task that was decided as it was there, a decision that falls with it; null: the evidence alone was taken over.</summary>
    public long? Token { get; init; }
    public string UserId { get; init; } = "";
    public long At { get; init; }
    public const string Columns = "id AS Id, claim_id AS ClaimId, from_claim_id AS FromClaimId, token AS Token, user_id AS UserId, at AS At";
    public string Row => $"reuse:{Id}";
    public IEnumerable<object?> Values => [Id, ClaimId, FromClaimId, Token, UserId, At];
}
