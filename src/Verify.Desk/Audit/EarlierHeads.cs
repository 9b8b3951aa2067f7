namespace Verify.Desk.Audit;

/// <summary>Heads that were kept elsewhere, and what a history has to be to begin with each of them.</summary>
internal sealed class EarlierHeads(IReadOnlyList<TreeHead> heads)
{
    private readonly ILookup<long, TreeHead> _bySize = heads.ToLookup(h => h.Size);

    /// <summary>Null, or what is wrong with the beginning that the tree is now: asked after each entry.</summary>
    public string? Against(TreeFrontier tree) => _bySize[tree.Size].FirstOrDefault(h => !tree.Root().AsSpan().SequenceEqual(h.RootHash())) is { } other
        ? $"the first {other.Size} entries are not those of the head of {other.Time}: the past was rewritten" : null;

    /// <summary>Null, or which head a history of this size is too short for.</summary>
    public string? TooLongFor(long size) => heads.MaxBy(h => h.Size) is { } longest && longest.Size > size
        ? $"the head of {longest.Time} has {longest.Size} entries, this history {size}: the end was removed" : null;

    /// <summary>How many are among these, which are all that a proof tells of.</summary>
    public int Among(params TreeHead[] proved) => heads.Count(h => proved.Any(p => (p.Size, p.Root) == (h.Size, h.Root)));

    /// <summary>Null, or why a proof of these heads does not hold against those kept elsewhere: one of a size is another, or it tells of none.</summary>
    public string? Contradicts(params TreeHead[] proved) =>
        heads.FirstOrDefault(h => proved.Any(p => p.Size == h.Size && p.Root != h.Root)) is { } other ? $"the first {other.Size} entries are not those of the head of {other.Time}: the past was rewritten"
        : heads.Count > 0 && Among(proved) == 0 ? $"this proof tells nothing of the heads that were kept elsewhere; hold an export against them, or a proof of consistency from one of them" : null;
}
