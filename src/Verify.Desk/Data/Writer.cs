using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Verify.Desk.Audit;
using Verify.Desk.Requests;

namespace Verify.Desk.Data;

/// <summary>
/// The one writer. Commands that arrive while a commit is under way share the next one, each in a savepoint of its own;
/// none is answered before that commit is on disk.
/// </summary>
public sealed class Writer : IAsyncDisposable
{
    private const int MaxBatch = 256; // bounds how long the first of a batch waits for the last

    private readonly Channel<Job> _jobs = Channel.CreateUnbounded<Job>(new UnboundedChannelOptions { SingleReader = true });
    private readonly DeskDatabase _database;
    private readonly Task _loop;
    private SqliteConnection? _connection;

    public Writer(DeskDatabase database)
    {
        _database = database;
        _loop = Task.Run(Loop);
    }

    /// <summary>Runs the work inside a transaction; a refusal or an exception undoes all that it did.</summary>
    public async Task<T> Run<T>(Func<SqliteConnection, AuditLog, Task<T>> work) where T : IRefusable<T>
    {
        var job = new Job<T>(work);
        ObjectDisposedException.ThrowIf(!_jobs.Writer.TryWrite(job), this);
        return await job.Answer;
    }

    public async ValueTask DisposeAsync()
    {
        _jobs.Writer.TryComplete();
        await _loop;
        if (_connection is not null) await _connection.DisposeAsync();
    }

    private async Task Loop()
    {
        var batch = new List<Job>();
        while (await _jobs.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < MaxBatch && _jobs.Reader.TryRead(out var job)) batch.Add(job);
            try { await RunBatch(batch); }
            catch (SqliteException e) when (DatabaseRefusals.Of(e, _database.Path) is { } refusal) { Fail(batch, j => j.Refuse(refusal)); }
#pragma warning disable CA1031 // whatever happened, every caller has to be told, and the writer has to go on
            catch (Exception e) { Fail(batch, j => j.Throw(e)); }
#pragma warning restore CA1031
        }
    }

    private void Fail(List<Job> batch, Action<Job> tell)
    {
        // A connection that failed in a way we do not know is not trusted with the next batch.
        _connection?.Dispose();
        _connection = null;
        foreach (var job in batch) tell(job);
    }

    private async Task RunBatch(List<Job> batch)
    {
        _connection ??= _database.OpenWriter();
        Execute("BEGIN IMMEDIATE");
        var audit = await AuditLog.Begin(_connection);
        foreach (var job in batch)
        {
            var mark = audit.Mark();
            Execute("SAVEPOINT command");
            bool keep;
            try { keep = await job.Work(_connection, audit); }
            catch (SqliteException e) when (InTransaction() && DatabaseRefusals.Of(e, _database.Path) is { } refusal) { job.Hold(refusal); keep = false; }
#pragma warning disable CA1031 // one command's bug must not take its neighbours' commit with it
            catch (Exception e) when (e is not SqliteException || InTransaction()) { job.Hold(e); keep = false; }
#pragma warning restore CA1031
            if (!keep)
            {
                Execute("ROLLBACK TO command");
                audit.Return(mark);
            }
            Execute("RELEASE command");
        }
        await audit.End();
        Execute("COMMIT");
        foreach (var job in batch) job.Finish();
    }

    // A full disk or an I/O error can end the whole transaction by itself.
    private bool InTransaction() => raw.sqlite3_get_autocommit(_connection!.Handle) == 0;

    private void Execute(string sql)
    {
        using var command = _connection!.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private abstract class Job
    {
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
