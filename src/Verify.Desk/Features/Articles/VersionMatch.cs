using Verify.Attribution;
using Verify.Desk.Data;
using Verify.Evidence.Anchoring;
using Verify.Evidence.Quotations;

namespace Verify.Desk.Features.Articles;

/// <summary>What became of who said it.</summary>
public enum SourceFate { Same, Changed, Gone }

/// <summary>A claim found again in the next version.</summary>
/// <param name="How">position, exact, fuzzy or lost.</param>
/// <param name="Claim">Which of the claims that the extractor finds there it is; null: none of them.</param>
/// <param name="Spans">Where it stands now; empty: nowhere.</param>
/// <param name="WordsChanged">It says something else, or is now denied; blanks and marks do not count.</param>
public sealed record FoundAgain(string How, int? Claim, IReadOnlyList<Span> Spans, bool WordsChanged, SourceFate Source, IReadOnlyList<string> Differences)
{
    public static readonly FoundAgain Lost = new("lost", null, [], false, SourceFate.Same, []);
}

/// <summary>Two versions of an article side by side: which claim of the one is which of the other, each one only once. Pure.</summary>
public sealed class VersionMatch(string before, string after, IReadOnlyList<AttributedClaim> claimsBefore, IReadOnlyList<AttributedClaim> claimsAfter)
{
    private readonly List<Span> _places = []; // of claims that the extractor does not see as they are
    private readonly Anchors _anchors = new(before, after);

    public string After => after;
    public IReadOnlyList<AttributedClaim> ClaimsAfter => claimsAfter;

    /// <summary>The claims in the order given; those that are surest found are placed first.</summary>
    public IReadOnlyList<FoundAgain> Find(IReadOnlyList<ClaimRow> claims)
    {
        var old = claims.Select(c => ChainLinks.Spans(c.Spans)).ToList();
        var anchors = old.Select(_anchors.Find).ToList();
        var found = new FoundAgain[claims.Count];
        var taken = new HashSet<int>();
        var placed = new List<(int Claim, IReadOnlyList<Span> Spans)>();
        foreach (var i in Enumerable.Range(0, claims.Count).OrderBy(i => anchors[i].Kind).ThenBy(i => anchors[i].Differences.Count))
        {
            var anchor = anchors[i];
            var changed = anchor.Kind == AnchorKind.Fuzzy && anchor.Differences.Count > 0;
            // What was dismissed holds its own words alone; other words in its place are a new claim. And where another
            // claim stands already, this one does not, unless the two shared their words before.
            // Like words of somebody whom the article does not name any more are somebody else's.
            if (anchor.Kind == AnchorKind.Lost || changed && IsGone(claims[i]) || changed && claims[i].Status == "dismissed"
                || changed && placed.Any(p => Overlap(p.Spans, anchor.Spans) > 0.5 && Overlap(old[p.Claim], old[i]) < 0.3)) { found[i] = FoundAgain.Lost; continue; }
            var index = Nearest(claimsAfter, anchor.Spans, taken);
            if (index is { } t) taken.Add(t);
            // Where the words changed, the extractor sees the new sentence's own bounds.
            var spans = changed && index is { } k ? claimsAfter[k].Content : anchor.Spans;
            placed.Add((i, spans));
            if (index is null) _places.AddRange(spans);
            found[i] = new(anchor.Kind.ToString().ToLowerInvariant(), index, spans, changed || IsDenied(before, old[i]) != IsDenied(after, spans), Source(old[i], spans, index),
                [.. anchor.Differences.Select(d => d.Quoted.Length == 0 ? $"+ {d.Document}" : d.Document.Length == 0 ? $"− {d.Quoted}" : $"{d.Quoted} → {d.Document}")]);
        }
        return found;
    }

    /// <summary>The claim as it stands in the new version.</summary>
    public ClaimRow Describe(ClaimRow claim, FoundAgain now)
    {
        var mended = new AttributedClaim(null, ClaimSpec.QuotationOf(after, now.Spans), claim.Form == "np" ? ContentForm.NounPhrase : ContentForm.Clause, now.Spans, Chain(claim, now), claim.Confidence, claim.Construction);
        var row = ClaimForm.Describe(claim, mended, after);
        return !now.WordsChanged ? row with { Quotation = claim.Quotation } : now.Claim is { } k ? row with { Quotation = ClaimForm.Lower(claimsAfter[k].Quotation) } : row;
    }

    /// <summary>What the extractor finds in the new version and nobody had before.</summary>
    public IEnumerable<(AttributedClaim Claim, int Index)> New(IEnumerable<int> known)
    {
        var taken = known.ToHashSet();
        return claimsAfter.Select((c, i) => (c, i)).Where(x => !taken.Contains(x.i) && Covered(x.c.Content) < 0.75).ToList();
    }

    // How much of it stands in claims that were found again, as when a checker split what the extractor takes for one.
    private double Covered(IReadOnlyList<Span> content) => (double)content.Sum(c => _places.Sum(p => Math.Max(0, Math.Min(p.End, c.End) - Math.Max(p.Start, c.Start)))) / content.Sum(c => c.Length);

    // The chain as the new text gives it, where it is the chain that the claim had or the article changed it; what a
    // checker corrected stays corrected, only without places in a text that it no longer refers to.
    private IReadOnlyList<ChainLink> Chain(ClaimRow claim, FoundAgain now)
    {
        var stored = ChainLinks.Of(claim.Chain);
        if (now.Claim is { } i && (now.Source == SourceFate.Changed || SameNames(stored, claimsAfter[i].Chain))) return claimsAfter[i].Chain;
        return [.. stored.Select(l => l.ToLink(place => now.How == "position" && Stays(place)))];
    }

    private bool Stays(Span span) => span.End <= after.Length && before.AsSpan(span.Start, span.Length).SequenceEqual(after.AsSpan(span.Start, span.Length));

    private SourceFate Source(IReadOnlyList<Span> old, IReadOnlyList<Span> now, int? index)
    {
        var sameAround = Surroundings.Attribution(before, old).SequenceEqual(Surroundings.Attribution(after, now));
        // What the extractor did not see a checker did, and looks again when the words around it changed.
        if (Nearest(claimsBefore, old, []) is not { } then) return sameAround ? SourceFate.Same : SourceFate.Changed;
        if (index is not { } i) return sameAround ? SourceFate.Same : SourceFate.Gone;
        return claimsBefore[then].Chain.Select(Name).SequenceEqual(claimsAfter[i].Chain.Select(Name)) ? SourceFate.Same : SourceFate.Changed;
    }

    private bool IsGone(ClaimRow claim) => ChainLinks.Of(claim.Chain).Where(l => l.Resolved.Length > 0).Select(l => l.Resolved.Split(' ')[^1]).ToList() is { Count: > 0 } names && !names.Any(n => after.Contains(n, StringComparison.OrdinalIgnoreCase));

    private static bool IsDenied(string text, IReadOnlyList<Span> spans) => Surroundings.IsDenied(Surroundings.Attribution(text, spans));

    private static bool SameNames(IReadOnlyList<StoredLink> stored, IReadOnlyList<ChainLink> chain) => stored.Select(l => (l.Role, l.Resolved)).SequenceEqual(chain.Select(Name));

    private static (string, string) Name(ChainLink l) => (ClaimForm.Lower(l.Role), l.Resolved);

    // The claim that covers most of the same characters, if that is most of either.
    private static int? Nearest(IReadOnlyList<AttributedClaim> claims, IReadOnlyList<Span> spans, HashSet<int> taken)
    {
        var (best, share) = (-1, 0.55);
        for (var i = 0; i < claims.Count; i++)
            if (!taken.Contains(i) && Overlap(claims[i].Content, spans) is var o && o > share) (best, share) = (i, o);
        return best < 0 ? null : best;
    }

    // Characters in common, of all that either has.
    private static double Overlap(IReadOnlyList<Span> a, IReadOnlyList<Span> b)
    {
        var common = a.Sum(s => b.Sum(c => Math.Max(0, Math.Min(s.End, c.End) - Math.Max(s.Start, c.Start))));
        var all = a.Sum(s => s.Length) + b.Sum(c => c.Length) - common;
        return all == 0 ? 0 : (double)common / all;
    }
}
