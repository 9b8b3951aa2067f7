using Microsoft.Playwright;
using Verify.Web.Tests.InChromium;
using Xunit;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Verify.Web.Tests.InChromium;

/// <summary>
/// One real Chromium for all tests that need one, begun by the first of them. Where none is installed they are skipped;
/// under CI, where one has to be, they fail.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private readonly SemaphoreSlim _beginning = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The program named by VERIFY_CHROMIUM, else the first on the path.</summary>
    private static string? Program { get; } = Environment.GetEnvironmentVariable("VERIFY_CHROMIUM") is { Length: > 0 } named ? named :
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).SelectMany(f => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(n => Path.Combine(f, n))).FirstOrDefault(File.Exists);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        _beginning.Dispose();
    }

    /// <summary>A window of its own, with nothing remembered.</summary>
    public async Task<Window> Open(Uri address, bool scripts = true, ColorScheme theme = ColorScheme.Light)
    {
        var browser = await Begin();
        var context = await browser.NewContextAsync(new() { BaseURL = address.ToString(), JavaScriptEnabled = scripts, ColorScheme = theme, ViewportSize = new() { Width = 1360, Height = 900 } });
        context.SetDefaultTimeout(15_000);
        return await Window.Of(context, address);
    }

    private async Task<IBrowser> Begin()
    {
        if (Program is null)
        {
            if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail("Chromium is not installed, and under CI it has to be");
            Assert.Skip("Chromium is not installed; tests/run.sh installs it where it may, and VERIFY_CHROMIUM names one elsewhere");
        }
        await _beginning.WaitAsync();
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            return _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = Arguments });
        }
        finally { _beginning.Release(); }
    }
}
