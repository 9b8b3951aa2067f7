using Dapper;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Accounts;

/// <summary>A one-time link by which a user chooses a password, the first or a new one; for administrators. Earlier links of the user end.</summary>
public sealed record InviteUser(string Name) : Command<UserInvited>
{
    public override IReadOnlyList<string> AllowedRoles => [Roles.Administrator];
}

/// <param name="Token">Good once, until then; it is kept nowhere.</param>
public sealed record UserInvited(string Name, string Token, DateTimeOffset Until);

public sealed class InviteUserHandler(Session session) : IRequestHandler<InviteUser, Result<UserInvited>>
{
    private static readonly TimeSpan Good = TimeSpan.FromDays(3);
    private const string DeleteEarlier = "DELETE FROM invitations WHERE user_id = @Id";
    private const string Insert = "INSERT INTO invitations (token_hash, user_id, expires_at) VALUES (@TokenHash, @UserId, @ExpiresAt)";

    public async Task<Result<UserInvited>> Handle(InviteUser command, CancellationToken cancellationToken)
    {
        if (command.Key is not null) return Refused.Invalid("an invitation is a secret and is kept nowhere; leave the idempotency key out");
        var user = await session.Connection.QuerySingleOrDefaultAsync<UserRow>(UserRow.ByName, new { command.Name });
        if (user is null) return Refused.UnknownUser(command.Name);
        if (user.DisabledAt is not null) return Refused.UserDisabled(user.Name);
        var token = Passwords.NewToken();
        var until = session.Now + Good;
        await session.Connection.ExecuteAsync(DeleteEarlier, new { user.Id });
        await session.Connection.ExecuteAsync(Insert, new { TokenHash = Passwords.HashOf(token), UserId = user.Id, ExpiresAt = until.ToUnixTimeMilliseconds() });
        await session.Audit.Append(session.ActorName, "UserInvited", session.NowMs, user, user, new { user.Name }, []);
        return new UserInvited(user.Name, token, until);
    }
}
