using Dapper;
using Verify.Desk.Definitions;
using Verify.Workflow.Expressions;
using Verify.Workflow.Runtime;

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
public sealed class Reopening(Session session, KnownDefinitions definitions)
{
    private const string InsertReopening = "INSERT INTO reopenings (claim_id, round, ground, reference, reason, user_id, at) VALUES (@ClaimId, @Round, @Ground, @Reference, @Reason, @UserId, @At)";
    private const string OpenTasks = "SELECT token FROM tasks WHERE claim_id = @Id AND status = 'open' ORDER BY token";
    private const string SetTimers = "SELECT token FROM timers WHERE claim_id = @Id AND status = 'set' ORDER BY token";
    private const string AnyVerdict = "SELECT EXISTS (SELECT 1 FROM decisions WHERE claim_id = @Id AND round = @Round AND content_verdict IS NOT NULL)";
    private const string AnyDecision = "SELECT EXISTS (SELECT 1 FROM decisions WHERE claim_id = @Id AND round = @Round)";
    private const string NameOf = "SELECT name FROM users WHERE id = @Id";
    private const string Standing = """
        SELECT d.claim_id AS ClaimId, d.token AS Token, d.user_id AS UserId, d.kind AS Kind, d.outcome AS Outcome, d.note AS Note,
            d.attribution_verdict AS AttributionVerdict, d.content_verdict AS ContentVerdict, d.round AS Round, d.decided_at AS DecidedAt
        FROM decisions d JOIN tasks t ON t.claim_id = d.claim_id AND t.token = d.token
        WHERE d.claim_id = @ClaimId AND d.round = @Round AND d.kind = 'check' AND d.outcome <> 'return' AND t.activity = @Activity ORDER BY d.token DESC LIMIT 1
        """;

    /// <summary>Whether anything decided rests on the ground: only then is there something to set aside.</summary>
    public async Task<bool> HasSomethingToLose(ClaimRow claim) =>
        claim.Status == "approved" || claim.Status == "in-review" && await session.Connection.ExecuteScalarAsync<long>(AnyDecision, new { claim.Id, claim.Round }) == 1;

    /// <summary>Whether somebody has judged what is true by the evidence there was.</summary>
    public async Task<bool> IsJudged(ClaimRow claim) =>
        claim.Status == "approved" || claim.Status == "in-review" && await session.Connection.ExecuteScalarAsync<long>(AnyVerdict, new { claim.Id, claim.Round }) == 1;

    /// <param name="before">The claim as it is stored.</param>
    /// <param name="after">The same with what was amended; the same object where nothing was.</param>
    /// <returns>The claim in its new round.</returns>
    public async Task<ClaimRow> Reopen(ClaimRow before, ClaimRow after, MovedGround why)
    {
        var reopening = new ReopeningRow { ClaimId = before.Id, Round = before.Round, Ground = why.Ground, Reference = why.Reference, Reason = why.Reason, UserId = session.Actor?.Id, At = session.NowMs };
        await session.Connection.ExecuteAsync(InsertReopening, reopening);
        var definition = await definitions.Get(session.Connection, after.DefinitionId, after.DefinitionVersion);
        var state = FlowState.FromJson(before.State);
        var step = FlowRuntime.Start(definition.Definition, state.Input, state.NextToken);
        var fresh = after with { Status = "in-review", Round = before.Round + 1, AttributionVerdict = null, ContentVerdict = null, EscalatedAt = null };
        var change = ItemChange.Of(fresh, step, session.NowMs);
        change = change with
        {
            WithdrawnTasks = [.. await session.Connection.QueryAsync<long>(OpenTasks, new { before.Id }), .. change.WithdrawnTasks],
            ClearedTimers = [.. await session.Connection.QueryAsync<long>(SetTimers, new { before.Id }), .. change.ClearedTimers],
        };
        var written = await Items.Write(session.Connection, change, session.NowMs, amends: !ReferenceEquals(before, after));
        await session.Audit.Append(session.ActorName, "ClaimReopened", session.NowMs, change.Claim, before, new { why.Ground, why.Reference, why.Reason }, [reopening, .. written]);
        return why.KeepsContent ? await CarryOver(before.Round, change) : change.Claim;
    }

    private async Task<ClaimRow> CarryOver(long round, ItemChange change)
    {
        var claim = change.Claim;
        var waiting = change.Opened.ToList();
        while (await NextStanding(claim, round, waiting) is var (task, standing))
        {
            var definition = await definitions.Get(session.Connection, claim.DefinitionId, claim.DefinitionVersion);
            var by = await session.Connection.QuerySingleAsync<string>(NameOf, new { Id = standing.UserId });
            var step = FlowRuntime.Resume(definition.Definition, FlowState.FromJson(claim.State), (int)task.Token, new FlowObject([new("outcome", standing.Outcome), new("by", by)]));
            var judged = claim with { ContentVerdict = standing.ContentVerdict ?? claim.ContentVerdict };
            var decision = standing with { Token = task.Token, Round = claim.Round, DecidedAt = session.NowMs, Note = $"stands from round {round}{(standing.Note is null ? "" : $": {standing.Note}")}" };
            var next = ItemChange.Of(judged, step, session.NowMs);
            await DecisionRecord.Write(session, claim, task, next, decision, "DecisionCarriedOver", new { task.Step, standing.Outcome, round, by });
            waiting.Remove(task);
            waiting.AddRange(next.Opened);
            claim = next.Claim;
        }
        return claim;
    }

    private async Task<(TaskRow Task, DecisionRow Standing)?> NextStanding(ClaimRow claim, long round, List<TaskRow> waiting)
    {
        if (claim.Status != "in-review") return null;
        foreach (var task in waiting.Where(t => t.Kind == "check" && t.Asks?.StartsWith("attribution", StringComparison.Ordinal) != true))
            if (await session.Connection.QuerySingleOrDefaultAsync<DecisionRow>(Standing, new { ClaimId = claim.Id, Round = round, task.Activity }) is { } standing)
                return (task, standing);
        return null;
    }
}
