using System.Text.Encodings.Web;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Verify.Desk.Data;

namespace Verify.Desk.Audit;

/// <summary>An entry of the history. Its hash covers all its fields and the hash of the entry before it.</summary>
public sealed record AuditEntry
{
    public long Seq { get; init; }
    public long At { get; init; }
    /// <summary>Name of the user, or "-".</summary>
    public string Actor { get; init; } = "";
    /// <summary>What happened, in the past tense: <c>TaskCompleted</c>.</summary>
    public string Action { get; init; } = "";
    /// <summary>The row that it is about: <c>claim:ID</c>.</summary>
    public string Subject { get; init; } = "";
    public string Detail { get; init; } = "";
    /// <summary>Hash of the subject's row before; null when it came into being.</summary>
    public string? BeforeHash { get; init; }
    public string? AfterHash { get; init; }
    /// <summary>JSON: every row written, with its hash afterwards.</summary>
    public string Rows { get; init; } = "";
    public string Hash { get; init; } = "";

    public const string Columns = "seq AS Seq, at AS At, actor AS Actor, action AS Action, subject AS Subject, detail AS Detail, before_hash AS BeforeHash, after_hash AS AfterHash, rows AS Rows, hash AS Hash";

    public string ComputeHash(string previous) => RowHash.Of([previous, Seq, At, Actor, Action, Subject, Detail, BeforeHash, AfterHash, Rows]);
}

/// <summary>Appends entries within the writer's transaction, so that no change is without its entry.</summary>
public sealed class AuditLog
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Insert = """
        INSERT INTO audit (seq, at, actor, action, subject, detail, before_hash, after_hash, rows, hash)
        VALUES (@Seq, @At, @Actor, @Action, @Subject, @Detail, @BeforeHash, @AfterHash, @Rows, @Hash)
        """;

    private readonly SqliteConnection _connection;
    private (long Seq, string Hash) _head;
    private readonly long _begunAt;

    private AuditLog(SqliteConnection connection, long seq, string hash) => (_connection, _head, _begunAt) = (connection, (seq, hash), seq);

    internal static async Task<AuditLog> Begin(SqliteConnection connection)
    {
        // Read anew in each transaction: another process may have written in between.
        var head = await connection.QuerySingleAsync<AuditHead>("SELECT seq AS Seq, hash AS Hash FROM audit_head WHERE id = 1");
        return new AuditLog(connection, head.Seq, head.Hash);
    }

    internal (long, string) Mark() => _head;
    internal void Return((long, string) mark) => _head = mark;

    internal async Task End()
    {
        if (_head.Seq != _begunAt)
            await _connection.ExecuteAsync("UPDATE audit_head SET seq = @Seq, hash = @Hash WHERE id = 1", new { _head.Seq, _head.Hash });
    }

    /// <param name="subject">The row that the entry is about, as it is now.</param>
    /// <param name="before">The same row before; null when it is new.</param>
    /// <param name="others">Every other row written with it.</param>
    public async Task Append(string actor, string action, long at, IAuditedRow subject, IAuditedRow? before, object detail, IEnumerable<IAuditedRow> others)
    {
        var rows = new Dictionary<string, string> { [subject.Row] = RowHash.Of(subject) };
        foreach (var row in others) rows[row.Row] = RowHash.Of(row);
        var entry = new AuditEntry
        {
            Seq = _head.Seq + 1,
            At = at,
            Actor = actor,
            Action = action,
            Subject = subject.Row,
            Detail = JsonSerializer.Serialize(detail, Json),
            BeforeHash = before is null ? null : RowHash.Of(before),
            AfterHash = rows[subject.Row],
            Rows = JsonSerializer.Serialize(rows, Json),
        };
        entry = entry with { Hash = entry.ComputeHash(_head.Hash) };
        await _connection.ExecuteAsync(Insert, entry);
        _head = (entry.Seq, entry.Hash);
    }

    private sealed record AuditHead
    {
        public long Seq { get; init; }
        public string Hash { get; init; } = "";
    }
}
