using System.Data;
using Dapper;
using Verify.Desk.Requests;

namespace Verify.Desk.Data;

/// <summary>Who may work on a task: the same answer when it is taken, assigned and completed.</summary>
public static class TaskAccess
{
    public const string One = $"SELECT {TaskRow.Columns} FROM tasks WHERE claim_id = @ClaimId AND token = @Token";

    private const string HasChecked = "SELECT EXISTS (SELECT 1 FROM decisions WHERE claim_id = @ClaimId AND user_id = @UserId AND kind = 'check')";
    private const string HasWritten = "SELECT EXISTS (SELECT 1 FROM claims c JOIN articles a ON a.id = c.article_id WHERE c.id = @ClaimId AND a.writer = @UserId)";
    private const string HasApproved = "SELECT EXISTS (SELECT 1 FROM decisions d JOIN claims c ON c.id = d.claim_id AND c.round = d.round WHERE d.claim_id = @ClaimId AND d.user_id = @UserId AND d.kind = 'approval')";

    /// <summary>Finds an open task by its reference.</summary>
    public static async Task<Result<TaskRow>> FindOpen(IDbConnection connection, string reference)
    {
        if (await References.FindTask(connection, reference) is not var (claim, token)) return Refused.NotFound("task", reference);
        var task = await connection.QuerySingleOrDefaultAsync<TaskRow>(One, new { ClaimId = claim, Token = token });
        if (task is null) return Refused.NotFound("task", reference);
        return task.Status == "open" ? task : Refused.TaskClosed(task.Status);
    }

    /// <summary>Null, or why this user may not decide this task. The database holds the same rule for approvals.</summary>
    public static async Task<Refusal?> Refusal(IDbConnection connection, UserRow user, TaskRow task)
    {
        var roles = Roles.Satisfying(task.Role);
        if (!user.HasOneOf(roles)) return Refused.WrongRole(user.Name, roles);
        if (task.Kind != "approval") return null;
        var key = new { task.ClaimId, UserId = user.Id };
        if (await connection.ExecuteScalarAsync<long>(HasChecked, key) == 1) return Refused.FourEyes($"{user.Name} checked this claim");
        if (await connection.ExecuteScalarAsync<long>(HasWritten, key) == 1) return Refused.FourEyes($"{user.Name} wrote the article");
        if (await connection.ExecuteScalarAsync<long>(HasApproved, key) == 1) return Refused.FourEyes($"{user.Name} has already approved this claim once");
        return null;
    }
}
