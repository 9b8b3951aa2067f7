using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Verify.Desk;
using Verify.Desk.Data;
using Verify.Desk.Features.Articles;
using Verify.Desk.Features.Claims;
using Verify.Desk.Features.Evidence;
using Verify.Desk.Features.Live;
using Verify.Desk.Features.Matching;
using Verify.Desk.Features.Queue;
using Verify.Desk.Features.SecondarySource;
using Verify.Desk.Requests;
using Verify.Web.Pages.Claims;
using Verify.Web.Security;

namespace Verify.Web.Pages;

/// <summary>The pages of one claim: the checkers' desk, and the dossier for who approves.</summary>
internal static class ClaimEndpoints
{
    public static void MapClaims(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/claims/{claim}", (HttpContext context, VerifyDesk desk, string claim) => Show(context, desk, claim, false));
        routes.MapGet("/claims/{claim}/dossier", (HttpContext context, VerifyDesk desk, string claim) => Show(context, desk, claim, true));
        routes.MapGet("/claims/{claim}/compare/{evidence}", Compare);
    }

    /// <summary>The page of a claim; with a trouble: again, with what was typed kept.</summary>
    public static async Task<IResult> Show(HttpContext context, VerifyDesk desk, string claim, bool dossier, Trouble? trouble = null)
    {
        var viewer = Viewer.SignedIn(context);
        var view = await desk.Send(new ShowClaim(claim), context.RequestAborted);
        if (view.Refusal is { } missing) return Page.Refuse(context, missing);
        var c = view.Value;
        // Whatever it was called by, from here on it has its one name.
        if (c.Claim != claim && trouble is null) return Results.Redirect(dossier ? $"/claims/{c.Claim}/dossier" : $"/claims/{c.Claim}");
        var article = await desk.Send(new ReadArticle(c.Article, c.ArticleVersion), context.RequestAborted);
        var evidence = await desk.Send(new ListEvidence(c.Claim), context.RequestAborted);
        var access = await desk.Send(new FindTaskAccess(c.Claim, viewer.Name), context.RequestAborted);
        var similar = await desk.Send(new FindSimilar(c.Claim), context.RequestAborted);
        if ((article.Refusal ?? evidence.Refusal ?? access.Refusal ?? similar.Refusal) is { } refusal) return Page.Refuse(context, refusal);
        // A page that refreshes itself is no look; neither is a form that came back.
        var live = context.Request.Headers.ContainsKey("X-Verify-Live");
        var look = live || trouble is not null ? null : (await desk.Send(new FindLook(c.Claim, viewer.Name), context.RequestAborted)).OrNull();
        if (look is { Due: true }) await desk.Send(new LookAtClaim(c.Claim) { As = viewer.Name }, context.RequestAborted);
        var model = new ClaimModel(viewer, c, article.Value, evidence.Value, access.Value, similar.Value.Earlier, look?.Before, trouble);
        if (!dossier) return Page.Show<ClaimPage>(new { Model = model }, trouble?.Status ?? 200);
        var doubts = await desk.Send(new ListDoubts(c.Claim), context.RequestAborted);
        return doubts.Refusal is { } unsure ? Page.Refuse(context, unsure) : Page.Show<DossierPage>(new { Model = model, Doubts = doubts.Value }, trouble?.Status ?? 200);
    }

    private static async Task<IResult> Compare(HttpContext context, VerifyDesk desk, string claim, string evidence)
    {
        var viewer = Viewer.SignedIn(context);
        if (await Access.ToEvidence(context, desk, viewer, evidence) is { } denied) return denied;
        var report = await desk.Send(new CompareQuotation(claim, evidence) { As = viewer.Name }, context.RequestAborted);
        return report.Refusal is { } refusal ? Page.Refuse(context, refusal) : Page.Show<ComparePage>(new { Report = report.Value });
    }

    private static LookFound? OrNull(this Result<LookFound> result) => result.Refusal is null ? result.Value : null;
}

/// <summary>A refusal to show on the page of a claim, and what was typed.</summary>
/// <param name="Form">Which form it was: <c>decide</c>, <c>comment</c>, <c>evidence</c>…</param>
/// <param name="Since">When the page was made that the form stood on; what happened later is what "changed meanwhile".</param>
public sealed record Trouble(Refusal Refusal, string Form, IReadOnlyDictionary<string, string> Typed, DateTimeOffset? Since)
{
    public int Status => Page.StatusOf(Refusal);
    public string? Of(string field) => Typed.GetValueOrDefault(field);
    /// <summary>Somebody else was quicker.</summary>
    public bool IsConflict => Refusal.Code is "stale_version" or "task_closed" or "task_taken" or "claim_closed";
}

public sealed record ClaimModel(Viewer Viewer, ClaimView Claim, ReadableArticle Article, EvidenceList Evidence, IReadOnlyDictionary<string, string?> Access, IReadOnlyList<SimilarClaim> Similar, DateTimeOffset? LookedBefore, Trouble? Trouble)
{
    /// <summary>Titles and givers of what was given off the record are for checkers.</summary>
    public bool MayRead(EvidenceLine e) => Viewer.Checks || !EvidenceRow.IsWithheld(e.GroundRules);

    /// <summary>Who wrote the article does not judge its claims.</summary>
    public bool Wrote => Claim.Writer == Viewer.Name;

    public bool MayMend => Viewer.Checks && !Wrote;

    public Trouble? TroubleOf(string form) => Trouble?.Form == form ? Trouble : null;

    /// <summary>An editor may let the claim go on without the ground that its workflow asks for.</summary>
    public bool Overridable => Viewer.Edits && !Wrote && Evidence.Override is null && Claim.Open.Any(t => t.Needs is not null);

    public bool Reopenable => MayMend && Claim.Status is ("approved" or "rejected");

    /// <summary>A refusal whose form is not on the page (any more): somebody else decided the task, or the claim moved on.</summary>
    public Trouble? Homeless => Trouble is { } t && t.Form switch
    {
        "decide" => Claim.Open.All(o => o.Task != t.Of("task") || Access.GetValueOrDefault(o.Task) is not null || o.Assignee is not null && o.Assignee != Viewer.Name),
        "override" => !Overridable,
        "reopen" => Claim.Open.Count > 0 || !Reopenable,
        "reuse" => Similar.Count == 0,
        "mend" => !MayMend,
        _ => false,
    } ? t : null;
}
