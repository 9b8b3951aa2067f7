using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Verify.Desk;
using Verify.Desk.Features.Accounts;

namespace Verify.Web.Security;

/// <summary>
/// Signs requests in by the session's cookie. The session is looked up with each request: it ends in the moment in which
/// its user is disabled or gets other roles.
/// </summary>
internal sealed class SessionCookie(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, VerifyDesk desk)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "session";

    /// <summary>Browsers take the prefix only with Secure, and Secure not over plain HTTP, which is served to this machine alone.</summary>
    public static string NameFor(HttpRequest request) => request.IsHttps ? "__Host-verify" : "verify";

    public static string? TokenOf(HttpContext context) => context.Request.Cookies[NameFor(context.Request)];

    public static void Give(HttpContext context, string token) => context.Response.Cookies.Append(NameFor(context.Request), token, Options(context.Request));

    public static void Take(HttpContext context) => context.Response.Cookies.Delete(NameFor(context.Request), Options(context.Request));

    // Lax: a link in a mail leads to the claim and not to the sign-in; every change needs a form's own token besides.
    private static new CookieOptions Options(HttpRequest request) => new() { HttpOnly = true, Secure = request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TokenOf(Context) is not { Length: > 0 and <= 200 } token) return AuthenticateResult.NoResult();
        var found = await desk.Send(new FindSession(token), Context.RequestAborted);
        if (found.Refusal is { } refusal)
        {
            if (refusal.Code == "no_session") Take(Context);
            return AuthenticateResult.Fail(refusal.Message);
        }
        var visitor = found.Value;
        // An open page keeps listening without anybody at it: that is no use of the session.
        if (visitor.Stale && !Context.Request.Path.StartsWithSegments("/live") && !Context.Request.Headers.ContainsKey("X-Verify-Live")) await desk.Send(new KeepSession(token), Context.RequestAborted);
        var viewer = new Viewer(visitor.Name, visitor.Roles, visitor.Desk, visitor.Mentions);
        Context.Items[typeof(Viewer)] = viewer;
        return AuthenticateResult.Success(new(viewer.ToPrincipal(SchemeName), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var next = HttpMethods.IsGet(Request.Method) ? Request.Path + Request.QueryString.ToString() : "/";
        Response.Redirect(next == "/" ? "/sign-in" : $"/sign-in?next={Uri.EscapeDataString(next)}");
        return Task.CompletedTask;
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        await Page.Refuse(Context, new(Desk.Requests.RefusalKind.Rule, "wrong_role", "your roles do not open this page; ask an administrator")).ExecuteAsync(Context);
}
