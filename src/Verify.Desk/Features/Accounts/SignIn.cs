using System.Text.Json.Serialization;
using Dapper;
using FluentValidation;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Accounts;

/// <summary>Opens a session in the browser for who knows the password.</summary>
public sealed record SignIn(string Name, [property: JsonIgnore] string Password) : Command<SignInAnswer>, IPrepares
{
    private const string Account = "SELECT a.password FROM accounts a JOIN users u ON u.id = a.user_id WHERE u.name = @Name AND u.disabled_at IS NULL AND a.locked_until <= @Now";

    public override bool IsOfTheDesk => true;
    internal string? Checked { get; private set; }
    internal bool Matches { get; private set; }

    public async ValueTask Prepare(DeskDatabase database, DateTimeOffset now)
    {
        await using var connection = database.OpenReader();
        Checked = await connection.QuerySingleOrDefaultAsync<string>(Account, new { Name, Now = now.ToUnixTimeMilliseconds() });
        Matches = await Passwords.Matches(Password, Checked);
    }
}

/// <param name="Token">The session's secret; null when name or password are wrong.</param>
/// <param name="Wait">Whole seconds until the next try is looked at; 0: at once.</param>
public sealed record SignInAnswer([property: JsonIgnore] string? Token, long Wait);

public sealed class SignInValidator : AbstractValidator<SignIn>
{
    public SignInValidator()
    {
        RuleFor(c => c.Name).NotEmpty().WithMessage("give your name").MaximumLength(200).WithMessage("the name is longer than 200 characters");
        RuleFor(c => c.Password).NotEmpty().WithMessage("give your password").MaximumLength(Passwords.Longest).WithMessage($"the password is longer than {Passwords.Longest} characters");
    }
}

public sealed class SignInHandler(Session session) : IRequestHandler<SignIn, Result<SignInAnswer>>
{
    private const int FreeTries = 5;
    private const int LongestWait = 15 * 60;
    private const long Forgotten = 60 * 60 * 1000;

    private const string UserByName = $"SELECT {UserRow.Columns} FROM users WHERE name = @Name AND disabled_at IS NULL";
    private const string Account = "SELECT password AS Password, failures AS Failures, locked_until AS LockedUntil FROM accounts WHERE user_id = @Id";
    private const string Failed = "UPDATE accounts SET failures = @Failures, locked_until = @LockedUntil WHERE user_id = @Id";

    public async Task<Result<SignInAnswer>> Handle(SignIn command, CancellationToken cancellationToken)
    {
        var user = await session.Connection.QuerySingleOrDefaultAsync<UserRow>(UserByName, new { command.Name });
        var account = user is null ? null : await session.Connection.QuerySingleOrDefaultAsync<AccountRow>(Account, new { user.Id });
        // Who has no account is told no more than who mistyped.
        if (user is null || account is null) return new SignInAnswer(null, 0);
        if (account.LockedUntil > session.NowMs) return new SignInAnswer(null, Seconds(account.LockedUntil - session.NowMs));
        // The password was looked at before this turn; if it was changed in between, what was looked at is no password any more.
        if (command.Matches && command.Checked == account.Password)
        {
            await session.Connection.ExecuteAsync(Failed, new { user.Id, Failures = 0L, LockedUntil = 0L });
            await session.Audit.Append(user.Name, "SignedIn", session.NowMs, user, user, new { user.Name }, []);
            return new SignInAnswer(await BrowserSessions.Open(session, user.Id), 0);
        }
        // The end of the last wait is the time of the last failure, or later: an hour of quiet clears the count.
        var failures = (session.NowMs - account.LockedUntil > Forgotten ? 0 : account.Failures) + 1;
        var wait = failures < FreeTries ? 0 : Math.Min(LongestWait, 5L << (int)Math.Min(20, failures - FreeTries));
        await session.Connection.ExecuteAsync(Failed, new { user.Id, Failures = failures, LockedUntil = session.NowMs + wait * 1000 });
        if (wait > 0) await session.Audit.Append("-", "SignInLocked", session.NowMs, user, user, new { user.Name, failures, wait }, []);
        return new SignInAnswer(null, wait);
    }

    private static long Seconds(long milliseconds) => (milliseconds + 999) / 1000;

    private sealed record AccountRow
    {
        public string Password { get; init; } = "";
        public long Failures { get; init; }
        public long LockedUntil { get; init; }
    }
}
