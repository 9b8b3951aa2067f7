using System.Data;
using Dapper;
using Verify.Desk.Audit;
using Verify.Desk.Definitions;
using Verify.Desk.Requests;
using Verify.Desk.Runtimes;
using Verify.Workflow.Definitions;
using Verify.Workflow.Expressions;

namespace Verify.Desk.Data;

/// <summary>What a person decided.</summary>
public sealed record Choice(string Outcome, string? Note, string? AttributionVerdict, string? ContentVerdict);

/// <param name="Article">Number of the claim's article.</param>
/// <param name="Claim">The claim afterwards.</param>
/// <param name="Opened">The tasks that wait now because of the decision.</param>
public sealed record DecidedTask(long Article, ClaimRow Claim, string Step, IReadOnlyList<TaskRow> Opened)
{
    private const string OpenedSince = $"SELECT {TaskRow.Columns} FROM tasks WHERE claim_id = @Id AND token >= @Next AND status = 'open' ORDER BY token";

    /// <summary>The same once the claim's runtime has answered, where that is another than the embedded one.</summary>
    public async Task<DecidedTask> Afterwards(IDbConnection connection) => OutsideState.Of(Claim) is not { } before ? this : this with
    {
        Claim = await connection.QuerySingleAsync<ClaimRow>(ClaimRow.ById, new { Claim.Id }),
        Opened = [.. await connection.QueryAsync<TaskRow>(OpenedSince, new { Claim.Id, before.Next })],
    };
}

/// <summary>
/// Decides tasks: by every rule of the desk, in the one way that every feature shares. Judging reads and writes nothing, so that it can
/// be done before the writer's turn.
/// </summary>
public sealed class TaskDecisions(Session session, WriterMemory memory, KnownDefinitions definitions, GroundWatch watch, ItemFlow flow)
{
    /// <summary>The outcome that sends a claim back; by convention the same in every definition.</summary>
    public const string Return = "return";

    private const string ArticleNumber = "SELECT number FROM articles WHERE id = @ArticleId";
    private const string NameOf = "SELECT name FROM users WHERE id = @Id";

    private sealed record Judgement(long Article, ClaimRow Before, TaskRow Done, ItemChange Change, DecisionRow Decision);

    /// <param name="Since">The history's last entry before anything was read for it.</param>
    private sealed record JudgedAhead(long Since, DateTimeOffset At, UserRow Actor, Judgement Judgement, KnownHashes Hashes);

    private JudgedAhead? _ahead;

    /// <summary>Judges before the turn, for <see cref="Decide"/> with the same values. What cannot be decided so is left to the turn.</summary>
    public async Task JudgeAhead(IDbConnection reader, string user, TimeProvider clock, string reference, Choice command)
    {
        var since = memory.Committed;
        if ((memory.Guess(user) ?? await reader.QuerySingleOrDefaultAsync<UserRow?>(UserRow.ByName, new { Name = user })) is not { } actor) return;
        if (await Find(reader, reference) is not var (task, claim) || OutsideState.Of(claim) is not null) return;
        var now = clock.GetUtcNow(); // after the look: a decision is not older than what it was made on
        var judged = await Judge(reader, actor, now.ToUnixTimeMilliseconds(), reference, task, claim, command);
        // What follows from a dismissal for other claims is found, and dated, in the turn.
        if (judged.Refusal is not null || judged.Value.Change.Claim.Status == "dismissed") return;
        var j = judged.Value;
        _ahead = new(since, now, actor, j, new([j.Before, j.Change.Claim, j.Done, j.Decision, .. j.Change.Opened, .. j.Change.Set]));
    }

    /// <param name="reference">The task, for example <c>12.3-4</c>.</param>
    /// <param name="version">The version of the claim that the decision was made on; null: whatever it is now.</param>
    public async Task<Result<DecidedTask>> Decide(string reference, Choice command, long? version)
    {
        if (_ahead is { } ahead && ahead.Actor == session.Actor && (version is null || version == ahead.Judgement.Before.Version) && memory.Holds(ahead.Since, ahead.Judgement.Before.Id))
        {
            session.ActedAt(ahead.At);
            return await Write(reference, command, ahead.Judgement, ahead.Hashes);
        }
        if (await Find(session.Connection, reference) is not var (task, claim)) return Refused.NotFound("task", reference);
        // Before it is asked whether the task is open: who decides on what they saw has to know that it is not so any more.
        if (version is { } seen && seen != claim.Version) return Refused.StaleVersion(seen, claim.Version);
        var judged = await Judge(session.Connection, session.Actor!, session.NowMs, reference, task, claim, command);
        return judged.Refusal is { } refusal ? refusal : await Write(reference, command, judged.Value, null);
    }

    private static async Task<(TaskRow Task, ClaimRow Claim)?> Find(IDbConnection connection, string reference) =>
        await References.FindTask(connection, reference) is { } task ? (task, await connection.QuerySingleAsync<ClaimRow>(ClaimRow.ById, new { Id = task.ClaimId })) : null;

    private async Task<Result<Judgement>> Judge(IDbConnection connection, UserRow actor, long now, string reference, TaskRow task, ClaimRow claim, Choice command)
    {
        if (task.Status != "open") return Refused.TaskClosed(task.Status);
        if (await TaskAccess.Refusal(connection, actor, task) is { } denied) return denied;
        if (task.Assignee is { } holder && holder != actor.Id)
            return Refused.TaskTaken(await connection.QuerySingleAsync<string>(NameOf, new { Id = holder }));
        var known = await definitions.Get(connection, claim.DefinitionId, claim.DefinitionVersion);
        var outcomes = known.OutcomesOf(task.Activity);
        if (!outcomes.Contains(command.Outcome)) return Refused.UnknownOutcome(command.Outcome, outcomes);
        if (MissingFrom(command, task) is { } incomplete) return incomplete;
        if (known.NeedsOf(task.Activity) is { } needs && needs.For.Contains(command.Outcome) && await ClaimGround.Missing(connection, claim, needs) is { Count: > 0 } missing) return Refused.GroundMissing(command.Outcome, missing);

        var (change, decision) = await FollowOn(command, claim, task, known.Definition, actor, now);
        // Where the item runs elsewhere, what the outcome leads to is read off the definition: it has yet to be told.
        var after = change.Messages.Count > 0 && Foresight.Disposition(known.Definition, task.Activity, command.Outcome) is { } status ? change.Claim with { Status = status } : change.Claim;
        if (decision.Note is null && NeedsReason(command, after) is { } what) return Refused.NoteNeeded(what);
        var number = References.ArticleOf(reference) ?? await connection.ExecuteScalarAsync<long>(ArticleNumber, new { claim.ArticleId });
        return new Judgement(number, claim, DecisionRecord.Done(task, decision), change, decision);
    }

    private async Task<DecidedTask> Write(string reference, Choice command, Judgement j, KnownHashes? hashes)
    {
        var claim = References.Claim(j.Article, j.Before.Ordinal);
        Task Record() => DecisionRecord.Write(session, j.Before, j.Done, j.Change, j.Decision, "TaskCompleted", new { task = reference, j.Done.Step, command.Outcome }, hashes);
        if (j.Change.Claim.Status == "dismissed") await watch.Follow(j.Before.Id, new("claim", claim, $"{claim}, which its evidence comes from, is no claim"), ends: true, Record);
        else await Record();
        return new DecidedTask(j.Article, j.Change.Claim, j.Done.Step, j.Change.Opened);
    }

    private static Refusal? MissingFrom(Choice command, TaskRow task)
    {
        var asks = task.Asks?.Split(' ') ?? [];
        var asked = asks.Length > 0 && !asks.Skip(1).Contains(command.Outcome) ? asks[0] : null;
        if (asked == "content" && command.ContentVerdict is null) return Refused.VerdictNeeded("content", Verdicts.Content);
        if (asked == "attribution" && command.AttributionVerdict is null) return Refused.VerdictNeeded("attribution", Verdicts.Attribution);
        if (asked != "content" && command.ContentVerdict is not null) return Refused.VerdictNotAsked("content");
        if (asked != "attribution" && command.AttributionVerdict is not null) return Refused.VerdictNotAsked("attribution");
        return null;
    }

    // What somebody else will ask about later is not decided without a word.
    private static string? NeedsReason(Choice command, ClaimRow after) => after.Status switch
    {
        "rejected" => "a claim is not rejected without a reason",
        "dismissed" => "a claim is not dismissed without a reason",
        "approved" when Verdicts.Adverse.Contains(after.ContentVerdict ?? "") || Verdicts.Adverse.Contains(after.AttributionVerdict ?? "") =>
            $"the verdicts are against this claim (content {after.ContentVerdict ?? "open"}, attribution {after.AttributionVerdict ?? "open"})",
        "approved" when after.ContentVerdict is null && after.AttributionVerdict is null => "nobody has given a verdict on this claim",
        _ => command.Outcome == Return ? "a claim is not sent back without a reason" : null,
    };

    private async Task<(ItemChange Change, DecisionRow Decision)> FollowOn(Choice command, ClaimRow claim, TaskRow task, Definition definition, UserRow actor, long now)
    {
        var result = new FlowObject([new("outcome", command.Outcome), new("by", actor.Name)]);
        var judged = claim with
        {
            AttributionVerdict = command.AttributionVerdict ?? claim.AttributionVerdict,
            ContentVerdict = command.ContentVerdict ?? claim.ContentVerdict,
            Round = command.Outcome == Return ? claim.Round + 1 : claim.Round,
        };
        var decision = new DecisionRow
        {
            ClaimId = claim.Id,
            Token = task.Token,
            UserId = actor.Id,
            Kind = task.Kind,
            Outcome = command.Outcome,
            Note = string.IsNullOrWhiteSpace(command.Note) ? null : command.Note.Trim(),
            AttributionVerdict = command.AttributionVerdict,
            ContentVerdict = command.ContentVerdict,
            Round = claim.Round,
            DecidedAt = now,
        };
        return (await flow.Resume(judged, definition, task.Token, result, now), decision);
    }
}
