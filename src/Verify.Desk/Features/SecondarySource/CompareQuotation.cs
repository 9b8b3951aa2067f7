using System.Data;
using System.Text.Json;
using Dapper;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;
using Verify.Evidence.Quotations;
using Verify.Evidence.Text;

namespace Verify.Desk.Features.SecondarySource;

/// <summary>Holds each quoted stretch of a claim against the text of a piece of evidence. A command, because the view is recorded.</summary>
public sealed record CompareQuotation(string Claim, string Evidence) : Command<QuotationReport>, IPrepares
{
    private const string Snapshot = "SELECT text FROM snapshots WHERE article_id = @ArticleId AND version = @ArticleVersion";
    private const string TextOf = "SELECT text FROM contents WHERE sha256 = @Content";

    public override bool NeedsUser => false;

    /// <summary>What was compared before the command's turn: a long document must not hold up everybody's decisions.</summary>
    internal Comparison? Compared { get; private set; }

    /// <param name="Of">The claim's version and the content that it was held against; another one meanwhile is another comparison.</param>
    /// <param name="HasText">The evidence has text; without it there are no lines.</param>
    internal sealed record Comparison((long Version, string? Content) Of, bool HasText, IReadOnlyList<QuotationLine> Lines);

    public async ValueTask Prepare(DeskDatabase database, DateTimeOffset now)
    {
        await using var connection = database.OpenReader();
        if (await References.LoadClaim(connection, Claim) is { } claim && await References.FindEvidence(connection, Evidence) is { } evidence) Compared = await Compare(connection, claim, evidence);
    }

    internal static async Task<Comparison> Compare(IDbConnection connection, ClaimRow claim, EvidenceRow evidence)
    {
        var of = (claim.Version, evidence.Content);
        var text = evidence.Content is null ? null : await connection.QuerySingleOrDefaultAsync<string?>(TextOf, new { evidence.Content });
        if (string.IsNullOrWhiteSpace(text)) return new(of, false, []);
        var quoted = ClaimQuotations.Of(claim, await connection.QuerySingleAsync<string>(Snapshot, new { claim.ArticleId, claim.ArticleVersion }));
        var words = quoted.Count == 0 ? null : TextWords.OfDocument(text);
        return new(of, true, [.. quoted.Select(q => CompareQuotationHandler.Line(q, QuotationCheck.Compare(q, words!), text))]);
    }
}

/// <param name="ProposedVerdict">The attribution verdict that the comparison suggests; the checker decides.</param>
public sealed record QuotationReport(string Claim, string Evidence, string Title, IReadOnlyList<QuotationLine> Quotations, string ProposedVerdict);

/// <param name="Result">verbatim, ellipsis, bracketed, altered, spliced, out-of-context, not-found.</param>
/// <param name="Share">Of its words, how many are the document's: 0 to 1.</param>
public sealed record QuotationLine(string Quotation, string Result, bool Grave, double Share, string Before, string Matched, string After, IReadOnlyList<string> AlsoFrom, IReadOnlyList<QuotationDifference> Differences, string? Concern, string ProposedVerdict);

public sealed class CompareQuotationHandler(Session session) : IRequestHandler<CompareQuotation, Result<QuotationReport>>
{
    // The gravest first: a claim is as good as the worst of its quotations.
    private static readonly string[] Order = ["altered-quote", "out-of-context", "unverifiable", "accurate"];

    public async Task<Result<QuotationReport>> Handle(CompareQuotation command, CancellationToken cancellationToken)
    {
        var claim = await References.LoadClaim(session.Connection, command.Claim);
        if (claim is null) return Refused.NotFound("claim", command.Claim);
        var evidence = await References.FindEvidence(session.Connection, command.Evidence);
        if (evidence is null) return Refused.NotFound("evidence", command.Evidence);
        if (evidence.WithdrawnAt is not null) return Refused.Withdrawn(command.Evidence);
        var compared = command.Compared is { } ready && ready.Of == (claim.Version, evidence.Content) ? ready : await CompareQuotation.Compare(session.Connection, claim, evidence);
        if (!compared.HasText) return new Refusal(RefusalKind.Rule, "no_text", $"{command.Evidence} has no text to compare with; attach the document as text, PDF, DOCX or HTML");
        var lines = compared.Lines;
        if (lines.Count == 0) return new Refusal(RefusalKind.Rule, "no_quotation", $"nothing in {command.Claim} is quoted; compare its sense yourself, `verify evidence show {command.Evidence}` prints the text");
        var row = await Custody.Log(session, evidence.Id, "compared", $"with {command.Claim}");
        await session.Audit.Append(session.ActorName, "QuotationCompared", session.NowMs, row, null, new { claim = command.Claim, evidence = command.Evidence }, []);
        return new QuotationReport(command.Claim, References.Evidence(evidence.Number), evidence.Title, lines, lines.Select(l => l.ProposedVerdict).MinBy(v => Array.IndexOf(Order, v))!);
    }

    internal static QuotationLine Line(string quotation, QuotationComparison c, string text) => new(quotation, JsonNamingPolicy.KebabCaseLower.ConvertName(c.Result.ToString()), c.Grave, Math.Round(c.Share, 3), c.Before, c.Matched, c.After,
        [.. c.Found.Skip(1).Select(f => text[f.Start..f.End])], c.Differences, c.Concern, c.ProposedVerdict);
}
