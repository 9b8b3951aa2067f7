using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Verify.Desk;
using Verify.Desk.Features.Articles;
using Verify.Desk.Features.Intake;
using Verify.Web.Pages.Articles;
using Verify.Web.Security;
using static Verify.Web.Pages.ClaimWorkEndpoints;
using static Verify.Web.Visit;

namespace Verify.Web.Pages;

internal static class ArticleEndpoints
{
    public static void MapArticles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/articles", List);
        routes.MapGet("/articles/{article}", Show);
        routes.MapGet("/articles/{article}/differences", Differences);
        routes.MapForm("/articles/{article}/revise", Revise, ArticleText.MaxBytes + 1024 * 1024).RequireRateLimiting(Limits.Intake).RequireAuthorization("works");
    }

    private static async Task<IResult> List(HttpContext context, VerifyDesk desk, long? before, string? of)
    {
        var page = await desk.Send(new ListArticles(before, of), context.RequestAborted);
        return page.Refusal is { } refusal ? Page.Refuse(context, refusal) : Page.Show<ArticlesPage>(new { Articles = page.Value, First = before is null, Of = of });
    }

    private static async Task<IResult> Show(HttpContext context, VerifyDesk desk, string article, long? version, int? part)
    {
        var view = await desk.Send(new ShowArticle(article), context.RequestAborted);
        if (view.Refusal is { } missing) return Page.Refuse(context, missing);
        var text = await desk.Send(new ReadArticle(view.Value.Article, version), context.RequestAborted);
        return text.Refusal is { } refusal ? Page.Refuse(context, refusal) : Page.Show<Articles.ArticlePage>(new { View = view.Value, Article = text.Value, Part = Math.Max(0, part ?? 0) });
    }

    private static async Task<IResult> Differences(HttpContext context, VerifyDesk desk, string article, long from, long to)
    {
        var differences = await desk.Send(new CompareVersions(article, from, to), context.RequestAborted);
        return differences.Refusal is { } refusal ? Page.Refuse(context, refusal) : Page.Show<DifferencesPage>(new { Differences = differences.Value });
    }

    private static async Task<IResult> Revise(HttpContext context, IFormCollection form)
    {
        var article = context.Request.RouteValues["article"] as string ?? "";
        var read = await IntakeEndpoints.TextOf(context, form);
        if (read.Refusal is { } unread) return Page.Refuse(context, unread);
        var result = await DeskOf(context).Send(new ReviseArticle(article, read.Value.Text, form.ContainsKey("correction"), form.Text("note")) { As = Who(context) });
        if (result.Refusal is { } refusal) return Page.Refuse(context, refusal);
        var r = result.Value;
        Notice(context, $"Version {r.Version} is there: {r.Unchanged.Count} claims unchanged, {r.Changed.Count} changed, {r.Lost.Count} gone, {r.Added.Count} new.{Reopened(r.Elsewhere)}");
        return Results.Redirect($"/articles/{r.Article}/differences?from={r.Version - 1}&to={r.Version}");
    }
}
