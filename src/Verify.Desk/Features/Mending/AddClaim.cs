using Dapper;
using FluentValidation;
using MediatR;
using Verify.Attribution;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Mending;

/// <summary>Adds a claim that the extractor missed; counted as a miss.</summary>
/// <param name="Words">The content as it stands in the article, or offsets (<c>120-180</c>); several stretches are several texts.</param>
/// <param name="Chain">From the reader to the origin, each <c>role:kind:name</c>; empty: no source is given.</param>
public sealed record AddClaim(string Article, IReadOnlyList<string> Words, IReadOnlyList<string> Chain, string? Note = null) : Command<ClaimMended>
{
    public override IReadOnlyList<string> AllowedRoles => Roles.Checkers;
}

/// <param name="Also">The other claim of a split or a merger; null: none.</param>
/// <param name="Reopened">Null: nothing had been decided that could be set aside.</param>
public sealed record ClaimMended(string Claim, string What, string Content, string Chain, string Definition, string Status, string? Also = null, ReopenedClaim? Reopened = null)
{
    /// <summary>Other claims that were reopened because they rest on this one.</summary>
    public IReadOnlyList<ReopenedClaim> Elsewhere { get; init; } = [];
}

public sealed class AddClaimValidator : AbstractValidator<AddClaim>
{
    public AddClaimValidator()
    {
        RuleFor(c => c.Words).NotEmpty().WithMessage("give the words of the claim as they stand in the article").Must(w => w.Count <= 50).WithMessage("a claim has at most 50 stretches");
        RuleFor(c => c.Chain).Must(l => l.Count <= 20).WithMessage("a chain has at most 20 links");
        RuleFor(c => c.Note).MaximumLength(20_000).WithMessage("the note is longer than 20,000 characters");
    }
}

public sealed class AddClaimHandler(Session session, ClaimStart start, ClaimAmendment amendment) : IRequestHandler<AddClaim, Result<ClaimMended>>
{
    private const string ArticleById = $"SELECT {ArticleRow.Columns} FROM articles WHERE id = @Id";
    private const string Latest = $"SELECT {SnapshotRow.Columns} FROM snapshots WHERE article_id = @Id ORDER BY version DESC LIMIT 1";
    private const string SamePlace = "SELECT ordinal FROM claims WHERE article_id = @Id AND article_version = @Version AND spans = @Spans AND status <> 'dismissed' LIMIT 1";

    public async Task<Result<ClaimMended>> Handle(AddClaim command, CancellationToken cancellationToken)
    {
        var id = await References.FindArticle(session.Connection, command.Article);
        if (id is null) return Refused.NotFound("article", command.Article);
        var article = await session.Connection.QuerySingleAsync<ArticleRow>(ArticleById, new { Id = id });
        if (MendedClaim.WroteIt(session, article) is { } conflict) return conflict;
        var snapshot = await session.Connection.QuerySingleAsync<SnapshotRow>(Latest, new { Id = id });
        var spans = ClaimSpec.Locate(snapshot.Text, command.Words);
        if (spans.Refusal is { } nowhere) return nowhere;
        var chain = ClaimSpec.Chain(command.Chain);
        if (chain.Refusal is { } broken) return broken;
        var claim = new AttributedClaim(null, ClaimSpec.QuotationOf(snapshot.Text, spans.Value), ContentForm.Clause, spans.Value, chain.Value, 1, "added by a checker");
        if (await session.Connection.QuerySingleOrDefaultAsync<long?>(SamePlace, new { Id = id, snapshot.Version, Spans = ClaimForm.Spans(claim) }) is { } there)
            return new Refusal(RefusalKind.Rule, "claim_exists", $"these words are claim {References.Claim(article.Number, there)} already");
        var route = await start.Route(claim, snapshot.Text);
        if (route.Refusal is { } unroutable) return unroutable;
        var row = await start.Start(article, snapshot.Version, snapshot.Text, claim, route.Value, await MendedClaim.NextOrdinal(session.Connection, id), null);
        var record = await amendment.Record(row.Id, row.Version, new("added", command.Note?.Trim(), null, row.Content));
        await session.Audit.Append(session.ActorName, "ClaimAdded", session.NowMs, record, null, new { claim = References.Claim(article.Number, row.Ordinal) }, []);
        return new ClaimMended(References.Claim(article.Number, row.Ordinal), "added", row.Content, ClaimSpec.Text(row.Chain), row.DefinitionId, row.Status);
    }
}
