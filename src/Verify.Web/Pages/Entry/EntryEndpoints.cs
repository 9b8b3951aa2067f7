using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Verify.Desk;
using Verify.Desk.Features.Accounts;
using Verify.Desk.Features.Intake;
using Verify.Desk.Requests;
using Verify.Web.Pages.Entry;
using Verify.Web.Security;
using static Verify.Web.Visit;

namespace Verify.Web.Pages;

/// <summary>The pages before anybody is signed in: sign-in, the first administrator, and a user's first password.</summary>
internal static class EntryEndpoints
{
    public static void MapEntry(this IEndpointRouteBuilder routes)
    {
        var open = routes.MapGroup("").AllowAnonymous();
        open.MapGet("/", (HttpContext c) => Results.Redirect(Viewer.Of(c) is { } viewer ? viewer.Works ? "/queue" : "/reports" : "/sign-in"));
        open.MapGet("/sign-in", ShowSignIn);
        open.MapForm("/sign-in", SignIn).RequireRateLimiting(Limits.SignIn);
        open.MapGet("/set-up", ShowSetUp);
        open.MapForm("/set-up", SetUp).RequireRateLimiting(Limits.SignIn);
        open.MapGet("/invitation", ShowInvitation);
        open.MapForm("/invitation", AcceptInvitation).RequireRateLimiting(Limits.SignIn);
    }

    private static async Task<IResult> ShowSignIn(HttpContext context, VerifyDesk desk, string? next)
    {
        if (Viewer.Of(context) is not null) return Results.Redirect("/");
        var state = await desk.Send(new FindDeskState(), context.RequestAborted);
        return state.Refusal is { } refusal ? Page.Refuse(context, refusal) : Page.Show<SignInPage>(new { Next = Page.Local(next, "/"), state.Value.HasUsers });
    }

    private static async Task<IResult> SignIn(HttpContext context, IFormCollection form)
    {
        var (name, next) = (form.Given("name"), Page.Local(form.Text("next"), "/"));
        var result = await DeskOf(context).Send(new SignIn(name, form["password"].ToString()));
        IResult Again(string problem, int status) => Page.Show<SignInPage>(new { Next = next, HasUsers = true, Name = name, Problem = problem }, status);
        if (result.Refusal is { } refusal) return Again(Parts.Words.Sentence(refusal), Page.StatusOf(refusal));
        if (result.Value.Token is not { } token)
            // The same words whether there is such a user or not, and whether a wait is on: neither is a guesser's business.
            return Again("Name or password are not right. After five wrong tries even the right ones have to wait: some seconds at first, a quarter of an hour at most.", 401);
        SessionCookie.Give(context, token);
        return Results.Redirect(next);
    }

    private static IResult ShowSetUp(HttpContext context, ServeOptions options, string? token) =>
        IsSetUpLink(options, token) ? Page.Show<SetUpPage>(new { Token = token }) : Page.Refuse(context, NoSetUp());

    private static Refusal NoSetUp() => new(RefusalKind.Rule, "set_up", "this link does not set up the desk; take the one that the server printed when it started");

    private static async Task<IResult> SetUp(HttpContext context, IFormCollection form)
    {
        if (!IsSetUpLink(context.RequestServices.GetRequiredService<ServeOptions>(), form.Text("token"))) return Page.Refuse(context, NoSetUp());
        IResult Again(string problem) => Page.Show<SetUpPage>(new { Token = form.Text("token"), Name = form.Given("name"), Problem = problem }, 422);
        if (form["password"] != form["again"]) return Again("The two passwords are not the same.");
        var desk = DeskOf(context);
        var result = await desk.Send(new SetUp(form.Given("name"), form["password"].ToString()));
        if (result.Refusal is { } refusal) return Again(Parts.Words.Sentence(refusal));
        SessionCookie.Give(context, result.Value.Token);
        if (form.ContainsKey("sample")) await desk.Send(new CheckArticle(Samples.Article, Writer: CheckArticleHandler.Nobody) { As = result.Value.Name });
        return Results.Redirect("/admin");
    }

    private static bool IsSetUpLink(ServeOptions options, string? token) => options.SetupToken is { } expected && token is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(token));

    private static async Task<IResult> ShowInvitation(HttpContext context, VerifyDesk desk, string? token)
    {
        var found = await desk.Send(new FindInvitation(token ?? ""), context.RequestAborted);
        return found.Refusal is { } refusal ? Page.Refuse(context, refusal) : Page.Show<InvitationPage>(new { Token = token, Name = found.Value });
    }

    private static async Task<IResult> AcceptInvitation(HttpContext context, IFormCollection form)
    {
        var token = form.Given("token");
        var desk = DeskOf(context);
        var found = await desk.Send(new FindInvitation(token));
        if (found.Refusal is { } gone) return Page.Refuse(context, gone);
        IResult Again(string problem) => Page.Show<InvitationPage>(new { Token = token, Name = found.Value, Problem = problem }, 422);
        if (form["password"] != form["again"]) return Again("The two passwords are not the same.");
        var result = await desk.Send(new SetPassword(token, null, form["password"].ToString()));
        if (result.Refusal is { } refusal) return Again(Parts.Words.Sentence(refusal));
        SessionCookie.Give(context, result.Value.Token);
        return Results.Redirect("/");
    }
}
