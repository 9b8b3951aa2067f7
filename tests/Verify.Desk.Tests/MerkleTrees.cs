using CsCheck;
using Shouldly;
using Verify.Desk.Audit;
using Xunit;

namespace Verify.Desk.Tests;

/// <summary>The tree under the history: RFC 9162, section 2.1.</summary>
public sealed class MerkleTrees
{
    // The inputs and roots with which implementations of Certificate Transparency are compared.
    private static readonly string[] Inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    private static readonly string[] Roots =
    [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    private static byte[][] Leaves(int n) => [.. Enumerable.Range(0, n).Select(i => MerkleTree.LeafHash(i < Inputs.Length ? Convert.FromHexString(Inputs[i]) : BitConverter.GetBytes(i)))];

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);

    [Fact]
    public void Root_OfTheKnownInputs_IsTheKnownOne()
    {
        Hex(MerkleTree.Root([])).ShouldBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        for (var n = 1; n <= 8; n++) Hex(MerkleTree.Root(Leaves(n))).ShouldBe(Roots[n - 1], $"{n} entries");
    }

    // Section 2.1.5: the tree of seven entries with nodes a to j of the leaves and of the pairs, k and l of the four and the three.
    [Fact]
    public void Proofs_OfTheRfcsExample_AreItsNodes()
    {
        var leaves = Leaves(7);
        byte[] Node(int from, int to) => MerkleTree.Root(leaves.AsSpan(from, to - from));
        var (b, c, d, f, j) = (leaves[1], leaves[2], leaves[3], leaves[5], leaves[6]);
        var (g, h, i, k, l) = (Node(0, 2), Node(2, 4), Node(4, 6), Node(0, 4), Node(4, 7));
        void Is(IReadOnlyList<byte[]> path, params byte[][] nodes) => path.Select(Hex).ShouldBe(nodes.Select(Hex));
        Is(MerkleTree.InclusionPath(leaves, 0), b, h, l);
        Is(MerkleTree.InclusionPath(leaves, 3), c, g, l);
        Is(MerkleTree.InclusionPath(leaves, 4), f, j, k);
        Is(MerkleTree.InclusionPath(leaves, 6), i, k);
        Is(MerkleTree.ConsistencyPath(leaves, 3), c, d, g, l);
        Is(MerkleTree.ConsistencyPath(leaves, 4), l);
        Is(MerkleTree.ConsistencyPath(leaves, 6), i, j, k);
        Is(MerkleTree.ConsistencyPath(leaves, 7));
    }

    [Fact]
    public void Proofs_OfEveryEntryAndBeginning_HoldAndHoldForNothingElse()
    {
        for (var n = 1; n <= 40; n++)
        {
            var leaves = Leaves(n);
            var root = MerkleTree.Root(leaves);
            for (var i = 0; i < n; i++)
            {
                var path = MerkleTree.InclusionPath(leaves, i);
                MerkleTree.Includes(leaves[i], i, n, path, root).ShouldBeTrue();
                for (var other = 0; other < n; other++)
                    if (other != i) MerkleTree.Includes(leaves[i], other, n, path, root).ShouldBeFalse($"entry {i} at {other} of {n}");
                MerkleTree.Includes(MerkleTree.LeafHash([9, 9, 9]), i, n, path, root).ShouldBeFalse();
                MerkleTree.Includes(leaves[i], i, n, [.. path, root], root).ShouldBeFalse();
                if (path.Count > 0) MerkleTree.Includes(leaves[i], i, n, [.. path.Skip(1)], root).ShouldBeFalse();
            }
            for (var first = 1; first <= n; first++)
            {
                var (path, began) = (MerkleTree.ConsistencyPath(leaves, first), MerkleTree.Root(leaves.AsSpan(0, first)));
                MerkleTree.BeginsWith(first, began, n, root, path).ShouldBeTrue();
                var changed = leaves.ToArray();
                changed[first - 1] = MerkleTree.LeafHash([7]);
                MerkleTree.BeginsWith(first, MerkleTree.Root(changed.AsSpan(0, first)), n, root, path).ShouldBeFalse($"{first} of {n}");
                MerkleTree.BeginsWith(first, began, n, MerkleTree.Root(changed), path).ShouldBeFalse();
                MerkleTree.BeginsWith(first, began, n, root, [.. path, root]).ShouldBeFalse();
            }
            MerkleTree.BeginsWith(n + 1, root, n, root, []).ShouldBeFalse();
            MerkleTree.BeginsWith(0, root, n, root, []).ShouldBeFalse();
        }
    }

    [Fact]
    public void Frontier_AppendedOneByOneAndKeptInBetween_HasTheTreesRoot() =>
        Gen.Select(Gen.Int[0, 300], Gen.Int[0, 300]).Sample((n, cut) =>
        {
            var (leaves, frontier) = (Leaves(n), new TreeFrontier());
            for (var i = 0; i < n; i++)
            {
                if (i == cut) frontier = TreeFrontier.Read(frontier.Size, frontier.ToBytes())!;
                frontier.Append(leaves[i]);
            }
            return frontier.Size == n && frontier.Root().SequenceEqual(MerkleTree.Root(leaves)) && TreeFrontier.Read(n, [.. frontier.ToBytes(), 0]) is null;
        }, iter: 300);
}
