namespace Verify.Training;

/// <summary>Weights of an averaged perceptron over hashed features, as they are while they are learnt.</summary>
internal sealed class Perceptron(int bits, int width)
{
    private readonly Dictionary<uint, int> _seen = [];
    private readonly uint[] _owners = new uint[1 << bits];
    private readonly int[] _weights = new int[(1 << bits) * width];
    private readonly long[] _totals = new long[(1 << bits) * width];
    private readonly int[] _rows = new int[128];
    private double[]? _averages; // of the runs that are over
    private long _steps = 1;

    /// <summary>Counts what is seen before anything is learnt; what is seen too seldom gets no row.</summary>
    public void See(ReadOnlySpan<uint> features)
    {
        foreach (var f in features) _seen[f] = _seen.GetValueOrDefault(f) + 1;
    }

    /// <summary>Gives rows away, the most frequent feature first; where two claim the same row, the other goes without.</summary>
    public void Keep(int least)
    {
        foreach (var (f, n) in _seen.OrderByDescending(s => s.Value).ThenBy(s => s.Key))
            if (n >= least && _owners[f >> 32 - bits] == 0) _owners[f >> 32 - bits] = f;
        _seen.Clear();
    }

    public int Best(ReadOnlySpan<uint> features, int from, int to, Func<int, bool>? allowed = null)
    {
        Span<int> scores = stackalloc int[width];
        scores.Clear();
        foreach (var row in Rows(features))
            for (var k = from; k < to; k++) scores[k] += _weights[row * width + k];
        var best = -1;
        for (var k = from; k < to; k++)
            if ((allowed is null || allowed(k)) && (best < 0 || scores[k] > scores[best])) best = k;
        return best;
    }

    /// <summary>By how much one choice is preferred to another.</summary>
    public int Lead(ReadOnlySpan<uint> features, int choice, int other)
    {
        var lead = 0;
        foreach (var row in Rows(features)) lead += _weights[row * width + choice] - _weights[row * width + other];
        return lead;
    }

    public void Step() => _steps++;

    public void Learn(ReadOnlySpan<uint> features, int right, int wrong)
    {
        foreach (var row in Rows(features))
        {
            Add(row * width + right, 1);
            Add(row * width + wrong, -1);
        }
    }

    private ReadOnlySpan<int> Rows(ReadOnlySpan<uint> features)
    {
        var n = 0;
        foreach (var f in features)
            if (_owners[f >> 32 - bits] == f) _rows[n++] = (int)(f >> 32 - bits);
        return _rows.AsSpan(0, n);
    }

    private void Add(int at, int by)
    {
        _weights[at] += by;
        _totals[at] += by * _steps;
    }

    /// <summary>Ends a run: what it has learnt is added up, and the next begins from nothing.</summary>
    public void EndRun()
    {
        _averages ??= new double[_weights.Length];
        for (var i = 0; i < _averages.Length; i++) _averages[i] += _weights[i] - (double)_totals[i] / _steps;
        Array.Clear(_weights);
        Array.Clear(_totals);
        _steps = 1;
    }

    /// <summary>The averages of all runs in one byte each, the largest being 127; each row ends with its feature's last byte.</summary>
    public sbyte[] Average()
    {
        var averages = _averages ?? throw new InvalidOperationException("No run has ended.");
        var top = Math.Max(1, averages.Max(Math.Abs));
        var table = new sbyte[averages.Length];
        for (var i = 0; i < averages.Length; i++) table[i] = (sbyte)Math.Clamp((int)Math.Round(averages[i] * 127 / top), -127, 127);
        for (var row = 0; row < _owners.Length; row++) table[row * width + width - 1] = (sbyte)_owners[row];
        return table;
    }
}
