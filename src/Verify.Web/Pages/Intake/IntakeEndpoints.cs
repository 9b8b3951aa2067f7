using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Verify.Desk;
using Verify.Desk.Features.Intake;
using Verify.Desk.Features.Users;
using Verify.Desk.Requests;
using Verify.Web.Pages.Intake;
using Verify.Web.Parts;
using Verify.Web.Security;
using static Verify.Web.Visit;

namespace Verify.Web.Pages;

/// <summary>Taking in an article: its text, what was found in it, and then the start.</summary>
internal static class IntakeEndpoints
{
    private const long Most = 4L * ArticleText.MaxBytes; // a form field may need three bytes where the text has one

    public static void MapIntake(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/intake", async (HttpContext c, VerifyDesk desk) => Page.Show<IntakePage>(new { Form = new IntakeForm { Desk = Viewer.SignedIn(c).Desk }, Users = await Names(desk) }));
        routes.MapForm("/intake", Preview, Most).RequireRateLimiting(Limits.Intake);
        routes.MapForm("/intake/start", Start, Most).RequireRateLimiting(Limits.Intake);
    }

    private static async Task<IResult> Preview(HttpContext context, IFormCollection form)
    {
        var read = await TextOf(context, form);
        var filled = Filled(form);
        if (read.Refusal is { } unread) return Page.Show<IntakePage>(new { Form = filled with { Text = form["text"].ToString() }, Users = await Names(DeskOf(context)), Problem = unread }, Page.StatusOf(unread));
        var article = read.Value;
        filled = filled with { Text = article.Text, Title = filled.Title ?? article.Title, Outlet = filled.Outlet ?? article.Outlet, Date = filled.Date ?? article.Date };
        var found = new PreviewArticle(article.Text).Answer(DeskOf(context).Catalog);
        return found.Refusal is { } refusal ? Page.Refuse(context, refusal) : Page.Show<PreviewPage>(new { Form = filled, Claims = found.Value });
    }

    private static async Task<IResult> Start(HttpContext context, IFormCollection form)
    {
        // A form's lines end as browsers end them; the text is the one that was shown.
        var filled = Filled(form) with { Text = form["text"].ToString().ReplaceLineEndings("\n") };
        var result = await DeskOf(context).Send(new CheckArticle(filled.Text, filled.Title, filled.Outlet, filled.Url, filled.Date, filled.Writer, filled.Desk) { As = Who(context), Key = KeyOf(context, form) });
        if (result.Refusal is { } refusal) return Page.Show<IntakePage>(new { Form = filled, Users = await Names(DeskOf(context)), Problem = refusal }, Page.StatusOf(refusal));
        Notice(context, result.Value.AlreadyKnown ? $"The same text is article {result.Value.Number} already; nothing was started anew." : $"Article {result.Value.Number}: {Words.Count(result.Value.Claims, "claim")} started.");
        return Results.Redirect($"/articles/{result.Value.Number}");
    }

    /// <summary>The text of a form's file, else of its field; HTML is reduced to its main text.</summary>
    public static async Task<Result<ArticleText>> TextOf(HttpContext context, IFormCollection form)
    {
        if (form.Files["file"] is not { Length: > 0 } file) return ArticleText.Read("the text", Encoding.UTF8.GetBytes(form["text"].ToString().ReplaceLineEndings("\n")));
        if (file.Length > ArticleText.MaxBytes) return Refused.Input("too_large", $"{file.FileName} has {file.Length / 1024 / 1024} MB; articles up to {ArticleText.MaxBytes / 1024 / 1024} MB are taken");
        using var bytes = new MemoryStream((int)file.Length);
        await file.CopyToAsync(bytes, context.RequestAborted);
        var read = ArticleText.Read(Path.GetFileName(file.FileName), bytes.ToArray());
        return read.Refusal is null ? read.Value with { Text = read.Value.Text.ReplaceLineEndings("\n") } : read;
    }

    private static IntakeForm Filled(IFormCollection form) => new() { Title = form.Text("title"), Outlet = form.Text("outlet"), Url = form.Text("url"), Date = form.Text("date"), Desk = form.Text("desk"), Writer = form.Text("writer") };

    private static async Task<IReadOnlyList<string>> Names(VerifyDesk desk) => await desk.Send(new ListUsers()) is { Refusal: null } users ? [.. users.Value.Where(u => !u.Disabled).Select(u => u.Name)] : [];
}

public sealed record IntakeForm
{
    public string Text { get; init; } = "";
    public string? Title { get; init; }
    public string? Outlet { get; init; }
    public string? Url { get; init; }
    public string? Date { get; init; }
    public string? Desk { get; init; }
    public string? Writer { get; init; }
}
