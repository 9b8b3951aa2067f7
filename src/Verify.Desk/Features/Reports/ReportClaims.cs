using Dapper;
using FluentValidation;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Reports;

/// <summary>Counts claims by one of <see cref="Groupings"/>: extraction is what checkers had to mend, source who said it.</summary>
public sealed record ReportClaims(string By) : Query<ClaimReport>
{
    public static readonly IReadOnlyList<string> Groupings = ["status", "step", "age", "desk", "checker", "source", "verdict", "article", "extraction"];

    /// <summary>The group of claims without one: no desk, no source.</summary>
    public const string None = "none";

    /// <summary>Articles and sources, of which there may be many: so many lines, the largest first.</summary>
    public const int MostLines = 500;

    internal const string Verdict = "('content ' || coalesce(c.content_verdict, 'open') || ', attribution ' || coalesce(c.attribution_verdict, 'open'))";

    // Of what is not done yet.
    internal const string Age = "(CASE WHEN @Now - c.created_at < 86400000 THEN 'under 1 day' WHEN @Now - c.created_at < 259200000 THEN '1 to 3 days' WHEN @Now - c.created_at < 604800000 THEN '3 to 7 days' ELSE 'over 7 days' END)";
}

/// <summary>Counts; every line counts claims, except that a claim with two open steps stands in both lines of "step", with two checkers in both of "checker", and mended twice in both of "extraction".</summary>
public sealed record ClaimReport(string By, long Claims, IReadOnlyList<ReportLine> Lines);

public sealed record ReportLine
{
    public string Group { get; init; } = "";
    public long Claims { get; init; }
    public long InReview { get; init; }
    public long Approved { get; init; }
    public long Rejected { get; init; }
    public long Dismissed { get; init; }
    /// <summary>Of them, how many have an open task past its due time.</summary>
    public long Overdue { get; init; }
}

public sealed class ReportClaimsValidator : AbstractValidator<ReportClaims>
{
    public ReportClaimsValidator()
    {
        RuleFor(q => q.By).Must(ReportClaims.Groupings.Contains).WithMessage(q => $"a report is by one of: {string.Join(", ", ReportClaims.Groupings)}");
    }
}

public sealed class ReportClaimsHandler(DeskDatabase database, TimeProvider clock) : IRequestHandler<ReportClaims, Result<ClaimReport>>
{
    private const string Total = "SELECT count(*) FROM claims";

    // What is overdue is found once, among what is open, and not looked for claim by claim.
    private const string Counts = """
        count(*) AS Claims, coalesce(sum(c.status = 'in-review'), 0) AS InReview, coalesce(sum(c.status = 'approved'), 0) AS Approved,
        coalesce(sum(c.status = 'rejected'), 0) AS Rejected, coalesce(sum(c.status = 'dismissed'), 0) AS Dismissed,
        coalesce(sum(c.id IN (SELECT o.claim_id FROM tasks o WHERE o.status = 'open' AND o.due_at < @Now)), 0) AS Overdue
        """;

    private const string ByStatus = $"SELECT c.status AS \"Group\", {Counts} FROM claims c GROUP BY 1 ORDER BY 2 DESC, 1";
    private const string ByStep = $"SELECT t.step AS \"Group\", {Counts} FROM (SELECT DISTINCT claim_id, step FROM tasks WHERE status = 'open') t JOIN claims c ON c.id = t.claim_id GROUP BY 1 ORDER BY 2 DESC, 1";
    private const string ByArticle = $"SELECT a.number || ' ' || a.title AS \"Group\", {Counts} FROM claims c JOIN articles a ON a.id = c.article_id GROUP BY a.id ORDER BY a.number DESC LIMIT @MostLines";
    private const string ByChecker = $"SELECT u.name AS \"Group\", {Counts} FROM (SELECT DISTINCT claim_id, user_id FROM decisions) d JOIN users u ON u.id = d.user_id JOIN claims c ON c.id = d.claim_id GROUP BY 1 ORDER BY 2 DESC, 1";
    private const string ByAge = $"SELECT {ReportClaims.Age} AS \"Group\", {Counts} FROM claims c WHERE c.status = 'in-review' GROUP BY 1 ORDER BY max(c.created_at) DESC";
    private const string ByDesk = $"SELECT coalesce(a.desk, 'none') AS \"Group\", {Counts} FROM claims c JOIN articles a ON a.id = c.article_id GROUP BY 1 ORDER BY 2 DESC, 1";
    // Counted by the index first: what else is to be known of a line is looked up for the lines that are shown.
    private const string BySource = $"""
        SELECT coalesce(nullif(c.speaker, ''), 'none') AS "Group", {Counts}
        FROM (SELECT speaker, count(*) AS n FROM claims GROUP BY speaker ORDER BY n DESC, speaker LIMIT @MostLines) s JOIN claims c ON c.speaker IS s.speaker GROUP BY 1 ORDER BY 2 DESC, 1
        """;
    private const string ByVerdict = $"SELECT {ReportClaims.Verdict} AS \"Group\", {Counts} FROM claims c GROUP BY 1 ORDER BY 2 DESC, 1";

    private const string ByExtraction = $"SELECT m.kind AS \"Group\", {Counts} FROM (SELECT DISTINCT claim_id, kind FROM amendments WHERE kind IN ('added', 'span', 'chain', 'split', 'merged', 'dismissed')) m JOIN claims c ON c.id = m.claim_id GROUP BY 1 ORDER BY 2 DESC, 1";

    public async Task<Result<ClaimReport>> Handle(ReportClaims query, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        var sql = query.By switch { "status" => ByStatus, "step" => ByStep, "article" => ByArticle, "checker" => ByChecker, "extraction" => ByExtraction, "desk" => ByDesk, "source" => BySource, "verdict" => ByVerdict, _ => ByAge };
        var lines = await connection.QueryAsync<ReportLine>(sql, new { Now = clock.GetUtcNow().ToUnixTimeMilliseconds(), ReportClaims.MostLines });
        return new ClaimReport(query.By, await connection.ExecuteScalarAsync<long>(Total), [.. lines]);
    }
}
