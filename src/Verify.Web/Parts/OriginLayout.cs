using Verify.Desk.Features.Evidence;

namespace Verify.Web.Parts;

/// <summary>Where the nodes of a provenance graph stand: evidence on the left, what it goes back to further right.</summary>
public sealed class OriginLayout
{
    private const int NodeWidth = 176, NodeHeight = 40, ColumnGap = 60, RowGap = 14;
    private readonly Dictionary<string, Box> _boxes = new(StringComparer.Ordinal);

    public sealed record Box(OriginNode Node, int X, int Y, int Width = NodeWidth, int Height = NodeHeight);

    /// <param name="Back">It leads back: part of a circle, or to the claim's own article.</param>
    public sealed record Way(OriginStep Step, string Path, string Head, bool Back);

    public OriginLayout(OriginGraph graph)
    {
        var used = graph.Steps.SelectMany(s => new[] { s.From, s.To }).Concat(graph.Nodes.Where(n => n.Kind == "evidence").Select(n => n.Id)).ToHashSet(StringComparer.Ordinal);
        var nodes = graph.Nodes.Where(n => used.Contains(n.Id)).ToList();
        var column = Columns(nodes, graph.Steps);
        foreach (var group in nodes.GroupBy(n => column[n.Id]).OrderBy(g => g.Key))
        {
            // Each as near as may be to the middle of what leads to it, which stands in columns that are placed already.
            var free = 0;
            foreach (var n in group.OrderBy(n => Wanted(n, graph.Steps)).ThenBy(n => n.Id, StringComparer.Ordinal))
            {
                var y = Math.Max(free, (int)Wanted(n, graph.Steps));
                _boxes[n.Id] = new(n, 1 + group.Key * (NodeWidth + ColumnGap), 1 + y);
                free = y + NodeHeight + RowGap;
            }
        }
        Width = _boxes.Count == 0 ? 0 : _boxes.Values.Max(b => b.X) + NodeWidth + 1;
        Height = _boxes.Count == 0 ? 0 : _boxes.Values.Max(b => b.Y) + NodeHeight + 1;
        Ways = [.. graph.Steps.Where(s => _boxes.ContainsKey(s.From) && _boxes.ContainsKey(s.To)).Select(WayOf)];
    }

    public IEnumerable<Box> Boxes => _boxes.Values;
    public IReadOnlyList<Way> Ways { get; }
    public int Width { get; }
    public int Height { get; }

    private double Wanted(OriginNode n, IReadOnlyList<OriginStep> steps) => steps.Where(s => s.To == n.Id && _boxes.ContainsKey(s.From)).Select(s => (double)_boxes[s.From].Y).DefaultIfEmpty(0).Average();

    // The longest way to each node, as far as no circle makes it endless.
    private static Dictionary<string, int> Columns(List<OriginNode> nodes, IReadOnlyList<OriginStep> steps)
    {
        var column = nodes.ToDictionary(n => n.Id, _ => 0, StringComparer.Ordinal);
        for (var round = 0; round < Math.Min(nodes.Count, 12); round++)
            foreach (var s in steps)
                if (column.TryGetValue(s.From, out var from) && column.TryGetValue(s.To, out var to) && to <= from && from + 1 <= Math.Min(nodes.Count, 6)) column[s.To] = from + 1;
        return column;
    }

    private Way WayOf(OriginStep s)
    {
        var (a, b) = (_boxes[s.From], _boxes[s.To]);
        var back = b.X <= a.X || b.Node.Own;
        var (x1, y1) = (a.X + NodeWidth, a.Y + NodeHeight / 2);
        var (x2, y2) = (b.X - 8, b.Y + NodeHeight / 2);
        if (b.X > a.X) return new(s, $"M{x1} {y1} C{x1 + ColumnGap / 2} {y1} {x2 - ColumnGap / 2} {y2} {x2} {y2}", $"M{x2} {y2 - 5} L{x2 + 8} {y2} L{x2} {y2 + 5} Z", back);
        // Backwards: out below and in from below, so that it is not mistaken for a way onwards.
        var (xa, xb, low) = (a.X + NodeWidth / 2, b.X + NodeWidth / 2, Math.Max(a.Y, b.Y) + NodeHeight + RowGap);
        return new(s, $"M{xa} {a.Y + NodeHeight} C{xa} {low} {xb} {low} {xb} {b.Y + NodeHeight + 8}", $"M{xb - 5} {b.Y + NodeHeight + 8} L{xb} {b.Y + NodeHeight} L{xb + 5} {b.Y + NodeHeight + 8} Z", back);
    }
}
