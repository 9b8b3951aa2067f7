using Dapper;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Queue;

/// <summary>Gives a task to a user who may do it; for editors and administrators.</summary>
public sealed record AssignTask(string Task, string To) : Command<TaskHolder>
{
    public override IReadOnlyList<string> AllowedRoles => [Roles.Editor, Roles.StandardsEditor, Roles.Administrator];
}

public sealed class AssignTaskHandler(Session session) : IRequestHandler<AssignTask, Result<TaskHolder>>
{

    public async Task<Result<TaskHolder>> Handle(AssignTask command, CancellationToken cancellationToken)
    {
        var found = await TaskAccess.FindOpen(session.Connection, command.Task);
        if (found.Refusal is { } refusal) return refusal;
        var task = found.Value;
        var user = await session.Connection.QuerySingleOrDefaultAsync<UserRow>(UserRow.ByName, new { Name = command.To });
        if (user is null) return Refused.UnknownUser(command.To);
        if (user.DisabledAt is not null) return Refused.UserDisabled(user.Name);
        if (await TaskAccess.Refusal(session.Connection, user, task) is { } denied) return denied;
        var assigned = task with { Assignee = user.Id };
        await session.Connection.ExecuteAsync(Items.UpdateTask, assigned);
        await session.Audit.Append(session.ActorName, "TaskAssigned", session.NowMs, assigned, task, new { task = command.Task, to = user.Name }, []);
        return new TaskHolder(command.Task, task.Step, user.Name);
    }
}
