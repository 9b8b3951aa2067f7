using Dapper;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Queue;

/// <summary>Gives a task back to everyone: one's own, or as an editor or administrator anybody's.</summary>
public sealed record ReleaseTask(string Task) : Command<TaskHolder>;

public sealed class ReleaseTaskHandler(Session session) : IRequestHandler<ReleaseTask, Result<TaskHolder>>
{
    private const string NameOf = "SELECT name FROM users WHERE id = @Id";
    private static readonly string[] MayReleaseAnybodys = [Roles.Editor, Roles.StandardsEditor, Roles.Administrator];

    public async Task<Result<TaskHolder>> Handle(ReleaseTask command, CancellationToken cancellationToken)
    {
        var found = await TaskAccess.FindOpen(session.Connection, command.Task);
        if (found.Refusal is { } refusal) return refusal;
        var task = found.Value;
        if (task.Assignee is null) return new TaskHolder(command.Task, task.Step, null);
        if (task.Assignee != session.Actor!.Id && !session.Actor.HasOneOf(MayReleaseAnybodys))
            return Refused.TaskTaken(await session.Connection.QuerySingleAsync<string>(NameOf, new { Id = task.Assignee }));
        var released = task with { Assignee = null };
        await session.Connection.ExecuteAsync(Items.UpdateTask, released);
        await session.Audit.Append(session.ActorName, "TaskReleased", session.NowMs, released, task, new { task = command.Task }, []);
        return new TaskHolder(command.Task, task.Step, null);
    }
}
