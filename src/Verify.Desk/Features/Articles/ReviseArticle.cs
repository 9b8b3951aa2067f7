using System.Security.Cryptography;
using System.Text;
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
    public void Prepare() => _claims = Extractor.Extract(Text);
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
    private const string InsertSnapshot = "INSERT INTO snapshots (article_id, version, sha256, text, created_at) VALUES (@ArticleId, @Version, @Sha256, @Text, @CreatedAt)";
    private const string InsertRevision = "INSERT INTO revisions (article_id, version, kind, note, user_id, at) VALUES (@ArticleId, @Version, @Kind, @Note, @UserId, @At)";
    private const string ClaimsOf = $"SELECT {ClaimRow.Columns} FROM claims WHERE article_id = @Id AND article_version = @Version ORDER BY ordinal";

    public async Task<Result<RevisedArticle>> Handle(ReviseArticle command, CancellationToken cancellationToken)
    {
        var id = await References.FindArticle(session.Connection, command.Article);
        if (id is null) return Refused.NotFound("article", command.Article);
        var article = await session.Connection.QuerySingleAsync<ArticleRow>(ArticleById, new { Id = id });
        var before = await session.Connection.QuerySingleAsync<SnapshotRow>(Latest, new { Id = id });
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(command.Text)));
        if (await session.Connection.QuerySingleOrDefaultAsync<long?>(ByText, new { Sha256 = sha256 }) is { } known)
            return new Refusal(RefusalKind.Rule, "same_text", known == article.Number ? (sha256 == before.Sha256 ? $"article {known} has this very text already; nothing is new" : $"an earlier version of article {known} has this very text; a version does not come back unchanged, say in it what was put right") : $"this is the text of article {known}");
        var revision = new RevisionRow { ArticleId = id, Version = before.Version + 1, Kind = command.Correction ? "correction" : "update", Note = string.IsNullOrWhiteSpace(command.Note) ? null : command.Note.Trim(), UserId = session.Actor?.Id, At = session.NowMs };
        var snapshot = new SnapshotRow { ArticleId = id, Version = revision.Version, Sha256 = sha256, Text = command.Text, CreatedAt = session.NowMs };
        await session.Connection.ExecuteAsync(InsertSnapshot, snapshot);
        await session.Connection.ExecuteAsync(InsertRevision, revision);
        await session.Audit.Append(session.ActorName, command.Correction ? "ArticleCorrected" : "ArticleRevised", session.NowMs, revision, null, new { article = command.Article, revision.Version, revision.Note }, [snapshot]);
        return await Carry(article, revision, new VersionMatch(before.Text, command.Text, Extractor.Extract(before.Text), command.Claims()));
    }

    // By the claim that they lead to, or "article" where they lead to the article as a whole; its own claims left out.
    private async Task<Dictionary<string, List<string>>> Elsewhere(ArticleRow article, List<ClaimRow> claims)
    {
        var own = claims.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        var leading = new Dictionary<string, List<string>> { ["article"] = [.. (await watch.ClaimsLeadingTo("article", article.Id)).Where(c => !own.Contains(c))] };
        foreach (var claim in claims)
            if ((await watch.ClaimsLeadingTo("claim", claim.Id)).Where(c => !own.Contains(c)).ToList() is { Count: > 0 } found) leading[References.Claim(article.Number, claim.Ordinal)] = found;
        return leading;
    }

    private async Task<Result<RevisedArticle>> Carry(ArticleRow article, RevisionRow revision, VersionMatch match)
    {
        var (unchanged, changed, lost, added) = (new List<string>(), new List<ChangedClaim>(), new List<LostClaim>(), new List<string>());
        var ordinals = new Dictionary<int, long>();
        var why = new MovedGround("article", $"{article.Number} v{revision.Version}", "");
        var claims = (await session.Connection.QueryAsync<ClaimRow>(ClaimsOf, new { article.Id, Version = revision.Version - 1 })).ToList();
        var elsewhere = await Elsewhere(article, claims);
        var measured = await watch.Measure(elsewhere.Values.SelectMany(x => x).Distinct());
        foreach (var (claim, now) in claims.Zip(match.Find(claims)))
        {
            var name = References.Claim(article.Number, claim.Ordinal);
            if (now.Claim is { } index) ordinals[index] = claim.Ordinal;
            // What is no claim is carried along only so that it is not found anew.
            if (claim.Status == "dismissed")
            {
                if (now.Spans.Count > 0) await amendment.Amend(claim, match.Describe(claim, now) with { ArticleVersion = revision.Version }, new("anchored", $"version {revision.Version}, {now.How}", null, null), null);
                continue;
            }
            if (now.Spans.Count == 0)
            {
                await amendment.End(claim, new("lost", $"version {revision.Version} does not say it any more", claim.Content, null), why with { Reason = $"version {revision.Version} of the article does not say it any more" });
                lost.Add(new(name, claim.Content, claim.Status));
                continue;
            }
            var after = match.Describe(claim, now) with { ArticleVersion = revision.Version };
            var source = now.Source switch { SourceFate.Gone => $"{ClaimSpec.Text(claim.Chain)} → nobody is named", SourceFate.Changed => $"{ClaimSpec.Text(claim.Chain)} → {ClaimSpec.Text(after.Chain)}", _ => null };
            if (now is { Source: SourceFate.Changed, Claim: { } place })
            {
                // Another source may ask for another way: an unnamed one, a document that was passed on.
                var route = await start.Route(match.ClaimsAfter[place], match.After);
                if (route.Refusal is { } refusal) return refusal;
                if (route.Value.Definition != claim.DefinitionId) after = after with { DefinitionId = route.Value.Definition, DefinitionVersion = start.VersionOf(route.Value.Definition), Route = route.Value.Reason };
            }
            var moved = now.WordsChanged ? why with { Reason = now.Differences.Count == 0 ? "whether it was said or denied changed" : $"it now says: {after.Content}" } : source is not null ? why with { Reason = $"who said it changed: {source}", KeepsContent = true } : null;
            var reopened = await amendment.Amend(claim, after, new("anchored", $"version {revision.Version}, {now.How}", moved is null ? null : source is null ? claim.Content : ClaimSpec.Text(claim.Chain), moved is null ? null : source is null ? after.Content : ClaimSpec.Text(after.Chain)), moved);
            if (moved is null) unchanged.Add(name);
            else changed.Add(new(name, claim.Content, after.Content, source, now.Differences, reopened));
        }
        foreach (var (claim, i) in match.New(ordinals.Keys))
        {
            var route = await start.Route(claim, match.After);
            if (route.Refusal is { } refusal) return refusal;
            var ordinal = await MendedClaim.NextOrdinal(session.Connection, article.Id);
            ordinals[i] = ordinal;
            await start.Start(article, revision.Version, match.After, claim, route.Value, ordinal, claim.Parent is { } p && ordinals.TryGetValue(p, out var parent) ? parent : null);
            added.Add(References.Claim(article.Number, ordinal));
        }
        // What stands in other articles on the strength of this one.
        var touched = changed.Select(c => c.Claim).ToHashSet(StringComparer.Ordinal);
        var direct = elsewhere.Where(e => touched.Contains(e.Key) || e.Key == "article" && revision.Kind == "correction").SelectMany(e => e.Value).Distinct().ToList();
        var others = await watch.ReopenAll(direct, why with { Reason = $"article {article.Number}, which its evidence comes from, was changed" });
        foreach (var id in direct) measured.Remove(id);
        others.AddRange(await watch.ReopenWeaker(measured, why with { Reason = $"article {article.Number}, which its evidence comes from, was changed" }));
        return new RevisedArticle(article.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), revision.Version, revision.Kind, unchanged, changed, lost, added, others);
    }
}
