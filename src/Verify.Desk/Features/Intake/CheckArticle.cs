using System.Security.Cryptography;
using System.Text;
using Dapper;
using FluentValidation;
using MediatR;
using Verify.Attribution;
using Verify.Desk.Data;
using Verify.Desk.Definitions;
using Verify.Desk.Requests;
using Verify.Workflow.Expressions;
using Verify.Workflow.Runtime;

namespace Verify.Desk.Features.Intake;

/// <summary>Stores an article as a snapshot and starts a workflow item for each attributed claim found in it.</summary>
/// <param name="Text">Stored as given, to the last character.</param>
/// <param name="Date">When it was published: yyyy-MM-dd.</param>
/// <param name="Writer">Name of the user who wrote it, who may then not approve it; <c>none</c>: somebody outside the desk; null: the acting user.</param>
public sealed record CheckArticle(string Text, string? Title = null, string? Outlet = null, string? Url = null, string? Date = null, string? Writer = null) : Command<CheckedArticle>, IPrepares
{
    private IReadOnlyList<AttributedClaim>? _claims;

    public override bool NeedsUser => false;
    public void Prepare() => _claims = Extractor.Extract(Text);
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
        RuleFor(c => c.Key).MaximumLength(200).WithMessage("the idempotency key is longer than 200 characters");
    }
}

public sealed class CheckArticleHandler(Session session, Catalog catalog) : IRequestHandler<CheckArticle, Result<CheckedArticle>>
{
    /// <summary>Says that no user wrote the article; no user can have this name.</summary>
    public const string Nobody = "none";

    private const string BySha256 = """
        SELECT a.id AS Id, a.number AS Number, (SELECT count(*) FROM claims c WHERE c.article_id = a.id) AS Claims
        FROM snapshots s JOIN articles a ON a.id = s.article_id WHERE s.sha256 = @Sha256
        """;
    private const string WriterByName = "SELECT id FROM users WHERE name = @Name";
    private const string NextNumber = "SELECT coalesce(max(number), 0) + 1 FROM articles";
    private const string InsertArticle = "INSERT INTO articles (id, number, title, outlet, url, published_on, writer, created_at) VALUES (@Id, @Number, @Title, @Outlet, @Url, @PublishedOn, @Writer, @CreatedAt)";
    private const string InsertSnapshot = "INSERT INTO snapshots (article_id, version, sha256, text, created_at) VALUES (@ArticleId, @Version, @Sha256, @Text, @CreatedAt)";
    private const string StoredDefinition = $"SELECT {DefinitionRow.Columns} FROM definitions WHERE definition_id = @Id AND version = @Version";
    private const string InsertDefinition = "INSERT INTO definitions (definition_id, version, sha256, json, created_at) VALUES (@DefinitionId, @Version, @Sha256, @Json, @CreatedAt)";

    public async Task<Result<CheckedArticle>> Handle(CheckArticle command, CancellationToken cancellationToken)
    {
        if (catalog.Refusal is { } broken) return broken;
        var writer = command.Writer is null ? session.Actor?.Id : null;
        if (command.Writer is not null and not Nobody)
        {
            writer = await session.Connection.QuerySingleOrDefaultAsync<string>(WriterByName, new { Name = command.Writer });
            if (writer is null) return Refused.UnknownUser(command.Writer);
        }
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(command.Text)));
        if (await session.Connection.QuerySingleOrDefaultAsync<Known>(BySha256, new { Sha256 = sha256 }) is { } known)
            return new CheckedArticle(known.Id, known.Number, true, (int)known.Claims);
        var claims = command.Claims();
        var article = await StoreArticle(command, sha256, writer);
        foreach (var id in claims.Select(c => catalog.Routing!.Of(c, command.Text).Definition).Distinct())
            if (await StoreDefinition(catalog.Find(id)!) is { } refusal) return refusal;
        for (var i = 0; i < claims.Count; i++) await Start(article, command.Text, claims[i], i + 1);
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
        };
        var snapshot = new SnapshotRow { ArticleId = article.Id, Version = 1, Sha256 = sha256, Text = command.Text, CreatedAt = session.NowMs };
        await session.Connection.ExecuteAsync(InsertArticle, article);
        await session.Connection.ExecuteAsync(InsertSnapshot, snapshot);
        await session.Audit.Append(session.ActorName, "ArticleStored", session.NowMs, article, null, new { article.Number, sha256 }, [snapshot]);
        return article;
    }

    private async Task<Refusal?> StoreDefinition(CatalogEntry entry)
    {
        var d = entry.Definition;
        var stored = await session.Connection.QuerySingleOrDefaultAsync<DefinitionRow>(StoredDefinition, new { d.Id, d.Version });
        if (stored is not null)
            return stored.Sha256 == entry.Sha256 ? null
                : Refused.Definition("definition_changed", $"{entry.File}: '{d.Id}' version {d.Version} was used in another form; raise its version");
        var row = new DefinitionRow { DefinitionId = d.Id, Version = d.Version, Sha256 = entry.Sha256, Json = entry.Json, CreatedAt = session.NowMs };
        await session.Connection.ExecuteAsync(InsertDefinition, row);
        await session.Audit.Append(session.ActorName, "DefinitionStored", session.NowMs, row, null, new { d.Id, d.Version }, []);
        return null;
    }

    private async Task Start(ArticleRow article, string text, AttributedClaim claim, int ordinal)
    {
        var route = catalog.Routing!.Of(claim, text);
        var definition = catalog.Find(route.Definition)!.Definition;
        var id = Ids.New(session.Now);
        var row = new ClaimRow
        {
            Id = id,
            ArticleId = article.Id,
            ArticleVersion = 1,
            Ordinal = ordinal,
            ParentOrdinal = claim.Parent + 1,
            Quotation = ClaimForm.Lower(claim.Quotation),
            Form = claim.Form == ContentForm.Clause ? "clause" : "np",
            Content = ClaimForm.Content(claim, text),
            Spans = ClaimForm.Spans(claim),
            Chain = ClaimForm.Chain(claim),
            Speaker = claim.Speaker?.Resolved ?? claim.Chain.LastOrDefault()?.Resolved,
            Confidence = claim.Confidence,
            Construction = claim.Construction,
            DefinitionId = definition.Id,
            DefinitionVersion = definition.Version,
            Route = route.Reason,
            Status = "in-review",
            Round = 1,
            StartedBy = session.Actor?.Id,
            CreatedAt = session.NowMs,
        };
        var step = FlowRuntime.Start(definition, new FlowObject([new("ClaimId", id)]));
        var change = ItemChange.Of(row, step, session.NowMs);
        var written = await Items.Write(session.Connection, change, session.NowMs, isNew: true);
        await session.Audit.Append(session.ActorName, "ClaimStarted", session.NowMs, change.Claim, null, new { article.Number, ordinal, definition = definition.Id, version = definition.Version }, written);
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
