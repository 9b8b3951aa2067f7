using System.CommandLine;
using System.Globalization;
using CsvHelper;
using Verify.Desk.Features.Reports;

namespace Verify.Cli.Verbs;

internal static class ReportVerb
{
    private static readonly Option<string?> By = new("--by") { Description = "status, step, article, checker, age or extraction (what checkers had to mend); else all" };
    private static readonly Option<bool> Csv = new("--csv") { Description = "Print CSV" };

    public static Command Create()
    {
        var command = new Command("report", """
            Count claims by status, step, article, checker, age and what checkers had to mend.

            Example:
              verify report --by article --csv > claims.csv
            """) { By, Csv };
        command.SetAction(Run);
        return command;
    }

    private static Task<int> Run(ParseResult parse, CancellationToken cancellation)
    {
        var run = new Invocation(parse, cancellation);
        return run.OnDesk(async desk =>
        {
            var reports = new List<ClaimReport>();
            foreach (var by in parse.GetValue(By) is { } one ? [one] : ReportClaims.Groupings)
            {
                var result = await desk.Send(new ReportClaims(by), cancellation);
                if (result.Refusal is { } refusal) return run.Refuse(refusal);
                reports.Add(result.Value);
            }
            if (run.Json) Output.Json(new { reports });
            else if (parse.GetValue(Csv)) WriteCsv(reports);
            else reports.ForEach(Print);
            return ExitCodes.Done;
        }, reads: true);
    }

    private static void Print(ClaimReport report)
    {
        Output.Line($"By {report.By} ({Output.Count(report.Claims, "claim")} in all)");
        Output.Table([report.By, "Claims", "In review", "Approved", "Rejected", "Dismissed", "Overdue"], report.Lines.Select(l => (IReadOnlyList<string>)
            [Output.Short(l.Group, 60), .. new[] { l.Claims, l.InReview, l.Approved, l.Rejected, l.Dismissed, l.Overdue }.Select(n => n.ToString(CultureInfo.InvariantCulture))]));
    }

    private static void WriteCsv(List<ClaimReport> reports)
    {
        // A title may begin with "=": a spreadsheet must not take it for a formula.
        using var csv = CsvWriter.Create(Console.Out, new CsvWriterOptions { Injection = CsvInjection.Escape }, true);
        csv.WriteRecord(["by", "group", "claims", "in_review", "approved", "rejected", "dismissed", "overdue"]);
        foreach (var report in reports)
            foreach (var l in report.Lines)
                csv.WriteRecord([report.By, l.Group, .. new[] { l.Claims, l.InReview, l.Approved, l.Rejected, l.Dismissed, l.Overdue }.Select(n => n.ToString(CultureInfo.InvariantCulture))]);
    }
}
