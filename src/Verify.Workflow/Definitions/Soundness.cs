using Verify.Workflow.Expressions;
using Verify.Workflow.Runtime;

namespace Verify.Workflow.Definitions;

/// <summary>
/// Walks every way through a definition, with every answer that its expressions tell apart, and reports the first way on which
/// work is lost or doubled: a join that is skipped with what had arrived at it, a task that is opened twice, work after the
/// end, an expression that fails. The walk is the runtime's own, so that what it finds is what would happen.
/// </summary>
public static class Soundness
{
    /// <summary>So many different states are looked at; what is behind them is not.</summary>
    public const int MaxStates = 2000;

    /// <summary>So many activities are run on the way; with <see cref="MaxStates"/> it bounds the cost for any definition.</summary>
    public const int MaxActivities = 100_000;

    private static readonly FlowObject?[] Timer = [null];

    private sealed class Node(FlowState state, Node? before, string step)
    {
        public FlowState State => state;
        public Node? Before => before;
        public string Step => step;
        /// <summary>Where the same state, or this one, was reached from.</summary>
        public List<Node> From { get; } = [];
    }

    /// <summary>What no runtime may be given: here work would be lost or doubled in silence.</summary>
    /// <returns>One problem for each activity and kind of mishap, with the shortest way to it.</returns>
    public static IReadOnlyList<DefinitionProblem> Check(Definition definition) => Walk(definition, strict: false);

    /// <summary>
    /// What a desk asks of its definitions: the same, and that every way ends, and by an End or a Finish, whichever of the
    /// outcomes that it routes people choose.
    /// </summary>
    public static IReadOnlyList<DefinitionProblem> CheckStrictly(Definition definition) => Walk(definition, strict: true);

    private static List<DefinitionProblem> Walk(Definition definition, bool strict)
    {
        var problems = new Dictionary<(string, string), DefinitionProblem>();
        var answers = new Answers(definition, routedOnly: strict);
        var seen = new Dictionary<string, Node>(StringComparer.Ordinal);
        var ends = new List<Node>();
        var queue = new Queue<Node>();
        var executed = 0;
        Look(FlowRuntime.Begin(definition, answers.Input), null, "the start");
        while (queue.TryDequeue(out var node))
            foreach (var open in node.State.Open.DistinctBy(o => o.Activity))
                foreach (var answer in executed > MaxActivities ? [] : open.IsTimer ? Timer : (IEnumerable<FlowObject?>)answers.Of((RunTask)definition.Activities[open.Activity]))
                    Look(FlowRuntime.Continue(definition, node.State, open.Token, answer), node, $"{definition.Activities[open.Activity].Id}{(answer is null ? "" : $" {FlowValue.ToJson(answer)}")}");
        if (strict && problems.Count == 0 && seen.Count < MaxStates && executed <= MaxActivities && Endless(seen.Values, ends) is { } endless)
            return [new("no_end_ahead", endless.State.Open.Count > 0 ? definition.Activities[endless.State.Open[0].Activity].Id : null, $"from here no answer leads to an end; the way: {Way(endless)}")];
        return [.. problems.Values];

        void Look(FlowRun run, Node? before, string step)
        {
            var node = new Node(run.Result().State, before, step);
            executed += run.Executed;
            var mishaps = run.Mishaps.Where(m => strict || m.Code != "ends_unseen").ToList();
            foreach (var m in mishaps) problems.TryAdd((m.Code, m.Activity), new(m.Code, m.Activity, $"{m.Reason}; the way: {Way(node)}"));
            if (mishaps.Count > 0) return; // beyond a mishap everything may follow from it
            if (node.State.Status != FlowStatus.Running) ends.Add(node);
            else if (seen.TryGetValue(Key(definition, answers, node.State), out var same)) node = same;
            else if (seen.Count < MaxStates)
            {
                seen.Add(Key(definition, answers, node.State), node);
                queue.Enqueue(node);
            }
            if (before is not null) node.From.Add(before);
        }
    }

    // A state from which none of the ends can be reached; null: there is none.
    private static Node? Endless(IEnumerable<Node> all, List<Node> ends)
    {
        var reaching = new HashSet<Node>(ends);
        var queue = new Queue<Node>(ends);
        while (queue.TryDequeue(out var node))
            foreach (var from in node.From)
                if (reaching.Add(from)) queue.Enqueue(from);
        return all.FirstOrDefault(n => !reaching.Contains(n));
    }

    private static string Way(Node node)
    {
        var steps = new List<string>();
        for (Node? at = node; at is not null; at = at.Before) steps.Add(at.Step);
        steps.Reverse();
        return string.Join(" > ", steps.Count <= 12 ? steps : [.. steps.Take(4), "…", .. steps.TakeLast(7)]);
    }

    // Two states that will behave alike: the runtime only compares how often a connection was visited with how often its
    // target was, and only values that some expression reads matter.
    private static string Key(Definition definition, Answers answers, FlowState state)
    {
        var key = new System.Text.StringBuilder();
        foreach (var c in definition.Connections) key.Append(Math.Clamp(state.ConnectionVisits[c.Index] - state.ActivityVisits[c.Target], -9, 9)).Append(state.LastFollowed[c.Index] ? '+' : '-');
        key.Append('|').AppendJoin(',', state.Open.Select(o => o.Activity).Order()).Append('|').AppendJoin(',', state.Stuck.Select(o => o.Activity).Order()).Append(state.FlowEnded ? "|e|" : "||");
        for (var i = 0; i < definition.Variables.Count; i++)
            if (answers.IsRead(definition.Variables[i].Name)) key.Append(FlowValue.ToJson(state.Variables[i])).Append(';');
        return key.ToString();
    }
}
