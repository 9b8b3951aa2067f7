using Dapper;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Users;

public sealed record ListUsers : Query<IReadOnlyList<UserLine>>;

/// <param name="Holds">Open tasks that the user has taken.</param>
/// <param name="HasPassword">Whether the user can sign in to the desk in the browser.</param>
public sealed record UserLine(string Name, IReadOnlyList<string> Roles, bool Disabled, long Holds, string? Desk, bool HasPassword);

public sealed class ListUsersHandler(DeskDatabase database) : IRequestHandler<ListUsers, Result<IReadOnlyList<UserLine>>>
{
    private const string All = $"SELECT {UserRow.Columns} FROM users ORDER BY name";
    private const string WithPassword = "SELECT user_id FROM accounts";
    private const string Held = "SELECT assignee AS Id, count(*) AS Tasks FROM tasks WHERE status = 'open' AND assignee IS NOT NULL GROUP BY assignee";

    public async Task<Result<IReadOnlyList<UserLine>>> Handle(ListUsers query, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        var held = (await connection.QueryAsync<Holding>(Held)).ToDictionary(h => h.Id, h => h.Tasks);
        var accounts = (await connection.QueryAsync<string>(WithPassword)).ToHashSet(StringComparer.Ordinal);
        return (await connection.QueryAsync<UserRow>(All)).Select(u => new UserLine(u.Name, u.RoleList, u.DisabledAt is not null, held.GetValueOrDefault(u.Id), u.Desk, accounts.Contains(u.Id))).ToList();
    }

    private sealed record Holding
    {
        public string Id { get; init; } = "";
        public long Tasks { get; init; }
    }
}
