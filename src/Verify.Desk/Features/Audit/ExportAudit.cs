using System.Data;
using Dapper;
using FluentValidation;
using MediatR;
using Microsoft.Data.Sqlite;
using Verify.Desk.Audit;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Audit;

/// <summary>Writes the whole history with its signed head to a file that is checked without the database.</summary>
/// <param name="File">Where to; must not exist.</param>
public sealed record ExportAudit(string File) : Query<ExportedAudit>;

public sealed record ExportedAudit(string File, long Entries, long Bytes, TreeHead Head);

public sealed class ExportAuditValidator : AbstractValidator<ExportAudit>
{
    public ExportAuditValidator() => RuleFor(q => q.File).NotEmpty().WithMessage("name the file to write");
}

public sealed class ExportAuditHandler(DeskDatabase database, TimeProvider clock) : IRequestHandler<ExportAudit, Result<ExportedAudit>>
{
    private const string Entries = $"SELECT {AuditEntry.Columns} FROM audit WHERE seq <= @Size ORDER BY seq";

    public async Task<Result<ExportedAudit>> Handle(ExportAudit query, CancellationToken cancellationToken)
    {
        var target = Path.GetFullPath(query.File);
        if (NewFile.Refusal(target, "an export") is { } unwritable) return unwritable;
        await using var connection = database.OpenReader();
        await using var moment = (SqliteTransaction)await connection.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var signed = await Tree.Sign(database, connection, clock, moment);
        if (signed.Refusal is { } refusal) return refusal;
        var head = signed.Value;
        var partial = $"{target}.{Guid.CreateVersion7()}.partial";
        try
        {
            await using (var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20))
            {
                await file.WriteAsync(new AuditFile(AuditFile.Log, head).ToLine(), cancellationToken);
                var (previous, tree) = ("", new TreeFrontier());
                await foreach (var entry in connection.QueryUnbufferedAsync<AuditEntry>(Entries, new { head.Size }, moment))
                {
                    await file.WriteAsync(RowHash.Canonical(entry.Values(previous)), cancellationToken);
                    file.WriteByte((byte)'\n');
                    previous = entry.Hash;
                    tree.Append(entry.Leaf());
                }
                if (tree.Size != head.Size || !tree.Root().AsSpan().SequenceEqual(head.RootHash())) return new Refusal(RefusalKind.Rule, "history_rewritten", "the entries are not those of the history's head; `verify audit check` says more");
                file.Flush(flushToDisk: true);
            }
            File.Move(partial, target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return NewFile.CannotWrite(target, e); }
        finally { NewFile.Delete(partial); }
        return new ExportedAudit(target, head.Size, new FileInfo(target).Length, head);
    }
}
