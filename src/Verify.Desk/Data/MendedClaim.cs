using System.Data;
using Dapper;
using Verify.Attribution;
using Verify.Desk.Requests;

namespace Verify.Desk.Data;

/// <summary>A claim in the hands of a checker who mends what the extractor made of it.</summary>
/// <param name="Text">The snapshot that its spans refer to.</param>
public sealed record MendedClaim(ClaimRow Row, ArticleRow Article, string Text, string Reference)
{
    private const string ArticleById = $"SELECT {ArticleRow.Columns} FROM articles WHERE id = @Id";
    private const string ArticleOfClaim = $"SELECT {ArticleRow.Columns} FROM articles WHERE id = coalesce((SELECT article_id FROM claims WHERE id = @Id), @Id)";
    private const string Snapshot = "SELECT text FROM snapshots WHERE article_id = @ArticleId AND version = @ArticleVersion";

    public IReadOnlyList<Span> Spans => ChainLinks.Spans(Row.Spans);

    public IReadOnlyList<ChainLink> Chain => [.. ChainLinks.Of(Row.Chain).Select(l => l.ToLink(_ => true))];

    /// <summary>The claim with these stretches and this chain.</summary>
    public AttributedClaim As(IReadOnlyList<Span> spans, IReadOnlyList<ChainLink> chain) =>
        new(null, Row.Quotation == "direct" && spans.All(s => Spans.Any(o => o.Contains(s))) ? Quotation.Direct : ClaimSpec.QuotationOf(Text, spans), Row.Form == "np" ? ContentForm.NounPhrase : ContentForm.Clause, spans, chain, Row.Confidence, Row.Construction);

    /// <summary>The next place among the article's claims.</summary>
    public static Task<long> NextOrdinal(IDbConnection connection, string articleId) => connection.ExecuteScalarAsync<long>("SELECT coalesce(max(ordinal), 0) + 1 FROM claims WHERE article_id = @Id", new { Id = articleId });

    /// <summary>Finds it; refuses whoever wrote the article, and claims that are none any more.</summary>
    public static async Task<Result<MendedClaim>> Find(Session session, string reference)
    {
        var row = await References.LoadClaim(session.Connection, reference);
        if (row is null) return Refused.NotFound("claim", reference);
        var article = await session.Connection.QuerySingleAsync<ArticleRow>(ArticleById, new { Id = row.ArticleId });
        if (WroteIt(session, article) is { } conflict) return conflict;
        if (row.Status == "dismissed") return Refused.ClaimClosed(row.Status);
        return new MendedClaim(row, article, await session.Connection.QuerySingleAsync<string>(Snapshot, new { row.ArticleId, row.ArticleVersion }), References.Claim(article.Number, row.Ordinal));
    }

    /// <summary>Who wrote the article does not say either where the evidence for its claims comes from.</summary>
    public static async Task<Refusal?> WriterOf(Session session, string claimOrArticleId) =>
        WroteIt(session, await session.Connection.QuerySingleAsync<ArticleRow>(ArticleOfClaim, new { Id = claimOrArticleId }));

    /// <summary>Who wrote the article does not decide what in it is a claim.</summary>
    public static Refusal? WroteIt(Session session, ArticleRow article) =>
        article.Writer is not null && article.Writer == session.Actor?.Id ? Refused.FourEyes($"{session.ActorName} wrote the article", "person") : null;
}
