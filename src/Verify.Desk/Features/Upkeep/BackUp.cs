using Dapper;
using MediatR;
using Microsoft.Data.Sqlite;
using Verify.Desk.Data;
using Verify.Desk.Requests;
using Verify.Desk.Runtimes;
using Verify.Workflow.Runtime;

namespace Verify.Desk.Features.Upkeep;

/// <summary>Copies the database while it is in use, consistent as of one moment, checked before it gets its name.</summary>
/// <param name="File">Where to; must not exist.</param>
public sealed record BackUp(string File) : Query<BackedUp>;

public sealed record BackedUp(string File, long Bytes, long AuditEntries);

public sealed class BackUpHandler(DeskDatabase database, OutsideRuntimes runtimes, Relay relay) : IRequestHandler<BackUp, Result<BackedUp>>
{
    public async Task<Result<BackedUp>> Handle(BackUp query, CancellationToken cancellationToken)
    {
        var target = Path.GetFullPath(query.File);
        if (NewFile.Refusal(target, "a backup") is { } unwritable) return unwritable;
        var used = await runtimes.InUse(cancellationToken);
        if (used.Refusal is { } held) return held;
        // Both files as of one moment: nothing passes between them meanwhile.
        return await relay.WhileQuiet(() => CopyAll(target, used.Value, cancellationToken), cancellationToken);
    }

    private async Task<Result<BackedUp>> CopyAll(string target, IReadOnlyList<IWorkflowRuntime> others, CancellationToken cancellation)
    {
        foreach (var runtime in others)
        {
            await using var source = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = runtime.File!, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            await source.OpenAsync(cancellation);
            var beside = OutsideRuntimes.FileBeside(target, runtime.Name);
            if (NewFile.Refusal(beside, "a backup") is { } unwritable) return unwritable;
            if (await Copy(source, beside, cancellation) is { } refusal) return refusal;
        }
        await using (var desk = database.OpenReader())
            if (await Copy(desk, target, cancellation) is { } refusal) return refusal;
        await using var result = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = target, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        return new BackedUp(target, new FileInfo(target).Length, await result.ExecuteScalarAsync<long>("SELECT seq FROM audit_head"));
    }

    private static async Task<Refusal?> Copy(SqliteConnection source, string target, CancellationToken cancellationToken)
    {
        var partial = target + ".partial";
        try
        {
            File.Delete(partial);
            await using (var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = partial, Pooling = false }.ToString()))
            {
                await copy.OpenAsync(cancellationToken);
                source.BackupDatabase(copy);
                // One file to carry away: no write-ahead log beside it.
                await copy.ExecuteAsync("PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL;");
                var check = await copy.ExecuteScalarAsync<string>("PRAGMA integrity_check");
                if (check != "ok") return Refused.Database("backup_damaged", $"the copy is not sound ({check}); run `verify doctor` on the original");
            }
            await using (var written = new FileStream(partial, FileMode.Open, FileAccess.ReadWrite)) written.Flush(flushToDisk: true);
            File.Move(partial, target);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is 10 or 13 or 14 or 8) { return Refused.Input("cannot_write", $"{target} cannot be written (full or failing disk?): {e.Message}"); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return NewFile.CannotWrite(target, e); }
        finally { NewFile.Delete(partial); }
        return null;
    }
}
