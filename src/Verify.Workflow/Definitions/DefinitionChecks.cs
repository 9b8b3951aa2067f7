namespace Verify.Workflow.Definitions;

/// <summary>
/// What a definition must keep to before items may start on it: nothing unreachable, no way that ends without an end.
/// The reader refuses what is outside the subset; these checks refuse what would run, but lose work.
/// </summary>
public static class DefinitionChecks
{
    public static IReadOnlyList<DefinitionProblem> Check(Definition definition)
    {
        var problems = new List<DefinitionProblem>();
        var graph = definition.Graph;
        foreach (var activity in definition.Activities)
        {
            if (graph.IsUnreachable(activity.Index)) problems.Add(new("unreachable", activity.Id, "no way leads here from the start; connect or remove it"));
            var ports = graph.Outbound(activity.Index).Select(c => c.Port).ToHashSet(StringComparer.Ordinal);
            foreach (var port in ports.Where(p => !activity.Outcomes.Contains(p)))
                problems.Add(new("unknown_port", activity.Id, $"a connection leaves by '{port}', which is not one of its outcomes ({string.Join(", ", activity.Outcomes)})"));
            foreach (var outcome in MustBeConnected(activity).Where(o => !ports.Contains(o)))
                problems.Add(new("unconnected_outcome", activity.Id, $"outcome '{outcome}' leads nowhere: the item would end there unseen"));
        }
        foreach (var c in definition.Connections.Where(c => graph.IsBackward(c) && !graph.IsValidBackward(c)))
            problems.Add(new("unsound_back", definition.Activities[c.Source].Id, $"the way back to '{definition.Activities[c.Target].Id}' is refused when it is taken: a way from the start avoids that activity"));
        if (!definition.Activities.Any(a => a is Finish or End))
            problems.Add(new("no_end", null, "there is no Finish and no End: items would never be done"));
        foreach (var c in NestedSendBacks(definition))
            problems.Add(new("nested_back", definition.Activities[c.Target].Id, $"a send-back to this task lies inside the send-back to '{definition.Activities[c.Source].Id}': the second round would skip it and end"));
        return problems;
    }

    // A side branch (a timer that sets a variable) may just stop. A switch's Default needs no way on when each of its
    // outcomes is refused beforehand unless a case routes it.
    private static IEnumerable<string> MustBeConnected(Activity activity) => activity switch
    {
        SetVariable or Delay => [],
        FlowSwitch s => s.Cases.Select(c => c.Label).Distinct(),
        _ => activity.Outcomes,
    };

    // Elsa counts the visit of a task that was reached over a way back, because the mark is lost while it waits. When
    // an outer way back then comes round, the count is already high enough and the task is skipped in silence.
    private static IEnumerable<(int Source, int Target)> NestedSendBacks(Definition definition)
    {
        var graph = definition.Graph;
        var back = definition.Connections.Where(graph.IsBackward).ToList();
        foreach (var inner in back.Where(c => definition.Activities[c.Target] is RunTask or Delay))
            foreach (var outer in back.Where(c => c.Target != inner.Target && graph.Ancestors(inner.Target).Contains(c.Target)))
            {
                yield return (outer.Target, inner.Target);
                break;
            }
    }
}
