using System.Numerics;

namespace Verify.Desk.Audit;

/// <summary>
/// What of a tree is needed to go on with it: the roots of its whole subtrees, largest first; one for each bit of its size.
/// An entry more costs one hash on average, and the root a handful.
/// </summary>
public sealed class TreeFrontier
{
    private readonly List<byte[]> _roots;

    private TreeFrontier(long size, List<byte[]> roots) => (Size, _roots) = (size, roots);

    public TreeFrontier() : this(0, []) { }

    public long Size { get; private set; }

    /// <summary>Reads what <see cref="ToBytes"/> wrote for a tree of this size; null when it is not of one.</summary>
    public static TreeFrontier? Read(long size, byte[]? bytes) =>
        size < 0 || bytes is null || bytes.Length != BitOperations.PopCount((ulong)size) * MerkleTree.HashBytes ? null : new(size, [.. bytes.Chunk(MerkleTree.HashBytes)]);

    public byte[] ToBytes() => [.. _roots.SelectMany(r => r)];

    public void Append(byte[] leafHash)
    {
        var root = leafHash;
        // Each trailing one of the size is a whole subtree that the new leaf completes to one twice as large.
        for (var size = Size; (size & 1) == 1; size >>= 1)
        {
            root = MerkleTree.NodeHash(_roots[^1], root);
            _roots.RemoveAt(_roots.Count - 1);
        }
        _roots.Add(root);
        Size++;
    }

    public byte[] Root()
    {
        if (_roots.Count == 0) return MerkleTree.Root([]);
        var root = _roots[^1];
        for (var i = _roots.Count - 2; i >= 0; i--) root = MerkleTree.NodeHash(_roots[i], root);
        return root;
    }
}
