using Verify.Workflow.Expressions;

namespace Verify.Workflow.Definitions;

/// <summary>What an outcome leads to, read off the definition: for who has to know before a runtime has answered.</summary>
public static class Foresight
{
    /// <returns>The disposition that the outcome sets on its way to the next wait; null where it sets none, or where that hangs on more than the outcome.</returns>
    public static string? Disposition(Definition definition, string taskActivity, string outcome)
    {
        if (definition.Find(taskActivity) is not RunTask { ResultVariable: { } result } task) return null;
        var scope = new OutcomeScope(result, new([new("outcome", outcome)]));
        var seen = new HashSet<int>();
        var queue = new Queue<(int Activity, IReadOnlyList<string> Ports)>([(task.Index, ["", "Done"])]);
        while (queue.TryDequeue(out var at))
            foreach (var c in definition.Graph.Outbound(at.Activity).Where(c => at.Ports.Contains(c.Port)))
            {
                var next = definition.Activities[c.Target];
                if (!seen.Add(next.Index)) continue;
                if (next is SetVariable { Variable: "disposition" } set) return scope.Try(set.Value) as string;
                if (Ports(next, scope) is { Count: > 0 } ports) queue.Enqueue((next.Index, ports));
            }
        return null;
    }

    // Where others have a say in whether it goes on (a join), nothing is foreseen.
    private static IReadOnlyList<string> Ports(Activity activity, OutcomeScope scope) => activity switch
    {
        FlowDecision d => scope.Try(d.Condition) switch { true => ["True"], false => ["False"], _ => [] },
        FlowSwitch s => scope.Cases(s),
        SetVariable => ["", "Done"],
        FlowFork f => f.Branches,
        _ => [],
    };

    private sealed class OutcomeScope(string variable, FlowObject result) : IScope
    {
        public object? Variable(string name) => name == variable ? result : throw new ExpressionFault("not known yet");
        public object? Input(string name) => throw new ExpressionFault("not known yet");

        public object? Try(Expression expression)
        {
            try { return expression.Evaluate(this); }
            catch (ExpressionFault) { return null; }
        }

        public IReadOnlyList<string> Cases(FlowSwitch choice)
        {
            var met = choice.Cases.Select(c => (c.Label, Value: Try(c.Condition))).ToList();
            if (met.Any(c => c.Value is null)) return [];
            var matches = met.Where(c => c.Value is true).Select(c => c.Label).ToList();
            return matches.Count == 0 ? ["Default"] : choice.MatchAny ? matches : [matches[0]];
        }
    }
}
