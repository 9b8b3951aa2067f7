using Dapper;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Queue;

/// <summary>How much waits for a user, each count up to <see cref="Most"/>: enough for a heading, and as quick on any desk.</summary>
public sealed record CountTasks(string User) : Query<TaskCounts>
{
    public const int Most = 100;
}

/// <param name="Mine">Taken by the user.</param>
/// <param name="Desk">On articles of the user's desk.</param>
/// <param name="Unassigned">Taken by nobody, and of a role that the user has.</param>
/// <param name="Overdue">Past their due time, whoever holds them.</param>
public sealed record TaskCounts(long Mine, long Desk, long Unassigned, long Overdue);

public sealed class CountTasksHandler(DeskDatabase database, TimeProvider clock) : IRequestHandler<CountTasks, Result<TaskCounts>>
{
    private const string Mine = "SELECT count(*) FROM (SELECT 1 FROM tasks WHERE status = 'open' AND assignee = @Id LIMIT @Most)";
    private const string OfDesk = "SELECT count(*) FROM (SELECT 1 FROM tasks WHERE status = 'open' AND desk = @Desk LIMIT @Most)";
    private const string Unassigned = "SELECT count(*) FROM (SELECT 1 FROM tasks WHERE status = 'open' AND assignee IS NULL AND role = @Role LIMIT @Most)";
    private const string Overdue = "SELECT count(*) FROM (SELECT 1 FROM tasks WHERE status = 'open' AND role = @Role AND step = @Step AND due_at < @Now LIMIT @Most)";

    public async Task<Result<TaskCounts>> Handle(CountTasks query, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        await using var moment = connection.BeginTransaction(deferred: true); // the steps and their tasks as they are together
        if (await connection.QuerySingleOrDefaultAsync<UserRow>(UserRow.ByName, new { Name = query.User }) is not { } user) return Refused.UnknownUser(query.User);
        var unassigned = 0L;
        foreach (var role in Roles.All.Where(r => user.HasOneOf(Roles.Satisfying(r)))) unassigned += await connection.ExecuteScalarAsync<long>(Unassigned, new { Role = role, CountTasks.Most });
        var (overdue, now) = (0L, clock.GetUtcNow().ToUnixTimeMilliseconds());
        foreach (var at in await OpenSteps.Of(connection, Roles.All)) overdue += await connection.ExecuteScalarAsync<long>(Overdue, new { at.Role, at.Step, Now = now, CountTasks.Most });
        return new TaskCounts(
            await connection.ExecuteScalarAsync<long>(Mine, new { user.Id, CountTasks.Most }),
            user.Desk is null ? 0 : await connection.ExecuteScalarAsync<long>(OfDesk, new { user.Desk, CountTasks.Most }),
            Math.Min(unassigned, CountTasks.Most),
            Math.Min(overdue, CountTasks.Most));
    }
}
