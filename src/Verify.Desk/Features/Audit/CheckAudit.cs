using System.Data;
using System.Text.Json;
using Dapper;
using MediatR;
using Microsoft.Data.Sqlite;
using Verify.Desk.Audit;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Audit;

/// <summary>
/// Proves that no history was altered, removed or reordered: each entry's hash over the one before it, the head, and
/// every row against the last entry that wrote it.
/// </summary>
/// <param name="Earlier">Heads that were kept elsewhere: the history must begin with each.</param>
public sealed record CheckAudit(IReadOnlyList<TreeHead>? Earlier = null) : Query<AuditReport>;

/// <param name="FirstBad">Number of the first entry that does not hold; null when all do. Where a row was added without an entry: the last entry.</param>
/// <param name="Problem">What does not hold there.</param>
/// <param name="Entry">That entry as it stands: what, who, when, and its detail; null when there is none.</param>
public sealed record AuditReport(long Entries, long Rows, bool Sound, long? FirstBad, string? Problem, string? Entry = null);

public sealed class CheckAuditHandler(DeskDatabase database) : IRequestHandler<CheckAudit, Result<AuditReport>>
{
    private const string Entries = $"SELECT {AuditEntry.Columns} FROM audit ORDER BY seq";
    private const string OneEntry = $"SELECT {AuditEntry.Columns} FROM audit WHERE seq = @Seq";
    private const string Head = "SELECT seq, hash, frontier FROM audit_head WHERE id = 1";

    public async Task<Result<AuditReport>> Handle(CheckAudit query, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        // One transaction: entries and rows of the same moment, while others go on writing.
        await using var moment = (SqliteTransaction)await connection.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var written = new Dictionary<string, (long Seq, string Hash)>(StringComparer.Ordinal);
        var (previous, count) = ("", 0L);
        var (tree, earlier) = (new TreeFrontier(), new EarlierHeads(query.Earlier ?? []));
        string? broken = null;
        await foreach (var e in connection.QueryUnbufferedAsync<AuditEntry>(Entries, transaction: moment))
        {
            count++;
            if (Broken(e, count, previous, written) is { } problem) { broken = problem; break; }
            previous = e.Hash;
            tree.Append(e.Leaf());
            if (earlier.Against(tree) is { } rewritten) { broken = rewritten; break; }
        }
        if (broken is not null) return await Describe(connection, moment, new(count, written.Count, false, count, broken));
        var (head, hash, frontier) = await connection.QuerySingleOrDefaultAsync<(long, string?, byte[]?)>(Head, transaction: moment);
        if (head != count || hash != previous)
            return new AuditReport(count, written.Count, false, count + 1, $"the log ends at entry {count}, its head names {head}: the end was removed or replaced");
        if (frontier is null || !frontier.AsSpan().SequenceEqual(tree.ToBytes()))
            return new AuditReport(count, written.Count, false, count + 1, "the tree's head is not that of its entries");
        if (earlier.TooLongFor(count) is { } removed) return new AuditReport(count, written.Count, false, count + 1, removed);
        return await Describe(connection, moment, await CheckRows(connection, moment, written, count));
    }

    private static async Task<AuditReport> Describe(SqliteConnection connection, SqliteTransaction moment, AuditReport report)
    {
        if (report.FirstBad is not { } seq) return report;
        var e = await connection.QuerySingleOrDefaultAsync<AuditEntry>(OneEntry, new { Seq = seq }, moment);
        return e is null ? report : report with { Entry = $"{e.Action} by {e.Actor} at {TreeHead.TimeOf(e.At)} {e.Detail}" };
    }

    private static string? Broken(AuditEntry e, long expected, string previous, Dictionary<string, (long Seq, string Hash)> written)
    {
        if (e.Seq != expected) return $"entry {expected} is missing";
        if (e.ComputeHash(previous) != e.Hash) return $"entry {e.Seq} ({e.Action} by {e.Actor}) was altered, or the one before it was";
        var before = written.TryGetValue(e.Subject, out var last) ? last.Hash : null;
        if (e.BeforeHash != before) return $"entry {e.Seq} begins with another {e.Subject} than entry {(before is null ? 0 : last.Seq)} left";
        if (RowsOf(e) is not { } rows) return $"entry {e.Seq} does not say which rows it wrote";
        foreach (var (row, hash) in rows) written[row] = (e.Seq, hash);
        return null;
    }

    private static Dictionary<string, string>? RowsOf(AuditEntry entry)
    {
        try { return JsonSerializer.Deserialize<Dictionary<string, string>>(entry.Rows); }
        catch (JsonException) { return null; }
    }

    private static async Task<AuditReport> CheckRows(SqliteConnection connection, SqliteTransaction moment, Dictionary<string, (long Seq, string Hash)> written, long entries)
    {
        var total = written.Count;
        (long Seq, string Problem)? first = null;
        void Found(long seq, string problem) { if (first is null || seq < first.Value.Seq) first = (seq, problem); }
        await foreach (var row in Rows(connection, moment))
        {
            if (!written.Remove(row.Row, out var last)) Found(entries, $"{row.Row} is in the database and in no entry");
            else if (RowHash.Of(row) != last.Hash) Found(last.Seq, $"{row.Row} is not as entry {last.Seq} left it");
        }
        foreach (var (row, last) in written) Found(last.Seq, $"{row}, written by entry {last.Seq}, is gone");
        return new AuditReport(entries, total, first is null, first?.Seq, first?.Problem);
    }

    private static async IAsyncEnumerable<IAuditedRow> Rows(SqliteConnection connection, SqliteTransaction moment)
    {
        await foreach (var row in connection.QueryUnbufferedAsync<UserRow>($"SELECT {UserRow.Columns} FROM users", transaction: moment)) yield return row;
        await foreach (var row in connection.QueryUnbufferedAsync<ArticleRow>($"SELECT {ArticleRow.Columns} FROM articles", transaction: moment)) yield return row;
        await foreach (var row in connection.QueryUnbufferedAsync<SnapshotRow>($"SELECT {SnapshotRow.Columns} FROM snapshots", transaction: moment)) yield return row;
        await foreach (var row in connection.QueryUnbufferedAsync<DefinitionRow>($"SELECT {DefinitionRow.Columns} FROM definitions", transaction: moment)) yield return row;
        await foreach (var row in connection.QueryUnbufferedAsync<ClaimRow>($"SELECT {ClaimRow.Columns} FROM claims", transaction: moment)) yield return row;
        await foreach (var row in connection.QueryUnbufferedAsync<TaskRow>($"SELECT {TaskRow.Columns} FROM tasks", transaction: moment)) yield return row;
        await foreach (var row in connection.QueryUnbufferedAsync<DecisionRow>($"SELECT {DecisionRow.Columns} FROM decisions", transaction: moment)) yield return row;
        await foreach (var row in connection.QueryUnbufferedAsync<TimerRow>($"SELECT {TimerRow.Columns} FROM timers", transaction: moment)) yield return row;
        await foreach (var row in connection.QueryUnbufferedAsync<CommentRow>($"SELECT {CommentRow.Columns} FROM comments", transaction: moment)) yield return row;
        await foreach (var row in connection.QueryUnbufferedAsync<ContentRow>($"SELECT {ContentRow.Columns} FROM contents", transaction: moment)) yield return row;
        await foreach (var row in connection.QueryUnbufferedAsync<EvidenceRow>($"SELECT {EvidenceRow.Columns} FROM evidence", transaction: moment)) yield return row;
        await foreach (var row in connection.QueryUnbufferedAsync<EvidenceClaimRow>($"SELECT {EvidenceClaimRow.Columns} FROM evidence_claims", transaction: moment)) yield return row;
        await foreach (var row in connection.QueryUnbufferedAsync<CustodyRow>($"SELECT {CustodyRow.Columns} FROM custody", transaction: moment)) yield return row;
        await foreach (var row in connection.QueryUnbufferedAsync<SourceRow>($"SELECT {SourceRow.Columns} FROM sources", transaction: moment)) yield return row;
        await foreach (var row in connection.QueryUnbufferedAsync<ProvenanceRow>($"SELECT {ProvenanceRow.Columns} FROM provenance", transaction: moment)) yield return row;
        await foreach (var row in connection.QueryUnbufferedAsync<LinkCheckRow>($"SELECT {LinkCheckRow.Columns} FROM link_checks", transaction: moment)) yield return row;
        await foreach (var row in connection.QueryUnbufferedAsync<OverrideRow>($"SELECT {OverrideRow.Columns} FROM overrides", transaction: moment)) yield return row;
        await foreach (var row in connection.QueryUnbufferedAsync<ReopeningRow>($"SELECT {ReopeningRow.Columns} FROM reopenings", transaction: moment)) yield return row;
        await foreach (var row in connection.QueryUnbufferedAsync<RevisionRow>($"SELECT {RevisionRow.Columns} FROM revisions", transaction: moment)) yield return row;
        await foreach (var row in connection.QueryUnbufferedAsync<AmendmentRow>($"SELECT {AmendmentRow.Columns} FROM amendments", transaction: moment)) yield return row;
        await foreach (var row in connection.QueryUnbufferedAsync<ReuseRow>($"SELECT {ReuseRow.Columns} FROM reuses", transaction: moment)) yield return row;
    }
}
