using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Verify.Attribution.Syntax;

/// <summary>
/// Which hashed features have been learnt from, and which row of weights each has. One that was hardly ever seen has no
/// row: it would say nothing, and would disturb those that share its place.
/// </summary>
internal sealed class Features(int rowBits, int knownBits)
{
    /// <summary>One bit for each hash.</summary>
    public ulong[] Known { get; } = new ulong[(1 << knownBits) / 64];

    public void Add(uint feature) => Known[(feature & Mask) >> 6] |= 1UL << (int)(feature & 63);

    public bool Knows(uint feature) => (Known[(feature & Mask) >> 6] >> (int)(feature & 63) & 1) != 0;

    /// <summary>Writes the rows of the features that are known, and answers how many.</summary>
    public int Rows(ReadOnlySpan<uint> features, Span<int> rows)
    {
        var n = 0;
        ref var known = ref MemoryMarshal.GetArrayDataReference(Known);
        foreach (var f in features)
        {
            rows[n] = (int)(f >> 32 - rowBits);
            n += (int)(Unsafe.Add(ref known, (f & Mask) >> 6) >> (int)(f & 63)) & 1;
        }
        return n;
    }

    private uint Mask => (uint)(1 << knownBits) - 1;
}
