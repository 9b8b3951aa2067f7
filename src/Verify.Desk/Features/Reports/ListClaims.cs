using System.Globalization;
using System.Text;
using Dapper;
using FluentValidation;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Reports;

/// <summary>The claims behind a figure of a report, the newest first.</summary>
/// <param name="By">What they were counted by: one of <see cref="ReportClaims.Groupings"/>, or one of <see cref="ByWeek"/>; null: all claims.</param>
/// <param name="Group">The line of the report, as it stands there; of a week its Monday as yyyy-MM-dd.</param>
/// <param name="Status">Only claims of this status.</param>
/// <param name="Overdue">Only claims with an open task past its due time.</param>
/// <param name="Limit">1 to 200.</param>
/// <param name="After">The <see cref="ClaimPage.Next"/> of the page before; null for the first.</param>
public sealed record ListClaims(string? By = null, string? Group = null, string? Status = null, bool Overdue = false, int Limit = 50, string? After = null) : Query<ClaimPage>
{
    /// <summary>What <see cref="ReportFlow"/> counts week by week.</summary>
    public static readonly IReadOnlyList<string> ByWeek = ["started", "decided", "approved", "returned"];
    /// <summary>Claims on which a step was decided since a day: its group is the day and the step, as "2026-03-30 approve".</summary>
    public const string DecidedStep = "decided-step";

    internal bool HasDay => By is not null && (By == DecidedStep || ByWeek.Contains(By));

    internal DateTimeOffset? Monday => HasDay && DateTimeOffset.TryParseExact(Group?.Split(' ')[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day) && day.Year is > 1970 and < 9999 ? day : null;
}

/// <param name="Next">Asks for the next page; null on the last.</param>
public sealed record ClaimPage(IReadOnlyList<ClaimLine> Claims, string? Next);

public sealed record ClaimLine(string Claim, string Title, string? Speaker, string Content, string Status, string? AttributionVerdict, string? ContentVerdict, DateTimeOffset StartedAt);

public sealed class ListClaimsValidator : AbstractValidator<ListClaims>
{
    public ListClaimsValidator()
    {
        RuleFor(q => q.By).Must(b => b is null || ReportClaims.Groupings.Contains(b) || b == ListClaims.DecidedStep || ListClaims.ByWeek.Contains(b)).WithMessage(q => $"a report is by one of: {string.Join(", ", ReportClaims.Groupings)}; of a week: {string.Join(", ", ListClaims.ByWeek)}");
        RuleFor(q => q.Group).Must((q, _) => !q.HasDay || q.Monday is not null).WithMessage("a week is named by its Monday, as 2026-03-30");
        RuleFor(q => q.Limit).InclusiveBetween(1, 200).WithMessage("a page has from 1 to 200 claims");
    }
}

public sealed class ListClaimsHandler(DeskDatabase database, TimeProvider clock) : IRequestHandler<ListClaims, Result<ClaimPage>>
{
    private const string Select = """
        SELECT c.id AS Id, a.number AS Article, c.ordinal AS Ordinal, a.title AS Title, c.speaker AS Speaker, c.content AS Content, c.status AS Status,
            c.attribution_verdict AS AttributionVerdict, c.content_verdict AS ContentVerdict, c.created_at AS CreatedAt
        FROM claims c JOIN articles a ON a.id = c.article_id WHERE 1
        """;

    public async Task<Result<ClaimPage>> Handle(ListClaims query, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        var sql = new StringBuilder(Select);
        if (query.By is not null) sql.Append(Condition(query.By, query.Group ?? ""));
        if (query.Status is not null) sql.Append(" AND c.status = @Status");
        if (query.Overdue) sql.Append(" AND EXISTS (SELECT 1 FROM tasks o WHERE o.claim_id = c.id AND o.status = 'open' AND o.due_at < @Now)");
        if (query.After is not null) sql.Append(" AND c.id < @After");
        sql.Append(" ORDER BY c.id DESC LIMIT @Limit");
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var rows = (await connection.QueryAsync<Row>(sql.ToString(), new
        {
            Group = query.By == ListClaims.DecidedStep ? query.Group!.Split(' ')[^1] : query.Group ?? "",
            query.Status,
            query.After,
            Now = now,
            Limit = query.Limit + 1,
            From = query.Monday?.ToUnixTimeMilliseconds(),
            To = query.Monday?.AddDays(7).ToUnixTimeMilliseconds(),
            FirstId = query.Monday is { } from ? Ids.First(from) : null,
            EndId = query.Monday is { } monday ? Ids.First(monday.AddDays(7)) : null,
        })).ToList();
        var more = rows.Count > query.Limit;
        if (more) rows.RemoveAt(rows.Count - 1);
        return new ClaimPage([.. rows.Select(r => new ClaimLine(References.Claim(r.Article, r.Ordinal), r.Title, r.Speaker, r.Content, r.Status, r.AttributionVerdict, r.ContentVerdict, DateTimeOffset.FromUnixTimeMilliseconds(r.CreatedAt)))],
            more ? rows[^1].Id : null);
    }

    // The same groups that the report counts.
    private static string Condition(string by, string group) => by switch
    {
        "status" => " AND c.status = @Group",
        "step" => " AND EXISTS (SELECT 1 FROM tasks t WHERE t.claim_id = c.id AND t.status = 'open' AND t.step = @Group)",
        "article" => " AND a.number = CAST(@Group AS INTEGER)",
        "checker" => " AND c.id IN (SELECT d.claim_id FROM decisions d JOIN users u ON u.id = d.user_id WHERE u.name = @Group)",
        "desk" => group == ReportClaims.None ? " AND a.desk IS NULL" : " AND a.desk = @Group",
        "source" => group == ReportClaims.None ? " AND (c.speaker IS NULL OR c.speaker = '')" : " AND c.speaker = @Group",
        "verdict" => $" AND {ReportClaims.Verdict} = @Group",
        "extraction" => " AND EXISTS (SELECT 1 FROM amendments m WHERE m.claim_id = c.id AND m.kind = @Group)",
        ListClaims.DecidedStep => " AND c.id IN (SELECT d.claim_id FROM decisions d JOIN tasks t ON t.claim_id = d.claim_id AND t.token = d.token WHERE d.decided_at >= @From AND t.step = @Group)",
        "started" => " AND c.id >= @FirstId AND c.id < @EndId",
        "decided" => Decided(""),
        "approved" => Decided(" AND kind = 'approval' AND outcome = 'approve'"),
        "returned" => Decided(" AND outcome = 'return'"),
        _ => $" AND c.status = 'in-review' AND {ReportClaims.Age} = @Group",
    };

    private static string Decided(string how) => $" AND c.id IN (SELECT claim_id FROM decisions WHERE decided_at >= @From AND decided_at < @To{how})";

    private sealed record Row
    {
        public string Id { get; init; } = "";
        public long Article { get; init; }
        public long Ordinal { get; init; }
        public string Title { get; init; } = "";
        public string? Speaker { get; init; }
        public string Content { get; init; } = "";
        public string Status { get; init; } = "";
        public string? AttributionVerdict { get; init; }
        public string? ContentVerdict { get; init; }
        public long CreatedAt { get; init; }
    }
}
