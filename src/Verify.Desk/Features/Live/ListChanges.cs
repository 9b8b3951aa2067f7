using System.Data;
using System.Text.Json;
using Dapper;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Live;

/// <summary>What has happened on the desk since an entry of its history, whichever program did it; for open pages.</summary>
/// <param name="After">The last entry seen; null: only where the history stands now.</param>
public sealed record ListChanges(long? After) : Query<Changes>
{
    /// <summary>More than this at once is told as "much": whoever looks takes a fresh look.</summary>
    public const int Most = 200;
}

/// <param name="Last">The newest entry; ask for what comes after it next time.</param>
/// <param name="Many">More happened than is listed.</param>
public sealed record Changes(long Last, bool Many, IReadOnlyList<Change> Entries);

/// <param name="Action">What happened, in the past tense: <c>TaskCompleted</c>.</param>
/// <param name="Claims">References of the claims that it touched.</param>
public sealed record Change(long Seq, DateTimeOffset At, string Who, string Action, IReadOnlyList<string> Claims);

public sealed class ListChangesHandler(DeskDatabase database) : IRequestHandler<ListChanges, Result<Changes>>
{
    private const string Head = "SELECT seq FROM audit_head WHERE id = 1";
    private const string Entries = "SELECT seq AS Seq, at AS At, actor AS Actor, action AS Action, detail AS Detail, rows AS Rows FROM audit WHERE seq > @After ORDER BY seq LIMIT @Most";
    private const string Names = "SELECT c.id AS Id, a.number AS Article, c.ordinal AS Ordinal FROM claims c JOIN articles a ON a.id = c.article_id WHERE c.id IN @Ids";

    public async Task<Result<Changes>> Handle(ListChanges query, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        var last = await connection.ExecuteScalarAsync<long>(Head);
        if (query.After is not { } after || after >= last) return new Changes(last, false, []);
        if (last - after > ListChanges.Most) return new Changes(last, true, []);
        var rows = (await connection.QueryAsync<Row>(Entries, new { After = after, ListChanges.Most })).ToList();
        var touched = rows.Select(r => (Row: r, Ids: ClaimIds(r.Rows).ToHashSet(StringComparer.Ordinal))).ToList();
        var names = await NamesOf(connection, touched.SelectMany(t => t.Ids).Distinct().ToList());
        return new Changes(last, false, [.. touched.Select(t => new Change(t.Row.Seq, DateTimeOffset.FromUnixTimeMilliseconds(t.Row.At), t.Row.Actor, t.Row.Action,
            [.. t.Ids.Where(names.ContainsKey).Select(id => names[id]).Concat(Named(t.Row.Detail)).Distinct()]))]);
    }

    private static async Task<Dictionary<string, string>> NamesOf(IDbConnection connection, List<string> ids)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var some in ids.Chunk(500))
            foreach (var n in await connection.QueryAsync<Name>(Names, new { Ids = some })) names[n.Id] = References.Claim(n.Article, n.Ordinal);
        return names;
    }

    // The rows of an entry are named by table and key; in these the claim is a part of the key.
    private static IEnumerable<string> ClaimIds(string rows)
    {
        using var document = JsonDocument.Parse(rows);
        foreach (var row in document.RootElement.EnumerateObject())
        {
            var parts = row.Name.Split(':');
            if (parts[0] is "claim" or "task" or "timer" or "decision" or "override" or "reopening") yield return parts[1];
            else if (parts[0] == "evidence-claim") yield return parts[2];
        }
    }

    // Comments and looks at sources name their claim in the detail.
    private static IEnumerable<string> Named(string detail)
    {
        using var document = JsonDocument.Parse(detail);
        if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("claim", out var claim) && claim.ValueKind == JsonValueKind.String) yield return claim.GetString()!;
    }

    private sealed record Row
    {
        public long Seq { get; init; }
        public long At { get; init; }
        public string Actor { get; init; } = "";
        public string Action { get; init; } = "";
        public string Detail { get; init; } = "";
        public string Rows { get; init; } = "";
    }

    private sealed record Name
    {
        public string Id { get; init; } = "";
        public long Article { get; init; }
        public long Ordinal { get; init; }
    }
}
