using System.Text;
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

    public string ComputeHash(string previous) => RowHash.Of(Values(previous));

    /// <summary>What the hash covers, and what an export holds of the entry.</summary>
    /// <param name="previous">Hash of the entry before it; empty for the first.</param>
    public object?[] Values(string previous) => [previous, Seq, At, Actor, Action, Subject, Detail, BeforeHash, AfterHash, Rows];

    /// <summary>The hash of the entry's leaf in the Merkle tree.</summary>
    public byte[] Leaf() => LeafOf(Hash);

    /// <summary>The leaf is the entry's own hash, as it is written.</summary>
    public static byte[] LeafOf(string hash) => MerkleTree.LeafHash(Encoding.UTF8.GetBytes(hash));
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
    private readonly WriterMemory _memory;
    private readonly TreeFrontier _tree;
    private readonly List<byte[]> _leaves = [];
    private (long Seq, string Hash) _head;

    private AuditLog(SqliteConnection connection, WriterMemory memory, long seq, string hash, TreeFrontier tree) => (_connection, _memory, _head, _tree) = (connection, memory, (seq, hash), tree);

    internal static async Task<AuditLog> Begin(SqliteConnection connection, WriterMemory memory)
    {
        var head = await connection.QuerySingleOrDefaultAsync<AuditHead>("SELECT seq AS Seq, hash AS Hash, frontier AS Frontier FROM audit_head WHERE id = 1");
        memory.Forget(head?.Seq ?? 0);
        return new AuditLog(connection, memory, head?.Seq ?? 0, head?.Hash ?? "", TreeFrontier.Read(head?.Seq ?? -1, head?.Frontier) ?? throw new SqliteException("the head of the history does not fit its size", SQLitePCL.raw.SQLITE_CORRUPT));
    }

    /// <summary>The transaction is on disk, or undone as a whole after <see cref="Return"/>.</summary>
    internal void Committed() => _memory.Commit(_head.Seq);

    internal (long, string) Mark() => _head;

    internal void Return((long, string) mark)
    {
        _head = mark;
        _leaves.RemoveRange((int)(_head.Seq - _tree.Size), (int)(_tree.Size + _leaves.Count - _head.Seq));
    }

    internal async Task End()
    {
        if (_leaves.Count == 0) return;
        foreach (var leaf in _leaves) _tree.Append(leaf);
        _leaves.Clear();
        await _connection.ExecuteAsync("UPDATE audit_head SET seq = @Seq, hash = @Hash, frontier = @Frontier WHERE id = 1", new { _head.Seq, _head.Hash, Frontier = _tree.ToBytes() });
    }

    /// <param name="subject">The row that the entry is about, as it is now.</param>
    /// <param name="before">The same row before; null when it is new.</param>
    /// <param name="others">Every other row written with it.</param>
    /// <param name="known">Hashes of these very rows, where they were worked out already; null: none.</param>
    public async Task Append(string actor, string action, long at, IAuditedRow subject, IAuditedRow? before, object detail, IEnumerable<IAuditedRow> others, KnownHashes? known = null)
    {
        var rows = new Dictionary<string, string>();
        foreach (var row in others.Prepend(subject))
        {
            rows[row.Row] = known?.Of(row) ?? RowHash.Of(row);
            _memory.Note(_head.Seq + 1, row);
        }
        if (before is not null) _memory.Note(_head.Seq + 1, before);
        var entry = new AuditEntry
        {
            Seq = _head.Seq + 1,
            At = at,
            Actor = actor,
            Action = action,
            Subject = subject.Row,
            Detail = JsonSerializer.Serialize(detail, Json),
            BeforeHash = before is null ? null : known?.Of(before) ?? RowHash.Of(before),
            AfterHash = rows[subject.Row],
            Rows = JsonSerializer.Serialize(rows, Json),
        };
        entry = entry with { Hash = entry.ComputeHash(_head.Hash) };
        await _connection.ExecuteAsync(Insert, entry);
        _head = (entry.Seq, entry.Hash);
        _leaves.Add(entry.Leaf());
    }

    private sealed record AuditHead
    {
        public long Seq { get; init; }
        public string Hash { get; init; } = "";
        public byte[]? Frontier { get; init; }
    }
}
