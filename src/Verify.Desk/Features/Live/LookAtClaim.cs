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

/// <param name="Before">When the user last looked before this sitting, or decided on the claim in it; null: never.</param>
public sealed record LookedAt(DateTimeOffset? Before);

public sealed class LookAtClaimHandler(Session session) : IRequestHandler<LookAtClaim, Result<LookedAt>>
{
    // Looks no further apart than this are one sitting: reloading a page does not make its news old.
    private const long Sitting = 20 * 60 * 1000;

    private const string Last = """
        SELECT at AS At, before AS Before,
            (SELECT max(decided_at) FROM decisions WHERE user_id = @UserId AND claim_id = @ClaimId) AS Decided
        FROM looks WHERE user_id = @UserId AND claim_id = @ClaimId
        """;
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
        var last = await session.Connection.QuerySingleOrDefaultAsync<Look>(Last, key);
        // Whoever decides has seen what there was: what came after it is new to them, however soon they are back.
        var before = last is null ? null : session.NowMs - last.At > Sitting ? last.At : last.Decided > (last.Before ?? 0) ? last.Decided : last.Before;
        await session.Connection.ExecuteAsync(Put, new { key.UserId, key.ClaimId, At = session.NowMs, Before = before });
        await session.Connection.ExecuteAsync(Seen, key);
        return new LookedAt(before is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null);
    }

    private sealed record Look
    {
        public long At { get; init; }
        public long? Before { get; init; }
        public long? Decided { get; init; }
    }
}
