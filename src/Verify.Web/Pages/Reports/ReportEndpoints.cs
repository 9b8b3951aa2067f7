using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Verify.Desk;
using Verify.Desk.Features.Reports;
using Verify.Web.Pages.Reports;

namespace Verify.Web.Pages;

/// <summary>Reports; every figure leads to its claims.</summary>
internal static class ReportEndpoints
{
    public static void MapReports(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/reports", Show);
        routes.MapGet("/reports/flow", async (HttpContext context, VerifyDesk desk, int? weeks) =>
        {
            var report = await desk.Send(new ReportFlow(weeks ?? 12), context.RequestAborted);
            return report.Refusal is { } refusal ? Page.Refuse(context, refusal) : Page.Show<FlowPage>(new { Report = report.Value });
        });
        routes.MapGet("/claims", List);
    }

    private static async Task<IResult> Show(HttpContext context, VerifyDesk desk, string? by)
    {
        var report = await desk.Send(new ReportClaims(by ?? "status"), context.RequestAborted);
        return report.Refusal is { } refusal ? Page.Refuse(context, refusal) : Page.Show<ReportPage>(new { Report = report.Value });
    }

    private static async Task<IResult> List(HttpContext context, VerifyDesk desk, string? by, string? group, string? status, bool? overdue, string? after)
    {
        var page = await desk.Send(new ListClaims(by, group, status, overdue ?? false, After: after), context.RequestAborted);
        return page.Refusal is { } refusal ? Page.Refuse(context, refusal) : Page.Show<ClaimsPage>(new { Claims = page.Value, By = by, Group = group, Status = status, Overdue = overdue ?? false, First = after is null });
    }

    /// <summary>The address of the claims behind a figure.</summary>
    public static string Address(string? by, string? group, string? status = null, bool overdue = false, string? after = null) =>
        QueryHelpers.AddQueryString("/claims", new Dictionary<string, string?> { ["by"] = by, ["group"] = group, ["status"] = status, ["overdue"] = overdue ? "true" : null, ["after"] = after }.Where(p => p.Value is not null));
}
