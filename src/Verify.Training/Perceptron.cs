using Verify.Attribution.Syntax;

namespace Verify.Training;

/// <summary>Weights of an averaged perceptron over hashed rows, as they are while they are learnt.</summary>
internal sealed class Perceptron(int bits, int width, Features features)
{
    private readonly Dictionary<uint, int> _seen = [];
    private readonly int[] _rows = new int[64];
    private readonly int[] _weights = new int[(1 << bits) * width];
    private readonly long[] _totals = new long[(1 << bits) * width];
    private long _steps = 1;

    /// <summary>Counts what is seen before anything is learnt; what is seen too seldom gets no row.</summary>
    public void See(ReadOnlySpan<uint> seen)
    {
        foreach (var f in seen) _seen[f] = _seen.GetValueOrDefault(f) + 1;
    }

    public void Keep(int least)
    {
        foreach (var (f, n) in _seen)
            if (n >= least) features.Add(f);
        _seen.Clear();
    }

    public int Best(ReadOnlySpan<uint> seen, int from, int to, Func<int, bool>? allowed = null)
    {
        Span<int> scores = stackalloc int[width];
        var rows = _rows.AsSpan(0, features.Rows(seen, _rows));
        scores.Clear();
        foreach (var row in rows)
            for (var k = from; k < to; k++) scores[k] += _weights[row * width + k];
        var best = -1;
        for (var k = from; k < to; k++)
            if ((allowed is null || allowed(k)) && (best < 0 || scores[k] > scores[best])) best = k;
        return best;
    }

    public void Step() => _steps++;

    public void Learn(ReadOnlySpan<uint> seen, int right, int wrong)
    {
        foreach (var row in _rows.AsSpan(0, features.Rows(seen, _rows)))
        {
            Add(row * width + right, 1);
            Add(row * width + wrong, -1);
        }
    }

    private void Add(int at, int by)
    {
        _weights[at] += by;
        _totals[at] += by * _steps;
    }

    /// <summary>The averages in one byte each; what lies beyond 99.99 percent of the others is cut to it.</summary>
    public void Average(sbyte[] to)
    {
        var averages = new double[_weights.Length];
        for (var i = 0; i < averages.Length; i++) averages[i] = _weights[i] - (double)_totals[i] / _steps;
        var sizes = averages.Where(a => a != 0).Select(Math.Abs).Order().ToArray();
        var top = sizes.Length == 0 ? 1 : sizes[(int)((sizes.Length - 1) * 0.9995)];
        for (var i = 0; i < averages.Length; i++) to[i] = (sbyte)Math.Clamp((int)Math.Round(averages[i] * 127 / top), -127, 127);
    }
}
