using Dapper;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Queue;

/// <summary>Which open tasks of a claim a user may decide, told before they try. The command asks again.</summary>
public sealed record FindTaskAccess(string Claim, string User) : Query<IReadOnlyDictionary<string, string?>>;

public sealed class FindTaskAccessHandler(DeskDatabase database) : IRequestHandler<FindTaskAccess, Result<IReadOnlyDictionary<string, string?>>>
{
    private const string Open = $"SELECT {TaskRow.Columns} FROM tasks WHERE claim_id = @Claim AND status = 'open' ORDER BY token";

    /// <returns>Each task with null, or why not.</returns>
    public async Task<Result<IReadOnlyDictionary<string, string?>>> Handle(FindTaskAccess query, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        if (await connection.QuerySingleOrDefaultAsync<UserRow>(UserRow.ByName, new { Name = query.User }) is not { } user) return Refused.UnknownUser(query.User);
        var claim = await References.FindClaim(connection, query.Claim);
        if (claim is null) return Refused.NotFound("claim", query.Claim);
        var access = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var task in await connection.QueryAsync<TaskRow>(Open, new { Claim = claim }))
            access[$"{query.Claim}-{task.Token.ToString(System.Globalization.CultureInfo.InvariantCulture)}"] = (await TaskAccess.Refusal(connection, user, task))?.Message;
        return Result<IReadOnlyDictionary<string, string?>>.Of(access);
    }
}
