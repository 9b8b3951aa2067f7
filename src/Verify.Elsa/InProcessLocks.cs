using System.Collections.Concurrent;
using Medallion.Threading;

namespace Verify.Elsa;

/// <summary>
/// The locks of Elsa's distributed runtime within one process. Elsa's local runtime takes none, and then two completions
/// at once double or lose a task.
/// </summary>
internal sealed class InProcessLocks : IDistributedLockProvider
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _locks = new(StringComparer.Ordinal);

    public IDistributedLock CreateLock(string name) => new Named(name, _locks.GetOrAdd(name, _ => new SemaphoreSlim(1, 1)));

    private sealed class Named(string name, SemaphoreSlim turn) : IDistributedLock
    {
        public string Name => name;

        public IDistributedSynchronizationHandle Acquire(TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
            TryAcquire(timeout ?? Timeout.InfiniteTimeSpan, cancellationToken) ?? throw new TimeoutException($"lock {name}");

        public async ValueTask<IDistributedSynchronizationHandle> AcquireAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
            await TryAcquireAsync(timeout ?? Timeout.InfiniteTimeSpan, cancellationToken) ?? throw new TimeoutException($"lock {name}");

        public IDistributedSynchronizationHandle? TryAcquire(TimeSpan timeout = default, CancellationToken cancellationToken = default) =>
            turn.Wait(timeout, cancellationToken) ? new Held(turn) : null;

        public async ValueTask<IDistributedSynchronizationHandle?> TryAcquireAsync(TimeSpan timeout = default, CancellationToken cancellationToken = default) =>
            await turn.WaitAsync(timeout, cancellationToken) ? new Held(turn) : null;
    }

    private sealed class Held(SemaphoreSlim turn) : IDistributedSynchronizationHandle
    {
        private int _released;

        public CancellationToken HandleLostToken => CancellationToken.None;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0) turn.Release();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
