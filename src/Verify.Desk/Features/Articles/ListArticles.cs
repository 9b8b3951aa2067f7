using Dapper;
using FluentValidation;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Articles;

/// <summary>Articles, the newest first, each with how far its claims are.</summary>
/// <param name="Before">Only articles with a lower number: the <see cref="ArticlePage.Next"/> of the page before; null for the first.</param>
/// <param name="Limit">1 to 200.</param>
public sealed record ListArticles(long? Before = null, string? Desk = null, int Limit = 50) : Query<ArticlePage>;

/// <param name="Next">Asks for the next page; null on the last.</param>
public sealed record ArticlePage(IReadOnlyList<ArticleLine> Articles, long? Next);

/// <param name="Open">Claims that are neither approved nor dismissed.</param>
public sealed record ArticleLine(string Article, string Title, string? Outlet, string? Desk, string? Writer, DateTimeOffset StoredAt, long Claims, long Open, long Rejected);

public sealed class ListArticlesValidator : AbstractValidator<ListArticles>
{
    public ListArticlesValidator() => RuleFor(q => q.Limit).InclusiveBetween(1, 200).WithMessage("a page has from 1 to 200 articles");
}

public sealed class ListArticlesHandler(DeskDatabase database) : IRequestHandler<ListArticles, Result<ArticlePage>>
{
    private const string Sql = """
        SELECT a.number AS Number, a.title AS Title, a.outlet AS Outlet, a.desk AS Desk, u.name AS Writer, a.created_at AS CreatedAt,
            count(c.id) AS Claims, coalesce(sum(c.status NOT IN ('approved', 'dismissed')), 0) AS Open, coalesce(sum(c.status = 'rejected'), 0) AS Rejected
        FROM (SELECT * FROM articles WHERE number < @Before AND (@Desk IS NULL OR desk = @Desk) ORDER BY number DESC LIMIT @Limit) a
            LEFT JOIN users u ON u.id = a.writer LEFT JOIN claims c ON c.article_id = a.id
        GROUP BY a.id ORDER BY a.number DESC
        """;

    public async Task<Result<ArticlePage>> Handle(ListArticles query, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        var rows = (await connection.QueryAsync<Row>(Sql, new { Before = query.Before ?? long.MaxValue, Desk = Desks.Blank(query.Desk), Limit = query.Limit + 1 })).ToList();
        var more = rows.Count > query.Limit;
        if (more) rows.RemoveAt(rows.Count - 1);
        return new ArticlePage([.. rows.Select(r => new ArticleLine(r.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), r.Title, r.Outlet, r.Desk, r.Writer, DateTimeOffset.FromUnixTimeMilliseconds(r.CreatedAt), r.Claims, r.Open, r.Rejected))],
            more ? rows[^1].Number : null);
    }

    private sealed record Row
    {
        public long Number { get; init; }
        public string Title { get; init; } = "";
        public string? Outlet { get; init; }
        public string? Desk { get; init; }
        public string? Writer { get; init; }
        public long CreatedAt { get; init; }
        public long Claims { get; init; }
        public long Open { get; init; }
        public long Rejected { get; init; }
    }
}
