using Verify.Attribution;
using Verify.Evidence.Matching;

namespace Verify.Evidence.Provenance;

/// <param name="Name">Who or what the evidence got it from, as far as its text says.</param>
/// <param name="Via">Who passed it on in between; null: nobody.</param>
/// <param name="Words">The words of the evidence that say so.</param>
/// <param name="AboutTheClaim">They stand with a claim like the one in question; else they are the sources that the evidence names at all.</param>
public sealed record OriginProposal(string Name, SourceKind Kind, string? Via, string Words, bool AboutTheClaim);

/// <summary>
/// Where a piece of evidence got it from, proposed by its own words ("according to Bloomberg", "citing a copy of the
/// cable"): the last link of the chain of those of its claims that say what the claim in question says. Pure.
/// </summary>
public static class OriginProposals
{
    private const int Most = 3;
    private const double Alike = 0.35;
    private const int LongestWords = 160;

    /// <param name="content">What the claim in question says.</param>
    /// <param name="text">What the evidence says.</param>
    /// <param name="claims">The attributed claims found in it.</param>
    public static IReadOnlyList<OriginProposal> Of(string content, string text, IReadOnlyList<AttributedClaim> claims)
    {
        var sought = ClaimWords.Of(content);
        var sourced = claims.Where(c => Origin(c) is not null).ToList();
        var about = sourced.Select(c => (Claim: c, ClaimSimilarity.Compare(sought, ClaimWords.Of(string.Join(' ', c.Content.Select(s => s.Of(text))))).Score))
            .Where(x => x.Score >= Alike).OrderByDescending(x => x.Score).Select(x => Propose(x.Claim, text, true)).ToList();
        if (about.Count > 0) return [.. Distinct(about).Take(Most)];
        // Nothing like it: what it mostly refers to, documents and reports before persons.
        var named = sourced.Where(c => c.Chain.Count > 1 || Origin(c)!.Kind is SourceKind.Document or SourceKind.Organization).Select(c => Propose(c, text, false)).ToList();
        return [.. Distinct(named.GroupBy(p => p.Name).OrderByDescending(g => g.Count()).Select(g => g.First())).Take(Most)];
    }

    private static IEnumerable<OriginProposal> Distinct(IEnumerable<OriginProposal> proposals) => proposals.DistinctBy(p => p.Name, StringComparer.OrdinalIgnoreCase);

    // A post is its author's; a document is what remains when all who pass it on are taken away.
    private static ChainLink? Origin(AttributedClaim claim)
    {
        var last = claim.Chain.LastOrDefault();
        if (last is { Role: LinkRole.Medium, Kind: not SourceKind.Document } && claim.Speaker is { } speaker) last = speaker;
        return last is null || last.Resolved.Length == 0 ? null : last;
    }

    private static OriginProposal Propose(AttributedClaim claim, string text, bool about)
    {
        var origin = Origin(claim)!;
        var via = string.Join(" → ", claim.Chain.Where(l => l != origin && l.Resolved.Length > 0).Select(l => l.Resolved));
        var spans = claim.Chain.SelectMany(l => l.Cue.Concat(l.Mention is { } m ? [m] : [])).Where(s => claim.Content.All(c => !c.Contains(s))).ToList();
        var words = spans.Count == 0 ? origin.Resolved : text[spans.Min(s => s.Start)..spans.Max(s => s.End)];
        // Where the content stands in between, only what names the origin.
        if (words.Length > LongestWords && origin.Mention is { } mention) words = string.Join(" … ", origin.Cue.Append(mention).OrderBy(s => s.Start).Select(s => s.Of(text)));
        return new(origin.Resolved, origin.Kind, via.Length == 0 ? null : via, words.Length <= LongestWords ? words : words[..(char.IsHighSurrogate(words[LongestWords - 1]) ? LongestWords - 1 : LongestWords)], about);
    }
}
