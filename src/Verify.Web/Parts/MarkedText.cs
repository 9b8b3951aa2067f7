using Verify.Attribution;
using Verify.Desk.Features.Articles;

namespace Verify.Web.Parts;

/// <summary>An article's text cut into paragraphs and pieces, so that claims that overlap are each drawn where they stand.</summary>
public static class MarkedText
{
    /// <param name="Claims">The claims that the piece belongs to, the shortest first: that is the one it leads to.</param>
    /// <param name="Begins">Claims whose first stretch begins here.</param>
    /// <param name="Name">A source of the claim in question is named here.</param>
    /// <param name="Cue">The words that attribute it.</param>
    public sealed record Piece(int From, string Text, IReadOnlyList<ClaimMark> Claims, IReadOnlyList<ClaimMark> Begins, bool Name, bool Cue);

    public sealed record Paragraph(int From, IReadOnlyList<Piece> Pieces);

    /// <param name="focus">The claim in question, whose sources are shown; null: none.</param>
    /// <param name="from">First character shown; moved back to the beginning of its paragraph.</param>
    /// <param name="to">End of what is shown; moved on to the end of its paragraph.</param>
    public static IReadOnlyList<Paragraph> Of(string text, IReadOnlyList<ClaimMark> marks, ClaimMark? focus, int from, int to)
    {
        from = from <= 0 ? 0 : text.LastIndexOf('\n', Math.Min(from, text.Length) - 1) + 1;
        to = to >= text.Length || text.IndexOf('\n', to) is not (>= 0 and var end) ? text.Length : end;
        var paragraphs = new List<Paragraph>();
        for (var at = from; at < to;)
        {
            var next = text.IndexOf('\n', at, to - at);
            var stop = next < 0 ? to : next;
            if (!string.IsNullOrWhiteSpace(text[at..stop])) paragraphs.Add(new(at, Pieces(text, marks, focus, at, stop)));
            at = stop + 1;
        }
        return paragraphs;
    }

    /// <summary>The part of a text to show around a claim.</summary>
    /// <param name="around">So many characters on either side.</param>
    public static (int From, int To) Around(ClaimMark claim, int around) => (claim.Spans[0].Start - around, claim.Spans[^1].End + around);

    private static List<Piece> Pieces(string text, IReadOnlyList<ClaimMark> marks, ClaimMark? focus, int from, int to)
    {
        var here = marks.Where(m => m.Spans.Any(s => s.Start < to && s.End > from)).ToList();
        var cuts = new SortedSet<int> { from, to };
        void Cut(Span s)
        {
            if (s.Start > from && s.Start < to) cuts.Add(s.Start);
            if (s.End > from && s.End < to) cuts.Add(s.End);
        }
        foreach (var s in here.SelectMany(m => m.Spans)) Cut(s);
        if (focus is not null) foreach (var s in focus.Names.Concat(focus.Cues)) Cut(s);
        var pieces = new List<Piece>();
        var points = cuts.ToList();
        for (var i = 0; i + 1 < points.Count; i++)
        {
            var (a, b) = (points[i], points[i + 1]);
            bool Covers(Span s) => s.Start <= a && s.End >= b;
            pieces.Add(new(a, text[a..b],
                [.. here.Where(m => m.Spans.Any(Covers)).OrderByDescending(m => m.Claim == focus?.Claim).ThenBy(m => m.Spans.Sum(s => s.End - s.Start))],
                [.. here.Where(m => m.Spans[0].Start == a)],
                focus is not null && focus.Names.Any(Covers), focus is not null && focus.Cues.Any(Covers)));
        }
        return pieces;
    }
}
