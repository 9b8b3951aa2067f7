using System.Text.Json.Serialization;
using Dapper;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Accounts;

/// <summary>Chooses a password with an invitation, or with the password that it replaces; every other session of the user ends.</summary>
/// <param name="Invitation">A token from <see cref="InviteUser"/>, good once; null: <paramref name="Old"/> and <see cref="Command{T}.As"/> say who it is.</param>
public sealed record SetPassword([property: JsonIgnore] string? Invitation, [property: JsonIgnore] string? Old, [property: JsonIgnore] string New) : Command<PasswordSet>, IPrepares
{
    private const string Account = "SELECT a.password FROM accounts a JOIN users u ON u.id = a.user_id WHERE u.name = @As AND a.locked_until <= @Now";

    public override bool IsOfTheDesk => true;
    internal string Kept { get; private set; } = "";
    internal string? Checked { get; private set; }
    internal bool OldMatches { get; private set; }

    public async ValueTask Prepare(DeskDatabase database, DateTimeOffset now)
    {
        await using var connection = database.OpenReader();
        if (Invitation is null)
        {
            Checked = await connection.QuerySingleOrDefaultAsync<string>(Account, new { As, Now = now.ToUnixTimeMilliseconds() });
            OldMatches = await Passwords.Matches(Old ?? "", Checked);
            if (!OldMatches) return;
        }
        else if (await Invitations.UserOf(connection, Invitation, now.ToUnixTimeMilliseconds()) is null) return;
        Kept = await Passwords.Keep(New);
    }
}

/// <param name="Token">Of a session that is open now.</param>
public sealed record PasswordSet(string Name, [property: JsonIgnore] string Token);

public sealed class SetPasswordHandler(Session session) : IRequestHandler<SetPassword, Result<PasswordSet>>
{
    private const string UserByName = $"SELECT {UserRow.Columns} FROM users WHERE name = @Name AND disabled_at IS NULL";
    private const string Account = "SELECT password FROM accounts WHERE user_id = @Id";
    private const string DeleteSessions = "DELETE FROM sessions WHERE user_id = @Id";
    private const string DeleteInvitations = "DELETE FROM invitations WHERE user_id = @Id";
    internal const string Put = """
        INSERT INTO accounts (user_id, password, changed_at, failures, locked_until) VALUES (@Id, @Password, @Now, 0, 0)
        ON CONFLICT (user_id) DO UPDATE SET password = excluded.password, changed_at = excluded.changed_at, failures = 0, locked_until = 0
        """;

    public async Task<Result<PasswordSet>> Handle(SetPassword command, CancellationToken cancellationToken)
    {
        UserRow? user;
        if (command.Invitation is { } invitation)
        {
            user = await Invitations.UserOf(session.Connection, invitation, session.NowMs);
            if (user is null) return Invitations.Used;
        }
        else
        {
            user = await session.Connection.QuerySingleOrDefaultAsync<UserRow>(UserByName, new { Name = command.As });
            if (user is null || !command.OldMatches || await session.Connection.QuerySingleOrDefaultAsync<string>(Account, new { user.Id }) != command.Checked)
                return new Refusal(RefusalKind.Rule, "wrong_password", "the present password is not right; try again");
        }
        if (Passwords.Weakness(command.New, user.Name) is { } weak) return Refused.Invalid(weak);
        await session.Connection.ExecuteAsync(DeleteSessions, new { user.Id });
        await session.Connection.ExecuteAsync(DeleteInvitations, new { user.Id });
        await session.Connection.ExecuteAsync(Put, new { user.Id, Password = command.Kept, Now = session.NowMs });
        await session.Audit.Append(user.Name, "PasswordSet", session.NowMs, user, user, new { user.Name, by = command.Invitation is null ? "password" : "invitation" }, []);
        return new PasswordSet(user.Name, await BrowserSessions.Open(session, user.Id));
    }
}

/// <summary>Who an invitation is for.</summary>
internal static class Invitations
{
    public static readonly Refusal Used = new(RefusalKind.Rule, "invitation_used", "this link was used already or is too old; ask an administrator for a new one");

    private const string Sql = """
        SELECT u.id AS Id, u.name AS Name, u.roles AS Roles, u.created_at AS CreatedAt, u.disabled_at AS DisabledAt, u.desk AS Desk
        FROM invitations i JOIN users u ON u.id = i.user_id WHERE i.token_hash = @TokenHash AND i.expires_at > @Now AND u.disabled_at IS NULL
        """;

    public static Task<UserRow?> UserOf(System.Data.IDbConnection connection, string token, long now) =>
        connection.QuerySingleOrDefaultAsync<UserRow?>(Sql, new { TokenHash = Passwords.HashOf(token), Now = now });
}

/// <summary>Whether an invitation is good, and for whom: nothing is used up by looking.</summary>
public sealed record FindInvitation([property: JsonIgnore] string Token) : Query<string>;

public sealed class FindInvitationHandler(DeskDatabase database, TimeProvider clock) : IRequestHandler<FindInvitation, Result<string>>
{
    public async Task<Result<string>> Handle(FindInvitation query, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        return await Invitations.UserOf(connection, query.Token, clock.GetUtcNow().ToUnixTimeMilliseconds()) is { } user ? user.Name
            : Invitations.Used;
    }
}
