using Dapper;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Articles;

/// <summary>An article with all its claims, and whether it is clear to publish.</summary>
/// <param name="Article">Its number, or its id.</param>
/// <param name="ByDoubt">The claims that the extractor was least sure of first; else in the order of the text.</param>
public sealed record ShowArticle(string Article, bool ByDoubt = false) : Query<ArticleView>;

/// <param name="Version">Of its text; rises with each revision.</param>
/// <param name="Clear">Every claim is approved, or dismissed as not a claim.</param>
/// <param name="InTheWay">How many claims are not, by status.</param>
/// <param name="Doubts">Claims that were approved although a verdict is against them, or without any.</param>
public sealed record ArticleView(string Article, string Id, string Title, string? Outlet, string? Url, string? PublishedOn, string? Writer, long Version, string Sha256, DateTimeOffset StoredAt, bool Clear, IReadOnlyDictionary<string, int> InTheWay, IReadOnlyList<string> Doubts, IReadOnlyList<ArticleClaim> Claims);

/// <param name="Route">Why this definition was chosen.</param>
/// <param name="Waiting">The open tasks.</param>
public sealed record ArticleClaim(string Claim, string? Parent, IReadOnlyList<ChainStep> Chain, string Content, double Confidence, string Definition, string Route, string Status, string? AttributionVerdict, string? ContentVerdict, IReadOnlyList<WaitingTask> Waiting);

public sealed record ChainStep(string Role, string Kind, string Resolved);

public sealed record WaitingTask(string Task, string Step, string Role, string? Assignee);

public sealed class ShowArticleHandler(DeskDatabase database) : IRequestHandler<ShowArticle, Result<ArticleView>>
{
    private static bool InDoubt(ClaimRow c) => c.Status == "approved"
        && (Verdicts.Adverse.Contains(c.ContentVerdict ?? "") || Verdicts.Adverse.Contains(c.AttributionVerdict ?? "") || c.ContentVerdict is null && c.AttributionVerdict is null);

    private const string Article = $"SELECT {ArticleRow.Columns} FROM articles WHERE id = @Id";
    private const string Snapshot = $"SELECT {SnapshotRow.Columns} FROM snapshots WHERE article_id = @Id ORDER BY version DESC LIMIT 1";
    private const string Writer = "SELECT name FROM users WHERE id = @Id";
    private const string Claims = $"SELECT {ClaimRow.Columns} FROM claims WHERE article_id = @Id ORDER BY ordinal";
    private const string Tasks = """
        SELECT t.claim_id AS ClaimId, t.token AS Token, t.step AS Step, t.role AS Role, u.name AS Assignee
        FROM claims c JOIN tasks t ON t.claim_id = c.id LEFT JOIN users u ON u.id = t.assignee
        WHERE c.article_id = @Id AND t.status = 'open' ORDER BY c.ordinal, t.token
        """;

    public async Task<Result<ArticleView>> Handle(ShowArticle query, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        var id = await References.FindArticle(connection, query.Article);
        if (id is null) return Refused.NotFound("article", query.Article);
        var key = new { Id = id };
        var a = await connection.QuerySingleAsync<ArticleRow>(Article, key);
        var tasks = (await connection.QueryAsync<TaskRow>(Tasks, key)).ToLookup(t => t.ClaimId);
        var claims = (await connection.QueryAsync<ClaimRow>(Claims, key)).ToList();
        var snapshot = await connection.QuerySingleAsync<SnapshotRow>(Snapshot, key);
        // As they stand in the text; what the present version does not say any more comes last.
        claims = [.. claims.OrderByDescending(c => c.ArticleVersion).ThenBy(c => ChainLinks.Spans(c.Spans)[0].Start).ThenBy(c => c.Ordinal)];
        if (query.ByDoubt) claims = [.. claims.OrderBy(c => c.Confidence).ThenBy(c => c.Ordinal)];
        var inTheWay = claims.Where(c => c.Status is not ("approved" or "dismissed")).GroupBy(c => c.Status).ToDictionary(g => g.Key, g => g.Count());
        return new ArticleView(
            a.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), a.Id, a.Title, a.Outlet, a.Url, a.PublishedOn,
            a.Writer is null ? null : await connection.QuerySingleAsync<string>(Writer, new { Id = a.Writer }),
            snapshot.Version, snapshot.Sha256, DateTimeOffset.FromUnixTimeMilliseconds(snapshot.CreatedAt), inTheWay.Count == 0, inTheWay,
            [.. claims.Where(InDoubt).Select(c => References.Claim(a.Number, c.Ordinal))],
            [.. claims.Select(c => new ArticleClaim(
                References.Claim(a.Number, c.Ordinal), c.ParentOrdinal is { } parent ? References.Claim(a.Number, parent) : null,
                [.. ChainLinks.Of(c.Chain).Select(l => new ChainStep(l.Role, l.Kind, l.Resolved))], c.Content, c.Confidence, c.DefinitionId, c.Route, c.Status, c.AttributionVerdict, c.ContentVerdict,
                [.. tasks[c.Id].Select(t => new WaitingTask(References.Task(a.Number, c.Ordinal, t.Token), t.Step, t.Role, t.Assignee))]))]);
    }
}
