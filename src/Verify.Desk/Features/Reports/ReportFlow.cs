using Dapper;
using FluentValidation;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Reports;

/// <summary>How much was done, week by week, and how long steps waited.</summary>
/// <param name="Weeks">The last so many weeks with the present one, 1 to 53. A week begins on Monday, UTC.</param>
public sealed record ReportFlow(int Weeks = 12) : Query<FlowReport>;

/// <param name="Weeks">The oldest first, weeks without anything among them.</param>
public sealed record FlowReport(IReadOnlyList<FlowWeek> Weeks, IReadOnlyList<StepTime> Steps);

/// <param name="Started">Claims whose item began.</param>
/// <param name="Decisions">Tasks that were decided.</param>
/// <param name="Approved">Approvals given.</param>
/// <param name="Returned">Claims that were sent back.</param>
public sealed record FlowWeek(DateOnly Monday, long Started, long Decisions, long Approved, long Returned);

/// <summary>How long the decided tasks of a step had been open, in hours, half of them and nine in ten of them at most.</summary>
public sealed record StepTime(string Step, int Decided, double MedianHours, double NinetyPercentHours, IReadOnlyList<double?> MedianByWeek);

public sealed class ReportFlowValidator : AbstractValidator<ReportFlow>
{
    public ReportFlowValidator() => RuleFor(q => q.Weeks).InclusiveBetween(1, 53).WithMessage("the report covers from 1 to 53 weeks");
}

public sealed class ReportFlowHandler(DeskDatabase database, TimeProvider clock) : IRequestHandler<ReportFlow, Result<FlowReport>>
{
    private const string Started = "SELECT (created_at - @From) / 604800000 AS Week, count(*) AS Started FROM claims WHERE created_at >= @From GROUP BY 1";
    private const string Decided = """
        SELECT (decided_at - @From) / 604800000 AS Week, count(*) AS Decisions, sum(kind = 'approval' AND outcome = 'approve') AS Approved, sum(outcome = 'return') AS Returned
        FROM decisions WHERE decided_at >= @From GROUP BY 1
        """;
    private const string Waits = """
        SELECT t.step AS Step, (d.decided_at - @From) / 604800000 AS Week, d.decided_at - t.opened_at AS Open
        FROM decisions d JOIN tasks t ON t.claim_id = d.claim_id AND t.token = d.token WHERE d.decided_at >= @From
        """;

    public async Task<Result<FlowReport>> Handle(ReportFlow query, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7) - 7 * (query.Weeks - 1));
        var from = new { From = new DateTimeOffset(monday, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds() };
        var started = (await connection.QueryAsync<Row>(Started, from)).ToDictionary(r => r.Week);
        var decided = (await connection.QueryAsync<Row>(Decided, from)).ToDictionary(r => r.Week);
        var weeks = Enumerable.Range(0, query.Weeks).Select(w =>
        {
            var (s, d) = (started.GetValueOrDefault(w), decided.GetValueOrDefault(w));
            return new FlowWeek(monday.AddDays(7 * w), s?.Started ?? 0, d?.Decisions ?? 0, d?.Approved ?? 0, d?.Returned ?? 0);
        });
        var steps = (await connection.QueryAsync<WaitRow>(Waits, from)).GroupBy(w => w.Step).Select(g => Times(g.Key, [.. g], query.Weeks)).OrderByDescending(s => s.Decided).ThenBy(s => s.Step, StringComparer.Ordinal);
        return new FlowReport([.. weeks], [.. steps]);
    }

    private static StepTime Times(string step, IReadOnlyList<WaitRow> waits, int weeks)
    {
        var sorted = waits.Select(w => w.Open).Order().ToList();
        var byWeek = waits.GroupBy(w => w.Week).ToDictionary(g => g.Key, g => g.Select(w => w.Open).Order().ToList());
        return new(step, sorted.Count, At(sorted, 0.5), At(sorted, 0.9), [.. Enumerable.Range(0, weeks).Select(w => byWeek.TryGetValue(w, out var of) ? At(of, 0.5) : (double?)null)]);
    }

    private static double At(List<long> sorted, double share) => Math.Round(sorted[(int)Math.Min(sorted.Count - 1, Math.Floor(share * sorted.Count))] / 3_600_000.0, 2);

    private sealed record Row
    {
        public long Week { get; init; }
        public long Started { get; init; }
        public long Decisions { get; init; }
        public long Approved { get; init; }
        public long Returned { get; init; }
    }

    private sealed record WaitRow
    {
        public string Step { get; init; } = "";
        public long Week { get; init; }
        public long Open { get; init; }
    }
}
