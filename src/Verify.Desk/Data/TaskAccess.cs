using System.Data;
using Dapper;
using Verify.Desk.Requests;

namespace Verify.Desk.Data;

/// <summary>Who may work on a task: the same answer when it is taken, assigned and completed.</summary>
public static class TaskAccess
{
    private const string Conflict = """
        SELECT CASE
            WHEN EXISTS (SELECT 1 FROM decisions WHERE claim_id = @ClaimId AND user_id = @UserId AND kind = 'check') THEN 'checked this claim'
            WHEN EXISTS (SELECT 1 FROM evidence_claims e JOIN custody k ON k.evidence_id = e.evidence_id AND k.user_id = @UserId AND k.action IN ('added', 'attached') WHERE e.claim_id = @ClaimId AND e.detached_at IS NULL) THEN 'brought evidence for this claim'
            WHEN EXISTS (SELECT 1 FROM link_checks WHERE claim_id = @ClaimId AND user_id = @UserId) THEN 'checked a source of this claim'
            WHEN EXISTS (SELECT 1 FROM provenance WHERE claim_id = @ClaimId AND decided_by = @UserId) THEN 'traced evidence for this claim'
            WHEN EXISTS (SELECT 1 FROM overrides o JOIN claims c ON c.id = o.claim_id AND c.round = o.round WHERE o.claim_id = @ClaimId AND o.user_id = @UserId) THEN 'let this claim go on without its ground'
            WHEN EXISTS (SELECT 1 FROM amendments WHERE claim_id = @ClaimId AND user_id = @UserId) THEN 'changed this claim'
            WHEN EXISTS (SELECT 1 FROM revisions r JOIN claims c ON c.article_id = r.article_id WHERE c.id = @ClaimId AND r.user_id = @UserId) THEN 'revised the article'
            WHEN EXISTS (SELECT 1 FROM claims c JOIN articles a ON a.id = c.article_id WHERE c.id = @ClaimId AND a.writer = @UserId) THEN 'wrote the article'
            WHEN EXISTS (SELECT 1 FROM decisions d JOIN claims c ON c.id = d.claim_id AND c.round = d.round
                WHERE d.claim_id = @ClaimId AND d.user_id = @UserId AND d.kind = 'approval') THEN 'has already approved this claim once'
        END
        """;

    /// <summary>Finds an open task by its reference.</summary>
    public static async Task<Result<TaskRow>> FindOpen(IDbConnection connection, string reference)
    {
        var task = await References.FindTask(connection, reference);
        if (task is null) return Refused.NotFound("task", reference);
        return task.Status == "open" ? task : Refused.TaskClosed(task.Status);
    }

    /// <summary>Null, or why this user may not decide this task. The database holds the same rule for approvals.</summary>
    public static async Task<Refusal?> Refusal(IDbConnection connection, UserRow user, TaskRow task)
    {
        var roles = Roles.Satisfying(task.Role);
        if (!user.HasOneOf(roles)) return Refused.WrongRole(user.Name, roles);
        if (task.Kind != "approval") return null;
        var conflict = await connection.ExecuteScalarAsync<string?>(Conflict, new { task.ClaimId, UserId = user.Id });
        return conflict is null ? null : Refused.FourEyes($"{user.Name} {conflict}", task.Role);
    }
}
