using Dapper;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Users;

/// <summary>Disables a user: what they did stays, the open tasks that they held go back to everyone; for administrators.</summary>
public sealed record DisableUser(string Name) : Command<UserDisabled>
{
    public override IReadOnlyList<string> AllowedRoles => [Roles.Administrator];
}

/// <param name="Released">How many open tasks went back.</param>
public sealed record UserDisabled(string Name, int Released);

public sealed class DisableUserHandler(Session session) : IRequestHandler<DisableUser, Result<UserDisabled>>
{
    private const string OtherAdministrator = "SELECT EXISTS (SELECT 1 FROM users WHERE id <> @Id AND disabled_at IS NULL AND ',' || roles || ',' LIKE '%,administrator,%')";
    private const string Disable = "UPDATE users SET disabled_at = @DisabledAt WHERE id = @Id";
    private const string Held = $"SELECT {TaskRow.Columns} FROM tasks WHERE status = 'open' AND assignee = @Id";

    public async Task<Result<UserDisabled>> Handle(DisableUser command, CancellationToken cancellationToken)
    {
        var user = await session.Connection.QuerySingleOrDefaultAsync<UserRow>(UserRow.ByName, new { command.Name });
        if (user is null) return Refused.UnknownUser(command.Name);
        if (user.DisabledAt is not null) return Refused.UserDisabled(user.Name);
        if (await IsLastAdministrator(session, user) is { } last) return last;
        var disabled = user with { DisabledAt = session.NowMs };
        await session.Connection.ExecuteAsync(Disable, disabled);
        var released = (await session.Connection.QueryAsync<TaskRow>(Held, new { user.Id })).Select(t => t with { Assignee = null }).ToList();
        foreach (var task in released) await session.Connection.ExecuteAsync(Items.UpdateTask, task);
        await session.Audit.Append(session.ActorName, "UserDisabled", session.NowMs, disabled, user, new { user.Name, released = released.Count }, released);
        return new UserDisabled(user.Name, released.Count);
    }

    internal static async Task<Refusal?> IsLastAdministrator(Session session, UserRow user) =>
        user.HasOneOf([Roles.Administrator]) && await session.Connection.ExecuteScalarAsync<long>(OtherAdministrator, new { user.Id }) == 0
            ? new Refusal(RefusalKind.Rule, "last_administrator", $"{user.Name} is the last administrator; add another one first") : null;
}
