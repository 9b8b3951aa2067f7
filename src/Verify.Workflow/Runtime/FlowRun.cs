using Verify.Workflow.Definitions;
using Verify.Workflow.Expressions;

namespace Verify.Workflow.Runtime;

/// <summary>One burst: from an event until nothing but waiting is left. Mutable, used once.</summary>
internal sealed partial class FlowRun : IScope
{
    // A loop without a task in it would spin for ever; Elsa hangs on it, we raise an incident.
    private const int MaxExecutions = 10_000;

    private enum Life { Running, Completed, Canceled, Faulted }

    // Backward: reached over a connection back, so its visit is not counted. Elsa forgets this when the activity waits
    // (the flag is not stored), and so do we: only what completes within the burst has it.
    private sealed class Execution(int activity, int token, bool backward = false)
    {
        public int Activity { get; } = activity;
        public int Token { get; } = token;
        public bool Backward { get; } = backward;
        public Life Life { get; set; } = Life.Running;
    }

    private readonly record struct WorkItem(int Activity, bool Backward, Execution? Resumed, object? Result);

    private readonly Definition _definition;
    private readonly Graph _graph;
    private readonly FlowObject _input;
    private readonly object?[] _variables;
    private readonly int[] _activityVisits;
    private readonly int[] _connectionVisits;
    private readonly bool[] _lastFollowed;
    private readonly List<Execution> _executions = [];
    private readonly List<Waiting> _open;
    private readonly List<Incident> _incidents;
    private readonly Queue<WorkItem> _scheduled = new();
    private readonly List<Effect> _effects = [];
    private FlowStatus _status;
    private bool _flowEnded;
    private int _nextToken;
    private int _executed;
    private readonly List<Mishap> _mishaps = [];
    private readonly HashSet<int> _joined = [];

    /// <summary>How many activities the burst ran.</summary>
    public int Executed => _executed;

    /// <summary>What went wrong on the way without anybody being told: Elsa does the same, and a sound definition never does.</summary>
    public IReadOnlyList<Mishap> Mishaps => _mishaps;

    public FlowRun(Definition definition, FlowState state)
    {
        _definition = definition;
        _graph = definition.Graph;
        _status = state.Status;
        _input = state.Input;
        _variables = [.. state.Variables];
        _activityVisits = [.. state.ActivityVisits];
        _connectionVisits = [.. state.ConnectionVisits];
        _lastFollowed = [.. state.LastFollowed];
        _open = [.. state.Open];
        _incidents = [.. state.Incidents];
        _flowEnded = state.FlowEnded;
        _nextToken = state.NextToken;
        // In the order in which they began, as Elsa keeps them.
        foreach (var o in state.Open) _executions.Add(new(o.Activity, o.Token));
        foreach (var o in state.Stuck) _executions.Add(new(o.Activity, o.Token) { Life = Life.Faulted });
        _executions.Sort(static (a, b) => (a.Token, a.Life).CompareTo((b.Token, b.Life)));
    }

    public void Begin()
    {
        if (_graph.Root >= 0) Schedule(_graph.Root, backward: false);
        RunToRest();
    }

    public void Resume(Waiting waiting, object? result)
    {
        if (_status != FlowStatus.Running) return; // a task still listed after a fault: completing it changes nothing
        var execution = _executions.First(e => e.Token == waiting.Token);
        _scheduled.Enqueue(new(waiting.Activity, false, execution, result));
        RunToRest();
    }

    private void RunToRest()
    {
        while (_scheduled.TryDequeue(out var item))
        {
            var execution = item.Resumed ?? new Execution(item.Activity, _nextToken++, item.Backward);
            if (item.Resumed is null) _executions.Add(execution);
            try
            {
                if (++_executed > MaxExecutions) throw new ExpressionFault($"{MaxExecutions} steps without waiting for anybody: a loop has no task in it");
                if (item.Resumed is null) Execute(execution, _definition.Activities[item.Activity]);
                else Continue(execution, _definition.Activities[item.Activity], item.Result);
            }
            catch (ExpressionFault fault) { Fault(execution, fault.Message); }
            if (_executed > MaxExecutions) _scheduled.Clear();
            // What is done is no concern of what follows; kept, a long burst would look through all of it at every step.
            if (execution.Life is Life.Completed or Life.Canceled) _executions.Remove(execution);
        }
        if (_flowEnded && _open.Count > 0) Mishap("work_after_end", _open[0].Activity, "it waits although the flowchart has ended; what is decided there goes nowhere");
        if (_status == FlowStatus.Running && !_flowEnded && _open.Count == 0) Mishap("stuck", _executions.FindLast(e => e.Life == Life.Faulted)?.Activity ?? _graph.Root, "nothing waits and nothing ends: the item stays as it is for ever");
        if (_status == FlowStatus.Running && _flowEnded && _executions.All(e => e.Life is Life.Completed or Life.Canceled)) _status = FlowStatus.Finished;
        if (_status != FlowStatus.Running) _effects.Add(new Ended(_status));
    }

    private void Mishap(string code, int activity, string reason) => _mishaps.Add(new(code, _definition.Activities[activity].Id, reason));

    public Step Result() => new(new FlowState
    {
        Status = _status,
        Input = _input,
        Variables = _variables,
        ActivityVisits = _activityVisits,
        ConnectionVisits = _connectionVisits,
        LastFollowed = _lastFollowed,
        Open = _open,
        Stuck = [.. _executions.Where(e => e.Life == Life.Faulted).Select(e => new Waiting(e.Token, e.Activity, IsTimer: false))],
        Incidents = _incidents,
        FlowEnded = _flowEnded,
        NextToken = _nextToken,
    }, _effects);

    private void Execute(Execution execution, Activity activity)
    {
        switch (activity)
        {
            case RunTask task:
                if (_open.Any(o => o.Activity == task.Index)) Mishap("doubled_task", task.Index, "it is opened while it is open already");
                var name = FlowValue.ToText(task.TaskName.Evaluate(this));
                var payload = task.Payload?.Evaluate(this) as FlowObject ?? FlowObject.Empty;
                _open.Add(new(execution.Token, execution.Activity, IsTimer: false));
                _effects.Add(new TaskOpened(execution.Token, task.Id, name, payload));
                break;
            case Delay delay:
                _open.Add(new(execution.Token, execution.Activity, IsTimer: true));
                _effects.Add(new TimerSet(execution.Token, delay.Id, delay.Time));
                break;
            case FlowSwitch choice:
                // All conditions are evaluated, also after the first match: Elsa does, and one that fails is an incident.
                var matches = choice.Cases.Where(c => IsTrue(c.Condition.Evaluate(this))).Select(c => c.Label).ToArray();
                Complete(execution, matches.Length == 0 ? ["Default"] : choice.MatchAny ? matches : [matches[0]]);
                break;
            case FlowDecision decision:
                Complete(execution, IsTrue(decision.Condition.Evaluate(this)) ? ["True"] : ["False"]);
                break;
            case FlowFork fork:
                Complete(execution, fork.Branches);
                break;
            case FlowJoin:
                if (!_joined.Add(execution.Activity)) Mishap("doubled_join", execution.Activity, "it goes on twice, and all that is behind it is done twice");
                CancelAncestors(execution.Activity);
                Complete(execution, DefaultOutcomes);
                break;
            case SetVariable set:
                Assign(set.Variable, set.Value.Evaluate(this));
                Complete(execution, DefaultOutcomes);
                break;
            case Finish:
                _scheduled.Clear();
                foreach (var open in _open.ToArray()) Close(open, withdrawn: true);
                foreach (var e in _executions) e.Life = Life.Completed;
                _status = FlowStatus.Finished;
                break;
            case Fault fault:
                var code = FlowValue.ToText(fault.Code.Evaluate(this));
                var message = fault.Message?.Evaluate(this);
                throw new ExpressionFault(message is null ? code : $"{code}: {FlowValue.ToText(message)}");
            default:
                Complete(execution, DefaultOutcomes);
                break;
        }
    }

    private void Continue(Execution execution, Activity activity, object? result)
    {
        if (activity is RunTask task)
        {
            // Elsa evaluates the inputs again on resume; the outcome is the same, but a fault must be the same fault.
            task.TaskName.Evaluate(this);
            task.Payload?.Evaluate(this);
            if (task.ResultVariable is { } variable && !_flowEnded) Assign(variable, result);
        }
        Complete(execution, DefaultOutcomes);
        Close(execution.Token, withdrawn: false);
    }

    // Elsa's default outcomes hold a nameless one too: a connection without a port follows it.
    private static readonly string[] DefaultOutcomes = ["", "Done"];

    private static bool IsTrue(object? value) => value switch
    {
        bool b => b,
        null or Undefined => false,
        _ => throw new ExpressionFault("a condition must be true or false"),
    };

    private void Assign(string name, object? value)
    {
        for (var i = 0; i < _definition.Variables.Count; i++)
        {
            var variable = _definition.Variables[i];
            if (variable.Name != name) continue;
            var stored = Convert(variable, value);
            _variables[i] = stored;
            _effects.Add(new VariableChanged(name, stored));
            return;
        }
    }

    private static object? Convert(Variable variable, object? value) => (variable.Type, value) switch
    {
        (_, null or Undefined) => null,
        (_, FlowObject or object?[]) when !IsStorable(value, 16) => throw new ExpressionFault($"the value for '{variable.Name}' holds NaN or Infinity, or is nested too deep"),
        (_, double d) when !double.IsFinite(d) => throw new ExpressionFault($"{FlowValue.ToText(d)} cannot be stored in '{variable.Name}'"),
        ("Int32", double d) when d == Math.Floor(d) && Math.Abs(d) <= int.MaxValue => d,
        ("Double", double) or ("Boolean", bool) or ("String", string) or ("Object", _) => value,
        ("String", double or bool) => FlowValue.ToText(value),
        _ => throw new ExpressionFault($"the value cannot be stored in '{variable.Name}' of type {variable.Type}"),
    };

    private static bool IsStorable(object? value, int depth) => value switch
    {
        double d => double.IsFinite(d),
        FlowObject o => depth > 0 && o.Properties.All(p => IsStorable(p.Value, depth - 1)),
        object?[] items => depth > 0 && items.All(i => IsStorable(i, depth - 1)),
        _ => true,
    };

    object? IScope.Variable(string name)
    {
        for (var i = 0; i < _definition.Variables.Count; i++)
            if (_definition.Variables[i].Name == name) return _variables[i];
        return Undefined.Value;
    }

    object? IScope.Input(string name) => _input[name] is Undefined ? null : _input[name];
}
