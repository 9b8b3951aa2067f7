using System.Collections.Concurrent;
using Microsoft.Playwright;
using Shouldly;

namespace Verify.Web.Tests.InChromium;

/// <summary>
/// A browser window on a desk. When it is closed it fails if a script failed, the console told an error that was not
/// expected, or anything was asked of another host.
/// </summary>
public sealed class Window : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _wrong = [];

    private Window(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>Answers with these statuses are what the test asks for; Chromium reports each on its console.</summary>
    public int[] Expected { get; set; } = [];

    internal static async Task<Window> Of(IBrowserContext context, Uri address)
    {
        var window = new Window(context, await context.NewPageAsync());
        context.Request += (_, r) =>
        {
            var to = new Uri(r.Url);
            if (to.Scheme is not ("blob" or "data") && to.Authority != address.Authority) window._wrong.Enqueue($"asked {r.Url}");
        };
        context.WebError += (_, e) => window._wrong.Enqueue(e.Error);
        context.Console += (_, m) =>
        {
            if (m.Type == "error" && !window.Expected.Any(s => m.Text.Contains($"status of {s}", StringComparison.Ordinal))) window._wrong.Enqueue($"console: {m.Text} ({m.Location})");
        };
        return window;
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        _wrong.ShouldBeEmpty();
    }

    public Task Go(string path) => Page.GotoAsync(path);

    public async Task<Window> SignIn(ServedDesk served, string user)
    {
        var session = await served.SessionOf(user);
        await _context.AddCookiesAsync([new() { Name = session.Name, Value = session.Value, Url = served.Address.ToString(), HttpOnly = true, SameSite = SameSiteAttribute.Lax }]);
        return this;
    }

    /// <summary>Presses keys one after another, as <c>Control+Enter</c> or <c>j</c>.</summary>
    public async Task Press(params string[] keys)
    {
        foreach (var key in keys) await Page.Keyboard.PressAsync(key);
    }

    public Task Type(string text) => Page.Keyboard.TypeAsync(text);

    /// <summary>Waits until the text stands in the page.</summary>
    public async Task<Window> Sees(string text)
    {
        try { await Page.GetByText(text).First.WaitForAsync(); }
        catch (TimeoutException)
        {
            await Picture("not-seen");
            throw new ShouldAssertException($"“{text}” is not on {Page.Url}, which says: {await Page.Locator("body").InnerTextAsync()} (focus: {await Page.EvaluateAsync<string>("document.activeElement?.outerHTML.slice(0, 200) ?? ''")})");
        }
        // A page that was loaded anew has its scripts a moment later than its text.
        await Page.WaitForLoadStateAsync();
        return this;
    }

    public Task At(string path) => Page.WaitForURLAsync(u => new Uri(u).AbsolutePath == path);

    /// <summary>Waits until a link has led to the page of a claim, and its keys are that page's: the address is there earlier, and a page that is loaded anew has its scripts later.</summary>
    public async Task AtClaim(string claim)
    {
        await Page.Locator($"[data-claim='{claim}']").WaitForAsync();
        await KeysAreKeys();
    }

    /// <summary>Waits until the page has its scripts and no field the focus: what is pressed next is neither lost nor typed into it.</summary>
    public async Task KeysAreKeys()
    {
        await Page.WaitForLoadStateAsync();
        await Assertions.Expect(Page.Locator("textarea:focus, select:focus, input:focus")).ToHaveCountAsync(0, new() { Timeout = 15_000 });
    }

    public Task Focuses(string selector) => Assertions.Expect(Page.Locator(selector)).ToBeFocusedAsync(new() { Timeout = 15_000 });

    /// <summary>Presses Tab until the focus is on what the selector names, as who has no mouse does.</summary>
    public async Task TabTo(string selector)
    {
        for (var i = 0; i < 80; i++)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (await Page.EvaluateAsync<bool>("s => !!document.activeElement?.matches(s)", selector)) return;
        }
        throw new ShouldAssertException($"Tab never came to {selector} on {Page.Url}");
    }

    /// <summary>Puts a picture of the page into the test output.</summary>
    public async Task Picture(string name, bool whole = true)
    {
        var folder = Directory.CreateDirectory(Path.Combine(ServedDesk.Root, "TestResults", "screens")).FullName;
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = whole });
    }
}
