using CsCheck;
using Shouldly;
using Verify.Evidence.Provenance;
using Xunit;

namespace Verify.Evidence.Tests;

public sealed class Independent
{
    private static ProvenanceGraph Graph(string edges, string retracted = "")
    {
        var pairs = edges.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(e => e.Split('>')).ToList();
        var gone = retracted.Split(' ');
        var nodes = pairs.SelectMany(p => p).Where(n => n.Length > 0).Distinct().Select(n => new ProvenanceNode(n, n[0] switch { 'E' => NodeKind.Evidence, 'A' => NodeKind.Article, 'C' => NodeKind.Claim, _ => NodeKind.Source }, n, gone.Contains(n))).ToList();
        return new(nodes, [.. pairs.Where(p => p.Length == 2).Select(p => new ProvenanceEdge(p[0], p[1]))]);
    }

    [Fact]
    public void ThreeReportsOfOneCable_AreOneOrigin()
    {
        // CNN, Bloomberg and a Bloomberg reporter's tweets look like three sources and are one cable.
        var r = Independence.Of(Graph("E1>cable E2>cable E3>E2 A"), ["E1", "E2", "E3"], [], ["A"]);
        r.For.ShouldBe(1);
        var origin = r.Shared.ShouldHaveSingleItem();
        origin.Node.Id.ShouldBe("cable");
        origin.For.ShouldBe(["E1", "E2", "E3"]);
        origin.OnlyGround.ShouldBe(["E1", "E2", "E3"]);
        origin.ForWithout.ShouldBe(0);
        r.Circles.ShouldBeEmpty();
    }

    [Fact]
    public void EvidenceThatLeadsBackToTheArticle_DoesNotCount_AndTheWayIsShown()
    {
        var r = Independence.Of(Graph("E1>blog blog>A A>S E2>S"), ["E1", "E2"], [], ["A"]);
        r.For.ShouldBe(1);
        r.Groundless.ShouldBe(["E1"]);
        var circle = r.Circles.ShouldHaveSingleItem();
        circle.Path.Select(n => n.Id).ShouldBe(["E1", "blog", "A"]);
        circle.ToOwnArticle.ShouldBeTrue();
    }

    [Fact]
    public void LoopThatNothingFeeds_HasNoOrigin_OneThatSomethingFeedsHas()
    {
        var loop = Independence.Of(Graph("E1>E2 E2>E3 E3>E1"), ["E1"], [], []);
        loop.For.ShouldBe(0);
        loop.Circles.ShouldHaveSingleItem().ToOwnArticle.ShouldBeFalse();
        loop.Circles[0].Path.Select(n => n.Id).ShouldBe(["E1", "E2", "E3", "E1"]);
        var fed = Independence.Of(Graph("E1>E2 E2>E1 E2>S"), ["E1"], [], []);
        fed.For.ShouldBe(1);
        fed.Circles.ShouldBeEmpty();
    }

    [Fact]
    public void Retracted_CarriesNothing_AndForAndAgainstAreCountedApart()
    {
        var r = Independence.Of(Graph("E1>S1 E2>S2 E3>S3 E4>S1", retracted: "S2"), ["E1", "E2"], ["E3", "E4"], []);
        (r.For, r.Against).ShouldBe((1, 2));
        r.Groundless.ShouldBe(["E2"]);
        var s1 = r.Origins.Single(o => o.Node.Id == "S1");
        (s1.ForWithout, s1.AgainstWithout).ShouldBe((0, 1));
    }

    [Fact]
    public void APieceWithTwoOrigins_IsOneVoice_AndSurvivesTheFallOfOne()
    {
        var r = Independence.Of(Graph("E1>S1 E1>S2"), ["E1"], [], []);
        r.For.ShouldBe(1);
        r.Origins.Count.ShouldBe(2);
        r.Origins.ShouldAllBe(o => o.OnlyGround.Count == 0 && o.ForWithout == 1);
        Independence.Of(Graph("E1>S1 E1>S2 E2>S1"), ["E1", "E2"], [], []).For.ShouldBe(2);
        Independence.Of(Graph("E1>S1 E2>S1 E3>S1 E3>S2"), ["E1", "E2", "E3"], [], []).Origins.Single(o => o.Node.Id == "S2").ForWithout.ShouldBe(1);
    }

    [Fact]
    public void WhatNobodyHasTracedYet_IsNoOrigin_WhereverItIsMet()
    {
        var graph = Graph("E1>S1 E3>E2");
        var nodes = graph.Nodes.Select(n => n.Id == "E2" ? n with { Unknown = true } : n).ToList();
        var r = Independence.Of(new(nodes, graph.Edges), ["E1", "E3"], [], []);
        r.For.ShouldBe(1);
        r.Groundless.ShouldBe(["E3"]);
        r.Circles.ShouldBeEmpty();
    }

    // Against the definition itself, by brute force: an origin is a live node, reached from the evidence without passing
    // what is closed, from which nothing leads on.
    [Fact]
    public void AnyGraph_AgreesWithTheDefinition()
    {
        var graphs = from n in Gen.Int[1, 14]
                     from edges in Gen.Select(Gen.Int[0, n - 1], Gen.Int[0, n - 1]).List[0, 30]
                     from flags in Gen.Int[0, 9].List[n]
                     select (n, edges, flags);
        graphs.Sample(g =>
        {
            var nodes = Enumerable.Range(0, g.n).Select(i => new ProvenanceNode($"N{i}", NodeKind.Source, $"N{i}", g.flags[i] == 9)).ToList();
            var graph = new ProvenanceGraph(nodes, [.. g.edges.Select(e => new ProvenanceEdge($"N{e.Item1}", $"N{e.Item2}"))]);
            string[] Which(int a, int b) => [.. Enumerable.Range(0, g.n).Where(i => g.flags[i] == a || g.flags[i] == b).Select(i => $"N{i}")];
            var (pro, contra, own) = (Which(0, 1), Which(2, 2), Which(8, 8));
            var r = Independence.Of(graph, pro, contra, own);
            r.For.ShouldBe(Brute(g.n, g.edges, g.flags, f => f is 0 or 1));
            r.Against.ShouldBe(Brute(g.n, g.edges, g.flags, f => f == 2));
            foreach (var origin in r.Origins)
            {
                // What would be left if it fell: the same count with that node retracted.
                var fallen = nodes.Select(x => x.Id == origin.Node.Id ? x with { Retracted = true } : x).ToList();
                Independence.Of(new(fallen, graph.Edges), pro, contra, own).For.ShouldBe(origin.ForWithout);
            }
        }, iter: 3000);
    }

    // Pieces to origins, each piece to one at most: tried one after the other, with everything tried again.
    private static int Brute(int n, List<(int, int)> edges, List<int> flags, Func<int, bool> evidence)
    {
        var pieces = Enumerable.Range(0, n).Where(v => evidence(flags[v]) && flags[v] is not (8 or 9)).Select(v => Origins(n, edges, flags, v)).ToList();
        var holder = new Dictionary<int, int>();
        bool Place(int piece, HashSet<int> tried)
        {
            foreach (var o in pieces[piece])
                if (tried.Add(o) && (!holder.TryGetValue(o, out var other) || Place(other, tried))) { holder[o] = piece; return true; }
            return false;
        }
        return Enumerable.Range(0, pieces.Count).Count(p => Place(p, []));
    }

    private static List<int> Origins(int n, List<(int, int)> edges, List<int> flags, int from)
    {
        bool Closed(int v) => flags[v] is 8 or 9;
        var seen = new HashSet<int>();
        var queue = new Queue<int>([from]);
        while (queue.TryDequeue(out var v))
            if (seen.Add(v)) foreach (var (_, to) in edges.Where(e => e.Item1 == v && !Closed(e.Item2))) queue.Enqueue(to);
        return [.. seen.Where(v => edges.All(e => e.Item1 != v))];
    }

    [Fact]
    public void AnUnknownNode_IsABug() => Should.Throw<ArgumentException>(() => Independence.Of(Graph("E1>S1"), ["E9"], [], []));
}
