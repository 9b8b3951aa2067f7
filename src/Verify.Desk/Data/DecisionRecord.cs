using Dapper;
using Verify.Desk.Audit;

namespace Verify.Desk.Data;

/// <summary>Writes a decision together with all that follows from it.</summary>
public static class DecisionRecord
{
    private const string InsertDecision = """
        INSERT INTO decisions (claim_id, token, user_id, kind, outcome, note, attribution_verdict, content_verdict, round, decided_at)
        VALUES (@ClaimId, @Token, @UserId, @Kind, @Outcome, @Note, @AttributionVerdict, @ContentVerdict, @Round, @DecidedAt)
        """;

    /// <summary>The task as the decision leaves it.</summary>
    public static TaskRow Done(TaskRow task, DecisionRow decision) => task with { Status = "done", Assignee = decision.UserId, ClosedAt = decision.DecidedAt };

    // In this order: the database checks a decision against its open task, and a task done against its decision.
    public static async Task Write(Session session, ClaimRow before, TaskRow done, ItemChange change, DecisionRow decision, string action, object detail, KnownHashes? hashes = null)
    {
        await session.Connection.ExecuteAsync(InsertDecision, decision);
        await session.Connection.ExecuteAsync(Items.UpdateTask, done);
        var written = await Items.Write(session, change, before);
        if (decision.Note is not null) await SearchIndex.Add(session.Connection, "note", $"{decision.ClaimId}:{decision.Token}", decision.ClaimId, decision.Note);
        await session.Audit.Append(session.ActorName, action, session.NowMs, change.Claim, before, detail, [done, decision, .. written], hashes);
    }
}
