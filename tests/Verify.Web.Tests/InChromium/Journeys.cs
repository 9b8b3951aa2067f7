using Microsoft.Playwright;
using Shouldly;
using Verify.Desk.Features.Claims;
using Verify.Desk.Features.Intake;
using Verify.Desk.Features.Users;
using Xunit;

namespace Verify.Web.Tests.InChromium;

/// <summary>What people do in a day, in a real browser; the same on each runtime that is built in.</summary>
public abstract class Journeys(ServedDesk served, Chromium chromium)
{
    private static int _articles;

    // The same text twice is one article.
    private static string Wells() => $"Mayor Pia Lund said the town would close {Interlocked.Increment(ref _articles)} of its wells.";

    [Fact]
    public async Task Checker_FromIntakeToSubmitted_NeedsTheKeyboardAlone()
    {
        await served.As("Ines");
        await using var ines = await chromium.Open(served.Address);
        await ines.Go("/sign-in");
        await ines.Focuses("[name=name]"); // the page is there a moment before its field has the focus
        await ines.Type("Ines");
        await ines.Press("Tab");
        await ines.Focuses("[name=password]");
        await ines.Type(ServedDesk.Password);
        await ines.Press("Enter");
        await ines.At("/queue");

        await ines.TabTo("nav a[href='/intake']");
        await ines.Press("Enter");
        await ines.Focuses("[name=text]");
        await ines.Type(Wells());
        await ines.Press("Control+Enter");
        await ines.Sees("1 claim found");
        await ines.Press("Control+Enter");
        await ines.Page.WaitForURLAsync(u => u.Contains("/articles/"));
        var article = ines.Page.Url.Split('/')[^1];

        await ines.TabTo($"main a[href^='/claims/{article}.1']");
        await ines.Press("Enter");
        await ines.AtClaim($"{article}.1");
        await ines.Press("t");
        await ines.Sees("You hold");
        await ines.KeysAreKeys();
        await ines.Press("e", "Tab");
        await ines.Type("The council's own minutes list the three wells.");
        await ines.Press("Control+Enter");
        await ines.Sees("E1 attached.");
        await ines.Press("c");
        await ines.Type("@Edda the minutes are public");
        await ines.Press("Control+Enter");
        await ines.Sees("Edda will see it");
        await ines.KeysAreKeys();

        // Two keys decide, with the verdict that mostly goes with the outcome, and lead on to the next.
        await ines.Press("1", "Control+Enter");
        await ines.Sees("Now waits for");
        await ines.KeysAreKeys();
        await ines.Press("q");
        await ines.At("/queue");
        (await served.Do(new ShowClaim($"{article}.1"))).Open.Single().Step.ShouldBe("check-secondary-source");
        await ines.Go($"/queue?view=unassigned&article={article}");
        await ines.Press("j", "t");
        await ines.Sees("1 task taken");
        await ines.Press("q");
        await ines.Page.Locator(".tabs [aria-current=page]", new() { HasText = "Mine" }).WaitForAsync();
        await ines.Page.WaitForLoadStateAsync();
        await ines.Press("j", "Enter");
        await ines.AtClaim($"{article}.1");
        await ines.Press("1", "Control+Enter");
        await ines.Sees("Now waits for: approve (editor)");
        var claim = await served.Do(new ShowClaim($"{article}.1"));
        claim.Open.Single().ShouldSatisfyAllConditions(t => t.Step.ShouldBe("approve"), t => t.Role.ShouldBe("editor"));
        (claim.ContentVerdict, claim.AttributionVerdict).ShouldBe(("true", "accurate"));
    }

    [Fact]
    public async Task Editor_ReturnsAndThenApproves()
    {
        var claim = await Submitted();
        await using var edda = await (await chromium.Open(served.Address)).SignIn(served, "Edda");
        await edda.Go("/queue?view=unassigned&step=approve&article=" + claim.Split('.')[0]);
        await edda.Press("j", "Enter");
        await edda.AtClaim(claim);
        await edda.Sees("Open doubts");
        // The doubts are read before the button is reached.
        (await edda.Page.EvaluateAsync<bool>("!!(document.querySelector('.doubts').compareDocumentPosition(document.querySelector('[data-submit]')) & Node.DOCUMENT_POSITION_FOLLOWING)")).ShouldBeTrue();
        await edda.Page.Locator("input[value=return]").CheckAsync();
        await edda.Page.FillAsync("[data-note]", "Who counted the wells?");
        await edda.Press("Control+Enter");
        await edda.Sees("Now waits for");

        var open = (await served.Do(new ShowClaim(claim))).Open.Single();
        open.Role.ShouldBe("fact-checker");
        await using (var ines = await (await chromium.Open(served.Address)).SignIn(served, "Ines"))
        {
            await ines.Go($"/claims/{claim}");
            await ines.Sees("Who counted the wells?");
        }
        await served.Submit(claim);
        await edda.Go($"/claims/{claim}/dossier");
        await edda.Sees("Since you last looked");
        await edda.Press("1", "Control+Enter");
        await edda.Sees("The claim is approved.");
        (await served.Do(new ShowClaim(claim))).Status.ShouldBe("approved");
    }

    [Fact]
    public async Task TwoBrowsers_OnOneTask_SecondIsToldWhatChangedAndKeepsItsText()
    {
        var claim = await Started();
        await using var ines = await (await chromium.Open(served.Address)).SignIn(served, "Ines");
        await using var omar = await (await chromium.Open(served.Address)).SignIn(served, "Omar");
        ines.Expected = [409];
        await ines.Go($"/claims/{claim}");
        await omar.Go($"/claims/{claim}");
        await ines.Press("1", "t", "Tab");
        await ines.Type("Ines had typed this");
        await omar.Press("2", "f", "Tab");
        await omar.Type("Omar found the opposite");
        await omar.Press("Control+Enter");
        await omar.Sees("Now waits for");
        // Hers is told by itself, before she sends it.
        await ines.Sees("Changed meanwhile by Omar. What you typed is kept.");
        await ines.Press("Control+Enter");
        await ines.Page.Locator("[data-refused]").WaitForAsync();
        var text = await ines.Page.Locator("main").InnerTextAsync();
        text.ShouldContain("Changed meanwhile");
        text.ShouldContain("Omar found the opposite");
        (await ines.Page.Locator("main").InnerHTMLAsync()).ShouldContain("Ines had typed this");
        await ines.Picture("claim-changed-meanwhile");
    }

    [Fact]
    public async Task Changes_ByOthersAndByTheCommandLine_AppearByThemselves()
    {
        var claim = await Started();
        await using var ines = await (await chromium.Open(served.Address)).SignIn(served, "Ines");
        await using var omar = await (await chromium.Open(served.Address)).SignIn(served, "Omar");
        await ines.Go($"/claims/{claim}");
        await omar.Go($"/claims/{claim}");
        await ines.Sees("Omar is here too.");
        await omar.Sees("Ines is here too.");
        await served.Do(new CommentOnClaim(claim, "seen from the command line") { As = "Omar" });
        await ines.Sees("seen from the command line");
        await omar.Go("/queue");
        await Assertions.Expect(ines.Page.Locator("#here")).ToBeEmptyAsync();
    }

    [Fact]
    public async Task Draft_SurvivesAReload_AndIsGoneOnceSent()
    {
        var claim = await Started();
        await using var ines = await (await chromium.Open(served.Address)).SignIn(served, "Ines");
        await ines.Go($"/claims/{claim}");
        await ines.Press("c");
        await ines.Type("half a thought");
        await ines.Page.ReloadAsync();
        (await ines.Page.InputValueAsync("[data-comment]")).ShouldBe("half a thought");
        await ines.Press("c", "End");
        await ines.Type(", and the other half");
        await ines.Press("Control+Enter");
        await ines.Sees("half a thought, and the other half");
        await ines.Page.ReloadAsync();
        (await ines.Page.InputValueAsync("[data-comment]")).ShouldBe("");
    }

    [Fact]
    public async Task Draft_WhoseFormWasNotTaken_IsStillThere()
    {
        await served.Do(new AddUser("Late", [Verify.Desk.Requests.Roles.FactChecker]) { As = "Ada" });
        var claim = await Started();
        await using var late = await (await chromium.Open(served.Address)).SignIn(served, "Late");
        await late.Go($"/claims/{claim}");
        await late.Press("c");
        await late.Type("an hour of thought");
        // The session has ended by the time that it is sent.
        await served.Do(new ChangeUser("Late", [Verify.Desk.Requests.Roles.FactChecker, Verify.Desk.Requests.Roles.Reporter]) { As = "Ada" });
        await late.Press("Control+Enter");
        await late.Page.Locator("[name=password]").WaitForAsync();
        await late.Page.FillAsync("[name=name]", "Late");
        await late.Page.FillAsync("[name=password]", ServedDesk.Password);
        await late.Press("Enter");
        await late.At("/queue");
        await late.Go($"/claims/{claim}");
        (await late.Page.InputValueAsync("[data-comment]")).ShouldBe("an hour of thought");
    }

    [Fact]
    public async Task ControlEnter_OnALink_DecidesNothing_AndKeysCanBeTurnedOff()
    {
        var claim = await Started();
        await using var ines = await (await chromium.Open(served.Address)).SignIn(served, "Ines");
        await ines.Go($"/claims/{claim}");
        await ines.Press("1", "t");
        await ines.Page.Locator($"main a[href='/claims/{claim}/dossier']").FocusAsync();
        await ines.Press("Control+Enter");
        await ines.Page.ReloadAsync();
        (await served.Do(new ShowClaim(claim))).Open.Single().Step.ShouldBe("corroborate");
        await ines.Page.ClickAsync("[data-keys]");
        await ines.Page.UncheckAsync("[data-keys-on]");
        await ines.Press("Escape", "t", "q");
        await ines.Page.ReloadAsync();
        await ines.Page.Locator($"[data-claim='{claim}']").WaitForAsync();
        (await served.Do(new ShowClaim(claim))).Open.Single().Assignee.ShouldBeNull();
    }

    [Fact]
    public async Task Keys_WhileTyping_AreLetters()
    {
        var claim = await Started();
        await using var ines = await (await chromium.Open(served.Address)).SignIn(served, "Ines");
        await ines.Go($"/claims/{claim}");
        await ines.Press("c");
        await ines.Type("jktce1q/?");
        (await ines.Page.InputValueAsync("[data-comment]")).ShouldBe("jktce1q/?");
        await ines.Press("Escape", "?");
        await ines.Page.Locator("dialog[open]").WaitForAsync();
        await ines.Picture("keys", whole: false);
        await ines.Press("Escape");
        (await ines.Page.Locator("dialog[open]").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task WithoutJavaScript_WholeJobCanBeDone()
    {
        await using var ines = await (await chromium.Open(served.Address, scripts: false)).SignIn(served, "Ines");
        await ines.Go("/intake");
        await ines.Page.FillAsync("[name=text]", Wells());
        await ines.Page.ClickAsync("text=Find its claims");
        await ines.Page.ClickAsync("text=Start them");
        var article = ines.Page.Url.Split('/')[^1];
        await ines.Page.ClickAsync($"main a[href^='/claims/{article}.1']");
        await ines.Page.ClickAsync("text=Take it");
        await ines.Page.CheckAsync("input[value=corroborated]");
        await ines.Page.SelectOptionAsync("[name=content_verdict]", "true");
        await ines.Page.ClickAsync("button:text-is('Decide')");
        await ines.Sees("Now waits for");
        await ines.Page.CheckAsync("input[value=confirmed]");
        await ines.Page.SelectOptionAsync("[name=attribution_verdict]", "accurate");
        await ines.Page.ClickAsync("button:text-is('Decide')");
        await ines.Sees("approve (editor)");
        (await served.Do(new ShowClaim($"{article}.1"))).Open.Single().Step.ShouldBe("approve");
    }

    [Fact]
    public async Task Words_MarkedWithTheMouse_BecomeAClaim()
    {
        var claim = await Started("Mayor Pia Lund said the town would close three wells. The bridge is closed too.");
        await using var ines = await (await chromium.Open(served.Address)).SignIn(served, "Ines");
        await ines.Go($"/articles/{claim.Split('.')[0]}");
        await ines.Page.EvaluateAsync("""
            () => {
                const walk = document.createTreeWalker(document.querySelector('.article'), NodeFilter.SHOW_TEXT);
                for (let n; (n = walk.nextNode());) {
                    const at = n.data.indexOf('The bridge is closed too');
                    if (at >= 0) getSelection().setBaseAndExtent(n, at, n, at + 24);
                }
            }
            """);
        await Assertions.Expect(ines.Page.Locator("[data-words]")).ToHaveValueAsync("The bridge is closed too");
        await ines.Page.FillAsync("form[data-missed] [name=chain_name] >> nth=0", "the road office");
        await ines.Page.ClickAsync("form[data-missed] button");
        await ines.Page.WaitForURLAsync(u => u.Contains("/claims/"));
        (await served.Do(new ShowClaim(ines.Page.Url.Split('/')[^1]))).Content.ShouldBe(["The bridge is closed too"]);
    }

    private async Task<string> Started(string? text = null) => $"{(await served.Do(new CheckArticle(text ?? Wells()) { As = "Rolf" })).Number}.1";

    private async Task<string> Submitted()
    {
        var claim = await Started();
        await served.Submit(claim);
        return claim;
    }

}
