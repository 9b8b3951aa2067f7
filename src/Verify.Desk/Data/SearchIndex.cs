using System.Data;
using System.Globalization;
using Dapper;
using Verify.Evidence.Matching;

namespace Verify.Desk.Data;

/// <summary>Keeps the indexes of words beside the rows that they are made from, in the same transaction.</summary>
public static class SearchIndex
{
    private const string InsertEntry = "INSERT INTO search_entries (kind, subject, claim_id) VALUES (@Kind, @Subject, @ClaimId) RETURNING id";
    private const string InsertText = "INSERT INTO search (rowid, text) VALUES (@Id, @Text)";
    private const string InsertKeys = "INSERT INTO claim_keys (rowid, keys) VALUES (@Id, @Keys)";
    private const string Unkeyed = """
        SELECT u.id AS Id, c.content AS Content, c.quotation AS Quotation FROM unkeyed u JOIN search_entries e ON e.id = u.id JOIN claims c ON c.id = e.subject ORDER BY u.id LIMIT 5000
        """;
    private const string Keyed = "DELETE FROM unkeyed WHERE id <= @Last";

    public static async Task Add(IDbConnection connection, string kind, string subject, string? claimId, string text) =>
        await connection.ExecuteAsync(InsertText, new { Id = await connection.ExecuteScalarAsync<long>(InsertEntry, new { Kind = kind, Subject = subject, ClaimId = claimId }), Text = text });

    /// <summary>A claim is found by its content, by the names in its chain, and by the keys of what it says.</summary>
    public static async Task AddClaim(IDbConnection connection, ClaimRow claim, IEnumerable<string> names)
    {
        var id = await connection.ExecuteScalarAsync<long>(InsertEntry, new { Kind = "claim", Subject = claim.Id, ClaimId = claim.Id });
        await connection.ExecuteAsync(InsertText, new { Id = id, Text = $"{claim.Content} {string.Join(' ', names)}" });
        await connection.ExecuteAsync(InsertKeys, new { Id = id, Keys = Keys(claim.Content, claim.Quotation) });
    }

    /// <summary>The keys as the words of a full-text query or row.</summary>
    public static string Keys(string content, string quotation) =>
        string.Join(' ', ClaimKeys.Of(content, quotation == "direct").Select(k => k.ToString("x", CultureInfo.InvariantCulture)));

    /// <summary>Claims stored before there were keys get theirs; a page a call.</summary>
    /// <returns>Whether any was left to do.</returns>
    internal static bool AddMissingKeys(IDbConnection connection)
    {
        var page = connection.Query<Unindexed>(Unkeyed).ToList();
        foreach (var c in page) connection.Execute(InsertKeys, new { c.Id, Keys = Keys(c.Content, c.Quotation) });
        if (page.Count > 0) connection.Execute(Keyed, new { Last = page[^1].Id });
        return page.Count > 0;
    }

    private sealed record Unindexed
    {
        public long Id { get; init; }
        public string Content { get; init; } = "";
        public string Quotation { get; init; } = "";
    }
}
