using Dapper;
using FluentValidation;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Definitions;
using Verify.Desk.Requests;
using Verify.Workflow.Definitions;
using Verify.Workflow.Expressions;
using Verify.Workflow.Runtime;

namespace Verify.Desk.Features.Claims;

/// <summary>Decides a task; the claim moves on as its definition says.</summary>
/// <param name="Task">Its reference, for example <c>12.3-4</c>.</param>
/// <param name="Outcome">One of those that the definition routes.</param>
/// <param name="AttributionVerdict">Where the step asks for it: one of <see cref="Verdicts.Attribution"/>.</param>
/// <param name="ContentVerdict">Where the step asks for it: one of <see cref="Verdicts.Content"/>.</param>
/// <param name="Version">The version of the claim that the decision was made on; null: whatever it is now.</param>
public sealed record CompleteTask(string Task, string Outcome, string? Note = null, string? AttributionVerdict = null, string? ContentVerdict = null, long? Version = null) : Command<TaskCompleted>;

/// <param name="Opened">References of the tasks that wait now because of this decision.</param>
/// <param name="Status">The claim's status afterwards.</param>
public sealed record TaskCompleted(string Claim, string Step, string Outcome, string Status, long Version, IReadOnlyList<OpenedTask> Opened);

public sealed record OpenedTask(string Task, string Step, string Role);

public sealed class CompleteTaskValidator : AbstractValidator<CompleteTask>
{
    public CompleteTaskValidator()
    {
        RuleFor(c => c.Outcome).NotEmpty().WithMessage("give the outcome with --outcome");
        RuleFor(c => c.Note).MaximumLength(20_000).WithMessage("the note is longer than 20,000 characters");
        RuleFor(c => c.AttributionVerdict).Must(v => v is null || Verdicts.Attribution.Contains(v)).WithMessage(c => $"'{c.AttributionVerdict}' is not an attribution verdict; use one of: {string.Join(", ", Verdicts.Attribution)}");
        RuleFor(c => c.ContentVerdict).Must(v => v is null || Verdicts.Content.Contains(v)).WithMessage(c => $"'{c.ContentVerdict}' is not a content verdict; use one of: {string.Join(", ", Verdicts.Content)}");
        RuleFor(c => c.Key).MaximumLength(200).WithMessage("the idempotency key is longer than 200 characters");
    }
}

public sealed class CompleteTaskHandler(Session session, KnownDefinitions definitions) : IRequestHandler<CompleteTask, Result<TaskCompleted>>
{
    /// <summary>The outcome that sends a claim back; by convention the same in every definition.</summary>
    public const string Return = "return";

    private const string Claim = $"SELECT {ClaimRow.Columns} FROM claims WHERE id = @ClaimId";
    private const string ArticleNumber = "SELECT number FROM articles WHERE id = @ArticleId";
    private const string NameOf = "SELECT name FROM users WHERE id = @Id";
    private const string InsertDecision = """
        INSERT INTO decisions (claim_id, token, user_id, kind, outcome, note, attribution_verdict, content_verdict, round, decided_at)
        VALUES (@ClaimId, @Token, @UserId, @Kind, @Outcome, @Note, @AttributionVerdict, @ContentVerdict, @Round, @DecidedAt)
        """;

    public async Task<Result<TaskCompleted>> Handle(CompleteTask command, CancellationToken cancellationToken)
    {
        var found = await TaskAccess.FindOpen(session.Connection, command.Task);
        if (found.Refusal is { } missing) return missing;
        var task = found.Value;
        var claim = await session.Connection.QuerySingleAsync<ClaimRow>(Claim, new { task.ClaimId });
        if (command.Version is { } seen && seen != claim.Version) return Refused.StaleVersion(seen, claim.Version);
        if (await TaskAccess.Refusal(session.Connection, session.Actor!, task) is { } denied) return denied;
        if (task.Assignee is { } holder && holder != session.Actor!.Id)
            return Refused.TaskTaken(await session.Connection.QuerySingleAsync<string>(NameOf, new { Id = holder }));
        var known = await definitions.Get(session.Connection, claim.DefinitionId, claim.DefinitionVersion);
        var outcomes = known.OutcomesOf(task.Activity);
        if (!outcomes.Contains(command.Outcome)) return Refused.UnknownOutcome(command.Outcome, outcomes);
        if (MissingFrom(command, task) is { } incomplete) return incomplete;

        var (change, decision) = Decide(command, claim, task, known.Definition);
        if (decision.Note is null && NeedsReason(command, change.Claim) is { } what) return Refused.NoteNeeded(what);
        var number = await session.Connection.ExecuteScalarAsync<long>(ArticleNumber, new { claim.ArticleId });
        await Write(command, claim, task, change, decision);
        return new TaskCompleted(References.Claim(number, claim.Ordinal), task.Step, command.Outcome, change.Claim.Status, change.Claim.Version,
            [.. change.Opened.Select(t => new OpenedTask(References.Task(number, claim.Ordinal, t.Token), t.Step, t.Role))]);
    }

    private static Refusal? MissingFrom(CompleteTask command, TaskRow task)
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
    private static string? NeedsReason(CompleteTask command, ClaimRow after) => after.Status switch
    {
        "rejected" => "a claim is not rejected without a reason",
        "dismissed" => "a claim is not dismissed without a reason",
        "approved" when Verdicts.Adverse.Contains(after.ContentVerdict ?? "") || Verdicts.Adverse.Contains(after.AttributionVerdict ?? "") =>
            $"the verdicts are against this claim (content {after.ContentVerdict ?? "open"}, attribution {after.AttributionVerdict ?? "open"})",
        "approved" when after.ContentVerdict is null && after.AttributionVerdict is null => "nobody has given a verdict on this claim",
        _ => command.Outcome == Return ? "a claim is not sent back without a reason" : null,
    };

    private (ItemChange Change, DecisionRow Decision) Decide(CompleteTask command, ClaimRow claim, TaskRow task, Definition definition)
    {
        var result = new FlowObject([new("outcome", command.Outcome), new("by", session.ActorName)]);
        var step = FlowRuntime.Resume(definition, FlowState.FromJson(claim.State), (int)task.Token, result);
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
            UserId = session.Actor!.Id,
            Kind = task.Kind,
            Outcome = command.Outcome,
            Note = string.IsNullOrWhiteSpace(command.Note) ? null : command.Note.Trim(),
            AttributionVerdict = command.AttributionVerdict,
            ContentVerdict = command.ContentVerdict,
            Round = claim.Round,
            DecidedAt = session.NowMs,
        };
        return (ItemChange.Of(judged, step, session.NowMs), decision);
    }

    // In this order: the database checks a decision against its open task, and a task done against its decision.
    private async Task Write(CompleteTask command, ClaimRow claim, TaskRow task, ItemChange change, DecisionRow decision)
    {
        await session.Connection.ExecuteAsync(InsertDecision, decision);
        var done = task with { Status = "done", Assignee = session.Actor!.Id, ClosedAt = session.NowMs };
        await session.Connection.ExecuteAsync(Items.UpdateTask, done);
        var written = await Items.Write(session.Connection, change, session.NowMs);
        await session.Audit.Append(session.ActorName, "TaskCompleted", session.NowMs, change.Claim, claim, new { task = command.Task, task.Step, command.Outcome }, [done, decision, .. written]);
    }
}
