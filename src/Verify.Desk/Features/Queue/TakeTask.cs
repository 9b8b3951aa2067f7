using Dapper;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Queue;

/// <summary>Takes an open task for the acting user. Taking one's own task again changes nothing.</summary>
/// <param name="Task">Its reference, for example <c>12.3-4</c>.</param>
public sealed record TakeTask(string Task) : Command<TaskHolder>;

/// <param name="Assignee">Null when nobody holds it.</param>
public sealed record TaskHolder(string Task, string Step, string? Assignee);

public sealed class TakeTaskHandler(Session session) : IRequestHandler<TakeTask, Result<TaskHolder>>
{
    private const string NameOf = "SELECT name FROM users WHERE id = @Id";

    public async Task<Result<TaskHolder>> Handle(TakeTask command, CancellationToken cancellationToken)
    {
        var found = await TaskAccess.FindOpen(session.Connection, command.Task);
        if (found.Refusal is { } refusal) return refusal;
        var task = found.Value;
        var user = session.Actor!;
        if (await TaskAccess.Refusal(session.Connection, user, task) is { } denied) return denied;
        if (task.Assignee == user.Id) return new TaskHolder(command.Task, task.Step, user.Name);
        if (task.Assignee is not null) return Refused.TaskTaken(await session.Connection.QuerySingleAsync<string>(NameOf, new { Id = task.Assignee }));
        var taken = task with { Assignee = user.Id };
        await session.Connection.ExecuteAsync(Items.UpdateTask, taken);
        await session.Audit.Append(user.Name, "TaskTaken", session.NowMs, taken, task, new { task = command.Task }, []);
        return new TaskHolder(command.Task, task.Step, user.Name);
    }
}
