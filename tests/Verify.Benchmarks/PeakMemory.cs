namespace Verify.Benchmarks;

/// <summary>The most live memory above what was there at the beginning, looked at every few milliseconds while something runs.</summary>
internal sealed class PeakMemory : IDisposable
{
    private readonly long _before = GC.GetTotalMemory(forceFullCollection: true);
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _watcher;
    private long _peak;

    public PeakMemory()
    {
        _watcher = new Thread(() =>
        {
            while (!_stop.Token.WaitHandle.WaitOne(5)) Look();
        })
        { IsBackground = true };
        _watcher.Start();
    }

    /// <returns>Bytes; what the collector has not yet taken back is counted too, so this is an upper bound.</returns>
    public long Stop()
    {
        Look();
        _stop.Cancel();
        _watcher.Join();
        return _peak;
    }

    private void Look() => _peak = Math.Max(_peak, GC.GetTotalMemory(forceFullCollection: false) - _before);

    public void Dispose() => _stop.Dispose();
}
