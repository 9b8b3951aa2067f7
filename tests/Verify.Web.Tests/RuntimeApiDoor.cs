using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Verify.Desk.Features.Users;
using Verify.Desk.Requests;
using Xunit;

namespace Verify.Web.Tests;

/// <summary>A desk beside which a runtime's own interface is served: here one that says who asked for what.</summary>
public sealed class DeskWithRuntimeApi : ServedDesk
{
    public static Refusal? CannotOpen { get; set; }

    protected override RuntimeApi RuntimeApi { get; } = new("/elsa/api", _ => Task.FromResult(CannotOpen is { } no ? no : Result<RequestDelegate>.Of(Answer)), ["https://Studio.example/", "https://other.example:8443"]);

    private static Task Answer(HttpContext context) => context.Request.Path.Value!.EndsWith("broken", StringComparison.Ordinal)
        ? throw new InvalidOperationException("as runtimes do")
        : context.Response.WriteAsync($"{context.User.Identity!.Name} {context.Request.Method} {context.Request.Path}");
}

/// <summary>Who gets through to a runtime's own interface: an administrator's session, named by a token; and nobody else.</summary>
public sealed class RuntimeApiDoor(DeskWithRuntimeApi served) : IClassFixture<DeskWithRuntimeApi>, IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = served.Address };

    public void Dispose() => _client.Dispose();

    private async Task<JsonElement> SignIn(string name, string password = ServedDesk.Password) =>
        await (await _client.PostAsJsonAsync("/elsa/api/identity/login", new { username = name, password })).Content.ReadFromJsonAsync<JsonElement>();

    private async Task<string> TokenOf(string name)
    {
        await served.SessionOf(name);
        return (await SignIn(name)).GetProperty("accessToken").GetString()!;
    }

    private Task<HttpResponseMessage> Ask(string? token, string path = "/elsa/api/workflow-instances", HttpMethod? method = null)
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return _client.SendAsync(request);
    }

    private static async Task<string> CodeOf(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!;

    [Fact]
    public async Task Administrator_WithPassword_GetsThroughWithEveryMethod()
    {
        var token = await TokenOf("Ada");
        (await (await Ask(token)).Content.ReadAsStringAsync()).ShouldBe("Ada GET /elsa/api/workflow-instances");
        (await (await Ask(token, "/elsa/api/a/b", HttpMethod.Delete)).Content.ReadAsStringAsync()).ShouldBe("Ada DELETE /elsa/api/a/b");
    }

    [Fact]
    public async Task RefreshToken_GetsTheNextToken_AndNothingElse()
    {
        await served.SessionOf("Ada");
        var first = await SignIn("Ada");
        (await Ask(first.GetProperty("refreshToken").GetString())).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Ask(first.GetProperty("accessToken").GetString(), "/elsa/api/identity/refresh-token", HttpMethod.Post)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var answer = await Ask(first.GetProperty("refreshToken").GetString(), "/elsa/api/identity/refresh-token", HttpMethod.Post);
        var next = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString();
        (await Ask(next)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Ask(null, "/elsa/api/identity/refresh-token", HttpMethod.Post)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    // Studio is another's program on another address: what it is given opens this door, and not the desk.
    [Fact]
    public async Task Token_HoldsNothingThatOpensTheDesk()
    {
        var payload = (await TokenOf("Ada")).Split('.')[1];
        using var claims = JsonDocument.Parse(Convert.FromBase64String(payload.Replace('-', '+').Replace('_', '/').PadRight((payload.Length + 3) / 4 * 4, '=')));
        foreach (var claim in claims.RootElement.EnumerateObject())
        {
            var browser = served.Open();
            browser.Cookies.Add(served.Address, new Cookie("verify", Uri.EscapeDataString(claim.Value.ToString())));
            (await browser.Get("/admin")).RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/sign-in", claim.Name);
        }
    }

    [Fact]
    public async Task Logout_EndsTheSession()
    {
        var token = await TokenOf("Ada");
        (await Ask(token, "/elsa/api/identity/logout", HttpMethod.Post)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Ask(token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task SignIn_FromAnotherSitesForm_IsNotLookedAt()
    {
        foreach (var type in new[] { "text/plain", "application/x-www-form-urlencoded" })
            (await _client.PostAsync("/elsa/api/identity/login", new StringContent("""{"username":"Ada","password":"wrong"}""", Encoding.UTF8, type))).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Nobody_OrACookieAlone_OrATokenThatIsNotOurs_IsSentToSignIn()
    {
        (await CodeOf(await Ask(null))).ShouldBe("not_signed_in");
        // The cookie travels by itself, from other sites too; it opens pages, and nothing here.
        var ada = await served.As("Ada");
        (await ada.Get("/elsa/api/workflow-instances")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var token = await TokenOf("Ada");
        var parts = token.Split('.');
        var unsigned = Base64Url("""{"alg":"none","typ":"JWT"}""") + "." + parts[1] + ".";
        var changed = parts[0] + "." + parts[1][..^2] + (parts[1][^2] == 'A' ? "B" : "A") + parts[1][^1] + "." + parts[2];
        foreach (var wrong in new[] { unsigned, changed, token[..^1], "x", "" }) (await Ask(wrong)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, wrong);
    }

    private static string Base64Url(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    [Theory, InlineData("Ines"), InlineData("Edda"), InlineData("Rolf"), InlineData("Rita")]
    public async Task AnotherRole_IsNotSignedIn_AndKeepsNoSession(string who)
    {
        await served.SessionOf(who);
        var sessions = served.Scalar("SELECT count(*) FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.name = @who", new { who });
        var answer = await SignIn(who);
        served.Scalar("SELECT count(*) FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.name = @who", new { who }).ShouldBe(sessions);
        answer.GetProperty("isAuthenticated").GetBoolean().ShouldBeFalse();
        answer.GetProperty("code").GetString().ShouldBe("wrong_role");
        answer.TryGetProperty("accessToken", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task WrongPassword_OrUnreadableBody_IsNotSignedIn()
    {
        await served.SessionOf("Ada");
        var answer = await SignIn("Ada", "not her password");
        answer.GetProperty("isAuthenticated").GetBoolean().ShouldBeFalse();
        answer.GetProperty("code").GetString().ShouldBe("wrong_password");
        foreach (var body in new[] { "", "x", "[]", "{}", """{"username":"Ada"}""", """{"username":1,"password":2}""", """{"username":"\ud800","password":"x"}""" })
            (await CodeOf(await _client.PostAsync("/elsa/api/identity/login", new StringContent(body, Encoding.UTF8, "application/json")))).ShouldBe("invalid_request", body);
        (await CodeOf(await _client.PostAsJsonAsync("/elsa/api/identity/login", new { username = "", password = "" }))).ShouldBe("invalid_request");
    }

    [Fact]
    public async Task Token_EndsWithTheUsersRole_OrAccount()
    {
        await served.Do(new AddUser("Abel", [Roles.Administrator]) { As = "Ada" });
        var token = await TokenOf("Abel");
        (await Ask(token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await served.Do(new ChangeUser("Abel", [Roles.Editor]) { As = "Ada" });
        (await Ask(token)).IsSuccessStatusCode.ShouldBeFalse();
        await served.Do(new ChangeUser("Abel", [Roles.Administrator]) { As = "Ada" });
        var again = (await SignIn("Abel")).GetProperty("accessToken").GetString();
        (await Ask(again)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await served.Do(new DisableUser("Abel") { As = "Ada" });
        (await Ask(again)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Origin_OfTheStudio_IsAllowed_AndNoOther()
    {
        async Task<string?> Allowed(string origin)
        {
            var request = new HttpRequestMessage(HttpMethod.Options, "/elsa/api/workflow-definitions");
            request.Headers.Add("Origin", origin);
            request.Headers.Add("Access-Control-Request-Method", "GET");
            request.Headers.Add("Access-Control-Request-Headers", "authorization");
            return (await _client.SendAsync(request)).Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null;
        }
        (await Allowed("https://studio.example")).ShouldBe("https://studio.example");
        (await Allowed("https://other.example:8443")).ShouldBe("https://other.example:8443");
        (await Allowed("https://elsewhere.example")).ShouldBeNull();
    }

    [Fact]
    public async Task Runtime_ThatFailsOrCannotBeOpened_IsAnsweredInJson()
    {
        var token = await TokenOf("Ada");
        var failed = await Ask(token, "/elsa/api/broken");
        failed.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await CodeOf(failed)).ShouldBe("runtime_failed");
        DeskWithRuntimeApi.CannotOpen = Refused.RuntimeFailed("elsa", "another process holds it");
        try { (await Ask(token)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable); }
        finally { DeskWithRuntimeApi.CannotOpen = null; }
    }

    [Theory]
    [InlineData("https://studio.example", true), InlineData("http://localhost:5001", true), InlineData("https://studio.example/", true)]
    [InlineData("studio.example", false), InlineData("https://studio.example/path", false), InlineData("*", false), InlineData("https://a@studio.example", false), InlineData("ftp://studio.example", false)]
    public void Origin_ThatIsNone_IsAProblem(string origin, bool fine) => (new RuntimeApi("/elsa/api", _ => throw new InvalidOperationException(), [origin]).Problem() is null).ShouldBe(fine);
}

/// <summary>The same addresses where it was not asked for.</summary>
public sealed class WithoutRuntimeApi(ServedDesk served) : IClassFixture<ServedDesk>
{
    [Fact]
    public async Task Address_OfTheRuntimesInterface_IsNobodys()
    {
        var ada = await served.As("Ada");
        (await ada.Get("/elsa/api/workflow-definitions")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await ada.Send("/elsa/api/identity/login")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
