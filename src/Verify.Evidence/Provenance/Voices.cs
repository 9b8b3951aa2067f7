namespace Verify.Evidence.Provenance;

/// <summary>
/// As many origins as there are pieces of evidence to vouch for them, each piece for one: a largest matching between
/// evidence and origins (Hopcroft and Karp), and which origins every largest matching needs.
/// </summary>
internal sealed class Voices
{
    private const int Free = -1;
    private readonly int[][] _pieces;
    private readonly int[] _ofOrigin; // the piece that vouches for it
    private readonly int[] _ofPiece;
    private readonly bool[] _spare; // origins that some largest matching leaves out

    /// <param name="pieces">Per origin the numbers of the evidence that leads to it.</param>
    /// <param name="count">How many pieces of evidence there are.</param>
    public Voices(int[][] pieces, int count)
    {
        _pieces = pieces;
        _ofOrigin = new int[pieces.Length];
        _ofPiece = new int[count];
        Array.Fill(_ofOrigin, Free);
        Array.Fill(_ofPiece, Free);
        while (Augment()) { }
        Count = _ofOrigin.Count(p => p != Free);
        _spare = FindSpare();
    }

    public int Count { get; }

    /// <summary>The count if this origin fell.</summary>
    public int Without(int origin) => Count - (_pieces[origin].Length > 0 && !_spare[origin] ? 1 : 0);

    // One phase: layers from the origins without a piece, then disjoint ways along them.
    private bool Augment()
    {
        var layer = new int[_pieces.Length];
        Array.Fill(layer, Free);
        var queue = new Queue<int>();
        for (var o = 0; o < _pieces.Length; o++)
            if (_ofOrigin[o] == Free && _pieces[o].Length > 0) { layer[o] = 0; queue.Enqueue(o); }
        var found = false;
        while (queue.TryDequeue(out var o))
            foreach (var piece in _pieces[o])
            {
                var next = _ofPiece[piece];
                if (next == Free) found = true;
                else if (layer[next] == Free) { layer[next] = layer[o] + 1; queue.Enqueue(next); }
            }
        if (!found) return false;
        var at = new int[_pieces.Length];
        for (var o = 0; o < _pieces.Length; o++)
            if (layer[o] == 0) Extend(o, layer, at);
        return true;
    }

    // Depth first without recursion: a way may be as long as there are origins.
    private void Extend(int start, int[] layer, int[] at)
    {
        var way = new Stack<int>([start]);
        while (way.TryPeek(out var o))
        {
            if (at[o] == _pieces[o].Length) { layer[o] = Free; way.Pop(); continue; }
            var piece = _pieces[o][at[o]++];
            var next = _ofPiece[piece];
            if (next != Free) { if (layer[next] == layer[o] + 1) way.Push(next); continue; }
            // From the end back to the start every origin of the way takes the piece that it was looking at.
            foreach (var origin in way) { var taken = _pieces[origin][at[origin] - 1]; _ofPiece[taken] = origin; _ofOrigin[origin] = taken; }
            return;
        }
    }

    // An origin is spared by some largest matching if it has no piece, or if one without a piece could take its piece.
    private bool[] FindSpare()
    {
        var spare = new bool[_pieces.Length];
        var queue = new Queue<int>();
        for (var o = 0; o < _pieces.Length; o++)
            if (_ofOrigin[o] == Free && _pieces[o].Length > 0) { spare[o] = true; queue.Enqueue(o); }
        while (queue.TryDequeue(out var o))
            foreach (var piece in _pieces[o])
                if (_ofPiece[piece] is not Free and var holder && !spare[holder]) { spare[holder] = true; queue.Enqueue(holder); }
        return spare;
    }
}
