using System.Text.Json;
using Dapper;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;
using Verify.Evidence.Quotations;
using Verify.Evidence.Text;

namespace Verify.Desk.Features.SecondarySource;

/// <summary>Holds each quoted stretch of a claim against the text of a piece of evidence. A command, because the view is recorded.</summary>
public sealed record CompareQuotation(string Claim, string Evidence) : Command<QuotationReport>
{
    public override bool NeedsUser => false;
}

/// <param name="ProposedVerdict">The attribution verdict that the comparison suggests; the checker decides.</param>
public sealed record QuotationReport(string Claim, string Evidence, string Title, IReadOnlyList<QuotationLine> Quotations, string ProposedVerdict);

/// <param name="Result">verbatim, ellipsis, bracketed, altered, spliced, out-of-context, not-found.</param>
/// <param name="Share">Of its words, how many are the document's: 0 to 1.</param>
public sealed record QuotationLine(string Quotation, string Result, bool Grave, double Share, string Before, string Matched, string After, IReadOnlyList<string> AlsoFrom, IReadOnlyList<QuotationDifference> Differences, string? Concern, string ProposedVerdict);

public sealed class CompareQuotationHandler(Session session) : IRequestHandler<CompareQuotation, Result<QuotationReport>>
{
    private const string Snapshot = "SELECT text FROM snapshots WHERE article_id = @ArticleId AND version = @ArticleVersion";
    private const string TextOf = "SELECT text FROM contents WHERE sha256 = @Content";
    // The gravest first: a claim is as good as the worst of its quotations.
    private static readonly string[] Order = ["altered-quote", "out-of-context", "unverifiable", "accurate"];

    public async Task<Result<QuotationReport>> Handle(CompareQuotation command, CancellationToken cancellationToken)
    {
        var claim = await References.LoadClaim(session.Connection, command.Claim);
        if (claim is null) return Refused.NotFound("claim", command.Claim);
        var evidence = await References.FindEvidence(session.Connection, command.Evidence);
        if (evidence is null) return Refused.NotFound("evidence", command.Evidence);
        if (evidence.WithdrawnAt is not null) return Refused.Withdrawn(command.Evidence);
        var text = evidence.Content is null ? null : await session.Connection.QuerySingleOrDefaultAsync<string?>(TextOf, new { evidence.Content });
        if (string.IsNullOrWhiteSpace(text)) return new Refusal(RefusalKind.Rule, "no_text", $"{command.Evidence} has no text to compare with; attach the document as text, PDF, DOCX or HTML");
        var quoted = ClaimQuotations.Of(claim, await session.Connection.QuerySingleAsync<string>(Snapshot, new { claim.ArticleId, claim.ArticleVersion }));
        if (quoted.Count == 0) return new Refusal(RefusalKind.Rule, "no_quotation", $"nothing in {command.Claim} is quoted; compare its sense yourself, `verify evidence show {command.Evidence}` prints the text");
        var words = TextWords.OfDocument(text);
        var lines = quoted.Select(q => Line(q, QuotationCheck.Compare(q, words), text)).ToList();
        var row = await Custody.Log(session, evidence.Id, "compared", $"with {command.Claim}");
        await session.Audit.Append(session.ActorName, "QuotationCompared", session.NowMs, row, null, new { claim = command.Claim, evidence = command.Evidence }, []);
        return new QuotationReport(command.Claim, References.Evidence(evidence.Number), evidence.Title, lines, lines.Select(l => l.ProposedVerdict).MinBy(v => Array.IndexOf(Order, v))!);
    }

    private static QuotationLine Line(string quotation, QuotationComparison c, string text) => new(quotation, JsonNamingPolicy.KebabCaseLower.ConvertName(c.Result.ToString()), c.Grave, Math.Round(c.Share, 3), c.Before, c.Matched, c.After,
        [.. c.Found.Skip(1).Select(f => text[f.Start..f.End])], c.Differences, c.Concern, c.ProposedVerdict);
}
