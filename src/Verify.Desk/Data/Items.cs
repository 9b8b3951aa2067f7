using System.Data;
using Dapper;
using Verify.Desk.Runtimes;

namespace Verify.Desk.Data;

/// <summary>Writes what an item's step changed; shared by the features that move items.</summary>
public static class Items
{
    private const string InsertClaim = """
        INSERT INTO claims (id, article_id, article_version, ordinal, parent_ordinal, quotation, form, content, spans, chain, speaker,
            confidence, construction, definition_id, definition_version, route, status, round, version, state, attribution_verdict,
            content_verdict, escalated_at, started_by, created_at, updated_at)
        VALUES (@Id, @ArticleId, @ArticleVersion, @Ordinal, @ParentOrdinal, @Quotation, @Form, @Content, @Spans, @Chain, @Speaker,
            @Confidence, @Construction, @DefinitionId, @DefinitionVersion, @Route, @Status, @Round, @Version, @State, @AttributionVerdict,
            @ContentVerdict, @EscalatedAt, @StartedBy, @CreatedAt, @UpdatedAt)
        """;

    private const string UpdateClaim = """
        UPDATE claims SET status = @Status, round = @Round, version = @Version, state = @State, attribution_verdict = @AttributionVerdict,
            content_verdict = @ContentVerdict, escalated_at = @EscalatedAt, updated_at = @UpdatedAt
        WHERE id = @Id AND version = @Version - 1
        """;

    // The same without what an index is over: SQLite writes an index's page for a column that is set to what it was.
    private const string StepClaim = """
        UPDATE claims SET version = @Version, state = @State, attribution_verdict = @AttributionVerdict, content_verdict = @ContentVerdict,
            escalated_at = @EscalatedAt, updated_at = @UpdatedAt
        WHERE id = @Id AND version = @Version - 1
        """;

    // The same with what was said: the database lets it pass only beside a record of the amendment.
    private const string AmendClaim = """
        UPDATE claims SET status = @Status, round = @Round, version = @Version, state = @State, attribution_verdict = @AttributionVerdict,
            content_verdict = @ContentVerdict, escalated_at = @EscalatedAt, updated_at = @UpdatedAt, article_version = @ArticleVersion, quotation = @Quotation,
            form = @Form, content = @Content, spans = @Spans, chain = @Chain, speaker = @Speaker, definition_id = @DefinitionId, definition_version = @DefinitionVersion, route = @Route
        WHERE id = @Id AND version = @Version - 1
        """;

    private const string InsertTask = """
        INSERT INTO tasks (claim_id, token, activity, step, kind, role, asks, status, assignee, opened_at, due_at, closed_at)
        VALUES (@ClaimId, @Token, @Activity, @Step, @Kind, @Role, @Asks, @Status, @Assignee, @OpenedAt, @DueAt, @ClosedAt)
        """;

    public const string UpdateTask = "UPDATE tasks SET status = @Status, assignee = @Assignee, closed_at = @ClosedAt WHERE claim_id = @ClaimId AND token = @Token";
    private const string InsertTimer = "INSERT INTO timers (claim_id, token, activity, due_at, status) VALUES (@ClaimId, @Token, @Activity, @DueAt, @Status)";
    public const string UpdateTimer = "UPDATE timers SET status = @Status WHERE claim_id = @ClaimId AND token = @Token";
    private const string WithdrawTask = $"UPDATE tasks SET status = 'withdrawn', closed_at = @Now WHERE claim_id = @ClaimId AND token = @Token RETURNING {TaskRow.Columns}";
    private const string ClearTimer = $"UPDATE timers SET status = 'cleared' WHERE claim_id = @ClaimId AND token = @Token RETURNING {TimerRow.Columns}";

    public static Task Insert(IDbConnection connection, ClaimRow claim) => connection.ExecuteAsync(InsertClaim, claim);

    /// <summary>Writes the claim (unless it is new) and the rows that the step opened and closed.</summary>
    /// <param name="before">The claim as it is stored, where that is known: what stays as it was is then not written.</param>
    /// <param name="amends">Whether what the claim says or who said it changed too; its amendment is written already.</param>
    /// <returns>Every row written but the claim, for the audit entry.</returns>
    /// <exception cref="InvalidOperationException">The claim's version moved within the transaction; a bug.</exception>
    public static async Task<List<IAuditedRow>> Write(Session session, ItemChange change, ClaimRow? before = null, bool isNew = false, bool amends = false)
    {
        var (connection, now) = (session.Connection, session.NowMs);
        var written = new List<IAuditedRow>();
        foreach (var token in change.WithdrawnTasks)
            written.Add(await connection.QuerySingleAsync<TaskRow>(WithdrawTask, new { ClaimId = change.Claim.Id, Token = token, Now = now }));
        foreach (var token in change.ClearedTimers)
            written.Add(await connection.QuerySingleAsync<TimerRow>(ClearTimer, new { ClaimId = change.Claim.Id, Token = token }));
        if (isNew) await Insert(connection, change.Claim);
        else if (await connection.ExecuteAsync(amends ? AmendClaim : before is { } b && b.Status == change.Claim.Status && b.Round == change.Claim.Round ? StepClaim : UpdateClaim, change.Claim) != 1) throw new InvalidOperationException($"claim {change.Claim.Id} changed within the transaction");
        foreach (var task in change.Opened) await Put(InsertTask, task);
        foreach (var timer in change.Set) await Put(InsertTimer, timer);
        foreach (var message in change.Messages)
        {
            await OutboxRow.Put(connection, change.Claim.Id, message, now);
            session.HasToBeTold(change.Claim.Id);
        }
        return written;

        async Task Put(string sql, IAuditedRow row)
        {
            await connection.ExecuteAsync(sql, row);
            written.Add(row);
        }
    }
}
