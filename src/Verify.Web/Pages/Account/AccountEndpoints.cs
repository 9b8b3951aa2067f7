using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Verify.Desk;
using Verify.Desk.Features.Accounts;
using Verify.Desk.Features.Live;
using Verify.Web.Pages.Account;
using Verify.Web.Security;

namespace Verify.Web.Pages;

internal static class AccountEndpoints
{
    public static void MapAccount(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/account", (HttpContext c) => Page.Show<AccountPage>());
        routes.MapForm("/account/password", ChangePassword).RequireRateLimiting(Limits.SignIn);
        routes.MapForm("/sign-out", SignOut);
    }

    /// <summary>Where somebody named the viewer: what was said there is for who works on claims.</summary>
    public static void MapMentions(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/mentions", async (HttpContext context, VerifyDesk desk) =>
        {
            var mentions = await desk.Send(new ListMentions(Viewer.SignedIn(context).Name), context.RequestAborted);
            return mentions.Refusal is { } refusal ? Page.Refuse(context, refusal) : Page.Show<MentionsPage>(new { Mentions = mentions.Value });
        });
    }

    private static async Task<IResult> ChangePassword(HttpContext context, IFormCollection form)
    {
        IResult Again(string problem) => Page.Show<AccountPage>(new { Problem = problem }, 422);
        if (form["password"] != form["again"]) return Again("The two new passwords are not the same.");
        var result = await Visit.DeskOf(context).Send(new SetPassword(null, form["old"].ToString(), form["password"].ToString()) { As = Viewer.SignedIn(context).Name });
        if (result.Refusal is { } refusal) return Again(Parts.Words.Sentence(refusal));
        SessionCookie.Give(context, result.Value.Token);
        return Page.Show<AccountPage>(new { Done = "The password is changed; every other session of yours has ended." });
    }

    private static async Task<IResult> SignOut(HttpContext context, IFormCollection form)
    {
        if (SessionCookie.TokenOf(context) is { } token) await Visit.DeskOf(context).Send(new SignOut(token, form.ContainsKey("everywhere")));
        SessionCookie.Take(context);
        return Results.Redirect("/sign-in");
    }
}
