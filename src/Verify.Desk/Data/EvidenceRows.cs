using System.Security.Cryptography;

namespace Verify.Desk.Data;

/// <summary>A file or text, addressed by its SHA-256 in lower-case hex; never changed.</summary>
public sealed record ContentRow : IAuditedRow
{
    public string Sha256 { get; init; } = "";
    public string MediaType { get; init; } = "";
    public long Size { get; init; }
    public byte[] Bytes { get; init; } = [];
    /// <summary>What it says, as far as it could be read; null for pictures and recordings.</summary>
    public string? Text { get; init; }
    public long CreatedAt { get; init; }
    public const string Columns = "sha256 AS Sha256, media_type AS MediaType, size AS Size, bytes AS Bytes, text AS Text, created_at AS CreatedAt";
    public string Row => $"content:{Sha256}";
    public IEnumerable<object?> Values => [Sha256, MediaType, Size, Convert.ToHexStringLower(SHA256.HashData(Bytes)), Text, CreatedAt];
}

public sealed record EvidenceRow : IAuditedRow
{
    public string Id { get; init; } = "";
    public long Number { get; init; }
    public string Kind { get; init; } = "";
    public string Title { get; init; } = "";
    /// <summary>Address or citation; null where the content is all there is.</summary>
    public string? Reference { get; init; }
    /// <summary>SHA-256 of its content; null for a mere reference.</summary>
    public string? Content { get; init; }
    public string GroundRules { get; init; } = "";
    public string? ObtainedFrom { get; init; }
    public string? ObtainedHow { get; init; }
    public string? DatedOn { get; init; }
    public string? Note { get; init; }
    public string? AddedBy { get; init; }
    public long CreatedAt { get; init; }
    public long? WithdrawnAt { get; init; }
    public string? WithdrawnWhy { get; init; }
    public const string Columns = "id AS Id, number AS Number, kind AS Kind, title AS Title, reference AS Reference, content AS Content, ground_rules AS GroundRules, obtained_from AS ObtainedFrom, obtained_how AS ObtainedHow, dated_on AS DatedOn, note AS Note, added_by AS AddedBy, created_at AS CreatedAt, withdrawn_at AS WithdrawnAt, withdrawn_why AS WithdrawnWhy";
    /// <summary>What it is called and whom it came from is for checkers alone.</summary>
    public bool Withheld => IsWithheld(GroundRules);
    /// <summary>What it is called where everybody reads: E4 with its title, or its number alone.</summary>
    public string Called => Withheld ? References.Evidence(Number) : $"{References.Evidence(Number)} ({Title})";
    public static bool IsWithheld(string groundRules) => groundRules is "off-the-record" or "deep-background";
    /// <summary>The same in SQL, after IN.</summary>
    internal const string WithheldRules = "('off-the-record', 'deep-background')";
    public string Row => $"evidence:{Id}";
    public IEnumerable<object?> Values => [Id, Number, Kind, Title, Reference, Content, GroundRules, ObtainedFrom, ObtainedHow, DatedOn, Note, AddedBy, CreatedAt, WithdrawnAt, WithdrawnWhy];
}

/// <summary>A piece of evidence as to one claim.</summary>
public sealed record EvidenceClaimRow : IAuditedRow
{
    public string EvidenceId { get; init; } = "";
    public string ClaimId { get; init; } = "";
    public string Stance { get; init; } = "";
    public string? AddedBy { get; init; }
    public long CreatedAt { get; init; }
    public long? DetachedAt { get; init; }
    public const string Columns = "evidence_id AS EvidenceId, claim_id AS ClaimId, stance AS Stance, added_by AS AddedBy, created_at AS CreatedAt, detached_at AS DetachedAt";
    public string Row => $"evidence-claim:{EvidenceId}:{ClaimId}";
    public IEnumerable<object?> Values => [EvidenceId, ClaimId, Stance, AddedBy, CreatedAt, DetachedAt];
}

public sealed record CustodyRow : IAuditedRow
{
    public string EvidenceId { get; init; } = "";
    public long Seq { get; init; }
    public long At { get; init; }
    public string? UserId { get; init; }
    public string Action { get; init; } = "";
    public string? Detail { get; init; }
    public const string Columns = "evidence_id AS EvidenceId, seq AS Seq, at AS At, user_id AS UserId, action AS Action, detail AS Detail";
    public string Row => $"custody:{EvidenceId}:{Seq}";
    public IEnumerable<object?> Values => [EvidenceId, Seq, At, UserId, Action, Detail];
}

/// <summary>Somebody or something that evidence goes back to.</summary>
public sealed record SourceRow : IAuditedRow
{
    public string Id { get; init; } = "";
    public long Number { get; init; }
    public string Name { get; init; } = "";
    /// <summary>A kind of chain link: person, organization, document, …</summary>
    public string Kind { get; init; } = "";
    public string Key { get; init; } = "";
    /// <summary>The article within which it is the same one; null for what has a name everywhere.</summary>
    public string? ArticleId { get; init; }
    public long CreatedAt { get; init; }
    public string? MergedInto { get; init; }
    public long? RetractedAt { get; init; }
    public string? Why { get; init; }
    public const string Columns = "id AS Id, number AS Number, name AS Name, kind AS Kind, key AS Key, article_id AS ArticleId, created_at AS CreatedAt, merged_into AS MergedInto, retracted_at AS RetractedAt, why AS Why";
    public string Row => $"source:{Id}";
    public IEnumerable<object?> Values => [Id, Number, Name, Kind, Key, ArticleId, CreatedAt, MergedInto, RetractedAt, Why];
}

public sealed record ProvenanceRow : IAuditedRow
{
    public string Id { get; init; } = "";
    public string? ClaimId { get; init; }
    public string FromKind { get; init; } = "";
    public string FromId { get; init; } = "";
    public string ToKind { get; init; } = "";
    public string ToId { get; init; } = "";
    /// <summary>Who passed it on between the two.</summary>
    public string? Via { get; init; }
    /// <summary>The words of the evidence that say so.</summary>
    public string? Words { get; init; }
    public string Status { get; init; } = "";
    public string? DecidedBy { get; init; }
    public long? DecidedAt { get; init; }
    public long CreatedAt { get; init; }
    public const string Columns = "id AS Id, claim_id AS ClaimId, from_kind AS FromKind, from_id AS FromId, to_kind AS ToKind, to_id AS ToId, via AS Via, words AS Words, status AS Status, decided_by AS DecidedBy, decided_at AS DecidedAt, created_at AS CreatedAt";
    public string Row => $"provenance:{Id}";
    public IEnumerable<object?> Values => [Id, ClaimId, FromKind, FromId, ToKind, ToId, Via, Words, Status, DecidedBy, DecidedAt, CreatedAt];
}
