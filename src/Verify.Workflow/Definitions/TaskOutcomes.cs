using Verify.Workflow.Expressions;

namespace Verify.Workflow.Definitions;

/// <summary>
/// Which outcomes of a task its definition routes: the texts that <c>variables.RESULT.outcome</c> is compared with in
/// the switches and decisions that lie between this task and the next ones.
/// </summary>
public static class TaskOutcomes
{
    /// <returns>The outcomes in the order in which they are written; empty when nothing routes on the task.</returns>
    public static IReadOnlyList<string> Of(Definition definition, RunTask task)
    {
        var outcomes = new List<string>();
        if (task.ResultVariable is null) return outcomes;
        var seen = new HashSet<int> { task.Index };
        var queue = new Queue<int>([task.Index]);
        while (queue.TryDequeue(out var current))
            foreach (var c in definition.Graph.Outbound(current))
            {
                var next = definition.Activities[c.Target];
                if (next is RunTask || !seen.Add(next.Index)) continue;
                foreach (var outcome in Compared(definition, next, task.ResultVariable))
                    if (!outcomes.Contains(outcome)) outcomes.Add(outcome);
                queue.Enqueue(next.Index);
            }
        return outcomes;
    }

    private static IEnumerable<string> Compared(Definition definition, Activity activity, string variable)
    {
        var connected = definition.Graph.Outbound(activity.Index).Select(c => c.Port).ToHashSet(StringComparer.Ordinal);
        // A case without a connection leads nowhere: its outcome is not routed.
        var conditions = activity switch
        {
            FlowSwitch s => s.Cases.Where(c => connected.Contains(c.Label)).Select(c => c.Condition),
            FlowDecision d => [d.Condition],
            _ => [],
        };
        return conditions.SelectMany(c => c.All()).OfType<Binary>().Where(b => b.Operator == "===")
            .Select(b => (b.Left, b.Right) switch
            {
                (Property { Name: "outcome", Target: VariableRead v }, Constant { Value: string text }) when v.Name == variable => text,
                (Constant { Value: string text }, Property { Name: "outcome", Target: VariableRead v }) when v.Name == variable => text,
                _ => null,
            }).OfType<string>();
    }
}
