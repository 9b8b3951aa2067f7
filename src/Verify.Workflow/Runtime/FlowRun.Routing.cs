using Verify.Workflow.Definitions;
using Verify.Workflow.Expressions;

namespace Verify.Workflow.Runtime;

/// <summary>How a burst goes from one activity to the next: visits are counted, joins wait on the counts.</summary>
internal sealed partial class FlowRun
{
    private static readonly string[] Skipped = [];

    private void Schedule(int activity, bool backward) => _scheduled.Enqueue(new(activity, backward, null, null));

    private void Complete(Execution execution, IReadOnlyList<string> outcomes)
    {
        if (execution.Life != Life.Running) return;
        execution.Life = Life.Completed;
        if (_flowEnded) return; // nobody listens any more
        if (_definition.Activities[execution.Activity] is End) { EndFlow(); return; }
        if (Follow(execution.Activity, outcomes, execution.Backward)) return;
        EndIfNothingPends();
        if (_flowEnded) Mishap("ends_unseen", execution.Activity, "the flowchart ends after it although no End and no Finish was reached");
    }

    private bool Follow(int activity, IReadOnlyList<string> outcomes, bool cameBackward = false)
    {
        if (_graph.IsUnreachable(activity)) throw new ExpressionFault("no forward connection leads to this activity");
        if (!cameBackward) _activityVisits[activity]++;
        var scheduled = false;
        foreach (var c in _graph.Outbound(activity))
        {
            var followed = outcomes.Contains(c.Port);
            _connectionVisits[c.Index]++;
            _lastFollowed[c.Index] = followed;
            scheduled |= _graph.IsBackward(c) ? FollowBack(c, followed) : Arrive(c);
        }
        return scheduled;
    }

    private bool FollowBack(Connection c, bool followed)
    {
        if (!followed) return false;
        if (!_graph.IsValidBackward(c))
            throw new ExpressionFault($"the connection back to '{_definition.Activities[c.Target].Id}' is not sound: a way from the start avoids it");
        Schedule(c.Target, backward: true);
        return true;
    }

    private bool Arrive(Connection c)
    {
        // Whatever has several inbound connections and is no join waits as a WaitAllActive join would.
        var mode = _definition.Activities[c.Target] is FlowJoin join ? join.Mode : JoinMode.WaitAllActive;
        if (mode == JoinMode.WaitAny) return ArriveAtWaitAny(c);
        if (!AllVisited(c.Target)) return false;
        if (mode == JoinMode.WaitAll ? AllFollowed(c.Target) : AnyFollowed(c.Target))
        {
            Schedule(c.Target, backward: false);
            return true;
        }
        // Some arrived and some never will: Elsa skips the join, and what had arrived is lost without a word.
        if (mode == JoinMode.WaitAll && AnyFollowed(c.Target)) Mishap("skipped_join", c.Target, "it waits for all, one way to it was not taken, and so it is skipped with what had arrived at it");
        return Follow(c.Target, Skipped);
    }

    private bool ArriveAtWaitAny(Connection c)
    {
        if (_connectionVisits[c.Index] <= _activityVisits[c.Target]) return false; // the join ran already: too late
        if (_scheduled.Any(w => w.Activity == c.Target)) return false;
        if (AnyFollowed(c.Target))
        {
            Schedule(c.Target, backward: false);
            CancelAncestors(c.Target);
            return true;
        }
        return AllVisited(c.Target) && Follow(c.Target, Skipped);
    }

    private bool AllVisited(int activity) => _graph.ForwardInbound(activity).Min(c => _connectionVisits[c.Index]) > _activityVisits[activity];

    private bool AnyFollowed(int activity)
    {
        var inbound = _graph.ForwardInbound(activity);
        var most = inbound.Max(c => _connectionVisits[c.Index]);
        return most > _activityVisits[activity] && inbound.Any(c => _connectionVisits[c.Index] == most && _lastFollowed[c.Index]);
    }

    private bool AllFollowed(int activity)
    {
        var inbound = _graph.ForwardInbound(activity);
        var most = inbound.Max(c => _connectionVisits[c.Index]);
        return most > _activityVisits[activity] && inbound.All(c => _connectionVisits[c.Index] == most && _lastFollowed[c.Index]);
    }

    private void CancelAncestors(int activity)
    {
        var ancestors = _graph.Ancestors(activity);
        foreach (var e in _executions.Where(e => ancestors.Contains(e.Activity)).ToArray()) Cancel(e);
    }

    private void Cancel(Execution execution)
    {
        if (execution.Life is Life.Canceled or Life.Completed) return;
        execution.Life = Life.Canceled;
        foreach (var open in _open.Where(o => o.Activity == execution.Activity).ToArray()) Close(open, withdrawn: true);
        EndIfNothingPends();
        Follow(execution.Activity, Skipped);
    }

    private void EndIfNothingPends()
    {
        if (_scheduled.Count > 0 || _executions.Any(e => e.Life == Life.Running)) return;
        if (_executions.Any(e => e.Life == Life.Faulted)) return;
        EndFlow();
    }

    private void EndFlow()
    {
        if (_flowEnded) return;
        foreach (var e in _executions.ToArray()) Cancel(e);
        _flowEnded = true;
    }

    private void Fault(Execution execution, string message)
    {
        if (_definition.Activities[execution.Activity] is not Verify.Workflow.Definitions.Fault) Mishap("faults", execution.Activity, message);
        execution.Life = Life.Faulted;
        var id = _definition.Activities[execution.Activity].Id;
        _incidents.Add(new(id, message));
        _effects.Add(new IncidentRaised(id, message));
        if (!_definition.ContinueWithIncidents && _status == FlowStatus.Running) _status = FlowStatus.Faulted;
    }

    private void Close(int token, bool withdrawn)
    {
        if (_open.FirstOrDefault(o => o.Token == token) is { } open) Close(open, withdrawn);
    }

    private void Close(Waiting open, bool withdrawn)
    {
        if (!_open.Remove(open) || !withdrawn) return;
        var id = _definition.Activities[open.Activity].Id;
        _effects.Add(open.IsTimer ? new TimerCleared(open.Token, id) : new TaskWithdrawn(open.Token, id));
    }
}
