using System.Data;
using Dapper;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;
using Verify.Evidence.Quotations;
using Verify.Evidence.Text;

namespace Verify.Desk.Features.Claims;

/// <summary>What should make an editor hesitate before approving a claim, the gravest first.</summary>
public sealed record ListDoubts(string Claim) : Query<IReadOnlyList<Doubt>>;

/// <param name="Code">Stable, for example <c>single-origin</c>.</param>
/// <param name="Grave">It speaks against approving; else it only asks for a second look.</param>
public sealed record Doubt(string Code, bool Grave, string Text);

public sealed class ListDoubtsHandler(DeskDatabase database) : IRequestHandler<ListDoubts, Result<IReadOnlyList<Doubt>>>
{
    private const double Unsure = 0.6; // below this about every third find of the extractor is no claim, or another's

    private const string Snapshot = "SELECT text FROM snapshots WHERE article_id = @ArticleId AND version = @ArticleVersion";
    private const string TextOf = "SELECT text FROM contents WHERE sha256 = @Content AND length(text) < 2000000";
    private const string Seen = "SELECT name AS Name, result AS Result FROM link_checks WHERE claim_id = @Id ORDER BY id";
    private const string Override = "SELECT reason FROM overrides WHERE claim_id = @Id AND round = @Round";

    public async Task<Result<IReadOnlyList<Doubt>>> Handle(ListDoubts query, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        var claim = await References.LoadClaim(connection, query.Claim);
        if (claim is null) return Refused.NotFound("claim", query.Claim);
        var ground = await ClaimGround.Of(connection, claim);
        var doubts = new List<Doubt>();
        doubts.AddRange(OfVerdicts(claim));
        doubts.AddRange(OfEvidence(ground));
        doubts.AddRange(await OfQuotations(connection, claim, ground));
        doubts.AddRange(await OfChain(connection, claim));
        if (await connection.QuerySingleOrDefaultAsync<string>(Override, new { claim.Id, claim.Round }) is { } reason) doubts.Add(new("override", true, $"An editor let it go on without the ground that its workflow asks for: {reason}"));
        if (claim.EscalatedAt is not null) doubts.Add(new("late", false, "It has waited longer than its workflow allows"));
        if (claim.Confidence < Unsure) doubts.Add(new("extraction", false, $"The extractor was not sure that this is a claim, or whose ({claim.Confidence:0.00})"));
        return Result<IReadOnlyList<Doubt>>.Of([.. doubts.OrderByDescending(d => d.Grave)]);
    }

    private static IEnumerable<Doubt> OfVerdicts(ClaimRow claim)
    {
        foreach (var (kind, verdict) in new[] { ("content", claim.ContentVerdict), ("attribution", claim.AttributionVerdict) })
            if (verdict is null) yield return new($"no-{kind}-verdict", kind == "attribution", $"Nobody has given a verdict on its {kind}");
            else if (Verdicts.Adverse.Contains(verdict)) yield return new($"{kind}-verdict", true, $"The verdict on its {kind} is {verdict}");
            else if (verdict is "unproven" or "not-checkable" or "unverifiable") yield return new($"{kind}-verdict", false, $"The verdict on its {kind} is {verdict}");
    }

    private static IEnumerable<Doubt> OfEvidence(ClaimGround ground)
    {
        var live = ground.Evidence.Where(e => e.WithdrawnAt is null).ToList();
        if (live.Count == 0) yield return new("no-evidence", true, "No evidence is attached");
        else if (ground.Confirmed.For == 0) yield return new("no-origin", true, "No independent origin for it is confirmed");
        else if (ground.Confirmed.For == 1) yield return new("single-origin", true, $"All that supports it comes from one origin: {string.Join(", ", ground.Confirmed.Origins.Where(o => o.For.Count > 0).Select(o => ground.Said(o.Node)).Take(1))}");
        if (ground.Confirmed.Against > 0) yield return new("refuted", true, $"{ground.Confirmed.Against} independent {(ground.Confirmed.Against == 1 ? "origin speaks" : "origins speak")} against it");
        foreach (var c in ground.Confirmed.Circles.Concat(ground.IfProposalsHold.Circles).DistinctBy(c => c.Evidence))
            yield return new("circular", true, $"{c.Evidence} goes round: {string.Join(" → ", c.Path.Select(ground.Said))}");
        if (ground.Unconfirmed.Count > 0) yield return new("unconfirmed", false, $"Nobody has confirmed where {string.Join(", ", ground.Unconfirmed)} came from");
        foreach (var e in live.Where(e => e.Withheld)) yield return new("ground-rules", true, $"{e.Name} was given {e.GroundRules.Replace('-', ' ')}");
        foreach (var e in ground.Evidence.Where(e => e.WithdrawnAt is not null)) yield return new("withdrawn", false, $"{e.Name} was withdrawn");
    }

    private static async Task<List<Doubt>> OfQuotations(IDbConnection connection, ClaimRow claim, ClaimGround ground)
    {
        var doubts = new List<Doubt>();
        var quoted = ClaimQuotations.Of(claim, await connection.QuerySingleAsync<string>(Snapshot, new { claim.ArticleId, claim.ArticleVersion }));
        // What was said stands in the document itself; a report of it may shorten it without harm.
        foreach (var e in ground.Evidence.Where(e => quoted.Count > 0 && e.WithdrawnAt is null && e.Content is not null && e.Kind is "primary-document" or "recording" or "interview" or "post"))
        {
            var text = await connection.QuerySingleOrDefaultAsync<string?>(TextOf, new { e.Content });
            if (string.IsNullOrWhiteSpace(text)) continue;
            var words = TextWords.OfDocument(text);
            foreach (var c in quoted.Select(q => QuotationCheck.Compare(q, words)))
                if (c.Result is QuotationResult.Altered or QuotationResult.Spliced or QuotationResult.OutOfContext)
                    doubts.Add(new("quotation", c.Grave || c.Result != QuotationResult.Altered, $"As against {e.Name} the quotation is {(c.Result switch { QuotationResult.Altered => c.Grave ? "gravely altered" : "altered", QuotationResult.Spliced => "put together from several places", _ => "taken out of its context" })}"));
        }
        return doubts;
    }

    private static async Task<List<Doubt>> OfChain(IDbConnection connection, ClaimRow claim)
    {
        var chain = ChainLinks.Of(claim.Chain);
        var doubts = new List<Doubt>();
        if (chain.Count == 0) doubts.Add(new("no-source", true, "It names no source"));
        foreach (var l in chain.Where(l => l.Kind == "anonymous")) doubts.Add(new("anonymous", true, $"Its source is anonymous: {(l.Resolved.Length == 0 ? "somebody" : l.Resolved)}"));
        var seen = (await connection.QueryAsync<(string Name, string Result)>(Seen, new { claim.Id })).GroupBy(s => s.Name).ToDictionary(g => g.Key, g => g.Last().Result, StringComparer.Ordinal);
        foreach (var l in chain)
            switch (seen.GetValueOrDefault(l.Resolved))
            {
                case "differs": doubts.Add(new("source-differs", true, $"{l.Resolved} was looked at and says something else")); break;
                case "not-seen" or "unavailable": doubts.Add(new("source-not-seen", false, $"{l.Resolved} could not be looked at")); break;
                case null when l.Resolved.Length > 0: doubts.Add(new("source-unchecked", false, $"Nobody has recorded whether {l.Resolved} was looked at")); break;
            }
        return doubts;
    }
}
