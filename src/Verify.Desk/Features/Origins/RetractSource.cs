using Dapper;
using FluentValidation;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Origins;

/// <summary>
/// Says that a source took back what it said, or turned out to be nothing: every claim that rested on it is reopened,
/// by its evidence or by standing in its chain.
/// </summary>
/// <param name="Source">For example <c>S2</c>, or a name.</param>
/// <param name="Article">The article within which a source without a name of its own ("the cable") is meant.</param>
public sealed record RetractSource(string Source, string Note, string? Article = null) : Command<SourceRetracted>
{
    public override bool NeedsUser => false;
    public override IReadOnlyList<string> AllowedRoles => Roles.Checkers;
}

public sealed record SourceRetracted(string Source, string Name, IReadOnlyList<ReopenedClaim> Reopened);

public sealed class RetractSourceValidator : AbstractValidator<RetractSource>
{
    public RetractSourceValidator()
    {
        RuleFor(c => c.Source).Must(s => s.Trim().Length is > 0 and <= 1000).WithMessage("name the source");
        RuleFor(c => c.Note).NotEmpty().WithMessage("say why with --note: who took back what").MaximumLength(20_000).WithMessage("the note is longer than 20,000 characters");
    }
}

public sealed class RetractSourceHandler(Session session, GroundWatch watch) : IRequestHandler<RetractSource, Result<SourceRetracted>>
{
    private const string Update = "UPDATE sources SET retracted_at = @RetractedAt, why = @Why WHERE id = @Id";
    private const string Aliases = $"{SourceBook.WithAliases} SELECT key AS Key, article_id AS ArticleId FROM sources WHERE id IN (SELECT id FROM alias)";
    // Candidates by their words; the chain itself decides.
    private const string Mentioning = """
        SELECT c.id AS Id, c.article_id AS ArticleId, c.chain AS Chain FROM search s JOIN search_entries e ON e.id = s.rowid JOIN claims c ON c.id = e.subject
        WHERE search MATCH @Words AND e.kind = 'claim' AND c.status IN ('approved', 'in-review')
        """;

    public async Task<Result<SourceRetracted>> Handle(RetractSource command, CancellationToken cancellationToken)
    {
        var article = command.Article is null ? null : await References.FindArticle(session.Connection, command.Article);
        if (command.Article is not null && article is null) return Refused.NotFound("article", command.Article);
        var found = await Find(command.Source, article);
        // A name that stands in no chain and in no record is a slip of the hand: nobody must believe that it was retracted.
        var chains = found is null && !OriginWriter.IsThing(command.Source) ? await InChain(SourceBook.KeyOf(command.Source), article) : [];
        if (found is null && chains.Count == 0) return Refused.NotFound("source", command.Source);
        var source = await SourceBook.Canonical(session.Connection, found ?? await SourceBook.FindOrAdd(session, chains[0].Name, chains[0].Kind, chains[0].ArticleId));
        var reference = SourceBook.Reference(source);
        if (source.RetractedAt is not null) return new SourceRetracted(reference, source.Name, []);
        var resting = (await watch.ClaimsLeadingTo("source", source.Id)).Union(await InChains(source)).ToList();
        var retracted = source with { RetractedAt = session.NowMs, Why = command.Note.Trim() };
        await session.Connection.ExecuteAsync(Update, retracted);
        await session.Audit.Append(session.ActorName, "SourceRetracted", session.NowMs, retracted, source, new { source = reference, source.Name, why = retracted.Why }, []);
        return new SourceRetracted(reference, source.Name, await watch.ReopenAll(resting, new("source", reference, $"{source.Name} ({reference}) was retracted: {retracted.Why}")));
    }

    // Within the article that was named, first what is only known there.
    private async Task<SourceRow?> Find(string source, string? article) => await SourceBook.Find(session.Connection, source)
        ?? (article is null ? null : await SourceBook.FindByKey(session.Connection, SourceBook.KeyOf(source), article))
        ?? await SourceBook.FindByKey(session.Connection, SourceBook.KeyOf(source), null);

    // Under each of its names, each in the articles where that name means it.
    private async Task<IEnumerable<string>> InChains(SourceRow source)
    {
        var claims = new List<string>();
        foreach (var alias in (await session.Connection.QueryAsync<SourceRow>(Aliases, new { source.Id })).ToList()) claims.AddRange((await InChain(alias.Key, alias.ArticleId)).Select(c => c.ClaimId));
        return claims;
    }

    private async Task<List<(string ClaimId, string ArticleId, string Name, string Kind)>> InChain(string key, string? article)
    {
        var found = new List<(string, string, string, string)>();
        if (FullText.Phrase(key) is not { } words) return found;
        foreach (var c in await session.Connection.QueryAsync<Candidate>(Mentioning, new { Words = words }))
            if ((article is null || article == c.ArticleId) && ChainLinks.Of(c.Chain).FirstOrDefault(l => SourceBook.KeyOf(l.Resolved) == key && (article is not null || SourceBook.HasName(l.Resolved, l.Kind))) is { } link)
                found.Add((c.Id, c.ArticleId, link.Resolved, link.Kind));
        return found;
    }

    private sealed record Candidate
    {
        public string Id { get; init; } = "";
        public string ArticleId { get; init; } = "";
        public string Chain { get; init; } = "";
    }
}
