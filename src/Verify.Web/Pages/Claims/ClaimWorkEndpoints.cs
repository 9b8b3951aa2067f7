using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Verify.Desk.Features.Claims;
using Verify.Desk.Features.Matching;
using Verify.Desk.Features.Origins;
using Verify.Desk.Features.Queue;
using Verify.Desk.Features.SecondarySource;
using Verify.Desk.Requests;
using Verify.Web.Parts;
using Verify.Web.Security;
using static Verify.Web.Visit;

namespace Verify.Web.Pages;

/// <summary>What is done on the page of a claim: decide, take, comment, look at a source, reopen, take over an earlier finding.</summary>
internal static class ClaimWorkEndpoints
{
    public static void MapClaimWork(this IEndpointRouteBuilder routes)
    {
        routes.MapForm("/claims/{claim}/decide", Decide);
        routes.MapForm("/claims/{claim}/take", (c, f) => Do(c, f, "decide", new TakeTask(f.Given("task")) { As = Who(c) }, t => $"You hold {t.Task} now."));
        routes.MapForm("/claims/{claim}/release", (c, f) => Do(c, f, "decide", new ReleaseTask(f.Given("task")) { As = Who(c) }, t => $"{t.Task} is free for anybody."));
        routes.MapForm("/claims/{claim}/comment", (c, f) => Do(c, f, "comment", new CommentOnClaim(Claim(c), f.Given("text")) { As = Who(c), Key = KeyOf(c, f) }, m => m.Mentioned.Count == 0 ? f.Given("text").Contains('@') ? "Your comment is there. Nobody was told of it: after @ goes a user’s whole name." : "Your comment is there." : $"Your comment is there; {string.Join(", ", m.Mentioned)} will see it."));
        routes.MapForm("/claims/{claim}/link", (c, f) => Do(c, f, "link", new CheckLink(Claim(c), int.TryParse(f.Given("link"), CultureInfo.InvariantCulture, out var n) ? n : 0, f.Given("result"), f.Given("how"), f.Text("evidence"), f.Text("note"), f.Version()) { As = Who(c) },
            l => $"{l.Name}: {Words.Plain(l.Result)}.{Reopened(l.Reopened)}"));
        routes.MapForm("/claims/{claim}/override", (c, f) => Do(c, f, "override", new OverrideGround(Claim(c), f.Given("note")) { As = Who(c) }, _ => "It may go on without that ground in this round; the dossier says so."));
        routes.MapForm("/claims/{claim}/reopen", (c, f) => Do(c, f, "reopen", new ReopenClaim(Claim(c), f.Given("note")) { As = Who(c) }, r => $"A new round has begun.{Reopened(r.Reopened)}"));
        routes.MapForm("/claims/{claim}/reuse", (c, f) => Do(c, f, "reuse", new ReuseClaim(Claim(c), f.Given("from"), f.ContainsKey("decide")) { As = Who(c) },
            r => $"{Words.Count(r.Evidence.Count, "piece")} of evidence taken over from {r.From}{(r.Outcome is null ? "" : $"; {r.Decided} decided: {Words.Plain(r.Outcome)}")}."));
    }

    private static async Task<IResult> Decide(HttpContext context, IFormCollection form)
    {
        if (!IsHere(context, form)) return Page.Refuse(context, Refused.NotFound("task", form.Given("task")));
        var outcome = form.Given("outcome");
        // A verdict that the form offered and the outcome does not ask for is left behind; whether one is needed the desk says.
        var asked = !form.Given("unasked").Split(' ').Contains(outcome);
        var result = await DeskOf(context).Send(new CompleteTask(form.Given("task"), outcome, form.Text("note"), asked ? form.Text("attribution_verdict") : null, asked ? form.Text("content_verdict") : null,
            form.Version())
        { As = Who(context), Key = KeyOf(context, form) });
        if (result.Refusal is { } refusal) return await Again(context, form, "decide", refusal);
        var dossier = form.Text("from") == "dossier";
        var done = result.Value;
        Notice(context, $"{done.Claim}, {Words.Plain(done.Step)}: {Words.Plain(done.Outcome)}. {(done.Opened.Count > 0 ? $"Now waits for: {string.Join(", ", done.Opened.Select(o => $"{Words.Plain(o.Step)} ({Words.Plain(o.Role)})"))}." : $"The claim is {Words.Plain(done.Status)}.")}");
        return Results.Redirect(form.ContainsKey("next") ? $"/next?after={done.Claim}" : dossier ? $"/claims/{done.Claim}/dossier" : Words.ClaimPath(done.Claim));
    }

    /// <summary>Sends a command and goes back to the claim; when it is refused, its page is shown again with what was typed.</summary>
    public static async Task<IResult> Do<T>(HttpContext context, IFormCollection form, string name, IRequest<Result<T>> command, Func<T, string> done)
    {
        var result = await DeskOf(context).Send(command);
        if (result.Refusal is { } refusal) return await Again(context, form, name, refusal);
        Notice(context, done(result.Value));
        return Results.Redirect(form.Text("from") == "dossier" ? $"/claims/{Claim(context)}/dossier" : $"/claims/{Claim(context)}{(form.Text("at") is { } at && at.All(char.IsLetter) ? $"#{at}" : "")}");
    }

    /// <summary>The claim's page again, with why not and with what was typed.</summary>
    public static Task<IResult> Again(HttpContext context, IFormCollection form, string name, Refusal refusal) =>
        ClaimEndpoints.Show(context, DeskOf(context), Claim(context), form.Text("from") == "dossier", TroubleWith(refusal, name, form));

    // A form that names a task of another claim was put together by hand.
    private static bool IsHere(HttpContext context, IFormCollection form) => form.Given("task").Split('-')[0] == Claim(context);

    public static string Claim(HttpContext context) => context.Request.RouteValues["claim"] as string ?? "";

    public static string Reopened(IReadOnlyList<Verify.Desk.Data.ReopenedClaim> reopened) => reopened.Count == 0 ? "" : $" Reopened: {string.Join(", ", reopened.Select(r => r.Claim))}.";

    private static Trouble TroubleWith(Refusal refusal, string name, IFormCollection form) => new(refusal, name, form.Where(f => f.Key != Forms.Field).ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal),
        long.TryParse(form.Given("seen"), CultureInfo.InvariantCulture, out var ms) && ms is > 0 and < 253_402_300_799_999 ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null);
}
