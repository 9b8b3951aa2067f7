using Dapper;
using FluentValidation;
using MediatR;
using Verify.Attribution;
using Verify.Desk.Data;
using Verify.Desk.Definitions;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Intake;

/// <summary>Stores an article as a snapshot and starts a workflow item for each attributed claim found in it.</summary>
/// <param name="Text">Stored as given, to the last character.</param>
/// <param name="Date">When it was published: yyyy-MM-dd.</param>
/// <param name="Writer">Name of the user who wrote it, who may then not approve it; <c>none</c>: somebody outside the desk; null: the acting user.</param>
/// <param name="Desk">The desk of the newsroom whose article it is; null: none.</param>
public sealed record CheckArticle(string Text, string? Title = null, string? Outlet = null, string? Url = null, string? Date = null, string? Writer = null, string? Desk = null) : Command<CheckedArticle>, IPrepares
{
    private IReadOnlyList<AttributedClaim>? _claims;

    public override bool NeedsUser => false;
    public ValueTask Prepare(DeskDatabase database, DateTimeOffset now)
    {
        _claims = Extractor.Extract(Text);
        return default;
    }


    internal IReadOnlyList<AttributedClaim> Claims() => _claims ?? Extractor.Extract(Text);
}

/// <param name="AlreadyKnown">The same text was stored before; nothing was started anew.</param>
public sealed record CheckedArticle(string Id, long Number, bool AlreadyKnown, int Claims);

public sealed class CheckArticleValidator : AbstractValidator<CheckArticle>
{
    public CheckArticleValidator()
    {
        RuleFor(c => c.Text).Must(t => !string.IsNullOrWhiteSpace(t)).WithMessage("the article has no text");
        RuleFor(c => c.Text).MaximumLength(ArticleText.MaxBytes).WithMessage("the article is longer than 10 MB");
        RuleFor(c => c.Title).MaximumLength(1000).WithMessage("the title is longer than 1,000 characters");
        RuleFor(c => c.Date).Must(d => d is null || DateOnly.TryParseExact(d, "yyyy-MM-dd", out _)).WithMessage("the date must be yyyy-MM-dd");
        RuleFor(c => c.Url).Must(u => u is null || Uri.TryCreate(u, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https").WithMessage("the address must begin with http:// or https://");
        RuleFor(c => c.Desk).Must(Desks.IsName).WithMessage(Desks.Wrong);
        RuleFor(c => c.Key).MaximumLength(200).WithMessage("the idempotency key is longer than 200 characters");
    }
}

public sealed class CheckArticleHandler(Session session, Catalog catalog, ClaimStart start) : IRequestHandler<CheckArticle, Result<CheckedArticle>>
{
    /// <summary>Says that no user wrote the article; no user can have this name.</summary>
    public const string Nobody = "none";

    private const string BySha256 = """
        SELECT a.id AS Id, a.number AS Number, (SELECT count(*) FROM claims c WHERE c.article_id = a.id) AS Claims
        FROM snapshots s JOIN articles a ON a.id = s.article_id WHERE s.sha256 = @Sha256
        """;
    private const string WriterByName = "SELECT id FROM users WHERE name = @Name";
    private const string NextNumber = "SELECT coalesce(max(number), 0) + 1 FROM articles";
    private const string InsertArticle = "INSERT INTO articles (id, number, title, outlet, url, published_on, writer, created_at, desk) VALUES (@Id, @Number, @Title, @Outlet, @Url, @PublishedOn, @Writer, @CreatedAt, @Desk)";

    public async Task<Result<CheckedArticle>> Handle(CheckArticle command, CancellationToken cancellationToken)
    {
        if (catalog.Refusal is { } broken) return broken;
        var writer = command.Writer is null ? session.Actor?.Id : null;
        if (command.Writer is not null and not Nobody)
        {
            writer = await session.Connection.QuerySingleOrDefaultAsync<string>(WriterByName, new { Name = command.Writer });
            if (writer is null) return Refused.UnknownUser(command.Writer);
        }
        var sha256 = SnapshotRow.Hash(command.Text);
        if (await session.Connection.QuerySingleOrDefaultAsync<Known>(BySha256, new { Sha256 = sha256 }) is { } known)
            return new CheckedArticle(known.Id, known.Number, true, (int)known.Claims);
        var claims = command.Claims();
        var article = await StoreArticle(command, sha256, writer);
        var routes = claims.Select(c => catalog.Routing!.Of(c, command.Text)).ToList();
        foreach (var id in routes.Select(r => r.Definition).Distinct())
            if (await start.StoreDefinition(id) is { } refusal) return refusal;
        for (var i = 0; i < claims.Count; i++) await start.Start(article, 1, command.Text, claims[i], routes[i], i + 1, claims[i].Parent + 1);
        return new CheckedArticle(article.Id, article.Number, false, claims.Count);
    }

    private async Task<ArticleRow> StoreArticle(CheckArticle command, string sha256, string? writer)
    {
        var article = new ArticleRow
        {
            Id = Ids.New(session.Now),
            Number = await session.Connection.ExecuteScalarAsync<long>(NextNumber),
            Title = string.IsNullOrWhiteSpace(command.Title) ? FirstLine(command.Text) : command.Title.Trim(),
            Outlet = command.Outlet,
            Url = command.Url,
            PublishedOn = command.Date,
            Writer = writer,
            CreatedAt = session.NowMs,
            Desk = Desks.Blank(command.Desk),
        };
        var snapshot = new SnapshotRow { ArticleId = article.Id, Version = 1, Sha256 = sha256, Text = command.Text, CreatedAt = session.NowMs };
        await session.Connection.ExecuteAsync(InsertArticle, article);
        await session.Connection.ExecuteAsync(SnapshotRow.Insert, snapshot);
        await session.Audit.Append(session.ActorName, "ArticleStored", session.NowMs, article, null, new { article.Number, sha256 }, [snapshot]);
        return article;
    }

    private static string FirstLine(string text)
    {
        var line = text.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.Length > 0) ?? "";
        if (line.Length <= 120) return line;
        return string.Concat(line.AsSpan(0, char.IsHighSurrogate(line[118]) ? 118 : 119), "…");
    }

    private sealed record Known
    {
        public string Id { get; init; } = "";
        public long Number { get; init; }
        public long Claims { get; init; }
    }
}
