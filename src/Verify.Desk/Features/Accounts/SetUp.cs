using System.Text.Json.Serialization;
using Dapper;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Features.Users;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Accounts;

/// <summary>Makes the first user of a new desk, an administrator with a password. Who may send it, the server decides by the link that it printed.</summary>
public sealed record SetUp(string Name, [property: JsonIgnore] string Password) : Command<PasswordSet>, IPrepares
{
    public override bool IsOfTheDesk => true;
    internal string Kept { get; private set; } = "";

    public async ValueTask Prepare(DeskDatabase database, DateTimeOffset now)
    {
        if (Passwords.Weakness(Password, Name) is null) Kept = await Passwords.Keep(Password);
    }
}

public sealed class SetUpHandler(Session session) : IRequestHandler<SetUp, Result<PasswordSet>>
{
    private const string AnyUser = "SELECT EXISTS (SELECT 1 FROM users)";

    public async Task<Result<PasswordSet>> Handle(SetUp command, CancellationToken cancellationToken)
    {
        if (await session.Connection.ExecuteScalarAsync<long>(AnyUser) == 1) return new Refusal(RefusalKind.Rule, "set_up", "this desk has users already; sign in, or ask an administrator for an invitation");
        if (new AddUserValidator().Validate(new AddUser(command.Name, [Roles.Administrator])) is { IsValid: false } wrong) return Refused.Invalid(wrong.Errors[0].ErrorMessage);
        if (Passwords.Weakness(command.Password, command.Name) is { } weak) return Refused.Invalid(weak);
        var user = new UserRow { Id = Ids.New(session.Now), Name = command.Name, Roles = Roles.Administrator, CreatedAt = session.NowMs };
        await session.Connection.ExecuteAsync(UserRow.Insert, user);
        await session.Connection.ExecuteAsync(SetPasswordHandler.Put, new { user.Id, Password = command.Kept, Now = session.NowMs });
        await session.Audit.Append(user.Name, "UserAdded", session.NowMs, user, null, new { user.Name, user.Roles }, []);
        return new PasswordSet(user.Name, await BrowserSessions.Open(session, user.Id));
    }
}

/// <summary>Whether the desk has a user yet, and whether anybody can sign in.</summary>
public sealed record FindDeskState : Query<DeskState>;

public sealed record DeskState(bool HasUsers, bool HasAccounts);

public sealed class FindDeskStateHandler(DeskDatabase database) : IRequestHandler<FindDeskState, Result<DeskState>>
{
    private const string Sql = "SELECT EXISTS (SELECT 1 FROM users) AS Users, EXISTS (SELECT 1 FROM accounts) AS Accounts";

    public async Task<Result<DeskState>> Handle(FindDeskState query, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        var row = await connection.QuerySingleAsync<Row>(Sql);
        return new DeskState(row.Users == 1, row.Accounts == 1);
    }

    private sealed record Row
    {
        public long Users { get; init; }
        public long Accounts { get; init; }
    }
}
