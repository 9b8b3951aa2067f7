using System.Data;
using System.Globalization;
using Dapper;

namespace Verify.Desk.Data;

/// <summary>
/// The short names by which people call things: article <c>12</c>, its third claim <c>12.3</c>, that claim's task
/// <c>12.3-4</c>. The UUID of an article or a claim is understood as well.
/// </summary>
public static class References
{
    private const string ClaimByNumbers = "SELECT c.id FROM claims c JOIN articles a ON a.id = c.article_id WHERE a.number = @Article AND c.ordinal = @Ordinal";
    private const string ClaimById = "SELECT id FROM claims WHERE id = @Id";
    private const string ClaimRowByNumbers = $"SELECT {ClaimRow.Columns} FROM claims WHERE id = ({ClaimByNumbers})";
    private const string TaskByNumbers = $"SELECT {TaskRow.Columns} FROM tasks WHERE claim_id = ({ClaimByNumbers}) AND token = @Token";
    private const string TaskById = $"SELECT {TaskRow.Columns} FROM tasks WHERE claim_id = @ClaimId AND token = @Token";
    private const string ArticleByNumber = "SELECT id FROM articles WHERE number = @Number";
    private const string ArticleById = "SELECT id FROM articles WHERE id = @Id";

    private const string EvidenceByNumber = $"SELECT {EvidenceRow.Columns} FROM evidence WHERE number = @Number";
    private const string EvidenceById = $"SELECT {EvidenceRow.Columns} FROM evidence WHERE id = @Id";

    public static string Claim(long article, long ordinal) => string.Create(CultureInfo.InvariantCulture, $"{article}.{ordinal}");
    public static string Task(long article, long ordinal, long token) => string.Create(CultureInfo.InvariantCulture, $"{article}.{ordinal}-{token}");

    /// <returns>The claim's id, or null.</returns>
    public static async Task<string?> FindClaim(IDbConnection connection, string reference)
    {
        var parts = reference.Split('.');
        if (parts.Length == 2 && Number(parts[0]) is { } article && Number(parts[1]) is { } ordinal)
            return await connection.QuerySingleOrDefaultAsync<string>(ClaimByNumbers, new { Article = article, Ordinal = ordinal });
        return await connection.QuerySingleOrDefaultAsync<string>(ClaimById, new { Id = reference });
    }

    /// <returns>The claim as it stands, or null.</returns>
    public static Task<ClaimRow?> LoadClaim(IDbConnection connection, string reference)
    {
        var parts = reference.Split('.');
        return parts.Length == 2 && Number(parts[0]) is { } article && Number(parts[1]) is { } ordinal
            ? connection.QuerySingleOrDefaultAsync<ClaimRow?>(ClaimRowByNumbers, new { Article = article, Ordinal = ordinal })
            : connection.QuerySingleOrDefaultAsync<ClaimRow?>(ClaimRow.ById, new { Id = reference });
    }

    /// <returns>The task, open or not, or null.</returns>
    public static async Task<TaskRow?> FindTask(IDbConnection connection, string reference)
    {
        var dash = reference.LastIndexOf('-');
        if (dash <= 0 || Number(reference[(dash + 1)..]) is not { } token) return null;
        var claim = reference[..dash];
        var parts = claim.Split('.');
        if (parts.Length == 2 && Number(parts[0]) is { } article && Number(parts[1]) is { } ordinal)
            return await connection.QuerySingleOrDefaultAsync<TaskRow>(TaskByNumbers, new { Article = article, Ordinal = ordinal, Token = token });
        return await connection.QuerySingleOrDefaultAsync<TaskRow>(TaskById, new { ClaimId = claim, Token = token });
    }

    /// <summary>The number of the article that a claim's or a task's short name begins with; null where it is named by its id.</summary>
    public static long? ArticleOf(string reference) => reference.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? Number(reference[..dot]) : null;

    /// <param name="reference">For example <c>E4</c>, or its id.</param>
    public static Task<EvidenceRow?> FindEvidence(IDbConnection connection, string reference) => Lettered(reference, 'E') is { } number
        ? connection.QuerySingleOrDefaultAsync<EvidenceRow?>(EvidenceByNumber, new { Number = number })
        : connection.QuerySingleOrDefaultAsync<EvidenceRow?>(EvidenceById, new { Id = reference });

    public static string Evidence(long number) => string.Create(CultureInfo.InvariantCulture, $"E{number}");

    public static Task<string?> FindArticle(IDbConnection connection, string reference) => Number(reference) is { } number
        ? connection.QuerySingleOrDefaultAsync<string?>(ArticleByNumber, new { Number = number })
        : connection.QuerySingleOrDefaultAsync<string?>(ArticleById, new { Id = reference });

    /// <summary>The number of a reference such as <c>E4</c> or <c>S2</c>; null where it is none of this letter.</summary>
    public static long? Lettered(string reference, char letter) => reference.Length > 1 && char.ToUpperInvariant(reference[0]) == letter ? Number(reference[1..]) : null;

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;
}
