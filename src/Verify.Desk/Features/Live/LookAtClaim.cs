using System.Data;
using Dapper;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Live;

/// <summary>Records that a user looks at a claim: what named them there is seen, and the next look knows what is new since this one.</summary>
public sealed record LookAtClaim(string Claim) : Command<LookedAt>
{
    // Whoever may open the page may have looked at it.
    public override IReadOnlyList<string> AllowedRoles => Roles.All;
}

/// <summary>When a user last looked at a claim, and whether this look has to be recorded.</summary>
public sealed record FindLook(string Claim, string User) : Query<LookFound>;

/// <param name="Before">As of <see cref="LookedAt"/>.</param>
/// <param name="Due">There is something new to record: a look after a while, or a mention that is seen now.</param>
public sealed record LookFound(DateTimeOffset? Before, bool Due);

/// <param name="Before">When the user last looked before this sitting, or decided on the claim in it; null: never.</param>
public sealed record LookedAt(DateTimeOffset? Before);

public sealed class LookAtClaimHandler(Session session) : IRequestHandler<LookAtClaim, Result<LookedAt>>
{
    private const string Put = """
        INSERT INTO looks (user_id, claim_id, at, before) VALUES (@UserId, @ClaimId, @At, @Before)
        ON CONFLICT (user_id, claim_id) DO UPDATE SET at = excluded.at, before = excluded.before
        """;
    private const string Seen = "UPDATE mentions SET seen_at = @Now WHERE user_id = @UserId AND claim_id = @ClaimId AND seen_at IS NULL";

    public async Task<Result<LookedAt>> Handle(LookAtClaim command, CancellationToken cancellationToken)
    {
        var claim = await References.FindClaim(session.Connection, command.Claim);
        if (claim is null) return Refused.NotFound("claim", command.Claim);
        var key = new { UserId = session.Actor!.Id, ClaimId = claim, Now = session.NowMs };
        var before = (await Look.Last(session.Connection, key.UserId, claim))?.Until(session.NowMs);
        await session.Connection.ExecuteAsync(Put, new { key.UserId, key.ClaimId, At = session.NowMs, Before = before });
        await session.Connection.ExecuteAsync(Seen, key);
        return new LookedAt(before is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null);
    }

}

public sealed class FindLookHandler(DeskDatabase database, TimeProvider clock) : IRequestHandler<FindLook, Result<LookFound>>
{
    // A reader who is at it need not be written down at every turn.
    private const long Often = 60 * 1000;

    private const string UserId = "SELECT id FROM users WHERE name = @Name";
    private const string Unseen = "SELECT EXISTS (SELECT 1 FROM mentions WHERE user_id = @User AND claim_id = @Claim AND seen_at IS NULL)";

    public async Task<Result<LookFound>> Handle(FindLook query, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        if (await References.FindClaim(connection, query.Claim) is not { } claim) return Refused.NotFound("claim", query.Claim);
        if (await connection.QuerySingleOrDefaultAsync<string>(UserId, new { Name = query.User }) is not { } user) return Refused.UnknownUser(query.User);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var last = await Look.Last(connection, user, claim);
        var due = last is null || now - last.At > Often || await connection.ExecuteScalarAsync<bool>(Unseen, new { User = user, Claim = claim });
        return new LookFound(last?.Until(now) is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null, due);
    }
}

internal sealed record Look
{
    // Looks no further apart than this are one sitting: reloading a page does not make its news old.
    private const long Sitting = 20 * 60 * 1000;

    private const string Newest = """
        SELECT at AS At, before AS Before,
            (SELECT max(decided_at) FROM decisions WHERE user_id = @User AND claim_id = @Claim) AS Decided
        FROM looks WHERE user_id = @User AND claim_id = @Claim
        """;

    public long At { get; init; }
    public long? Before { get; init; }
    public long? Decided { get; init; }

    public static Task<Look?> Last(IDbConnection connection, string user, string claim) => connection.QuerySingleOrDefaultAsync<Look?>(Newest, new { User = user, Claim = claim });

    /// <summary>Whoever decides has seen what there was: what came after it is new to them, however soon they are back.</summary>
    public long? Until(long now) => now - At > Sitting ? At : Decided > (Before ?? 0) ? Decided : Before;
}
