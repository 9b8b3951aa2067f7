namespace Verify.Training;

/// <summary>A fixed sequence of pseudo-random numbers, the same on every machine (xorshift).</summary>
internal sealed class Sequence(ulong seed)
{
    private ulong _state = seed;

    public int Next(int below)
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        return (int)(_state % (ulong)below);
    }

    public IReadOnlyList<T> Shuffled<T>(IReadOnlyList<T> items)
    {
        var order = items.ToArray();
        for (var i = order.Length - 1; i > 0; i--)
        {
            var k = Next(i + 1);
            (order[i], order[k]) = (order[k], order[i]);
        }
        return order;
    }
}
