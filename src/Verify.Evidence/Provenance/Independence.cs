namespace Verify.Evidence.Provenance;

/// <param name="Node">The origin; of a loop, its first member.</param>
/// <param name="For">Supporting evidence that leads to it.</param>
/// <param name="Against">Refuting evidence that leads to it.</param>
/// <param name="OnlyGround">Evidence that would have no origin left if this one fell.</param>
/// <param name="ForWithout">Independent origins for the claim if this one fell.</param>
public sealed record Origin(ProvenanceNode Node, IReadOnlyList<string> For, IReadOnlyList<string> Against, IReadOnlyList<string> OnlyGround, int ForWithout, int AgainstWithout);

/// <summary>Evidence that proves nothing, because it goes round.</summary>
/// <param name="Evidence">The piece.</param>
/// <param name="Path">The way back, node by node.</param>
/// <param name="ToOwnArticle">It leads back to the claim's own article; else it leads in a loop that nothing outside feeds.</param>
public sealed record Circle(string Evidence, IReadOnlyList<ProvenanceNode> Path, bool ToOwnArticle);

/// <summary>How many origins a claim really has.</summary>
/// <param name="For">Independent origins of the supporting evidence.</param>
/// <param name="Against">Independent origins of the refuting evidence.</param>
/// <param name="Groundless">Evidence without any origin that counts: it goes round, or all that it rests on was retracted.</param>
public sealed record IndependenceReport(int For, int Against, IReadOnlyList<Origin> Origins, IReadOnlyList<Circle> Circles, IReadOnlyList<string> Groundless)
{
    /// <summary>Origins that more than one piece of evidence leads back to: they look like several and are one.</summary>
    public IEnumerable<Origin> Shared => Origins.Where(o => o.For.Count + o.Against.Count > 1);
}

/// <summary>
/// Counts independent origins. An origin is a node that leads no further: where the evidence ultimately comes from. Each
/// piece of evidence vouches for one origin at most: one report that names three people is one voice, not three.
/// What leads through the claim's own article comes from there and does not count; nor do loops that nothing outside
/// feeds (two papers that cite each other), nor what was retracted. Exact on graphs with cycles; in step with nodes and
/// edges, times the origins in words of 64.
/// </summary>
public static class Independence
{
    /// <param name="supporting">Ids of the evidence for the claim.</param>
    /// <param name="refuting">Ids of the evidence against it.</param>
    /// <param name="own">Ids of the claim itself, its article, and the article's other claims.</param>
    public static IndependenceReport Of(ProvenanceGraph graph, IEnumerable<string> supporting, IEnumerable<string> refuting, IEnumerable<string> own)
    {
        var pro = supporting.Select(graph.IndexOf).Distinct().ToList();
        var contra = refuting.Select(graph.IndexOf).Distinct().ToList();
        var isOwn = new bool[graph.Count];
        foreach (var id in own) isOwn[graph.IndexOf(id)] = true;
        var closed = new bool[graph.Count];
        for (var i = 0; i < graph.Count; i++) closed[i] = isOwn[i] || graph.Nodes[i].Retracted;
        var group = graph.Groups(closed, out var groups);
        var sinks = Sinks(graph, group, groups, closed, out var first, out var count);
        var reach = Reach(graph, group, groups, sinks, count, closed);

        var groundless = new List<string>();
        var only = new List<string>[count];
        for (var s = 0; s < count; s++) only[s] = [];
        var (byPro, byContra) = (Leading(pro), Leading(contra));
        var (voicesFor, voicesAgainst) = (new Voices(byPro, pro.Count), new Voices(byContra, contra.Count));
        IReadOnlyList<string> Names(int[] places, List<int> evidence) => Array.ConvertAll(places, p => graph.Nodes[evidence[p]].Id);
        var found = Enumerable.Range(0, count).Where(s => byPro[s].Length + byContra[s].Length > 0)
            .Select(s => new Origin(graph.Nodes[first[s]], Names(byPro[s], pro), Names(byContra[s], contra), only[s], voicesFor.Without(s), voicesAgainst.Without(s))).ToList();
        return new(voicesFor.Count, voicesAgainst.Count, found, Circles(graph, [.. pro, .. contra], isOwn, closed, group, reach), groundless);

        // Per origin the places in the list of the evidence that leads to it. Counted first: in large graphs there are millions.
        int[][] Leading(List<int> evidence)
        {
            var sizes = new int[count];
            foreach (var e in evidence) if (group[e] >= 0) foreach (var s in Members(reach[group[e]])) sizes[s]++;
            var leading = Array.ConvertAll(sizes, size => size == 0 ? [] : new int[size]);
            Array.Clear(sizes);
            for (var p = 0; p < evidence.Count; p++)
            {
                var (met, last) = (0, -1);
                if (group[evidence[p]] >= 0) foreach (var s in Members(reach[group[evidence[p]]])) { leading[s][sizes[s]++] = p; met++; last = s; }
                if (met == 0) groundless.Add(graph.Nodes[evidence[p]].Id);
                if (met == 1) only[last].Add(graph.Nodes[evidence[p]].Id);
            }
            return leading;
        }
    }

    // Groups without a way out that are a single node: a loop is no origin of anything.
    private static int[] Sinks(ProvenanceGraph graph, int[] group, int groups, bool[] closed, out List<int> first, out int count)
    {
        var (leaves, size, member) = (new bool[groups], new int[groups], new int[groups]);
        Array.Fill(leaves, true);
        for (var v = 0; v < graph.Count; v++)
        {
            if (closed[v]) continue;
            size[group[v]]++;
            member[group[v]] = v;
            // A way into the article or to what was retracted is a way out: what goes there has no origin of its own.
            foreach (var w in graph.Outbound(v)) if (w != v && (closed[w] || group[w] != group[v])) leaves[group[v]] = false;
            if (graph.Nodes[v].Unknown || graph.Outbound(v).Contains(v)) leaves[group[v]] = false; // or it names itself as its source
        }
        var sink = new int[groups];
        first = [];
        for (var g = 0; g < groups; g++)
        {
            sink[g] = leaves[g] && size[g] == 1 ? first.Count : -1;
            if (sink[g] >= 0) first.Add(member[g]);
        }
        count = first.Count;
        return sink;
    }

    // Per group the set of origins that it leads to. Groups lead to lower numbers only: one pass.
    private static ulong[][] Reach(ProvenanceGraph graph, int[] group, int groups, int[] sinks, int count, bool[] closed)
    {
        var members = new List<int>[groups];
        for (var v = 0; v < graph.Count; v++) if (!closed[v]) (members[group[v]] ??= []).Add(v);
        var reach = new ulong[groups][];
        var width = (count + 63) / 64;
        for (var g = 0; g < groups; g++)
        {
            var set = reach[g] = new ulong[width];
            if (sinks[g] >= 0) set[sinks[g] / 64] |= 1UL << (sinks[g] % 64);
            foreach (var v in members[g])
                foreach (var w in graph.Outbound(v))
                    if (!closed[w] && group[w] != g)
                        for (var k = 0; k < width; k++) set[k] |= reach[group[w]][k];
        }
        return reach;
    }

    private static IEnumerable<int> Members(ulong[] set)
    {
        for (var k = 0; k < set.Length; k++)
            for (var bits = set[k]; bits != 0; bits &= bits - 1) yield return k * 64 + System.Numerics.BitOperations.TrailingZeroCount(bits);
    }

    private static List<Circle> Circles(ProvenanceGraph graph, List<int> evidence, bool[] isOwn, bool[] closed, int[] group, ulong[][] reach)
    {
        var circles = new List<Circle>();
        var next = graph.Towards(v => isOwn[v], closed);
        foreach (var e in evidence)
        {
            if (graph.Nodes[e].Retracted || isOwn[e]) continue;
            if (next[e] >= 0)
            {
                var path = new List<ProvenanceNode> { graph.Nodes[e] };
                for (var v = e; !isOwn[v];) path.Add(graph.Nodes[v = next[v]]);
                circles.Add(new(graph.Nodes[e].Id, path, true));
            }
            else if (reach[group[e]].All(w => w == 0) && Loop(graph, e, closed) is { } loop) circles.Add(new(graph.Nodes[e].Id, loop, false));
        }
        return circles;
    }

    private static List<ProvenanceNode>? Loop(ProvenanceGraph graph, int from, bool[] closed)
    {
        // Walking on, one comes to a node for the second time: the loop lies between.
        var seen = new Dictionary<int, int>();
        var path = new List<int>();
        for (var v = from; ;)
        {
            if (seen.ContainsKey(v)) return [.. path.Append(v).Select(x => graph.Nodes[x])];
            seen[v] = path.Count;
            path.Add(v);
            var next = graph.Outbound(v).Where(w => !closed[w]).Cast<int?>().FirstOrDefault();
            if (next is not { } w) return null;
            v = w;
        }
    }
}
