using System.Collections.Concurrent;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Verify.Desk.Audit;
using Verify.Desk.Requests;

namespace Verify.Desk.Data;

/// <summary>
/// The one writer. Commands that arrive while a commit is under way share the next one, each in a savepoint of its own;
/// none is answered before that commit is on disk. It has no thread of its own: who finds it idle does the work, and
/// whoever comes meanwhile is served by the next batch.
/// </summary>
public sealed class Writer(DeskDatabase database, WriterMemory memory) : IAsyncDisposable
{
    private const int MaxBatch = 256; // bounds how long the first of a batch waits for the last

    private const string DataVersion = "PRAGMA data_version";

    private readonly ConcurrentQueue<Job> _jobs = new();
    private readonly List<Job> _batch = [];
    private readonly SemaphoreSlim _turn = new(1, 1);
    private PreparedConnection? _connection;
    private AuditLog? _audit; // as the last commit left it
    private long _dataVersion;
    private volatile bool _closed;

    /// <summary>Whether a command that came now would wait for its turn.</summary>
    public bool IsBusy => _turn.CurrentCount == 0;

    /// <summary>Runs the work inside a transaction; a refusal or an exception undoes all that it did.</summary>
    public async Task<T> Run<T>(Func<SqliteConnection, AuditLog, Task<T>> work) where T : IRefusable<T>
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        var job = new Job<T>(work);
        _jobs.Enqueue(job);
        if (_turn.Wait(0)) await Lead();
        else if (_closed && job.TryTake()) job.Throw(new ObjectDisposedException(nameof(Writer))); // closed between the look and the enqueueing
        return await job.Answer;
    }

    /// <summary>
    /// Keeps the turn until the answer is called: what is sent meanwhile shares one commit, in the order it was sent. For
    /// simulations, where that is chosen and not raced for.
    /// </summary>
    internal async Task<Func<Task>> Hold()
    {
        await _turn.WaitAsync();
        return Lead;
    }

    public async ValueTask DisposeAsync()
    {
        _closed = true;
        await _turn.WaitAsync(); // and never given back: whoever comes later is turned away
        while (_jobs.TryDequeue(out var late))
            if (late.TryTake()) late.Throw(new ObjectDisposedException(nameof(Writer)));
        if (_connection is not null) await _connection.DisposeAsync();
    }

    // Holds the turn. After one batch (the caller's own command is in it) the rest is led from the pool, so that no
    // caller works for others without end.
    private async Task Lead()
    {
        try { await RunWaiting(); }
        finally { _turn.Release(); }
        // A command enqueued between the last look and the release found the turn taken: look again.
        if (!_jobs.IsEmpty && _turn.Wait(0)) _ = Task.Run(Lead);
    }

    private async Task RunWaiting()
    {
        _batch.Clear();
        while (_batch.Count < MaxBatch && _jobs.TryDequeue(out var job))
            if (job.TryTake()) _batch.Add(job);
        if (_batch.Count == 0) return;
        try { await RunBatch(_batch); }
        catch (SqliteException e) when (DatabaseRefusals.Of(e, database.Path) is { } refusal) { Fail(_batch, j => j.Refuse(refusal)); }
#pragma warning disable CA1031 // whatever happened, every caller has to be told, and the writer has to go on
        catch (Exception e) { Fail(_batch, j => j.Throw(e)); }
#pragma warning restore CA1031
    }

    private void Fail(List<Job> batch, Action<Job> tell)
    {
        // A connection that failed in a way we do not know is not trusted with the next batch.
        _connection?.Dispose();
        (_connection, _audit) = (null, null);
        foreach (var job in batch) tell(job);
    }

    private async Task RunBatch(List<Job> batch)
    {
        _connection ??= database.OpenWriter();
        Execute("BEGIN IMMEDIATE");
        var audit = await Current(_connection);
        if (batch.Count == 1) { await RunAlone(batch[0], audit); return; }
        foreach (var job in batch)
        {
            var mark = audit.Mark();
            Execute("SAVEPOINT command");
            if (!await Attempt(job, audit))
            {
                Execute("ROLLBACK TO command");
                audit.Return(mark);
            }
            Execute("RELEASE command");
        }
        await audit.End();
        Execute("COMMIT");
        audit.Committed();
        foreach (var job in batch) job.Finish();
    }

    // What the last turn knew holds until another connection has written: SQLite counts that.
    private async Task<AuditLog> Current(SqliteConnection connection)
    {
        var version = await connection.ExecuteScalarAsync<long>(DataVersion);
        if (_audit is not null && version == _dataVersion) return _audit;
        _audit = await AuditLog.Begin(connection, memory);
        _dataVersion = version;
        return _audit;
    }

    // Nobody shares the transaction: it is the savepoint.
    private async Task RunAlone(Job job, AuditLog audit)
    {
        var mark = audit.Mark();
        var keep = await Attempt(job, audit);
        if (keep) await audit.End();
        else audit.Return(mark);
        Execute(keep ? "COMMIT" : "ROLLBACK");
        audit.Committed();
        job.Finish();
    }

    // Whether what the command did is to be kept; why not is held for its caller.
    private async Task<bool> Attempt(Job job, AuditLog audit)
    {
        try { return await job.Work(_connection!, audit); }
        catch (SqliteException e) when (InTransaction() && DatabaseRefusals.Of(e, database.Path) is { } refusal) { job.Hold(refusal); }
#pragma warning disable CA1031 // one command's bug must not take its neighbours' commit with it
        catch (Exception e) when (e is not SqliteException || InTransaction()) { job.Hold(e); }
#pragma warning restore CA1031
        return false;
    }

    // A full disk or an I/O error can end the whole transaction by itself.
    private bool InTransaction() => raw.sqlite3_get_autocommit(_connection!.Handle) == 0;

    private void Execute(string sql) => _connection!.Execute(sql);

    private abstract class Job
    {
        private int _taken;

        /// <summary>True once: whoever takes a job answers it.</summary>
        public bool TryTake() => Interlocked.Exchange(ref _taken, 1) == 0;

        public abstract Task<bool> Work(SqliteConnection connection, AuditLog audit);
        public abstract void Hold(Refusal refusal);
        public abstract void Hold(Exception exception);
        public abstract void Finish();
        public abstract void Refuse(Refusal refusal);
        public abstract void Throw(Exception exception);
    }

    private sealed class Job<T>(Func<SqliteConnection, AuditLog, Task<T>> work) : Job where T : IRefusable<T>
    {
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _held;
        private Exception? _exception;

        public Task<T> Answer => _answer.Task;

        public override async Task<bool> Work(SqliteConnection connection, AuditLog audit)
        {
            _held = await work(connection, audit);
            return _held.Refusal is null;
        }

        public override void Hold(Refusal refusal) => _held = T.Refuse(refusal);
        public override void Hold(Exception exception) => _exception = exception;
        public override void Refuse(Refusal refusal) => _answer.TrySetResult(T.Refuse(refusal));
        public override void Throw(Exception exception) => _answer.TrySetException(exception);

        public override void Finish()
        {
            if (_exception is not null) _answer.TrySetException(_exception);
            else _answer.TrySetResult(_held!);
        }
    }
}
