namespace Verify.Workflow.Definitions;

/// <summary>
/// What a flowchart's connections mean: which lead forward, which back, and which of those back are sound.
/// The order of connections matters, as it does for Elsa in counter mode.
/// </summary>
public sealed class Graph
{
    private readonly Connection[][] _outbound;
    private readonly Connection[][] _forwardInbound;
    private readonly bool[] _forward;
    private readonly bool[] _validBackward;
    private readonly HashSet<int>?[] _ancestors;

    /// <summary>Index of the activity that begins, or -1 when there is none.</summary>
    public int Root { get; }

    internal Graph(Definition definition)
    {
        var count = definition.Activities.Count;
        var connections = definition.Connections;
        Root = FindRoot(definition);
        _outbound = [.. Enumerable.Range(0, count).Select(a => connections.Where(c => c.Source == a).ToArray())];
        _forward = Root < 0 ? new bool[connections.Count] : FindForward(count, connections);
        var forward = connections.Where(c => _forward[c.Index]).ToArray();
        _forwardInbound = [.. Enumerable.Range(0, count).Select(a => forward.Where(c => c.Target == a).ToArray())];
        _ancestors = new HashSet<int>?[count];
        _validBackward = [.. connections.Select(c => !_forward[c.Index] && ReturnsOverTarget(c))];
    }

    public IReadOnlyList<Connection> Outbound(int activity) => _outbound[activity];
    public IReadOnlyList<Connection> ForwardInbound(int activity) => _forwardInbound[activity];
    public bool IsBackward(Connection c) => !_forward[c.Index];

    /// <summary>Whether every way from the start to the connection's source passes its target.</summary>
    public bool IsValidBackward(Connection c) => _validBackward[c.Index];

    /// <summary>Whether no forward connection leads to the activity and it does not begin the flowchart.</summary>
    public bool IsUnreachable(int activity) => activity != Root && _forwardInbound[activity].Length == 0;

    /// <summary>Every activity from which a forward path leads to this one.</summary>
    public IReadOnlySet<int> Ancestors(int activity)
    {
        if (_ancestors[activity] is { } known) return known;
        var found = new HashSet<int>();
        var queue = new Queue<int>([activity]);
        while (queue.TryDequeue(out var current))
            foreach (var c in _forwardInbound[current])
                if (found.Add(c.Source)) queue.Enqueue(c.Source);
        return _ancestors[activity] = found;
    }

    private static int FindRoot(Definition definition)
    {
        var start = definition.Activities.FirstOrDefault(a => a is Start)
            ?? definition.Activities.FirstOrDefault(a => definition.Connections.All(c => c.Target != a.Index))
            ?? definition.Activities.FirstOrDefault();
        return start?.Index ?? -1;
    }

    // Breadth first in connection order; a connection that would close a cycle over those accepted is backward.
    private bool[] FindForward(int count, IReadOnlyList<Connection> connections)
    {
        var accepted = new List<int>[count];
        for (var i = 0; i < count; i++) accepted[i] = [];
        var edges = new HashSet<(int, int)>();
        var visited = new HashSet<int>();
        var queue = new Queue<int>([Root]);
        while (queue.TryDequeue(out var source))
        {
            visited.Add(source);
            foreach (var target in _outbound[source].Select(c => c.Target))
            {
                if (edges.Contains((source, target)) || Reaches(accepted, target, source)) continue;
                edges.Add((source, target));
                accepted[source].Add(target);
                if (!visited.Contains(target)) queue.Enqueue(target);
            }
        }
        return [.. connections.Select(c => edges.Contains((c.Source, c.Target)))];
    }

    private static bool Reaches(List<int>[] edges, int from, int to)
    {
        if (from == to) return true;
        var seen = new HashSet<int> { from };
        var stack = new Stack<int>([from]);
        while (stack.TryPop(out var current))
            foreach (var next in edges[current])
            {
                if (next == to) return true;
                if (seen.Add(next)) stack.Push(next);
            }
        return false;
    }

    private bool ReturnsOverTarget(Connection back)
    {
        if (Root < 0) return false;
        if (back.Source == back.Target) return true;
        // Walk back from the source without entering the target: if the root is met, a way avoids the target.
        var seen = new HashSet<int> { back.Source };
        var queue = new Queue<int>([back.Source]);
        while (queue.TryDequeue(out var current))
        {
            if (current == Root) return false;
            foreach (var c in _forwardInbound[current])
                if (c.Source != back.Target && seen.Add(c.Source)) queue.Enqueue(c.Source);
        }
        return true;
    }
}
