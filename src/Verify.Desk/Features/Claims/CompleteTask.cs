using FluentValidation;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Claims;

/// <summary>Decides a task; the claim moves on as its definition says.</summary>
/// <param name="Task">Its reference, for example <c>12.3-4</c>.</param>
/// <param name="Outcome">One of those that the definition routes.</param>
/// <param name="AttributionVerdict">Where the step asks for it: one of <see cref="Verdicts.Attribution"/>.</param>
/// <param name="ContentVerdict">Where the step asks for it: one of <see cref="Verdicts.Content"/>.</param>
/// <param name="Version">The version of the claim that the decision was made on; null: whatever it is now.</param>
public sealed record CompleteTask(string Task, string Outcome, string? Note = null, string? AttributionVerdict = null, string? ContentVerdict = null, long? Version = null) : Command<TaskCompleted>
{
    internal Choice Choice => new(Outcome, Note, AttributionVerdict, ContentVerdict);
}

/// <param name="Opened">References of the tasks that wait now because of this decision.</param>
/// <param name="Status">The claim's status afterwards.</param>
public sealed record TaskCompleted(string Claim, string Step, string Outcome, string Status, long Version, IReadOnlyList<OpenedTask> Opened)
{
    /// <summary>Amended where the claim runs elsewhere, which answers after the decision is on disk.</summary>
    public string Status { get; internal set; } = Status;
    public long Version { get; internal set; } = Version;
    public IReadOnlyList<OpenedTask> Opened { get; internal set; } = Opened;
}

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

public sealed class CompleteTaskHandler(Session session, TaskDecisions decisions) : IRequestHandler<CompleteTask, Result<TaskCompleted>>
{
    /// <summary>The outcome that sends a claim back; by convention the same in every definition.</summary>
    public const string Return = TaskDecisions.Return;

    public async Task<Result<TaskCompleted>> Handle(CompleteTask command, CancellationToken cancellationToken)
    {
        var result = await decisions.Decide(command.Task, command.Choice, command.Version);
        if (result.Refusal is { } refusal) return refusal;
        var d = result.Value;
        var answer = new TaskCompleted(References.Claim(d.Article, d.Claim.Ordinal), d.Step, command.Outcome, d.Claim.Status, d.Claim.Version, Named(d, d.Opened));
        session.Afterwards(async connection =>
        {
            var after = await d.Afterwards(connection);
            (answer.Status, answer.Version, answer.Opened) = (after.Claim.Status, after.Claim.Version, Named(after, after.Opened));
        });
        return answer;
    }

    private static OpenedTask[] Named(DecidedTask d, IEnumerable<TaskRow> tasks) =>
        [.. tasks.Select(t => new OpenedTask(References.Task(d.Article, d.Claim.Ordinal, t.Token), t.Step, t.Role))];
}
