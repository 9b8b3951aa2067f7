using System.Data;
using Dapper;

namespace Verify.Desk.Data;

/// <summary>A claim that was reopened.</summary>
/// <param name="Status">What it was before: approved, or in-review with decisions.</param>
public sealed record ReopenedClaim(string Claim, string Status, IReadOnlyList<string> Opened);

/// <summary>Finds the claims that rest on something, and reopens those whose ground has become weaker; nothing else is touched.</summary>
public sealed class GroundWatch(Session session, Reopening reopening)
{
    // As to a claim only while the evidence is attached to it, and something was decided on it since.
    private const string LeadingTo = """
        SELECT p.from_kind AS Kind, p.from_id AS Id, CASE WHEN EXISTS (
            SELECT 1 FROM evidence_claims l JOIN claims c ON c.id = l.claim_id JOIN decisions d ON d.claim_id = c.id AND d.round = c.round AND d.decided_at >= l.created_at
            WHERE l.evidence_id = p.from_id AND l.claim_id = p.claim_id AND l.detached_at IS NULL) THEN p.claim_id END AS ClaimId
        FROM provenance p WHERE p.to_id = @Id AND p.to_id <> p.from_id AND p.status <> 'rejected'
        """;
    private const string UsedBy = """
        SELECT l.claim_id FROM evidence_claims l JOIN claims c ON c.id = l.claim_id WHERE l.evidence_id = @Id AND l.detached_at IS NULL
            AND EXISTS (SELECT 1 FROM decisions d WHERE d.claim_id = c.id AND d.round = c.round AND d.decided_at >= l.created_at)
        """;
    private const string OtherNames = "SELECT id FROM sources WHERE merged_into = @Id UNION SELECT merged_into FROM sources WHERE id = @Id AND merged_into IS NOT NULL";
    private const string OpenTasks = "SELECT t.token AS Token, a.number AS Article, c.ordinal AS Ordinal FROM claims c JOIN articles a ON a.id = c.article_id LEFT JOIN tasks t ON t.claim_id = c.id AND t.status = 'open' WHERE c.id = @Id ORDER BY t.token";

    /// <summary>Ids of the claims whose evidence leads to this node, over any number of steps.</summary>
    public async Task<IReadOnlyList<string>> ClaimsLeadingTo(string kind, string id)
    {
        var claims = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal) { id };
        var queue = new Queue<(string Kind, string Id)>([(kind, id)]);
        while (queue.TryDequeue(out var at))
        {
            if (at.Kind == "evidence") claims.UnionWith(await session.Connection.QueryAsync<string>(UsedBy, new { at.Id }));
            if (at.Kind == "source")
                foreach (var merged in await session.Connection.QueryAsync<string>(OtherNames, new { at.Id })) if (seen.Add(merged)) queue.Enqueue(("source", merged));
            foreach (var from in await session.Connection.QueryAsync<Step>(LeadingTo, new { at.Id }))
            {
                // As to this claim; another claim with the same evidence may have it from elsewhere.
                if (from.ClaimId is not null) claims.Add(from.ClaimId);
                if (seen.Add(from.Id)) queue.Enqueue((from.Kind == "evidence" ? "evidence-of-others" : from.Kind, from.Id));
            }
        }
        return [.. claims];
    }

    /// <summary>The confirmed counts of those of these claims that were judged by them.</summary>
    public async Task<Dictionary<string, (int For, int Against)>> Measure(IEnumerable<string> claims)
    {
        var counts = new Dictionary<string, (int, int)>(StringComparer.Ordinal);
        foreach (var id in claims)
        {
            var claim = await session.Connection.QuerySingleAsync<ClaimRow>(ClaimRow.ById, new { Id = id });
            if (!await reopening.IsJudged(claim)) continue;
            var ground = await ClaimGround.Of(session.Connection, claim);
            counts[id] = (ground.Confirmed.For, ground.Confirmed.Against);
        }
        return counts;
    }

    /// <summary>Reopens what has now fewer origins for it, or more against it, than when it was measured.</summary>
    public async Task<List<ReopenedClaim>> ReopenWeaker(Dictionary<string, (int For, int Against)> before, MovedGround why)
    {
        var reopened = new List<ReopenedClaim>();
        foreach (var (id, was) in before)
        {
            var current = await session.Connection.QuerySingleAsync<ClaimRow>(ClaimRow.ById, new { Id = id });
            var now = (await ClaimGround.Of(session.Connection, current)).Confirmed;
            // A claim that was found false rests on what speaks against it.
            var weaker = Requests.Verdicts.Adverse.Contains(current.ContentVerdict ?? "") ? now.Against < was.Against || now.For > was.For : now.For < was.For || now.Against > was.Against;
            if (!weaker) continue;
            var counts = $"independent origins: {was.For} → {now.For} for it, {was.Against} → {now.Against} against it";
            if (await Reopen(id, why with { Reason = $"{why.Reason} ({counts})" }) is { } claim) reopened.Add(claim);
        }
        await AddAlsoReopened(reopened);
        return reopened;
    }

    /// <summary>Ends or changes a claim, and reopens what rests on it: claims that took over what was found for it, and claims whose evidence came from it.</summary>
    /// <param name="ends">It is a claim no more: what came from it is reopened where it loses an origin; else all of it is.</param>
    public async Task<List<ReopenedClaim>> Follow(string claimId, MovedGround why, bool ends, Func<Task> change)
    {
        var leading = await ClaimsLeadingTo("claim", claimId);
        var measured = ends ? await Measure(leading) : [];
        await change();
        if (ends) await reopening.ReopenWhatTookItOver(claimId, why);
        return ends ? await ReopenWeaker(measured, why) : await ReopenAll(leading, why);
    }

    /// <summary>Reopens each of these claims that has something to lose.</summary>
    public async Task<List<ReopenedClaim>> ReopenAll(IEnumerable<string> claims, MovedGround why)
    {
        var reopened = new List<ReopenedClaim>();
        foreach (var id in claims.Order(StringComparer.Ordinal))
            if (await Reopen(id, why) is { } claim) reopened.Add(claim);
        await AddAlsoReopened(reopened);
        return reopened;
    }

    /// <summary>Claims that fell because one fell whose finding they had taken over.</summary>
    public async Task<List<ReopenedClaim>> TakeAlsoReopened()
    {
        var also = new List<ReopenedClaim>();
        await AddAlsoReopened(also);
        return also;
    }

    private async Task AddAlsoReopened(List<ReopenedClaim> reopened)
    {
        foreach (var (id, status) in reopening.TakeAlsoReopened()) reopened.Add(await Describe(id, status));
    }

    private async Task<ReopenedClaim?> Reopen(string id, MovedGround why)
    {
        var claim = await session.Connection.QuerySingleAsync<ClaimRow>(ClaimRow.ById, new { Id = id });
        if (!await reopening.HasSomethingToLose(claim)) return null;
        await reopening.Reopen(claim, claim, why);
        return await Describe(id, claim.Status);
    }

    /// <summary>How a claim that was just reopened is shown.</summary>
    public async Task<ReopenedClaim> Describe(string id, string status)
    {
        var waiting = new List<string>();
        var claim = await List(session.Connection);
        session.Afterwards(List);
        return new(References.Claim(claim.Article, claim.Ordinal), status, waiting);

        async Task<Open> List(IDbConnection connection)
        {
            var open = (await connection.QueryAsync<Open>(OpenTasks, new { Id = id })).ToList();
            waiting.Clear();
            waiting.AddRange(open.Where(t => t.Token is not null).Select(t => References.Task(t.Article, t.Ordinal, t.Token!.Value)));
            return open[0];
        }
    }

    private sealed record Step
    {
        public string Kind { get; init; } = "";
        public string Id { get; init; } = "";
        public string? ClaimId { get; init; }
    }

    private sealed record Open
    {
        public long? Token { get; init; }
        public long Article { get; init; }
        public long Ordinal { get; init; }
    }
}
