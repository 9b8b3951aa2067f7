using System.Net;
using System.Text.RegularExpressions;
using Shouldly;
using Verify.Desk.Features.Claims;
using Verify.Desk.Features.Live;
using Verify.Desk.Features.Users;
using Verify.Desk.Requests;
using Xunit;

namespace Verify.Web.Tests;

public sealed class Pages(ServedDesk served) : IClassFixture<ServedDesk>
{
    [Fact]
    public async Task EveryPage_ForAnAdministrator_IsThere()
    {
        var browser = await served.As("Ada");
        foreach (var path in new[] { "/admin", "/admin/definitions", "/admin/definitions/leaked-document", "/admin/upkeep", "/queue?view=all", "/articles", "/articles/1", "/claims", "/claims/1.2", "/claims/1.2/dossier", "/intake", "/search?q=harbour", "/mentions", "/account", "/reports/flow" })
            (await browser.Read(path)).ShouldContain("<h1", customMessage: path);
        foreach (var by in Verify.Desk.Features.Reports.ReportClaims.Groupings) (await browser.Read($"/reports?by={by}")).ShouldContain("<h1");
    }

    [Fact]
    public async Task FigureOfAWeek_LeadsToItsClaims()
    {
        await served.Do(new CompleteTask((await served.Do(new ShowClaim("1.9"))).Open.Single().Task, "corroborated", null, ContentVerdict: "true") { As = "Omar" });
        var browser = await served.As("Rita");
        var flow = WebUtility.HtmlDecode(await browser.Read("/reports/flow"));
        string LinkOf(string what) => Regex.Match(flow, $"/claims\\?by={what}&group=[0-9-]+").Value;
        var started = await browser.Read(LinkOf("started"));
        started.ShouldContain("1.14");
        var decided = await browser.Read(LinkOf("decided"));
        decided.ShouldContain("1.9");
        decided.ShouldNotContain("1.14");
        (await browser.Get("/claims?by=decided&group=lately")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await browser.Read("/claims?by=started&group=2020-01-06")).ShouldContain("No claim is so.");
    }

    [Theory]
    [InlineData("/queue"), InlineData("/claims/1.2"), InlineData("/admin"), InlineData("/reports"), InlineData("/live"), InlineData("/evidence/E1")]
    public async Task Page_ToNobodyInParticular_AsksToSignIn(string path)
    {
        var answer = await served.Open().Get(path);
        answer.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/sign-in");
    }

    [Theory]
    [InlineData("/claims/1.2"), InlineData("/admin"), InlineData("/queue"), InlineData("/search?q=harbour"), InlineData("/intake")]
    public async Task Work_ToAReader_IsRefused(string path) =>
        (await (await served.As("Rita")).Get(path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

    [Fact]
    public async Task Answers_Always_KeepOthersOut()
    {
        var answer = await served.Open().Get("/sign-in");
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'self';");
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        var html = await answer.Content.ReadAsStringAsync();
        html.ShouldNotContain("<script>");
        html.ShouldNotContain(" style=");
        html.ShouldNotContain("http://", customMessage: "nothing comes from another host");
    }

    [Fact]
    public async Task Decision_AndThenAnothersOnTheSameVersion_IsToldWhatChanged()
    {
        var ines = await served.As("Ines");
        var page = await ines.Read("/claims/1.1");
        var task = Browser.Hidden(page, "task");
        (string, string)[] form = [("task", task), ("version", Browser.Hidden(page, "version")), ("seen", Browser.Hidden(page, "seen")), ("outcome", "corroborated"), ("content_verdict", "true"), ("_form", Browser.Hidden(page, "_form"))];
        await served.Do(new CompleteTask(task, "corroborated", "Omar was quicker", ContentVerdict: "true") { As = "Omar" });
        var late = await ines.Send("/claims/1.1/decide", [.. form, ("note", "Ines had typed this")]);
        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var html = await late.Content.ReadAsStringAsync();
        html.ShouldContain("Changed meanwhile");
        html.ShouldContain("Omar was quicker");
        html.ShouldContain("Ines had typed this");
    }

    [Fact]
    public async Task Form_WithoutItsToken_ChangesNothing()
    {
        var ines = await served.As("Ines");
        (await ines.Send("/claims/1.3/comment", ("text", "forged"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await served.Do(new ShowClaim("1.3"))).History.ShouldNotContain(h => h.Text == "forged");
    }

    [Fact]
    public async Task Comment_WithScriptInIt_IsShownAsText()
    {
        var omar = await served.As("Omar");
        await omar.Post("/claims/1.3", "/claims/1.3/comment", ("text", "<script>alert(1)</script> @Edda look"));
        var html = await omar.Read("/claims/1.3");
        html.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;");
        html.ShouldNotContain("<script>alert");
        (await served.Do(new ListMentions("Edda"))).Single().Claim.ShouldBe("1.3");
    }

    [Fact]
    public async Task Session_OfWhoGetsOtherRoles_EndsAtOnce()
    {
        await served.Do(new AddUser("Gone", [Roles.FactChecker]) { As = "Ada" });
        var browser = await served.As("Gone");
        await browser.Read("/queue");
        await served.Do(new ChangeUser("Gone", [Roles.Reporter]) { As = "Ada" });
        (await browser.Get("/queue")).RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/sign-in");
    }

    [Fact]
    public async Task SignIn_WithWrongPasswords_HasToWait()
    {
        await served.Do(new AddUser("Slow", [Roles.FactChecker]) { As = "Ada" });
        await served.As("Slow");
        var browser = served.Open();
        for (var i = 0; i < 5; i++) (await browser.Post("/sign-in", "/sign-in", ("name", "Slow"), ("password", "wrong wrong wrong"))).IsSuccessStatusCode.ShouldBeFalse();
        // Even the right one is not looked at before its time.
        (await browser.Post("/sign-in", "/sign-in", ("name", "Slow"), ("password", ServedDesk.Password))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        // And a name that nobody has is told the same.
        var answers = new List<string>();
        for (var i = 0; i < 2; i++) answers.Add(await (await browser.Post("/sign-in", "/sign-in", ("name", i == 0 ? "Slow" : "Nemo"), ("password", "wrong wrong wrong"))).Content.ReadAsStringAsync());
        answers.ShouldAllBe(a => a.Contains("Name or password are not right", StringComparison.Ordinal));
    }
}
