using Dapper;
using MediatR;
using Verify.Attribution;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Articles;

/// <summary>The text of one version of an article, with the places of the claims found in that version.</summary>
/// <param name="Version">Null: the newest.</param>
public sealed record ReadArticle(string Article, long? Version = null) : Query<ReadableArticle>;

/// <param name="Versions">Every version, the oldest first.</param>
/// <param name="Marks">In the order of the text; they may overlap.</param>
public sealed record ReadableArticle(string Article, string Title, string? Outlet, string? Desk, long Version, string Text, IReadOnlyList<ArticleVersion> Versions, IReadOnlyList<ClaimMark> Marks);

/// <param name="Kind"><c>original</c>, <c>update</c> or <c>correction</c>.</param>
public sealed record ArticleVersion(long Version, string Kind, string? Note, string? By, DateTimeOffset At);

/// <param name="Spans">Its stretches, as half-open offsets in UTF-16 code units.</param>
/// <param name="Names">Where its sources are named.</param>
/// <param name="Cues">The words that attribute it.</param>
public sealed record ClaimMark(string Claim, string Status, string? Speaker, string Content, IReadOnlyList<Span> Spans, IReadOnlyList<Span> Names, IReadOnlyList<Span> Cues);

public sealed class ReadArticleHandler(DeskDatabase database) : IRequestHandler<ReadArticle, Result<ReadableArticle>>
{
    private const string Article = $"SELECT {ArticleRow.Columns} FROM articles WHERE id = @Id";
    private const string Text = "SELECT text FROM snapshots WHERE article_id = @Id AND version = @Version";
    private const string Versions = """
        SELECT s.version AS Version, coalesce(r.kind, 'original') AS Kind, r.note AS Note, u.name AS By, s.created_at AS At
        FROM snapshots s LEFT JOIN revisions r ON r.article_id = s.article_id AND r.version = s.version LEFT JOIN users u ON u.id = r.user_id
        WHERE s.article_id = @Id ORDER BY s.version
        """;
    private const string Claims = "SELECT ordinal AS Ordinal, status AS Status, speaker AS Speaker, content AS Content, spans AS Spans, chain AS Chain FROM claims WHERE article_id = @Id AND article_version = @Version ORDER BY ordinal";

    public async Task<Result<ReadableArticle>> Handle(ReadArticle query, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        var id = await References.FindArticle(connection, query.Article);
        if (id is null) return Refused.NotFound("article", query.Article);
        var article = await connection.QuerySingleAsync<ArticleRow>(Article, new { Id = id });
        var versions = (await connection.QueryAsync<VersionRow>(Versions, new { Id = id })).Select(v => new ArticleVersion(v.Version, v.Kind, v.Note, v.By, DateTimeOffset.FromUnixTimeMilliseconds(v.At))).ToList();
        var version = query.Version ?? versions[^1].Version;
        var text = await connection.QuerySingleOrDefaultAsync<string>(Text, new { Id = id, Version = version });
        if (text is null) return Refused.NotFound("article", $"{query.Article} version {version}");
        var marks = (await connection.QueryAsync<ClaimRow>(Claims, new { Id = id, Version = version })).Select(c => Mark(article.Number, c)).OrderBy(m => m.Spans[0].Start).ToList();
        return new ReadableArticle(query.Article, article.Title, article.Outlet, article.Desk, version, text, versions, marks);
    }

    private static ClaimMark Mark(long article, ClaimRow c)
    {
        var chain = ChainLinks.Of(c.Chain);
        return new(References.Claim(article, c.Ordinal), c.Status, c.Speaker, c.Content, ChainLinks.Spans(c.Spans),
            [.. chain.Where(l => l.Mention is not null).Select(l => l.Mention!.Value)], [.. chain.SelectMany(l => l.Cue)]);
    }

    private sealed record VersionRow
    {
        public long Version { get; init; }
        public string Kind { get; init; } = "";
        public string? Note { get; init; }
        public string? By { get; init; }
        public long At { get; init; }
    }
}
