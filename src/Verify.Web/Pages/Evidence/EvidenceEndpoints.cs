using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Verify.Desk;
using Verify.Desk.Features.Evidence;
using Verify.Desk.Features.Origins;
using Verify.Desk.Requests;
using Verify.Web.Pages.Evidence;
using Verify.Web.Security;
using static Verify.Web.Pages.ClaimWorkEndpoints;
using static Verify.Web.Visit;

namespace Verify.Web.Pages;

/// <summary>Evidence: attaching it, where it comes from, and reading it.</summary>
internal static class EvidenceEndpoints
{
    public static void MapEvidence(this IEndpointRouteBuilder routes)
    {
        routes.MapForm("/claims/{claim}/evidence", Attach, Forms.MostWithFile).RequireRateLimiting(Limits.Intake);
        routes.MapForm("/claims/{claim}/use", (c, f) => Do(c, f, "evidence", new UseEvidence(f.Given("evidence"), Claim(c), f.Given("stance")) { As = Who(c) }, u => $"{u.Evidence} {u.Stance} it.{Reopened(u.Reopened)}"));
        routes.MapForm("/claims/{claim}/origin", (c, f) => Do(c, f, "evidence", new SetOrigin(f.Given("evidence"), Claim(c), f.Text("from"), Via: f.Text("via"), Also: f.ContainsKey("also")) { As = Who(c) },
            o => $"{o.Of} comes from {string.Join(", ", o.Origins.Where(l => l.Status == "confirmed").Select(l => l.To == "original" ? "itself" : l.Name))}.{Reopened(o.Reopened)}"));
        routes.MapForm("/claims/{claim}/origin/reject", (c, f) => Do(c, f, "evidence", new RejectOrigin(f.Given("evidence"), Claim(c), f.Given("from")) { As = Who(c) }, o => $"{o.Of} does not come from there.{Reopened(o.Reopened)}"));
        routes.MapForm("/claims/{claim}/detach", (c, f) => f.ContainsKey("withdraw")
            ? Do(c, f, "evidence", new WithdrawEvidence(f.Given("evidence"), f.Given("note")) { As = Who(c) }, w => $"{string.Join(", ", w.Evidence)} withdrawn.{Reopened(w.Reopened)}")
            : Do(c, f, "evidence", new DetachEvidence(f.Given("evidence"), Claim(c), f.Given("note")) { As = Who(c) }, w => $"{string.Join(", ", w.Evidence)} taken from this claim.{Reopened(w.Reopened)}"));
        routes.MapGet("/evidence/{evidence}", View);
        // By a form and not by a link: what is saved is recorded, and must not be by a page of somebody else's.
        routes.MapForm("/evidence/{evidence}/file", Save);
    }

    private static async Task<IResult> Attach(HttpContext context, IFormCollection form)
    {
        var read = await FileOf(context, form);
        if (read.Refusal is { } unread) return await Again(context, form, "evidence", unread);
        var command = new AddEvidence(Claim(context), form.Given("kind"), form.Given("stance"), form.Text("title"), form.Text("reference"), form.Text("ground_rules") ?? "on-the-record",
            form.Text("obtained_from"), form.Text("obtained_how"), form.Text("date"), form.Text("note"), form.Text("origin"))
        { As = Who(context), Key = KeyOf(context, form), File = read.Value };
        return await Do(context, form, "evidence", command, a => $"{a.Evidence} attached.{(a.SameContentAs.Count > 0 ? $" The very same content is {string.Join(", ", a.SameContentAs)}." : "")}{(a.HasText || read.Value is null ? "" : " It holds no text that could be read.")}{Reopened(a.Reopened)}");
    }

    private static async Task<Result<EvidenceFile?>> FileOf(HttpContext context, IFormCollection form)
    {
        if (form.Files["file"] is { Length: > 0 } file)
        {
            if (file.Length > EvidenceFile.MaxBytes) return Refused.Input("too_large", $"{file.FileName} has {file.Length / 1024 / 1024} MB; evidence up to {EvidenceFile.MaxBytes / 1024 / 1024} MB is taken");
            using var bytes = new MemoryStream((int)file.Length);
            await file.CopyToAsync(bytes, context.RequestAborted);
            // A browser may send a path; only the name is anybody's business.
            var result = await EvidenceFile.Read(Path.GetFileName(file.FileName.Replace('\\', '/')), bytes.ToArray(), context.RequestAborted);
            return result.Refusal is { } refusal ? refusal : result.Value;
        }
        if (form.Text("text") is { } text)
        {
            var result = await EvidenceFile.Read("text", System.Text.Encoding.UTF8.GetBytes(text), context.RequestAborted);
            return result.Refusal is { } refusal ? refusal : result.Value;
        }
        return Result<EvidenceFile?>.Of(null);
    }

    private static async Task<IResult> View(HttpContext context, VerifyDesk desk, string evidence, string? claim)
    {
        var viewer = Viewer.SignedIn(context);
        if (await Access.ToEvidence(context, desk, viewer, evidence) is { } denied) return denied;
        var view = await desk.Send(new ViewEvidence(evidence) { As = viewer.Name }, context.RequestAborted);
        return view.Refusal is { } refusal ? Page.Refuse(context, refusal) : Page.Show<EvidencePage>(new { View = view.Value, Claim = claim });
    }

    private static async Task<IResult> Save(HttpContext context, IFormCollection form)
    {
        var (viewer, evidence) = (Viewer.SignedIn(context), context.Request.RouteValues["evidence"] as string ?? "");
        if (await Access.ToEvidence(context, DeskOf(context), viewer, evidence) is { } denied) return denied;
        var view = await DeskOf(context).Send(new ViewEvidence(evidence, Save: true) { As = viewer.Name });
        if (view.Refusal is { } refusal) return Page.Refuse(context, refusal);
        // Never as what it claims to be: a browser keeps it, and opens nothing.
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return Results.File(view.Value.Bytes!, "application/octet-stream", $"{view.Value.Evidence}-{Safe(view.Value.Title)}");
    }

    private static string Safe(string title) => new([.. title.Where(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' or ' ').Take(100)]);
}
