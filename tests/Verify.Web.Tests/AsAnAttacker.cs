using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Shouldly;
using Verify.Desk.Features.Claims;
using Verify.Desk.Features.Evidence;
using Verify.Desk.Features.Intake;
using Verify.Desk.Features.Queue;
using Verify.Desk.Features.Users;
using Xunit;

namespace Verify.Web.Tests;

/// <summary>What somebody would try who is signed in and means ill, or is not signed in at all.</summary>
public sealed class AsAnAttacker(ServedDesk served) : IClassFixture<ServedDesk>
{
    [Theory]
    [InlineData("Rita", "/claims/1.1/comment"), InlineData("Rita", "/claims/1.1/use"), InlineData("Rita", "/claims/1.1/decide"), InlineData("Rita", "/queue"), InlineData("Rita", "/intake"), InlineData("Rita", "/claims/1.1/evidence")]
    [InlineData("Ines", "/admin/users"), InlineData("Ines", "/admin/users/change"), InlineData("Ines", "/admin/users/invite"), InlineData("Edda", "/admin/backup"), InlineData("Rolf", "/admin/users/disable")]
    public async Task Form_OfAnotherRole_IsForbidden(string who, string action)
    {
        var browser = await served.As(who);
        var before = (await served.Do(new ShowClaim("1.1"))).History.Count;
        (await browser.Post("/account", action, ("name", "Ines"), ("role", "administrator"), ("text", "let me in"), ("task", "1.1-3"), ("outcome", "corroborated"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await served.Do(new ShowClaim("1.1"))).History.Count.ShouldBe(before);
        (await served.Do(new ListUsers())).Single(u => u.Name == "Ines").Roles.ShouldBe(["fact-checker"]);
    }

    [Fact]
    public async Task Task_HeldByAnother_OrOfTheWriter_IsNotDecided()
    {
        var task = (await served.Do(new ShowClaim("1.5"))).Open[0].Task;
        await served.Do(new TakeTask(task) { As = "Ines" });
        var omar = await served.As("Omar");
        (await omar.Post("/claims/1.5", "/claims/1.5/decide", ("task", task), ("outcome", "corroborated"), ("content_verdict", "true"))).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        // Under another claim's address it is nobody's.
        (await omar.Post("/claims/1.3", "/claims/1.3/decide", ("task", task), ("outcome", "corroborated"), ("content_verdict", "true"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await omar.Post("/claims/1.5", "/claims/1.5/release", ("task", task))).IsSuccessStatusCode.ShouldBeFalse();
        await served.Do(new AddUser("Wim", [Verify.Desk.Requests.Roles.Reporter, Verify.Desk.Requests.Roles.Editor]) { As = "Ada" });
        var own = (await served.Do(new CheckArticle("Mayor Pia Lund said the ferry would sail at night.") { As = "Wim" })).Number;
        await served.Submit($"{own}.1");
        var wim = await served.As("Wim");
        (await wim.Post($"/claims/{own}.1", $"/claims/{own}.1/decide", ("task", (await served.Do(new ShowClaim($"{own}.1"))).Open[0].Task), ("outcome", "approve"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await served.Do(new ShowClaim("1.5"))).Open[0].Assignee.ShouldBe("Ines");
    }

    [Fact]
    public async Task Stance_OfEvidence_IsNotForTheWriterToTurn()
    {
        var ines = await served.As("Ines");
        await ines.Post("/claims/1.10", "/claims/1.10/evidence", ("text", "The log of the harbour office."), ("kind", "primary-document"), ("stance", "unclear"), ("ground_rules", "on-the-record"));
        var evidence = (await served.Do(new ListEvidence("1.10"))).Evidence.Single().Evidence;
        var rolf = await served.As("Rolf");
        (await rolf.Post("/claims/1.10", "/claims/1.10/use", ("evidence", evidence), ("stance", "supports"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await rolf.Post("/claims/1.10", "/claims/1.10/reuse", ("from", "1.9"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await served.Do(new ListEvidence("1.10"))).Evidence.Single().Stance.ShouldBe("unclear");
    }

    [Fact]
    public async Task Correction_OfAClaimThatChangedMeanwhile_IsRefused()
    {
        var (ines, omar) = (await served.As("Ines"), await served.As("Omar"));
        var old = Browser.Hidden(await omar.Read("/claims/1.9"), "version");
        (await ines.Post("/claims/1.9", "/claims/1.9/mend/change", ("version", old), ("words", "denied the allegations"), ("content", "the allegations"), ("chain", ""), ("note", "its verb too"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        var late = await omar.Post("/claims/1.9", "/claims/1.9/mend/change", ("version", old), ("words", "allegations"), ("content", "the allegations"), ("chain", ""), ("note", "shorter"));
        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await served.Do(new ShowClaim("1.9"))).Content.ShouldBe(["denied the allegations"]);
    }

    [Fact]
    public async Task Versions_OfOneEndlessParagraph_AreComparedAtOnce()
    {
        var (one, other) = (string.Join(' ', Enumerable.Range(0, 40_000).Select(i => $"w{i * 7919 % 10007}")), string.Join(' ', Enumerable.Range(0, 40_000).Select(i => $"v{i * 6131 % 10009}")));
        var article = (await served.Do(new CheckArticle(one) { As = "Rolf" })).Number;
        await served.Do(new Desk.Features.Articles.ReviseArticle($"{article}", other) { As = "Rolf" });
        var ines = await served.As("Ines");
        (await ines.Read($"/articles/{article}/differences?from=1&to=2")).ShouldContain("v6131");
    }

    [Theory]
    [InlineData("multipart/form-data", "x"), InlineData("multipart/form-data; boundary=", "x"), InlineData("multipart/form-data; boundary=a", "--a\r\n\r\nno end"), InlineData("text/plain", "x"), InlineData("application/json", "{}"), InlineData("application/x-www-form-urlencoded", "name=a%00b&password=x")]
    public async Task Form_ThatIsNone_IsABadRequest(string type, string body)
    {
        using var client = new HttpClient { BaseAddress = served.Address };
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        (await client.PostAsync("/sign-in", content)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory, InlineData("/articles/1?version=abc"), InlineData("/articles/1/differences"), InlineData("/reports/flow?weeks=abc")]
    public async Task Address_ThatIsNone_SaysSo(string path)
    {
        var answer = await (await served.As("Ines")).Get(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("<h1");
    }

    [Fact]
    public async Task Form_OfAnotherUser_IsForged()
    {
        var ines = await served.As("Ines");
        var omar = await served.As("Omar");
        var token = Browser.Hidden(await ines.Read("/claims/1.3"), "_form");
        (await omar.Send("/claims/1.3/comment", ("text", "with her token"), ("_form", token))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Decision_SentTwice_IsOneDecision()
    {
        var ines = await served.As("Ines");
        var page = await ines.Read("/claims/1.14");
        var task = (await served.Do(new ShowClaim("1.14"))).Open[0].Task;
        (string, string)[] form = [("task", task), ("once", Browser.Hidden(page, "once")), ("outcome", "corroborated"), ("content_verdict", "true"), ("_form", Browser.Hidden(page, "_form"))];
        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ines.Send("/claims/1.14/decide", form)))) answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await served.Do(new ShowClaim("1.14"))).History.Count(h => h.What == "corroborate").ShouldBe(1);
    }

    [Fact]
    public async Task Invitation_OrCookie_UsedAgain_OpensNothing()
    {
        await served.Do(new AddUser("Once", [Verify.Desk.Requests.Roles.FactChecker]) { As = "Ada" });
        var invited = await served.Do(new Desk.Features.Accounts.InviteUser("Once") { As = "Ada" });
        var browser = served.Open();
        (await browser.Post($"/invitation?token={invited.Token}", "/invitation", ("token", invited.Token), ("password", ServedDesk.Password), ("again", ServedDesk.Password))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await served.Open().Get($"/invitation?token={invited.Token}")).IsSuccessStatusCode.ShouldBeFalse();
        var cookie = browser.Cookies.GetAllCookies()["verify"]!;
        await browser.Post("/account", "/sign-out");
        using var old = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = served.Address, DefaultRequestHeaders = { { "Cookie", $"{cookie.Name}={cookie.Value}" } } };
        (await old.GetAsync("/queue")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData("/assets/../../Verify.sln"), InlineData("/assets/%2e%2e/%2e%2e/Verify.sln"), InlineData("/assets/..%5c..%5cVerify.sln"), InlineData("/admin/definitions/..%2frouting"), InlineData("/admin/definitions/%2fetc%2fpasswd")]
    [InlineData("/claims/..%2f..%2fetc%2fpasswd"), InlineData("/claims/1.1%00"), InlineData("/evidence/E1%0d%0aX-Bad:%201"), InlineData("/articles/-1"), InlineData("/articles/99999999999999999999"), InlineData("/claims/1.1'%20OR%201=1--")]
    [InlineData("/articles/1/differences?from=-1&to=99")]
    public async Task Path_WithATrickInIt_IsRefused(string path)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(served.Address.Host, served.Address.Port);
        var session = (await served.SessionOf("Ada")).Value;
        // As it stands, and not as a client would tidy it up.
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {served.Address.Authority}\r\nCookie: verify={session}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(client.GetStream());
        var answer = await reader.ReadToEndAsync();
        answer.Split(' ')[1].ShouldBeOneOf("400", "404", "422");
        answer.Split("\r\n\r\n")[0].ShouldNotContain("X-Bad: 1");
        answer.ShouldNotContain("this is a bug in Verify");
    }

    [Theory]
    [InlineData("//evil.example/"), InlineData("https://evil.example/"), InlineData("/\\evil.example/"), InlineData("javascript:alert(1)"), InlineData("/\t/evil.example")]
    public async Task SignIn_ThatWouldLeadElsewhere_LeadsHome(string next)
    {
        await served.As("Omar");
        var omar = served.Open();
        var answer = await omar.Post($"/sign-in?next={Uri.EscapeDataString(next)}", "/sign-in", ("name", "Omar"), ("password", ServedDesk.Password), ("next", next));
        answer.RequestMessage!.RequestUri!.Authority.ShouldBe(served.Address.Authority);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Upload_OfAGigabyte_IsRefusedUnread(bool tellsItsLength)
    {
        var ines = await served.As("Ines");
        var token = Browser.Hidden(await ines.Read("/claims/1.3"), "_form");
        using var client = new HttpClient(new SocketsHttpHandler { CookieContainer = ines.Cookies }) { BaseAddress = served.Address };
        using var form = new MultipartFormDataContent { { new StringContent(token), "_form" } };
        using var endless = new Endless(1L << 30, tellsItsLength);
        form.Add(endless, "file", "everything.bin");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        HttpStatusCode? status = null;
        try { status = (await client.PostAsync("/claims/1.3/evidence", form)).StatusCode; }
        catch (HttpRequestException) { /* cut off while sending, which is an answer too */ }
        (status ?? HttpStatusCode.RequestEntityTooLarge).ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        endless.Sent.ShouldBeLessThan(200L << 20);
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(64L << 20);
        (await served.Do(new ListEvidence("1.3"))).Evidence.ShouldBeEmpty();
        (await ines.Get("/claims/1.3")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Upload_WithAPathForAName_IsStoredUnderItsName_AndSavedAsNothingThatRuns()
    {
        var ines = await served.As("Ines");
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = true, CookieContainer = ines.Cookies }) { BaseAddress = served.Address };
        using var form = new MultipartFormDataContent
        {
            { new StringContent(Browser.Hidden(await ines.Read("/claims/1.11"), "_form")), "_form" },
            { new StringContent("secondary-report"), "kind" }, { new StringContent("supports"), "stance" }, { new StringContent("on-the-record"), "ground_rules" },
        };
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes("<html><body><p>The union said so.</p><script>alert(1)</script></body></html>")) { Headers = { ContentType = new MediaTypeHeaderValue("text/html") } };
        form.Add(file, "file", "../../../etc/evil.html");
        (await client.PostAsync("/claims/1.11/evidence", form)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var evidence = (await served.Do(new ListEvidence("1.11"))).Evidence.Single();
        evidence.Title.ShouldBe("evil.html");
        (await ines.Read($"/evidence/{evidence.Evidence}")).ShouldNotContain("<script>alert");
        var saved = await ines.Post($"/evidence/{evidence.Evidence}", $"/evidence/{evidence.Evidence}/file");
        saved.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
        saved.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        saved.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
    }

    [Fact]
    public async Task Evidence_OffTheRecord_IsNotForWhoDoesNotCheck()
    {
        var ines = await served.As("Ines");
        await ines.Post("/claims/1.13", "/claims/1.13/evidence", ("text", "He told me that the permits were forged."), ("kind", "interview"), ("stance", "refutes"), ("ground_rules", "off-the-record"), ("title", "The man in the harbour office"), ("obtained_from", "Ulf Storm"), ("origin", "Ulf Storm"));
        var evidence = (await served.Do(new ListEvidence("1.13"))).Evidence.Single().Evidence;
        // What everybody may read got it from there, and one circle leads through it.
        await ines.Post("/claims/1.13", "/claims/1.13/evidence", ("text", "A column that says no more than that it knows."), ("kind", "secondary-report"), ("stance", "refutes"), ("ground_rules", "on-the-record"), ("title", "A column"), ("origin", evidence));
        (await served.Do(new ListEvidence("1.13"))).Evidence.Count.ShouldBe(2);
        await served.Do(new AddUser("Rosa", [Verify.Desk.Requests.Roles.Reporter]) { As = "Ada" });
        var rosa = await served.As("Rosa");
        foreach (var path in new[] { $"/evidence/{evidence}", $"/evidence/{evidence}?claim=1.13", $"/claims/1.13/compare/{evidence}", "/claims/1.13", "/claims/1.13/dossier", "/search?q=permits+forged", "/search?q=harbour+office", "/search?q=Ulf+Storm" })
        {
            var text = await (await rosa.Get(path)).Content.ReadAsStringAsync();
            text.ShouldNotContain("permits were forged", customMessage: path);
            text.ShouldNotContain("The man in the harbour office", customMessage: path);
            text.Replace("value=\"Ulf Storm\"", "", StringComparison.Ordinal).ShouldNotContain("Ulf Storm", customMessage: path);
        }
        (await rosa.Post("/claims/1.13", $"/evidence/{evidence}/file")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    /// <summary>Nothing but zeros, as many as are asked for.</summary>
    private sealed class Endless(long length, bool tellsItsLength) : HttpContent
    {
        public long Sent { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var zeros = new byte[1 << 16];
            for (; Sent < length; Sent += zeros.Length) await stream.WriteAsync(zeros);
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return tellsItsLength;
        }
    }
}
