using Dapper;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Queue;

/// <summary>What a user does next: the earliest due of their own tasks, else of those that wait for anybody and that they may decide.</summary>
/// <param name="NotOf">A claim to pass over: the one that was just worked on; null: none.</param>
public sealed record NextTask(string User, string? NotOf = null) : Query<NextTaskFound>;

/// <param name="Task">Null: nothing waits for the user.</param>
public sealed record NextTaskFound(string? Task, string? Claim, string? Kind);

public sealed class NextTaskHandler(DeskDatabase database) : IRequestHandler<NextTask, Result<NextTaskFound>>
{
    // So many of the earliest are looked at for one that the rule of four eyes leaves to this user.
    private const int Tried = 25;

    private const string Mine = $"SELECT {TaskRow.Columns} FROM tasks WHERE status = 'open' AND assignee = @Id ORDER BY due_at, claim_id, token LIMIT @Tried";
    private const string AtStep = $"SELECT {TaskRow.Columns} FROM tasks WHERE status = 'open' AND role = @Role AND step = @Step AND assignee IS NULL ORDER BY due_at, claim_id, token LIMIT @Tried";
    private const string Place = "SELECT a.number AS Article, c.ordinal AS Ordinal FROM claims c JOIN articles a ON a.id = c.article_id WHERE c.id = @ClaimId";

    public async Task<Result<NextTaskFound>> Handle(NextTask query, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        await using var moment = connection.BeginTransaction(deferred: true); // the steps and their tasks as they are together
        if (await connection.QuerySingleOrDefaultAsync<UserRow>(UserRow.ByName, new { Name = query.User }) is not { } user) return Refused.UnknownUser(query.User);
        var passed = query.NotOf is null ? null : await References.FindClaim(connection, query.NotOf);
        var tasks = (await connection.QueryAsync<TaskRow>(Mine, new { user.Id, Tried })).ToList();
        var open = new List<TaskRow>();
        foreach (var at in await OpenSteps.Of(connection, Roles.All.Where(r => user.HasOneOf(Roles.Satisfying(r))))) open.AddRange(await connection.QueryAsync<TaskRow>(AtStep, new { at.Role, at.Step, Tried }));
        tasks.AddRange(open.OrderBy(t => t.DueAt).ThenBy(t => t.ClaimId, StringComparer.Ordinal).ThenBy(t => t.Token));
        foreach (var task in tasks)
        {
            if (task.ClaimId == passed || await TaskAccess.Refusal(connection, user, task) is not null) continue;
            var place = await connection.QuerySingleAsync<PlaceRow>(Place, new { task.ClaimId });
            return new NextTaskFound(References.Task(place.Article, place.Ordinal, task.Token), References.Claim(place.Article, place.Ordinal), task.Kind);
        }
        return new NextTaskFound(null, null, null);
    }

    private sealed record PlaceRow
    {
        public long Article { get; init; }
        public long Ordinal { get; init; }
    }
}
