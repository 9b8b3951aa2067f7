using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Verify.Attribution.Syntax;

/// <summary>
/// Reads the tables of weights. The upper bits of a hashed feature name its row; its lowest byte stands in the row's last
/// byte. Where it does not, the row belongs to another feature and counts for nothing: features that were hardly ever
/// seen have no row at all. All rows are fetched before the first is used, since the tables are larger than a core's cache.
/// </summary>
internal static class Weights
{
    public const int Width = 48;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Mix(uint template, uint a, uint b)
    {
        var h = (a ^ template * 0x9E3779B1u) * 0x85EBCA6Bu;
        h = (h ^ h >> 15 ^ b) * 0xC2B2AE35u;
        h = (h ^ h >> 13) * 0x27D4EB2Fu;
        return h ^ h >> 16;
    }

    /// <summary>Adds the rows of 48 scores and answers the place of the highest from 1 to below <paramref name="count"/>.</summary>
    // Optimised at once: the first article must not wait for the compiler to find out that this is hot.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Best(sbyte[] table, int bits, ReadOnlySpan<uint> features, Span<short> scores, int count)
    {
        ref var start = ref MemoryMarshal.GetArrayDataReference(table);
        var shift = 32 - bits;
        foreach (var feature in features)
        {
            Fetch(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref start, (int)(feature >> shift) * Width)));
            Fetch(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref start, (int)(feature >> shift) * Width + Width - 1)));
        }
        Vector128<short> a = default, b = default, c = default, d = default, e = default, f = default;
        foreach (var feature in features)
        {
            ref var at = ref Unsafe.Add(ref start, (int)(feature >> shift) * Width);
            var mine = Vector128.Create(Unsafe.Add(ref at, Width - 1) == (sbyte)feature ? (sbyte)-1 : (sbyte)0);
            var (lo, hi) = Vector128.Widen(Vector128.LoadUnsafe(ref at) & mine);
            a += lo; b += hi;
            (lo, hi) = Vector128.Widen(Vector128.LoadUnsafe(ref at, 16) & mine);
            c += lo; d += hi;
            (lo, hi) = Vector128.Widen(Vector128.LoadUnsafe(ref at, 32) & mine);
            e += lo; f += hi;
        }
        a.CopyTo(scores); b.CopyTo(scores[8..]); c.CopyTo(scores[16..]); d.CopyTo(scores[24..]); e.CopyTo(scores[32..]); f.CopyTo(scores[40..]);
        var best = 1;
        for (var k = 2; k < count; k++)
            if (scores[k] > scores[best]) best = k;
        return best;
    }

    /// <summary>The same for rows of three scores; each row is one number of four bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int BestOfThree(int[] table, int bits, ReadOnlySpan<uint> features)
    {
        ref var start = ref MemoryMarshal.GetArrayDataReference(table);
        var shift = 32 - bits;
        foreach (var feature in features) Fetch(ref Unsafe.As<int, byte>(ref Unsafe.Add(ref start, (int)(feature >> shift))));
        int first = 0, second = 0, third = 0;
        foreach (var feature in features)
        {
            var row = Unsafe.Add(ref start, (int)(feature >> shift));
            row &= (byte)(row >> 24) == (byte)feature ? -1 : 0;
            first += (sbyte)row;
            second += (sbyte)(row >> 8);
            third += (sbyte)(row >> 16);
        }
        return second > first ? third > second ? 2 : 1 : third > first ? 2 : 0;
    }

    // A hint only: it reads nothing, and on other processors nothing happens.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Fetch(ref byte at)
    {
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref at));
    }
}
