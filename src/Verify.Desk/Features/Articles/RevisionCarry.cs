using System.Globalization;
using Dapper;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Articles;

/// <summary>Carries an article's claims over to its next version: one run, one revision.</summary>
internal sealed class RevisionCarry(Session session, ClaimStart start, ClaimAmendment amendment, GroundWatch watch, ArticleRow article, RevisionRow revision, VersionMatch match)
{
    private const string ClaimsOf = $"SELECT {ClaimRow.Columns} FROM claims WHERE article_id = @Id AND article_version = @Version ORDER BY ordinal";

    private readonly List<string> _unchanged = [];
    private readonly List<ChangedClaim> _changed = [];
    private readonly List<LostClaim> _lost = [];
    private readonly List<string> _added = [];
    private readonly Dictionary<int, long> _ordinals = [];
    private readonly MovedGround _why = new("article", $"{article.Number.ToString(CultureInfo.InvariantCulture)} v{revision.Version.ToString(CultureInfo.InvariantCulture)}", "");

    public async Task<Result<RevisedArticle>> Run()
    {
        var claims = (await session.Connection.QueryAsync<ClaimRow>(ClaimsOf, new { article.Id, Version = revision.Version - 1 })).ToList();
        var own = claims.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        var leading = (await watch.ClaimsLeadingTo("article", article.Id)).Where(c => !own.Contains(c)).ToList();
        foreach (var (claim, now) in claims.Zip(match.Find(claims)))
        {
            if (now.Claim is { } index) _ordinals[index] = claim.Ordinal;
            if (await Carry(claim, now) is { } refusal) return refusal;
        }
        if (await StartNew() is { } unroutable) return unroutable;
        return new RevisedArticle(article.Number.ToString(CultureInfo.InvariantCulture), revision.Version, revision.Kind, _unchanged, _changed, _lost, _added, await ReopenElsewhere(leading));
    }

    private async Task<Refusal?> Carry(ClaimRow claim, FoundAgain now)
    {
        var name = References.Claim(article.Number, claim.Ordinal);
        var how = new Amendment("anchored", $"version {revision.Version}, {now.How}", null, null);
        if (claim.Status == "dismissed")
        {
            // What is no claim is carried along only so that it is not found anew.
            if (now.Spans.Count > 0) await amendment.Amend(claim, match.Describe(claim, now) with { ArticleVersion = revision.Version }, how, null);
            return null;
        }
        if (now.Spans.Count == 0)
        {
            await amendment.End(claim, new("lost", $"version {revision.Version} does not say it any more", claim.Content, null), _why with { Reason = $"version {revision.Version} of the article does not say it any more" });
            _lost.Add(new(name, claim.Content, claim.Status));
            return null;
        }
        var after = match.Describe(claim, now) with { ArticleVersion = revision.Version };
        if (now is { Source: SourceFate.Changed, Claim: { } place })
        {
            // Another source may ask for another way: an unnamed one, a document that was passed on.
            var route = await start.Route(match.ClaimsAfter[place], match.After);
            if (route.Refusal is { } refusal) return refusal;
            if (route.Value.Definition != claim.DefinitionId) after = after with { DefinitionId = route.Value.Definition, DefinitionVersion = start.VersionOf(route.Value.Definition), Route = route.Value.Reason };
        }
        var (was, became) = (ClaimSpec.Text(claim.Chain), now.Source == SourceFate.Gone ? "nobody is named" : ClaimSpec.Text(after.Chain));
        var source = now.Source == SourceFate.Same ? null : $"{was} → {became}";
        if (now.WordsChanged) how = how with { Before = claim.Content, After = after.Content };
        else if (source is not null) how = how with { Before = was, After = became };
        var reopened = await amendment.Amend(claim, after, how, Moved(now, after, source));
        if (now.WordsChanged || source is not null) _changed.Add(new(name, claim.Content, after.Content, source, now.Differences, reopened));
        else _unchanged.Add(name);
        return null;
    }

    private MovedGround? Moved(FoundAgain now, ClaimRow after, string? source)
    {
        if (now.WordsChanged) return _why with { Reason = now.Differences.Count == 0 ? "whether it was said or denied changed" : $"it now says: {after.Content}" };
        return source is null ? null : _why with { Reason = $"who said it changed: {source}", KeepsContent = true };
    }

    private async Task<Refusal?> StartNew()
    {
        foreach (var (claim, i) in match.New(_ordinals.Keys))
        {
            var route = await start.Route(claim, match.After);
            if (route.Refusal is { } refusal) return refusal;
            var ordinal = _ordinals[i] = await MendedClaim.NextOrdinal(session.Connection, article.Id);
            await start.Start(article, revision.Version, match.After, claim, route.Value, ordinal, claim.Parent is { } p && _ordinals.TryGetValue(p, out var parent) ? parent : null);
            _added.Add(References.Claim(article.Number, ordinal));
        }
        return null;
    }

    // What came from an article that was wrong is looked at again; what came from one of its claims was, when that claim was.
    private async Task<List<ReopenedClaim>> ReopenElsewhere(IReadOnlyList<string> leading)
    {
        var reopened = amendment.TakeElsewhere().ToList();
        if (revision.Kind == "correction") reopened.AddRange(await watch.ReopenAll(leading, _why with { Reason = $"article {article.Number}, which its evidence comes from, was corrected" }));
        return reopened;
    }
}
