using System.Text.Json;
using Verify.Attribution;
using Verify.Desk.Data;
using Verify.Evidence.Anchoring;

namespace Verify.Desk.Features.Articles;

/// <summary>A claim found again in the next version.</summary>
/// <param name="How">position, exact, fuzzy or lost.</param>
/// <param name="Claim">Which of the claims that the extractor finds there it is; null: none of them.</param>
/// <param name="Spans">Where it stands now; empty: nowhere.</param>
/// <param name="WordsChanged">It says something else; blanks and marks do not count.</param>
/// <param name="SourceChanged">The article gives it to another source, or by another way.</param>
public sealed record FoundAgain(string How, int? Claim, IReadOnlyList<Span> Spans, bool WordsChanged, bool SourceChanged, IReadOnlyList<string> Differences);

/// <summary>Two versions of an article side by side: which claim of the one is which of the other. Pure.</summary>
public sealed class VersionMatch(string before, string after, IReadOnlyList<AttributedClaim> claimsBefore, IReadOnlyList<AttributedClaim> claimsAfter)
{
    private readonly Anchors _anchors = new(before, after);

    public string After => after;

    public FoundAgain Find(ClaimRow claim)
    {
        var old = JsonSerializer.Deserialize<int[][]>(claim.Spans)!.Select(s => new Span(s[0], s[1])).ToList();
        var anchor = _anchors.Find(old);
        if (anchor.Kind == AnchorKind.Lost) return new("lost", null, [], false, false, []);
        var index = Nearest(anchor.Spans);
        // Where the words changed, the extractor sees the new sentence's own bounds.
        var spans = anchor.Kind == AnchorKind.Fuzzy && index is { } i ? claimsAfter[i].Content : anchor.Spans;
        var differences = anchor.Differences.Select(d => d.Quoted.Length == 0 ? $"+ {d.Document}" : d.Document.Length == 0 ? $"− {d.Quoted}" : $"{d.Quoted} → {d.Document}").ToList();
        return new(anchor.Kind.ToString().ToLowerInvariant(), index, spans, anchor.Kind == AnchorKind.Fuzzy && differences.Count > 0, SourceChanged(old, index), differences);
    }

    /// <summary>The claim as it stands in the new version.</summary>
    public ClaimRow Describe(ClaimRow claim, FoundAgain now)
    {
        var quotation = ClaimSpec.QuotationOf(after, now.Spans);
        var mended = new AttributedClaim(null, quotation, claim.Form == "np" ? ContentForm.NounPhrase : ContentForm.Clause, now.Spans, Chain(claim, now), claim.Confidence, claim.Construction);
        var row = ClaimForm.Describe(claim, mended, after);
        return now.Claim is { } i && !now.WordsChanged ? row with { Quotation = claim.Quotation } : now.Claim is { } k ? row with { Quotation = ClaimForm.Lower(claimsAfter[k].Quotation) } : row;
    }

    /// <summary>What the extractor finds in the new version and nobody had before.</summary>
    public IEnumerable<(AttributedClaim Claim, int Index)> New(IEnumerable<int> known)
    {
        var taken = known.ToHashSet();
        return claimsAfter.Select((c, i) => (c, i)).Where(x => !taken.Contains(x.i)).ToList();
    }

    // The chain as the new text gives it, where it is the chain that the claim had or the article changed it; what a
    // checker corrected stays corrected, only without places in a text that it no longer refers to.
    private IReadOnlyList<ChainLink> Chain(ClaimRow claim, FoundAgain now)
    {
        var stored = ChainLinks.Of(claim.Chain);
        if (now.Claim is { } i && (now.SourceChanged || SameNames(stored, claimsAfter[i].Chain))) return claimsAfter[i].Chain;
        return [.. stored.Select(l => new ChainLink(Enum.Parse<LinkRole>(l.Role, true), Enum.Parse<SourceKind>(l.Kind, true), now.How == "position" && l.Mention is { } m && Stays(m) ? new(m[0], m[1]) : null, l.Resolved,
            now.How == "position" ? [.. l.Cue.Where(Stays).Select(c => new Span(c[0], c[1]))] : []))];
    }

    private bool Stays(int[] span) => span[1] <= after.Length && before.AsSpan(span[0], span[1] - span[0]).SequenceEqual(after.AsSpan(span[0], span[1] - span[0]));

    private bool SourceChanged(List<Span> old, int? index)
    {
        var then = claimsBefore.FirstOrDefault(c => c.Content.SequenceEqual(old));
        return then is not null && index is { } i && !then.Chain.Select(Name).SequenceEqual(claimsAfter[i].Chain.Select(Name));
    }

    private static bool SameNames(IReadOnlyList<StoredLink> stored, IReadOnlyList<ChainLink> chain) => stored.Select(l => (l.Role, l.Resolved)).SequenceEqual(chain.Select(Name));

    private static (string, string) Name(ChainLink l) => (ClaimForm.Lower(l.Role), l.Resolved);

    // The claim that covers most of the same characters, if that is most of either.
    private int? Nearest(IReadOnlyList<Span> spans)
    {
        var (best, share) = (-1, 0.55);
        for (var i = 0; i < claimsAfter.Count; i++)
        {
            var common = spans.Sum(s => claimsAfter[i].Content.Sum(c => Math.Max(0, Math.Min(s.End, c.End) - Math.Max(s.Start, c.Start))));
            var all = spans.Sum(s => s.Length) + claimsAfter[i].Content.Sum(c => c.Length) - common;
            if (common > share * all) (best, share) = (i, (double)common / all);
        }
        return best < 0 ? null : best;
    }
}
