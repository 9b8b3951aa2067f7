using System.Buffers.Text;
using System.Data;
using Dapper;
using FluentValidation;
using MediatR;
using Microsoft.Data.Sqlite;
using Verify.Desk.Audit;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Audit;

/// <summary>
/// A proof, as the text of a file that is checked without the database: that an entry is in the history, or that the
/// history begins with an earlier one.
/// </summary>
/// <param name="Entry">Number of the entry; null for the other proof.</param>
/// <param name="Since">The earlier history's head.</param>
public sealed record ProveAudit(long? Entry, TreeHead? Since) : Query<byte[]>;

public sealed class ProveAuditValidator : AbstractValidator<ProveAudit>
{
    public ProveAuditValidator()
    {
        RuleFor(q => q).Must(q => q.Entry is null != q.Since is null).WithName("Entry").WithMessage("name an entry, or an earlier head with --since");
        RuleFor(q => q.Since).Must(h => h is null || (h.IsSigned() && h.Size > 0)).WithMessage("the earlier head is not signed by its key, or is of an empty history: nothing is proved from it");
    }
}

public sealed class ProveAuditHandler(DeskDatabase database, TimeProvider clock) : IRequestHandler<ProveAudit, Result<byte[]>>
{
    private const string OneEntry = $"SELECT {AuditEntry.Columns} FROM audit WHERE seq = @Entry";
    private const string HashBefore = "SELECT hash FROM audit WHERE seq = @Entry - 1";

    public async Task<Result<byte[]>> Handle(ProveAudit query, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        await using var moment = (SqliteTransaction)await connection.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var signed = await Tree.Sign(database, connection, clock, moment);
        if (signed.Refusal is { } refusal) return refusal;
        var head = signed.Value;
        if (query.Since is { } since)
        {
            if (since.Size > head.Size) return new Refusal(RefusalKind.Rule, "history_shorter", $"that head is of {since.Size} entries and the history has {head.Size}: the end was removed, or it is another desk's");
            var path = MerkleTree.ConsistencyPath(await Tree.Leaves(connection, head.Size, moment), (int)since.Size);
            if (!MerkleTree.BeginsWith(since.Size, since.RootHash(), head.Size, head.RootHash(), path)) return new Refusal(RefusalKind.Rule, "history_rewritten", $"the history's first {since.Size} entries are not those of that head; it was rewritten, or the head is another desk's");
            return new AuditFile(AuditFile.Consistency, head, since, [.. path.Select(p => Base64Url.EncodeToString(p))]).ToLine();
        }
        if (await connection.QuerySingleOrDefaultAsync<AuditEntry>(OneEntry, new { query.Entry }, moment) is not { } entry) return Refused.NotFound("entry", $"{query.Entry}");
        var leaves = await Tree.Leaves(connection, head.Size, moment);
        if (entry.Seq > leaves.Length) return Refused.NotFound("entry", $"{query.Entry}");
        var inclusion = MerkleTree.InclusionPath(leaves, (int)entry.Seq - 1);
        if (!MerkleTree.Includes(entry.Leaf(), entry.Seq - 1, head.Size, inclusion, head.RootHash())) return new Refusal(RefusalKind.Rule, "history_rewritten", "the entries are not those of the history's head; `verify audit check` says more");
        var line = RowHash.Canonical(entry.Values(await connection.ExecuteScalarAsync<string>(HashBefore, new { query.Entry }, moment) ?? ""));
        return (byte[])[.. new AuditFile(AuditFile.Inclusion, head, Path: [.. inclusion.Select(p => Base64Url.EncodeToString(p))]).ToLine(), .. line, (byte)'\n'];
    }
}
