using Dapper;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Accounts;

/// <summary>How long a session in the browser lasts, and how one is opened.</summary>
public static class BrowserSessions
{
    /// <summary>A session that nobody uses ends after this time.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(2);
    /// <summary>Every session ends after this time, used or not.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(14);
    /// <summary>How old the record of its last use may be: each request would otherwise write.</summary>
    public static readonly TimeSpan Grain = TimeSpan.FromMinutes(5);

    private const string Insert = "INSERT INTO sessions (token_hash, user_id, created_at, seen_at) VALUES (@TokenHash, @UserId, @Now, @Now)";
    private const string Expired = "DELETE FROM sessions WHERE user_id = @UserId AND (created_at < @Oldest OR seen_at < @Idle)";

    internal static async Task<string> Open(Session session, string userId)
    {
        var token = Passwords.NewToken();
        await session.Connection.ExecuteAsync(Expired, new { UserId = userId, Oldest = (session.Now - Longest).ToUnixTimeMilliseconds(), Idle = (session.Now - Idle).ToUnixTimeMilliseconds() });
        await session.Connection.ExecuteAsync(Insert, new { TokenHash = Passwords.HashOf(token), UserId = userId, Now = session.NowMs });
        return token;
    }
}

/// <summary>Whose session this is; refused as <c>no_session</c> when it has ended.</summary>
public sealed record FindSession(string Token) : Query<Visitor>;

/// <param name="Mentions">Comments that name the user and that they have not seen.</param>
/// <param name="Stale">The record of the session's last use is old enough to be renewed.</param>
public sealed record Visitor(string Name, IReadOnlyList<string> Roles, string? Desk, long Mentions, bool Stale);

public sealed class FindSessionHandler(DeskDatabase database, TimeProvider clock) : IRequestHandler<FindSession, Result<Visitor>>
{
    private const string Sql = """
        SELECT u.name AS Name, u.roles AS Roles, u.desk AS Desk, s.created_at AS CreatedAt, s.seen_at AS SeenAt,
            (SELECT count(*) FROM (SELECT 1 FROM mentions m WHERE m.user_id = u.id AND m.seen_at IS NULL LIMIT 100)) AS Mentions
        FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = @TokenHash AND u.disabled_at IS NULL
        """;

    public async Task<Result<Visitor>> Handle(FindSession query, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        var row = await connection.QuerySingleOrDefaultAsync<Row>(Sql, new { TokenHash = Passwords.HashOf(query.Token) });
        var now = clock.GetUtcNow();
        if (row is null || now - At(row.CreatedAt) > BrowserSessions.Longest || now - At(row.SeenAt) > BrowserSessions.Idle)
            return new Refusal(RefusalKind.Rule, "no_session", "the session has ended; sign in again");
        return new Visitor(row.Name, row.Roles.Split(','), row.Desk, row.Mentions, now - At(row.SeenAt) > BrowserSessions.Grain);
    }

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    private sealed record Row
    {
        public string Name { get; init; } = "";
        public string Roles { get; init; } = "";
        public string? Desk { get; init; }
        public long CreatedAt { get; init; }
        public long SeenAt { get; init; }
        public long Mentions { get; init; }
    }
}

/// <summary>Records that a session is in use.</summary>
public sealed record KeepSession(string Token) : Command<bool>
{
    public override bool IsOfTheDesk => true;
}

public sealed class KeepSessionHandler(Session session) : IRequestHandler<KeepSession, Result<bool>>
{
    private const string Update = "UPDATE sessions SET seen_at = @Now WHERE token_hash = @TokenHash AND seen_at < @Now";

    public async Task<Result<bool>> Handle(KeepSession command, CancellationToken cancellationToken) =>
        await session.Connection.ExecuteAsync(Update, new { TokenHash = Passwords.HashOf(command.Token), Now = session.NowMs }) == 1;
}

/// <summary>Ends a session; or with <paramref name="Everywhere"/> all of its user's.</summary>
public sealed record SignOut(string Token, bool Everywhere = false) : Command<bool>
{
    public override bool IsOfTheDesk => true;
}

public sealed class SignOutHandler(Session session) : IRequestHandler<SignOut, Result<bool>>
{
    private const string DeleteOne = "DELETE FROM sessions WHERE token_hash = @TokenHash";
    private const string DeleteAll = "DELETE FROM sessions WHERE user_id = (SELECT user_id FROM sessions WHERE token_hash = @TokenHash)";

    public async Task<Result<bool>> Handle(SignOut command, CancellationToken cancellationToken) =>
        await session.Connection.ExecuteAsync(command.Everywhere ? DeleteAll : DeleteOne, new { TokenHash = Passwords.HashOf(command.Token) }) > 0;
}
