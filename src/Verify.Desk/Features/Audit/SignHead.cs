using Dapper;
using MediatR;
using Microsoft.Data.Sqlite;
using Verify.Desk.Audit;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Audit;

/// <summary>The history's length and root as of now, signed: kept elsewhere, it shows whether the past was rewritten.</summary>
public sealed record SignHead : Query<TreeHead>;

public sealed class SignHeadHandler(DeskDatabase database, TimeProvider clock) : IRequestHandler<SignHead, Result<TreeHead>>
{
    public async Task<Result<TreeHead>> Handle(SignHead query, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        return await Tree.Sign(database, connection, clock);
    }
}

/// <summary>The history's tree, read from the database.</summary>
internal static class Tree
{
    private const string Head = "SELECT h.seq, h.frontier FROM audit_head h LEFT JOIN audit a ON a.seq = h.seq WHERE h.id = 1 AND coalesce(a.hash, '') = h.hash";
    private const string Hashes = "SELECT hash FROM audit WHERE seq <= @Size ORDER BY seq";

    /// <summary>Signs the history as of now, or as of the moment that the transaction reads.</summary>
    public static async Task<Result<TreeHead>> Sign(DeskDatabase database, SqliteConnection connection, TimeProvider clock, SqliteTransaction? moment = null)
    {
        var key = AuditKey.OpenOrCreate(database.Path);
        if (key.Refusal is { } refusal) return refusal;
        using var signing = key.Value;
        return TreeHead.Sign(await OfHead(connection, moment), clock.GetUtcNow(), signing);
    }

    /// <exception cref="SqliteException">There is no head, or it is not that of the last entry.</exception>
    private static async Task<TreeFrontier> OfHead(SqliteConnection connection, SqliteTransaction? moment = null)
    {
        var (size, frontier) = await connection.QuerySingleOrDefaultAsync<(long, byte[]?)>(Head, transaction: moment);
        return TreeFrontier.Read(size, frontier) ?? throw new SqliteException("the head of the history does not fit its entries", SQLitePCL.raw.SQLITE_CORRUPT);
    }

    public static async Task<byte[][]> Leaves(SqliteConnection connection, long size, SqliteTransaction? moment = null)
    {
        var leaves = new List<byte[]>((int)size);
        await foreach (var hash in connection.QueryUnbufferedAsync<string>(Hashes, new { Size = size }, moment)) leaves.Add(AuditEntry.LeafOf(hash));
        return leaves.Count == size ? [.. leaves] : throw new SqliteException("the head of the history does not fit its size", SQLitePCL.raw.SQLITE_CORRUPT);
    }
}
