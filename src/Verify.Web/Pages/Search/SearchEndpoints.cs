using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Verify.Desk;
using Verify.Desk.Features.Matching;
using Verify.Web.Pages.Search;
using Verify.Web.Security;

namespace Verify.Web.Pages;

internal static class SearchEndpoints
{
    public static void MapSearch(this IEndpointRouteBuilder routes) => routes.MapGet("/search", async (HttpContext context, VerifyDesk desk, string? q, string? kind) =>
    {
        if (string.IsNullOrWhiteSpace(q)) return Page.Show<SearchPage>(new { Words = "", Kind = kind });
        // A claim or an article that is called by its name is not searched for.
        if (q.Trim() is { Length: < 20 } name && name.All(c => char.IsAsciiDigit(c) || c == '.') && name.Split('.') is { Length: 2 } parts && parts.All(p => p.Length > 0)) return Results.Redirect($"/claims/{name}");
        var hits = await desk.Send(new SearchDesk(q, string.IsNullOrEmpty(kind) ? null : kind, 50), context.RequestAborted);
        var checks = Viewer.SignedIn(context).Checks;
        return Page.Show<SearchPage>(new { Words = q, Kind = kind, Hits = hits.Refusal is null ? hits.Value with { Hits = [.. hits.Value.Hits.Where(h => checks || !h.ForCheckers)] } : null, Problem = hits.Refusal }, hits.Refusal is { } refusal ? Page.StatusOf(refusal) : 200);
    });
}
