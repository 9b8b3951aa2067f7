using Verify.Desk.Data;
using Verify.Workflow.Runtime;

namespace Verify.Desk.Runtimes;

/// <summary>
/// What a claim's rows have to become so that they say what an instance elsewhere says: a comparison of two states, so that
/// it does not matter how often, or after what, the instance was looked at.
/// </summary>
public static class OutsideChange
{
    /// <returns>Null where the rows say it already.</returns>
    public static ItemChange? Of(ClaimRow claim, OutsideState state, InstanceView view, long now)
    {
        var there = view.Status == FlowStatus.Running ? view.Open : [];
        var known = state.Open.ToDictionary(o => o.Wait, StringComparer.Ordinal);
        var gone = state.Open.Where(o => there.All(w => w.Id != o.Wait)).ToList();
        var open = state.Open.Except(gone).ToList();
        var opened = new List<TaskRow>();
        var set = new List<TimerRow>();
        var next = state.Next;
        foreach (var wait in there.Where(w => !known.ContainsKey(w.Id)))
        {
            var token = next++;
            open.Add(new(token, wait.Id, wait.IsTimer));
            if (wait.IsTimer) set.Add(new() { ClaimId = claim.Id, Token = token, Activity = wait.Activity, DueAt = wait.DueAt!.Value.ToUnixTimeMilliseconds(), Status = "set" });
            else opened.Add(ItemChange.Task(claim.Id, new TaskOpened(token, wait.Activity, wait.Step, wait.Payload), now));
        }
        var (status, escalatedAt) = (StatusOf(claim, view), claim.EscalatedAt ?? (view.Variables.GetValueOrDefault("escalated") is true ? now : null));
        if (gone.Count == 0 && open.Count == state.Open.Count && status == claim.Status && escalatedAt == claim.EscalatedAt) return null;
        var after = claim with { Status = status, EscalatedAt = escalatedAt, State = (state with { Next = next, Open = open }).ToJson(), Version = claim.Version + 1, UpdatedAt = now };
        return new(after, opened, [.. gone.Where(o => !o.IsTimer).Select(o => (long)o.Token)], set, [.. gone.Where(o => o.IsTimer).Select(o => (long)o.Token)]);
    }

    // The same convention as on the embedded runtime: see ItemChange.
    private static string StatusOf(ClaimRow claim, InstanceView view)
    {
        if (claim.Status != "in-review" || view.Status == FlowStatus.Faulted) return view.Status == FlowStatus.Faulted ? "faulted" : claim.Status;
        if (view.Variables.GetValueOrDefault("disposition") is string disposition) return disposition is "approved" or "rejected" or "dismissed" ? disposition : "faulted";
        return view.Status == FlowStatus.Running ? claim.Status : "faulted";
    }
}
