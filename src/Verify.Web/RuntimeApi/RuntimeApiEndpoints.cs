using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Verify.Desk.Features.Accounts;
using Verify.Desk.Requests;
using Verify.Web.Security;

namespace Verify.Web;

/// <summary>The door to a runtime's own interface: Elsa Studio's sign-in, answered by ours, and nothing behind it without.</summary>
internal static partial class RuntimeApiEndpoints
{
    private const string Policy = "runtime-api";
    private const long Most = 1024 * 1024;
    private static readonly Result<Entered> NotRight = new Refusal(RefusalKind.Rule, "wrong_password", "name or password are not right, or have to wait after too many tries");

    public static void AddRuntimeApi(this IServiceCollection services, RuntimeApi api)
    {
        var tokens = new ApiTokens();
        services.AddSingleton(tokens);
        services.AddAuthentication().AddJwtBearer(ApiTokens.SchemeName, tokens.Configure);
        services.AddAuthorizationBuilder().AddPolicy(Policy, p => p.AddAuthenticationSchemes(ApiTokens.SchemeName).RequireRole(Roles.Administrator));
        // By bearer tokens alone: what a browser sends by itself, the cookie, opens nothing here.
        services.AddCors(c => c.AddPolicy(Policy, p => p.WithOrigins([.. api.AllowedOrigins]).AllowAnyHeader().AllowAnyMethod()));
    }

    public static void MapRuntimeApi(this IEndpointRouteBuilder routes, RuntimeApi api)
    {
        var group = routes.MapGroup(api.Path).RequireCors(Policy);
        group.MapPost("/identity/login", SignIn).AllowAnonymous().RequireRateLimiting(Limits.SignIn);
        group.MapPost("/identity/refresh-token", Refresh).RequireAuthorization(Policy).WithMetadata(new ApiTokens.TakesRefreshToken());
        group.MapPost("/identity/logout", SignOut).RequireAuthorization(Policy);
        group.Map("/{**rest}", (HttpContext context) => Pass(context, api)).RequireAuthorization(Policy);
    }

    // What Studio's client sends and reads; it knows a refusal by isAuthenticated, whatever the status says, and shows none of its words.
    private sealed record Entered(bool IsAuthenticated, string? AccessToken, string? RefreshToken);

    private static async Task SignIn(HttpContext context)
    {
        Limit(context);
        // Another site's page can send a form or a plain text without being asked first; JSON it cannot.
        if (!context.Request.HasJsonContentType()) { await ApiAnswers.Refuse(context, Refused.Invalid("send JSON, and say so by Content-Type: application/json"), StatusCodes.Status415UnsupportedMediaType); return; }
        var given = await Given(context.Request);
        if (given is not { } name) { await ApiAnswers.Refuse(context, Refused.Invalid("send JSON with the two texts \"username\" and \"password\"")); return; }
        var entered = await Enter(context, name.User, name.Password);
        if (entered.Refusal is { Code: not ("wrong_password" or "wrong_role") } refusal) await ApiAnswers.Refuse(context, refusal);
        else if (entered.Refusal is { } no) await context.Response.WriteAsJsonAsync(new { isAuthenticated = false, code = no.Code, message = no.Message });
        else await context.Response.WriteAsJsonAsync(entered.Value);
    }

    private static async Task<Result<Entered>> Enter(HttpContext context, string name, string password)
    {
        var desk = Visit.DeskOf(context);
        var signed = await desk.Send(new SignIn(name, password));
        if (signed.Refusal is { } refusal) return refusal;
        if (signed.Value.Token is not { } session) return NotRight;
        var visitor = await desk.Send(new FindSession(session));
        if (visitor.Refusal is { } gone) return gone;
        if (visitor.Value.Roles.Contains(Roles.Administrator)) return Tokens(context, session, visitor.Value.Name);
        await desk.Send(new SignOut(session));
        return ApiAnswers.NotAnAdministrator;
    }

    private static Entered Tokens(HttpContext context, string session, string user)
    {
        var (access, refresh) = context.RequestServices.GetRequiredService<ApiTokens>().For(session, user, context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        return new(true, access, refresh);
    }

    private static IResult Refresh(HttpContext context) => Results.Json(Tokens(context, ApiTokens.SessionOf(context.User), context.User.Identity!.Name!));

    private static async Task SignOut(HttpContext context)
    {
        await Visit.DeskOf(context).Send(new SignOut(ApiTokens.SessionOf(context.User)));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task<(string User, string Password)?> Given(HttpRequest request)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            return body.RootElement is { ValueKind: JsonValueKind.Object } o && Text(o, "username") is { } user && Text(o, "password") is { } password ? (user.Trim(), password) : null;
        }
        catch (Exception e) when (e is JsonException or BadHttpRequestException or InvalidOperationException) { return null; } // the last: half a character
    }

    private static string? Text(JsonElement from, string name) => from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static async Task Pass(HttpContext context, RuntimeApi api)
    {
        Limit(context);
        // What is not found there is told to a program, not shown as a page.
        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages) pages.Enabled = false;
        var opened = await api.Open(context.RequestAborted);
        if (opened.Refusal is { } refusal) { await ApiAnswers.Refuse(context, refusal); return; }
        try { await opened.Value(context); }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted) { await ApiAnswers.Refuse(context, Refused.Invalid(e.Message), e.StatusCode); }
#pragma warning disable CA1031 // whatever the runtime does not catch itself: a program asked, and is answered as one
        catch (Exception e) when (e is not OperationCanceledException && !context.Response.HasStarted)
#pragma warning restore CA1031
        {
            LogFailure(context.RequestServices.GetRequiredService<ILogger<RuntimeApi>>(), context.Request.Path, e);
            await ApiAnswers.Refuse(context, new(RefusalKind.Database, "runtime_failed", $"the runtime could not answer ({e.GetType().Name}); nothing was changed, and the log says more"), 500);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The runtime could not answer {Path}")]
    private static partial void LogFailure(ILogger logger, string path, Exception error);

    private static void Limit(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = Most;
    }
}
