using Verify.Desk.Runtimes;
using Verify.Workflow.Runtime;

namespace Verify.Desk.Data;

/// <summary>
/// What a workflow step means for a claim's rows. Pure: from the claim, the step and the time to the rows to write.
/// By convention a definition tells the desk its results in two variables: <c>disposition</c> (approved, rejected,
/// dismissed) before the end, and <c>escalated</c> (true) when time ran out.
/// </summary>
public sealed record ItemChange(ClaimRow Claim, IReadOnlyList<TaskRow> Opened, IReadOnlyList<long> WithdrawnTasks, IReadOnlyList<TimerRow> Set, IReadOnlyList<long> ClearedTimers)
{
    /// <summary>What a runtime with a store of its own has to be told of it; none on the embedded one.</summary>
    public IReadOnlyList<OutsideMessage> Messages { get; init; } = [];

    /// <summary>The due time of what is due at no time: the year 9999.</summary>
    public static readonly long Never = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static ItemChange Of(ClaimRow claim, Step step, long now)
    {
        var opened = new List<TaskRow>();
        var set = new List<TimerRow>();
        var withdrawn = new List<long>();
        var cleared = new List<long>();
        foreach (var effect in step.Effects)
            switch (effect)
            {
                case TaskOpened task: opened.Add(Task(claim.Id, task, now)); break;
                case TimerSet timer: set.Add(new() { ClaimId = claim.Id, Token = timer.Token, Activity = timer.ActivityId, DueAt = now + (long)timer.Time.TotalMilliseconds, Status = "set" }); break;
                // What opens and is withdrawn in one burst was never there for anybody.
                case TaskWithdrawn task when opened.RemoveAll(t => t.Token == task.Token) == 0: withdrawn.Add(task.Token); break;
                case TimerCleared timer when set.RemoveAll(t => t.Token == timer.Token) == 0: cleared.Add(timer.Token); break;
                case VariableChanged { Name: "escalated", Value: true }: claim = claim with { EscalatedAt = claim.EscalatedAt ?? now }; break;
                case VariableChanged { Name: "disposition", Value: string disposition }: claim = claim with { Status = disposition is "approved" or "rejected" or "dismissed" ? disposition : "faulted" }; break;
                case Ended ended:
                    // Elsa leaves the tasks of a faulted instance listed; nobody could complete them, so they are withdrawn.
                    foreach (var open in step.State.Open.Where(o => opened.RemoveAll(t => t.Token == o.Token) == 0 && set.RemoveAll(t => t.Token == o.Token) == 0))
                        (open.IsTimer ? cleared : withdrawn).Add(open.Token);
                    if (ended.Status == FlowStatus.Faulted || claim.Status == "in-review") claim = claim with { Status = "faulted" };
                    break;
            }
        claim = claim with { State = step.State.ToJson(), Version = claim.Version + 1, UpdatedAt = now };
        return new(claim, opened, withdrawn, set, cleared);
    }

    internal static TaskRow Task(string claimId, TaskOpened task, long now)
    {
        var p = task.Payload;
        var without = p["noVerdictFor"] is object?[] list ? string.Concat(list.Select(o => $" {o}")) : "";
        return new()
        {
            ClaimId = claimId,
            Token = task.Token,
            Activity = task.ActivityId,
            Step = task.TaskName,
            Kind = p.Text("kind") ?? "check",
            Role = p.Text("role") ?? Requests.Roles.FactChecker,
            Asks = p.Text("verdict") is { } verdict ? verdict + without : null,
            Status = "open",
            OpenedAt = now,
            // A task without a due time sorts last, and is never overdue.
            DueAt = p["dueHours"] is double hours ? now + (long)(hours * 3_600_000) : Never,
        };
    }
}
