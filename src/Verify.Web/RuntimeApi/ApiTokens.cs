using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Verify.Desk;
using Verify.Desk.Features.Accounts;
using Verify.Desk.Requests;
using Verify.Web.Security;

namespace Verify.Web;

/// <summary>
/// The tokens by which programs name a session of the desk. The session is looked up with each request, so that they end
/// with it; the key is made anew with each start and kept nowhere, so that nobody else can make them.
/// </summary>
internal sealed class ApiTokens
{
    public const string SchemeName = "runtime-api";
    private const string SessionClaim = "sid";
    private const string KindClaim = "kind";
    private const string Issuer = "verify";
    private static readonly TimeSpan Access = TimeSpan.FromHours(1);
    private static readonly JsonWebTokenHandler Handler = new();
    private readonly SymmetricSecurityKey _key = new(RandomNumberGenerator.GetBytes(32));
    // A token is signed and can be read by whoever holds it: the session's secret, which opens the whole desk, is in it sealed.
    private readonly IDataProtector _seal = new EphemeralDataProtectionProvider().CreateProtector(SchemeName);

    /// <summary>One to work with for an hour, and one that gets the next as long as the session may last.</summary>
    public (string Access, string Refresh) For(string session, string user, DateTimeOffset now) => (Make("access", session, user, now, Access), Make("refresh", session, user, now, BrowserSessions.Longest));

    private string Make(string kind, string session, string user, DateTimeOffset now, TimeSpan lasts) => Handler.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Audience = SchemeName,
        IssuedAt = now.UtcDateTime,
        NotBefore = now.UtcDateTime,
        Expires = (now + lasts).UtcDateTime,
        Claims = new Dictionary<string, object> { [JwtRegisteredClaimNames.Name] = user, [SessionClaim] = _seal.Protect(session), [KindClaim] = kind },
        SigningCredentials = new(_key, SecurityAlgorithms.HmacSha256),
    });

    public void Configure(JwtBearerOptions options)
    {
        options.MapInboundClaims = false;
        options.TokenValidationParameters = new() { ValidIssuer = Issuer, ValidAudience = SchemeName, IssuerSigningKey = _key, ValidAlgorithms = [SecurityAlgorithms.HmacSha256], NameClaimType = JwtRegisteredClaimNames.Name };
        options.Events = new() { OnTokenValidated = FindSession, OnChallenge = Challenge, OnForbidden = c => ApiAnswers.Refuse(c.HttpContext, ApiAnswers.NotAnAdministrator) };
    }

    /// <summary>The session's secret, of a request that was let in.</summary>
    public static string SessionOf(ClaimsPrincipal user) => user.FindFirstValue(SessionClaim)!;

    private async Task FindSession(TokenValidatedContext context)
    {
        var desk = context.HttpContext.RequestServices.GetRequiredService<VerifyDesk>();
        var kind = context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<TakesRefreshToken>() is null ? "access" : "refresh";
        if (context.Principal?.FindFirstValue(KindClaim) != kind)
        {
            context.Fail($"this takes a token of the kind '{kind}'");
            return;
        }
        string session;
        try { session = _seal.Unprotect(context.Principal.FindFirstValue(SessionClaim)!); }
        catch (CryptographicException e)
        {
            context.Fail(e);
            return;
        }
        var found = await desk.Send(new FindSession(session), context.HttpContext.RequestAborted);
        if (found.Refusal is { } refusal)
        {
            context.Fail(refusal.Message);
            return;
        }
        if (found.Value.Stale) await desk.Send(new KeepSession(session), context.HttpContext.RequestAborted);
        var user = new Viewer(found.Value.Name, found.Value.Roles, found.Value.Desk, found.Value.Mentions).ToPrincipal(SchemeName);
        ((ClaimsIdentity)user.Identity!).AddClaim(new(SessionClaim, session));
        context.Principal = user;
    }

    /// <summary>Marks an endpoint that gives the next token for the long one.</summary>
    public sealed class TakesRefreshToken;

    private static Task Challenge(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return ApiAnswers.Refuse(context.HttpContext, new(RefusalKind.Rule, "not_signed_in", "sign in first: POST your name and password to identity/login, and send the accessToken as a bearer token"), 401);
    }
}
