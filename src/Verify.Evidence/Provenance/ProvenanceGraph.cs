namespace Verify.Evidence.Provenance;

/// <summary>What a node of the graph is.</summary>
public enum NodeKind { Evidence, Source, Claim, Article }

/// <param name="Id">Unique within the graph, for example <c>E4</c>, <c>S2</c>, <c>12.3</c>, <c>12</c>.</param>
/// <param name="Label">What people call it.</param>
/// <param name="Retracted">It has been withdrawn or retracted: nothing that rests on it alone counts.</param>
/// <param name="Unknown">Nobody has said where it comes from: it leads nowhere, and is no origin for that.</param>
/// <param name="Named">Whether it is somebody or something with a name, not "officials".</param>
public sealed record ProvenanceNode(string Id, NodeKind Kind, string Label, bool Retracted = false, bool Named = true, bool Unknown = false);

/// <summary>"<paramref name="From"/> got it from <paramref name="To"/>".</summary>
/// <param name="Confirmed">A checker has said so; else it is only proposed.</param>
public sealed record ProvenanceEdge(string From, string To, bool Confirmed = true, string? Via = null);

/// <summary>Who got it from whom. Immutable; may hold cycles.</summary>
public sealed class ProvenanceGraph
{
    private readonly Dictionary<string, int> _index;
    private readonly int[][] _outbound;

    public ProvenanceGraph(IReadOnlyList<ProvenanceNode> nodes, IReadOnlyList<ProvenanceEdge> edges)
    {
        (Nodes, Edges) = (nodes, edges);
        _index = new(nodes.Count, StringComparer.Ordinal);
        for (var i = 0; i < nodes.Count; i++) _index.Add(nodes[i].Id, i);
        var lists = new List<int>?[nodes.Count];
        foreach (var e in edges) (lists[_index[e.From]] ??= []).Add(_index[e.To]);
        _outbound = [.. lists.Select(l => l is null ? [] : l.Distinct().ToArray())];
    }

    public IReadOnlyList<ProvenanceNode> Nodes { get; }
    public IReadOnlyList<ProvenanceEdge> Edges { get; }

    internal int Count => Nodes.Count;
    internal int IndexOf(string id) => _index.TryGetValue(id, out var i) ? i : throw new ArgumentException($"no node '{id}' in this graph", nameof(id));
    internal int[] Outbound(int node) => _outbound[node];

    /// <summary>
    /// Groups of nodes that lead to each other, each node's group; groups are numbered so that whatever a group leads to
    /// has a lower number (Tarjan's algorithm, without recursion: chains may be long).
    /// </summary>
    /// <param name="closed">Nodes that are not entered and belong to no group (-1).</param>
    internal int[] Groups(bool[] closed, out int groups)
    {
        var n = Count;
        var (order, low, group, onStack) = (new int[n], new int[n], new int[n], new bool[n]);
        Array.Fill(order, -1);
        Array.Fill(group, -1);
        var stack = new Stack<int>();
        var work = new Stack<(int Node, int Next)>();
        var (counter, found) = (0, 0);
        for (var root = 0; root < n; root++)
        {
            if (order[root] >= 0 || closed[root]) continue;
            work.Push((root, 0));
            while (work.TryPop(out var frame))
            {
                var (v, next) = frame;
                if (next == 0)
                {
                    order[v] = low[v] = counter++;
                    stack.Push(v);
                    onStack[v] = true;
                }
                else if (next <= _outbound[v].Length && !closed[_outbound[v][next - 1]] && onStack[_outbound[v][next - 1]]) low[v] = Math.Min(low[v], low[_outbound[v][next - 1]]);
                var descended = false;
                while (next < _outbound[v].Length)
                {
                    var w = _outbound[v][next++];
                    if (closed[w]) continue;
                    if (order[w] < 0)
                    {
                        work.Push((v, next));
                        work.Push((w, 0));
                        descended = true;
                        break;
                    }
                    if (onStack[w]) low[v] = Math.Min(low[v], order[w]);
                }
                if (descended || low[v] != order[v]) continue;
                int member;
                do
                {
                    member = stack.Pop();
                    onStack[member] = false;
                    group[member] = found;
                }
                while (member != v);
                found++;
            }
        }
        groups = found;
        return group;
    }

    /// <summary>For each node the next one on a shortest way to any of the targets; -1: no way leads there.</summary>
    /// <param name="closed">Nodes that no way leads through.</param>
    internal int[] Towards(Func<int, bool> target, bool[] closed)
    {
        var inbound = new List<int>?[Count];
        for (var v = 0; v < Count; v++)
            foreach (var w in _outbound[v]) (inbound[w] ??= []).Add(v);
        var next = new int[Count];
        Array.Fill(next, -1);
        var queue = new Queue<int>();
        for (var v = 0; v < Count; v++) if (target(v)) queue.Enqueue(v);
        while (queue.TryDequeue(out var w))
            foreach (var v in inbound[w] ?? [])
                if (next[v] < 0 && !target(v) && !closed[v]) { next[v] = w; queue.Enqueue(v); }
        return next;
    }
}
