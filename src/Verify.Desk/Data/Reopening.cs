using Dapper;
using Verify.Desk.Definitions;
using Verify.Desk.Runtimes;
using Verify.Workflow.Expressions;

namespace Verify.Desk.Data;

/// <summary>Why a claim has to be looked at anew.</summary>
/// <param name="Ground">evidence, source, origin, article, chain or claim.</param>
/// <param name="Reference">What moved, as people call it: <c>E4</c>, <c>S2</c>, <c>12 v2</c>.</param>
/// <param name="KeepsContent">What is true of the world stands; only who said it has to be checked again.</param>
public sealed record MovedGround(string Ground, string Reference, string Reason, bool KeepsContent = false);

/// <summary>
/// Reopens claims whose ground moved: approvals are set aside, open tasks withdrawn, and the item begins a new round of
/// its definition. Where only the attribution is in question, the checks of the content are carried over, so that the
/// item comes to rest at the step that has to be done again.
/// </summary>
public sealed class Reopening(Session session, KnownDefinitions definitions, ItemFlow flow)
{
    private const string InsertReopening = "INSERT INTO reopenings (claim_id, round, ground, reference, reason, user_id, at) VALUES (@ClaimId, @Round, @Ground, @Reference, @Reason, @UserId, @At)";
    private const string OpenTasks = "SELECT token FROM tasks WHERE claim_id = @Id AND status = 'open' ORDER BY token";
    private const string SetTimers = "SELECT token FROM timers WHERE claim_id = @Id AND status = 'set' ORDER BY token";
    private const string AnyVerdict = "SELECT EXISTS (SELECT 1 FROM decisions WHERE claim_id = @Id AND round = @Round AND content_verdict IS NOT NULL)";
    private const string AnyDecision = "SELECT EXISTS (SELECT 1 FROM decisions WHERE claim_id = @Id AND round = @Round)";
    private const string ReferenceOf = "SELECT a.number || '.' || c.ordinal FROM claims c JOIN articles a ON a.id = c.article_id WHERE c.id = @Id";
    internal const string InsertReuse = "INSERT INTO reuses (id, claim_id, from_claim_id, token, user_id, at) VALUES (@Id, @ClaimId, @FromClaimId, @Token, @UserId, @At)";
    private const string ReuseOf = $"SELECT {ReuseRow.Columns} FROM reuses WHERE claim_id = @ClaimId AND token = @Token";
    // While the decision that was taken over counts: in the round that it was made in.
    private const string TookOver = "SELECT DISTINCT r.claim_id FROM reuses r JOIN claims c ON c.id = r.claim_id JOIN decisions d ON d.claim_id = c.id AND d.token = r.token AND d.round = c.round WHERE r.from_claim_id = @Id";
    private const string NameOf = "SELECT name FROM users WHERE id = @Id";
    private const string Standing = """
        SELECT d.claim_id AS ClaimId, d.token AS Token, d.user_id AS UserId, d.kind AS Kind, d.outcome AS Outcome, d.note AS Note,
            d.attribution_verdict AS AttributionVerdict, d.content_verdict AS ContentVerdict, d.round AS Round, d.decided_at AS DecidedAt
        FROM decisions d JOIN tasks t ON t.claim_id = d.claim_id AND t.token = d.token
        WHERE d.claim_id = @ClaimId AND d.round = @Round AND d.kind = 'check' AND d.outcome <> 'return' AND t.activity = @Activity ORDER BY d.token DESC LIMIT 1
        """;

    private readonly List<(string Id, string Status)> _alsoReopened = [];

    /// <summary>Claims that fell because one fell whose finding they had taken over; each is told once.</summary>
    public IReadOnlyList<(string Id, string Status)> TakeAlsoReopened()
    {
        var also = _alsoReopened.ToList();
        _alsoReopened.Clear();
        return also;
    }

    /// <summary>Whether anything decided rests on the ground: only then is there something to set aside.</summary>
    public async Task<bool> HasSomethingToLose(ClaimRow claim) =>
        claim.Status == "approved" || claim.Status == "in-review" && await session.Connection.ExecuteScalarAsync<long>(AnyDecision, new { claim.Id, claim.Round }) == 1;

    /// <summary>Whether somebody has judged what is true by the evidence there was.</summary>
    public async Task<bool> IsJudged(ClaimRow claim) =>
        claim.Status == "approved" || claim.Status == "in-review" && await session.Connection.ExecuteScalarAsync<long>(AnyVerdict, new { claim.Id, claim.Round }) == 1;

    /// <summary>Records why the claim's round ends; the database lets an approval fall only beside this.</summary>
    public async Task<ReopeningRow> Record(ClaimRow claim, MovedGround why)
    {
        var row = new ReopeningRow { ClaimId = claim.Id, Round = claim.Round, Ground = why.Ground, Reference = why.Reference, Reason = why.Reason, UserId = session.Actor?.Id, At = session.NowMs };
        await session.Connection.ExecuteAsync(InsertReopening, row);
        return row;
    }

    /// <summary>The change, with everything that still waits on the claim withdrawn.</summary>
    public async Task<ItemChange> WithdrawingAll(ItemChange change) => change with
    {
        WithdrawnTasks = [.. await session.Connection.QueryAsync<long>(OpenTasks, new { change.Claim.Id }), .. change.WithdrawnTasks],
        ClearedTimers = [.. await session.Connection.QueryAsync<long>(SetTimers, new { change.Claim.Id }), .. change.ClearedTimers],
    };

    /// <param name="before">The claim as it is stored.</param>
    /// <param name="after">The same with what was amended; the same object where nothing was.</param>
    /// <returns>The claim in its new round.</returns>
    public async Task<ClaimRow> Reopen(ClaimRow before, ClaimRow after, MovedGround why)
    {
        var reopening = await Record(before, why);
        var definition = await definitions.Get(session.Connection, after.DefinitionId, after.DefinitionVersion);
        var fresh = after with { Status = "in-review", Round = before.Round + 1, AttributionVerdict = null, ContentVerdict = null, EscalatedAt = null };
        var sameWay = (before.DefinitionId, before.DefinitionVersion) == (after.DefinitionId, after.DefinitionVersion);
        var carries = why.KeepsContent && sameWay;
        var change = await WithdrawingAll(flow.Restart(before, fresh, definition.Definition, carries ? new(before.Round, why) : null));
        var written = await Items.Write(session, change, amends: !ReferenceEquals(before, after));
        await session.Audit.Append(session.ActorName, "ClaimReopened", session.NowMs, change.Claim, before, new { why.Ground, why.Reference, why.Reason }, [reopening, .. written]);
        if (carries && change.Messages.Count > 0) return change.Claim; // carried over once it has begun
        var claim = carries ? await CarryOver(before.Round, change) : change.Claim;
        // What others took over is what was found true: where that stands, so do they.
        if (claim.ContentVerdict is null) await ReopenWhatTookItOver(before.Id, why);
        return claim;
    }

    /// <summary>The same for an item that has begun its new round elsewhere.</summary>
    public async Task CarryOverAfterwards(ItemChange change, CarryOver carry)
    {
        var claim = await CarryOver(carry.Round, change);
        if (claim.ContentVerdict is null) await ReopenWhatTookItOver(claim.Id, carry.Why);
    }

    /// <summary>A claim that was decided as this one was falls with it.</summary>
    public async Task ReopenWhatTookItOver(string claimId, MovedGround why)
    {
        foreach (var id in (await session.Connection.QueryAsync<string>(TookOver, new { Id = claimId })).ToList())
        {
            var other = await session.Connection.QuerySingleAsync<ClaimRow>(ClaimRow.ById, new { Id = id });
            if (!await HasSomethingToLose(other)) continue;
            var name = await session.Connection.QuerySingleAsync<string>(ReferenceOf, new { Id = claimId });
            _alsoReopened.Add((id, other.Status));
            await Reopen(other, other, new("claim", name, $"{name}, whose finding was taken over, was reopened: {why.Reason}"));
        }
    }

    // Only what was judged of the content, by an outcome that the step has, on ground that still holds; each once. The first
    // step of another kind is done again, and so is all behind it: an identity or a document may be the very thing that
    // changed.
    private async Task<ClaimRow> CarryOver(long round, ItemChange change)
    {
        var claim = change.Claim;
        var definition = await definitions.Get(session.Connection, claim.DefinitionId, claim.DefinitionVersion);
        foreach (var task in change.Opened.Where(t => t.Kind == "check" && t.Asks?.StartsWith("content", StringComparison.Ordinal) == true))
        {
            if (claim.Status != "in-review" || await session.Connection.QuerySingleOrDefaultAsync<DecisionRow>(Standing, new { ClaimId = claim.Id, Round = round, task.Activity }) is not { } standing) continue;
            if (!definition.OutcomesOf(task.Activity).Contains(standing.Outcome)) continue;
            if (definition.NeedsOf(task.Activity) is { } needs && needs.For.Contains(standing.Outcome) && (await ClaimGround.Missing(session.Connection, claim, needs)).Count > 0) continue;
            claim = await Carry(claim, round, task, standing, definition);
        }
        return claim;
    }

    private async Task<ClaimRow> Carry(ClaimRow claim, long round, TaskRow task, DecisionRow standing, KnownDefinition definition)
    {
        var by = await session.Connection.QuerySingleAsync<string>(NameOf, new { Id = standing.UserId });
        var judged = claim with { ContentVerdict = standing.ContentVerdict ?? claim.ContentVerdict };
        var decision = standing with { Token = task.Token, Round = claim.Round, DecidedAt = session.NowMs, Note = $"stands from round {round}{(standing.Note is null ? "" : $": {standing.Note}")}" };
        var next = await flow.Resume(judged, definition.Definition, task.Token, new FlowObject([new("outcome", standing.Outcome), new("by", by)]), session.NowMs);
        await DecisionRecord.Write(session, claim, DecisionRecord.Done(task, decision), next, decision, "DecisionCarriedOver", new { task.Step, standing.Outcome, round, by });
        // Taken over from another claim before, it still is.
        foreach (var reuse in (await session.Connection.QueryAsync<ReuseRow>(ReuseOf, new { ClaimId = claim.Id, standing.Token })).ToList())
        {
            var again = reuse with { Id = Requests.Ids.New(session.Now), Token = task.Token, At = session.NowMs };
            await session.Connection.ExecuteAsync(InsertReuse, again);
            await session.Audit.Append(session.ActorName, "ReuseCarriedOver", session.NowMs, again, null, new { round }, []);
        }
        return next.Claim;
    }
}
