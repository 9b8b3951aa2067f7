using Dapper;
using FluentValidation;
using MediatR;
using Verify.Attribution;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Articles;

/// <summary>
/// Stores a new version of an article and finds its claims again: unchanged ones keep their work, changed ones are
/// reopened with the difference, lost ones are ended and listed, new ones begin.
/// </summary>
/// <param name="Correction">Whether it corrects an error, rather than adding news; recorded as such.</param>
/// <param name="Note">What is new; needed for a correction.</param>
public sealed record ReviseArticle(string Article, string Text, bool Correction = false, string? Note = null) : Command<RevisedArticle>, IPrepares
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

/// <param name="Unchanged">Claims that keep their work.</param>
/// <param name="Lost">Claims that the article does not make any more.</param>
/// <param name="Added">Claims that it makes now.</param>
/// <param name="Elsewhere">Claims of other articles whose evidence came from here, and that were reopened.</param>
public sealed record RevisedArticle(string Article, long Version, string Kind, IReadOnlyList<string> Unchanged, IReadOnlyList<ChangedClaim> Changed, IReadOnlyList<LostClaim> Lost, IReadOnlyList<string> Added, IReadOnlyList<ReopenedClaim> Elsewhere);

/// <param name="Source">What became of who said it; null: nothing.</param>
/// <param name="Differences">Word by word: what was, what is.</param>
/// <param name="Reopened">Null: nothing had been decided yet.</param>
public sealed record ChangedClaim(string Claim, string Before, string After, string? Source, IReadOnlyList<string> Differences, ReopenedClaim? Reopened);

public sealed record LostClaim(string Claim, string Content, string Status);

public sealed class ReviseArticleValidator : AbstractValidator<ReviseArticle>
{
    public ReviseArticleValidator()
    {
        RuleFor(c => c.Text).Must(t => !string.IsNullOrWhiteSpace(t)).WithMessage("the article has no text");
        RuleFor(c => c.Text).MaximumLength(Intake.ArticleText.MaxBytes).WithMessage("the article is longer than 10 MB");
        RuleFor(c => c.Note).Must((c, note) => !c.Correction || !string.IsNullOrWhiteSpace(note)).WithMessage("say with --note what is corrected").MaximumLength(20_000).WithMessage("the note is longer than 20,000 characters");
    }
}

public sealed class ReviseArticleHandler(Session session, ClaimStart start, ClaimAmendment amendment, GroundWatch watch) : IRequestHandler<ReviseArticle, Result<RevisedArticle>>
{
    private const string ArticleById = $"SELECT {ArticleRow.Columns} FROM articles WHERE id = @Id";
    private const string Latest = $"SELECT {SnapshotRow.Columns} FROM snapshots WHERE article_id = @Id ORDER BY version DESC LIMIT 1";
    private const string ByText = "SELECT a.number FROM snapshots s JOIN articles a ON a.id = s.article_id WHERE s.sha256 = @Sha256";
    private const string InsertRevision = "INSERT INTO revisions (article_id, version, kind, note, user_id, at) VALUES (@ArticleId, @Version, @Kind, @Note, @UserId, @At)";

    public async Task<Result<RevisedArticle>> Handle(ReviseArticle command, CancellationToken cancellationToken)
    {
        var id = await References.FindArticle(session.Connection, command.Article);
        if (id is null) return Refused.NotFound("article", command.Article);
        var article = await session.Connection.QuerySingleAsync<ArticleRow>(ArticleById, new { Id = id });
        var before = await session.Connection.QuerySingleAsync<SnapshotRow>(Latest, new { Id = id });
        var sha256 = SnapshotRow.Hash(command.Text);
        if (await session.Connection.QuerySingleOrDefaultAsync<long?>(ByText, new { Sha256 = sha256 }) is { } known)
            return new Refusal(RefusalKind.Rule, "same_text", known == article.Number ? (sha256 == before.Sha256 ? $"article {known} has this very text already; nothing is new" : $"an earlier version of article {known} has this very text; a version does not come back unchanged, say in it what was put right") : $"this is the text of article {known}");
        var revision = new RevisionRow { ArticleId = id, Version = before.Version + 1, Kind = command.Correction ? "correction" : "update", Note = string.IsNullOrWhiteSpace(command.Note) ? null : command.Note.Trim(), UserId = session.Actor?.Id, At = session.NowMs };
        var snapshot = new SnapshotRow { ArticleId = id, Version = revision.Version, Sha256 = sha256, Text = command.Text, CreatedAt = session.NowMs };
        await session.Connection.ExecuteAsync(SnapshotRow.Insert, snapshot);
        await session.Connection.ExecuteAsync(InsertRevision, revision);
        await session.Audit.Append(session.ActorName, command.Correction ? "ArticleCorrected" : "ArticleRevised", session.NowMs, revision, null, new { article = command.Article, revision.Version, revision.Note }, [snapshot]);
        return await new RevisionCarry(session, start, amendment, watch, article, revision, new VersionMatch(before.Text, command.Text, Extractor.Extract(before.Text), command.Claims())).Run();
    }
}
