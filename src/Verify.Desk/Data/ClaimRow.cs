namespace Verify.Desk.Data;

/// <summary>A claim with its item's state.</summary>
public sealed record ClaimRow : IAuditedRow
{
    public string Id { get; init; } = "";
    public string ArticleId { get; init; } = "";
    public long ArticleVersion { get; init; }
    public long Ordinal { get; init; }
    public long? ParentOrdinal { get; init; }
    public string Quotation { get; init; } = "";
    public string Form { get; init; } = "";
    public string Content { get; init; } = "";
    /// <summary>JSON: [[start,end],…] in UTF-16 code units of the snapshot.</summary>
    public string Spans { get; init; } = "";
    /// <summary>JSON: the links of the attribution chain.</summary>
    public string Chain { get; init; } = "";
    public string? Speaker { get; init; }
    public double Confidence { get; init; }
    public string Construction { get; init; } = "";
    public string DefinitionId { get; init; } = "";
    public long DefinitionVersion { get; init; }
    /// <summary>Why the routing chose this definition.</summary>
    public string Route { get; init; } = "";
    public string Status { get; init; } = "";
    /// <summary>Rises when the claim is sent back; an approval counts in its round only.</summary>
    public long Round { get; init; }
    /// <summary>Rises with every change; a decision names the one that it was made on.</summary>
    public long Version { get; init; }
    public string State { get; init; } = "";
    public string? AttributionVerdict { get; init; }
    public string? ContentVerdict { get; init; }
    public long? EscalatedAt { get; init; }
    /// <summary>Who submitted the article; null on a desk without users.</summary>
    public string? StartedBy { get; init; }
    public long CreatedAt { get; init; }
    public long UpdatedAt { get; init; }

    public const string Columns = """
        id AS Id, article_id AS ArticleId, article_version AS ArticleVersion, ordinal AS Ordinal, parent_ordinal AS ParentOrdinal,
        quotation AS Quotation, form AS Form, content AS Content, spans AS Spans, chain AS Chain, speaker AS Speaker,
        confidence AS Confidence, construction AS Construction, definition_id AS DefinitionId, definition_version AS DefinitionVersion,
        route AS Route, status AS Status, round AS Round, version AS Version, state AS State, attribution_verdict AS AttributionVerdict,
        content_verdict AS ContentVerdict, escalated_at AS EscalatedAt, started_by AS StartedBy, created_at AS CreatedAt, updated_at AS UpdatedAt
        """;

    public const string ById = $"SELECT {Columns} FROM claims WHERE id = @Id";

    public string Row => $"claim:{Id}";

    public IEnumerable<object?> Values =>
    [
        Id, ArticleId, ArticleVersion, Ordinal, ParentOrdinal, Quotation, Form, Content, Spans, Chain, Speaker, Confidence, Construction,
        DefinitionId, DefinitionVersion, Route, Status, Round, Version, State, AttributionVerdict, ContentVerdict, EscalatedAt, StartedBy, CreatedAt, UpdatedAt,
    ];
}
