using System.Numerics;
using System.Security.Cryptography;

namespace Verify.Desk.Audit;

/// <summary>
/// The Merkle tree of RFC 9162, section 2.1, over SHA-256: hashes of leaves and nodes, roots, and proofs that an entry is
/// in a tree or that one tree is the beginning of another.
/// </summary>
public static class MerkleTree
{
    public const int HashBytes = 32;

    public static byte[] LeafHash(ReadOnlySpan<byte> entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0]);
        hash.AppendData(entry);
        return hash.GetHashAndReset();
    }

    public static byte[] NodeHash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> both = stackalloc byte[1 + 2 * HashBytes];
        both[0] = 1;
        left.CopyTo(both[1..]);
        right.CopyTo(both[(1 + HashBytes)..]);
        return SHA256.HashData(both);
    }

    /// <summary>The root over these leaf hashes; that of an empty tree is the hash of nothing.</summary>
    public static byte[] Root(ReadOnlySpan<byte[]> leaves) => leaves.Length switch
    {
        0 => SHA256.HashData([]),
        1 => leaves[0],
        _ => NodeHash(Root(leaves[..Split(leaves.Length)]), Root(leaves[Split(leaves.Length)..])),
    };

    /// <summary>The path from the leaf at this index up to the root: section 2.1.3.1.</summary>
    public static IReadOnlyList<byte[]> InclusionPath(ReadOnlySpan<byte[]> leaves, int index)
    {
        var path = new List<byte[]>();
        while (leaves.Length > 1)
        {
            var k = Split(leaves.Length);
            path.Add(Root(index < k ? leaves[k..] : leaves[..k]));
            if (index < k) leaves = leaves[..k];
            else
            {
                leaves = leaves[k..];
                index -= k;
            }
        }
        path.Reverse();
        return path;
    }

    /// <summary>Whether the path leads from the leaf to the root: section 2.1.3.2.</summary>
    public static bool Includes(ReadOnlySpan<byte> leaf, long index, long size, IReadOnlyList<byte[]> path, ReadOnlySpan<byte> root)
    {
        if (index < 0 || index >= size) return false;
        var (f, s, r) = (index, size - 1, leaf.ToArray());
        foreach (var p in path)
        {
            if (s == 0) return false;
            if ((f & 1) == 1 || f == s)
            {
                r = NodeHash(p, r);
                while ((f & 1) == 0 && f != 0) (f, s) = (f >> 1, s >> 1);
            }
            else r = NodeHash(r, p);
            (f, s) = (f >> 1, s >> 1);
        }
        return s == 0 && root.SequenceEqual(r);
    }

    /// <summary>The proof that the tree of the first leaves is the beginning of the tree of all: section 2.1.4.1.</summary>
    /// <param name="first">How many leaves the earlier tree has; at least one.</param>
    public static IReadOnlyList<byte[]> ConsistencyPath(ReadOnlySpan<byte[]> leaves, int first)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, leaves.Length);
        var path = new List<byte[]>();
        var whole = true; // whether what is left of the earlier tree is a subtree that its holder knows
        while (first < leaves.Length)
        {
            var k = Split(leaves.Length);
            if (first <= k)
            {
                path.Add(Root(leaves[k..]));
                leaves = leaves[..k];
            }
            else
            {
                path.Add(Root(leaves[..k]));
                leaves = leaves[k..];
                (first, whole) = (first - k, false);
            }
        }
        if (!whole) path.Add(Root(leaves));
        path.Reverse();
        return path;
    }

    /// <summary>Whether the path proves that the tree with the second root begins with the tree of the first: section 2.1.4.2.</summary>
    public static bool BeginsWith(long first, ReadOnlySpan<byte> firstRoot, long second, ReadOnlySpan<byte> secondRoot, IReadOnlyList<byte[]> path)
    {
        if (first < 1 || first > second) return false;
        if (first == second) return path.Count == 0 && firstRoot.SequenceEqual(secondRoot);
        var (rest, start) = (path, 0);
        // A whole subtree's root is what the earlier tree's holder has already.
        var seed = BitOperations.IsPow2(first) ? firstRoot.ToArray() : path.Count > 0 ? path[start++] : null;
        if (seed is null) return false;
        var (f, s) = (first - 1, second - 1);
        while ((f & 1) == 1) (f, s) = (f >> 1, s >> 1);
        var (fr, sr) = (seed, seed);
        for (; start < rest.Count; start++)
        {
            var c = rest[start];
            if (s == 0) return false;
            if ((f & 1) == 1 || f == s)
            {
                (fr, sr) = (NodeHash(c, fr), NodeHash(c, sr));
                while ((f & 1) == 0 && f != 0) (f, s) = (f >> 1, s >> 1);
            }
            else sr = NodeHash(sr, c);
            (f, s) = (f >> 1, s >> 1);
        }
        return s == 0 && firstRoot.SequenceEqual(fr) && secondRoot.SequenceEqual(sr);
    }

    // The largest power of two below n.
    private static int Split(int n) => 1 << BitOperations.Log2((uint)n - 1);
}
