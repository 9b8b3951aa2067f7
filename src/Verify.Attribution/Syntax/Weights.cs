using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Verify.Attribution.Syntax;

internal static class Weights
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Mix(uint template, uint a, uint b)
    {
        var h = (a ^ template * 0x9E3779B1u) * 0x85EBCA6Bu;
        h = (h ^ h >> 15 ^ b) * 0xC2B2AE35u;
        h = (h ^ h >> 13) * 0x27D4EB2Fu;
        return h ^ h >> 16;
    }

    /// <summary>Adds the rows of 48 scores and answers the place of the highest among the first <paramref name="count"/>.</summary>
    public static int Best(sbyte[] table, ReadOnlySpan<int> rows, Span<short> scores, int count)
    {
        ref var start = ref MemoryMarshal.GetArrayDataReference(table);
        Vector128<short> a = default, b = default, c = default, d = default, e = default, f = default;
        foreach (var row in rows)
        {
            ref var at = ref Unsafe.Add(ref start, row * 48);
            var (lo, hi) = Vector128.Widen(Vector128.LoadUnsafe(ref at));
            a += lo; b += hi;
            (lo, hi) = Vector128.Widen(Vector128.LoadUnsafe(ref at, 16));
            c += lo; d += hi;
            (lo, hi) = Vector128.Widen(Vector128.LoadUnsafe(ref at, 32));
            e += lo; f += hi;
        }
        a.CopyTo(scores); b.CopyTo(scores[8..]); c.CopyTo(scores[16..]); d.CopyTo(scores[24..]); e.CopyTo(scores[32..]); f.CopyTo(scores[40..]);
        var best = 1;
        for (var k = 2; k < count; k++)
            if (scores[k] > scores[best]) best = k;
        return best;
    }
}
