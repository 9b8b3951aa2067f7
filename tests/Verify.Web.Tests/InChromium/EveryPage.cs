using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Shouldly;
using Verify.Desk.Features.Accounts;
using Verify.Desk.Features.Reports;
using Xunit;

namespace Verify.Web.Tests.InChromium;

/// <summary>Each page in both themes: no violation that axe finds, and a picture in the test output.</summary>
public sealed class EveryPage(BusyDesk desk, Chromium chromium) : IClassFixture<BusyDesk>
{
    public static TheoryData<string, string, string> Pages =>
    [
        ("Ines", "queue", "/queue?view=all"), ("Edda", "queue-editor", "/queue?view=unassigned"), ("Ines", "queue-empty", "/queue?view=overdue"),
        ("Ines", "claim", "/claims/1.2"), ("Ines", "claim-new", "/claims/1.3"), ("Ines", "claim-approved", "/claims/1.4"), ("Ines", "claim-dismissed", "/claims/1.7"),
        ("Ines", "claim-other-scripts", "/claims/2.1"), ("Rolf", "claim-of-the-writer", "/claims/1.3"),
        ("Edda", "dossier", "/claims/1.2/dossier"), ("Edda", "dossier-to-approve", "/claims/1.6/dossier"), ("Ines", "comparison", "/claims/1.2/compare/E1"),
        ("Ines", "evidence", "/evidence/E1?claim=1.2"), ("Ines", "articles", "/articles"), ("Ines", "article", "/articles/1"), ("Ines", "article-other-scripts", "/articles/2"),
        ("Ines", "article-differences", "/articles/1/differences?from=1&to=2"), ("Ines", "intake", "/intake"),
        ("Rita", "claims", "/claims"), ("Rita", "flow", "/reports/flow"), ("Ines", "search", "/search?q=harbour"), ("Edda", "mentions", "/mentions"), ("Ines", "account", "/account"),
        ("Ada", "admin", "/admin"), ("Ada", "definitions", "/admin/definitions"), ("Ada", "definition", "/admin/definitions/leaked-document"), ("Ada", "upkeep", "/admin/upkeep"),
        ("Ines", "refused", "/claims/99.9"), ("Rita", "forbidden", "/queue"),
        .. ReportClaims.Groupings.Select(g => new TheoryDataRow<string, string, string>("Rita", $"report-{g}", $"/reports?by={g}")),
    ];

    [Theory, MemberData(nameof(Pages))]
    public async Task Page_InBothThemes_IsForEverybody(string who, string name, string path)
    {
        await using var window = await (await chromium.Open(desk.Address)).SignIn(desk, who);
        window.Expected = [403, 404];
        await window.Go(path);
        await Examine(window, name);
    }

    [Fact]
    public async Task PagesBeforeSignIn_AreForEverybody()
    {
        await using var window = await chromium.Open(desk.Address);
        window.Expected = [401];
        await window.Go("/sign-in");
        await Examine(window, "sign-in");
        await window.Page.FillAsync("[name=name]", "Nobody");
        await window.Page.FillAsync("[name=password]", "guessed guessed");
        await window.Page.ClickAsync("main button");
        await window.Sees("Name or password are not right.");
        await Examine(window, "sign-in-refused");
        var invited = await desk.Do(new InviteUser("Rita") { As = "Ada" });
        await window.Go($"/invitation?token={invited.Token}");
        await Examine(window, "invitation");
    }

    [Fact]
    public async Task Preview_IsForEverybody()
    {
        await using var window = await (await chromium.Open(desk.Address)).SignIn(desk, "Ines");
        await window.Go("/intake");
        await window.Page.FillAsync("[name=text]", BusyDesk.Elsewhere + "\nThe mayor said so again.");
        await window.Press("Control+Enter");
        await window.Sees("Nothing is stored yet.");
        await Examine(window, "intake-preview");
    }

    [Fact]
    public async Task RefusedDecision_IsForEverybody()
    {
        await using var window = await (await chromium.Open(desk.Address)).SignIn(desk, "Ines");
        window.Expected = [409];
        await window.Go("/claims/3.1");
        await window.Press("1");
        await window.Page.SelectOptionAsync("[data-verdict]", "");
        await window.Press("Control+Enter");
        await window.Page.Locator("[data-refused]").WaitForAsync();
        (await window.Page.Locator("[data-refused]").InnerTextAsync()).ShouldNotContain("--", customMessage: "options are the command line's");
        await Examine(window, "claim-refused");
    }

    [Fact]
    public async Task NarrowWindow_ShowsEverythingWithoutScrollingSideways()
    {
        await using var window = await (await chromium.Open(desk.Address)).SignIn(desk, "Ines");
        await window.Page.SetViewportSizeAsync(360, 740);
        foreach (var (name, path) in new[] { ("queue", "/queue?view=all"), ("claim", "/claims/1.2"), ("article", "/articles/1"), ("intake", "/intake"), ("report", "/reports?by=status") })
        {
            await window.Go(path);
            await window.Picture($"{name}-narrow");
            // What scrolls inside a frame of its own, such as a wide table, is no trouble.
            var wide = await window.Page.EvaluateAsync<string[]>("""
                () => {
                    const framed = e => { for (let a = e.parentElement; a && a !== document.body; a = a.parentElement) if (getComputedStyle(a).overflowX === 'auto') return true; };
                    return [...document.querySelectorAll('main *, header *')].filter(e => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1 && !framed(e)).map(e => e.outerHTML.slice(0, 150));
                }
                """);
            wide.ShouldBeEmpty(name);
        }
    }

    [Fact]
    public async Task Print_LeavesOutWhatIsForTheScreen()
    {
        await using var window = await (await chromium.Open(desk.Address)).SignIn(desk, "Edda");
        foreach (var (name, path) in new[] { ("claim", "/claims/1.2"), ("dossier", "/claims/1.2/dossier"), ("article", "/articles/1"), ("report", "/reports?by=status") })
        {
            await window.Go(path);
            await window.Page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Dark });
            (await window.Page.Locator("header.bar").IsVisibleAsync()).ShouldBeFalse();
            (await window.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor")).ShouldBeOneOf("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)");
            await window.Picture($"{name}-print");
            await window.Page.EmulateMediaAsync(new() { Media = Media.Screen });
        }
    }

    private static async Task Examine(Window window, string name)
    {
        foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await window.Page.EmulateMediaAsync(new() { ColorScheme = theme });
            await window.Picture(theme == ColorScheme.Light ? name : $"{name}-dark");
            var found = await window.Page.RunAxe();
            found.Violations.SelectMany(v => v.Nodes.Select(n => $"{v.Id}: {v.Help}: {n.Html}\n{string.Join("; ", n.Any.Select(a => a.Message))}")).ShouldBeEmpty($"{name}, {theme}");
            found.Passes.ShouldNotBeEmpty("axe has looked");
        }
    }
}
