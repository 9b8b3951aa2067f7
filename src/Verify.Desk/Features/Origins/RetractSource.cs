using System.Globalization;
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
    // Candidates by their words; the chain itself decides.
    private const string Mentioning = """
        SELECT c.id AS Id, c.article_id AS ArticleId, c.chain AS Chain FROM search s JOIN search_entries e ON e.id = s.rowid JOIN claims c ON c.id = e.subject
        WHERE search MATCH @Words AND e.kind = 'claim' AND c.status IN ('approved', 'in-review')
        """;

    public async Task<Result<SourceRetracted>> Handle(RetractSource command, CancellationToken cancellationToken)
    {
        var article = command.Article is null ? null : await References.FindArticle(session.Connection, command.Article);
        if (command.Article is not null && article is null) return Refused.NotFound("article", command.Article);
        var found = await SourceBook.Find(session.Connection, command.Source) ?? await SourceBook.FindByName(session.Connection, command.Source, "unknown", article);
        if (found is null && (IsReference(command.Source) || !SourceBook.HasName(command.Source, "") && article is null)) return Refused.NotFound("source", command.Source);
        var source = await SourceBook.Canonical(session.Connection, found ?? await SourceBook.FindOrAdd(session, command.Source, "unknown", article));
        var reference = SourceBook.Reference(source);
        if (source.RetractedAt is not null) return new SourceRetracted(reference, source.Name, []);
        var resting = (await watch.ClaimsLeadingTo("source", source.Id)).Union(await InChain(source)).ToList();
        var retracted = source with { RetractedAt = session.NowMs, Why = command.Note.Trim() };
        await session.Connection.ExecuteAsync(Update, retracted);
        await session.Audit.Append(session.ActorName, "SourceRetracted", session.NowMs, retracted, source, new { source = reference, source.Name, why = retracted.Why }, []);
        return new SourceRetracted(reference, source.Name, await watch.ReopenAll(resting, new("source", reference, $"{source.Name} ({reference}) was retracted: {retracted.Why}")));
    }

    private static bool IsReference(string s) => s.Length > 1 && s[0] is 'S' or 's' && long.TryParse(s.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private async Task<IEnumerable<string>> InChain(SourceRow source)
    {
        var words = FullText.Phrase(source.Name);
        if (words is null) return [];
        var candidates = await session.Connection.QueryAsync<Candidate>(Mentioning, new { Words = words });
        return candidates.Where(c => (source.ArticleId is null || source.ArticleId == c.ArticleId) && ChainLinks.Of(c.Chain).Any(l => SourceBook.KeyOf(l.Resolved) == source.Key)).Select(c => c.Id);
    }

    private sealed record Candidate
    {
        public string Id { get; init; } = "";
        public string ArticleId { get; init; } = "";
        public string Chain { get; init; } = "";
    }
}
