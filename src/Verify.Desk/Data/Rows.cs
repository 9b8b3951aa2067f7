using System.Security.Cryptography;
using System.Text;

namespace Verify.Desk.Data;

/// <summary>
/// A row whose every change is audited. <see cref="Values"/> are what its hash covers: the same at writing and when the
/// history is checked. Rows are classes with settable properties because Dapper fills them by name.
/// </summary>
public interface IAuditedRow
{
    /// <summary>Table and key, for example <c>task:0193…:4</c>.</summary>
    string Row { get; }
    IEnumerable<object?> Values { get; }
}

public sealed record UserRow : IAuditedRow
{
    public string Id { get; init; } = "";
    public string Name { get; init; } = "";
    /// <summary>Role names, separated by commas.</summary>
    public string Roles { get; init; } = "";
    public long CreatedAt { get; init; }
    public long? DisabledAt { get; init; }
    /// <summary>The desk of the newsroom that the user belongs to; null: none.</summary>
    public string? Desk { get; init; }
    public const string Columns = "id AS Id, name AS Name, roles AS Roles, created_at AS CreatedAt, disabled_at AS DisabledAt, desk AS Desk";
    public const string ByName = $"SELECT {Columns} FROM users WHERE name = @Name";
    public const string Insert = "INSERT INTO users (id, name, roles, created_at, disabled_at, desk) VALUES (@Id, @Name, @Roles, @CreatedAt, @DisabledAt, @Desk)";
    public string Row => $"user:{Id}";
    // Users of before there were desks have their hash in the history without one.
    public IEnumerable<object?> Values => Desk is null ? [Id, Name, Roles, CreatedAt, DisabledAt] : [Id, Name, Roles, CreatedAt, DisabledAt, Desk];
    public IReadOnlyList<string> RoleList => Roles.Split(',');
    public bool HasOneOf(IEnumerable<string> roles) => roles.Any(RoleList.Contains);
}

public sealed record ArticleRow : IAuditedRow
{
    public string Id { get; init; } = "";
    public long Number { get; init; }
    public string Title { get; init; } = "";
    public string? Outlet { get; init; }
    public string? Url { get; init; }
    public string? PublishedOn { get; init; }
    public string? Writer { get; init; }
    public long CreatedAt { get; init; }
    /// <summary>The desk of the newsroom whose article it is; null: none.</summary>
    public string? Desk { get; init; }
    public const string Columns = "id AS Id, number AS Number, title AS Title, outlet AS Outlet, url AS Url, published_on AS PublishedOn, writer AS Writer, created_at AS CreatedAt, desk AS Desk";
    public string Row => $"article:{Id}";
    // As with users: what was stored before there were desks keeps its hash.
    public IEnumerable<object?> Values => Desk is null ? [Id, Number, Title, Outlet, Url, PublishedOn, Writer, CreatedAt] : [Id, Number, Title, Outlet, Url, PublishedOn, Writer, CreatedAt, Desk];
}

public sealed record SnapshotRow : IAuditedRow
{
    public string ArticleId { get; init; } = "";
    public long Version { get; init; }
    public string Sha256 { get; init; } = "";
    public string Text { get; init; } = "";
    public long CreatedAt { get; init; }
    public const string Columns = "article_id AS ArticleId, version AS Version, sha256 AS Sha256, text AS Text, created_at AS CreatedAt";
    public const string Insert = "INSERT INTO snapshots (article_id, version, sha256, text, created_at) VALUES (@ArticleId, @Version, @Sha256, @Text, @CreatedAt)";
    /// <summary>Of the text as UTF-8, in lower-case hex.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    public string Row => $"snapshot:{ArticleId}:{Version}";
    public IEnumerable<object?> Values => [ArticleId, Version, Sha256, Text, CreatedAt];
}

public sealed record DefinitionRow : IAuditedRow
{
    public string DefinitionId { get; init; } = "";
    public long Version { get; init; }
    public string Sha256 { get; init; } = "";
    public string Json { get; init; } = "";
    public long CreatedAt { get; init; }
    public const string Columns = "definition_id AS DefinitionId, version AS Version, sha256 AS Sha256, json AS Json, created_at AS CreatedAt";
    public string Row => $"definition:{DefinitionId}:{Version}";
    public IEnumerable<object?> Values => [DefinitionId, Version, Sha256, Json, CreatedAt];
}

public sealed record TaskRow : IAuditedRow
{
    public string ClaimId { get; init; } = "";
    public long Token { get; init; }
    public string Activity { get; init; } = "";
    public string Step { get; init; } = "";
    /// <summary><c>check</c> or <c>approval</c>.</summary>
    public string Kind { get; init; } = "";
    public string Role { get; init; } = "";
    /// <summary>Which verdict the step asks for, and for which outcomes not: <c>content not-a-claim</c>; null: none.</summary>
    public string? Asks { get; init; }
    public string Status { get; init; } = "";
    public string? Assignee { get; init; }
    public long OpenedAt { get; init; }
    public long DueAt { get; init; }
    public long? ClosedAt { get; init; }
    public const string Columns = "claim_id AS ClaimId, token AS Token, activity AS Activity, step AS Step, kind AS Kind, role AS Role, asks AS Asks, status AS Status, assignee AS Assignee, opened_at AS OpenedAt, due_at AS DueAt, closed_at AS ClosedAt";
    public string Row => $"task:{ClaimId}:{Token}";
    public IEnumerable<object?> Values => [ClaimId, Token, Activity, Step, Kind, Role, Asks, Status, Assignee, OpenedAt, DueAt, ClosedAt];
}

public sealed record DecisionRow : IAuditedRow
{
    public string ClaimId { get; init; } = "";
    public long Token { get; init; }
    public string UserId { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Outcome { get; init; } = "";
    public string? Note { get; init; }
    public string? AttributionVerdict { get; init; }
    public string? ContentVerdict { get; init; }
    public long Round { get; init; }
    public long DecidedAt { get; init; }
    public const string Columns = "claim_id AS ClaimId, token AS Token, user_id AS UserId, kind AS Kind, outcome AS Outcome, note AS Note, attribution_verdict AS AttributionVerdict, content_verdict AS ContentVerdict, round AS Round, decided_at AS DecidedAt";
    public string Row => $"decision:{ClaimId}:{Token}";
    public IEnumerable<object?> Values => [ClaimId, Token, UserId, Kind, Outcome, Note, AttributionVerdict, ContentVerdict, Round, DecidedAt];
}

public sealed record TimerRow : IAuditedRow
{
    public string ClaimId { get; init; } = "";
    public long Token { get; init; }
    public string Activity { get; init; } = "";
    public long DueAt { get; init; }
    public string Status { get; init; } = "";
    public const string Columns = "claim_id AS ClaimId, token AS Token, activity AS Activity, due_at AS DueAt, status AS Status";
    public string Row => $"timer:{ClaimId}:{Token}";
    public IEnumerable<object?> Values => [ClaimId, Token, Activity, DueAt, Status];
}

public sealed record CommentRow : IAuditedRow
{
    public string Id { get; init; } = "";
    public string ClaimId { get; init; } = "";
    public string UserId { get; init; } = "";
    public string Text { get; init; } = "";
    public long CreatedAt { get; init; }
    public const string Columns = "id AS Id, claim_id AS ClaimId, user_id AS UserId, text AS Text, created_at AS CreatedAt";
    public string Row => $"comment:{Id}";
    public IEnumerable<object?> Values => [Id, ClaimId, UserId, Text, CreatedAt];
}
