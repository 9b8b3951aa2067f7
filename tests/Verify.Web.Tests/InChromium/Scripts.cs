using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Verify.Web.Tests.InChromium;

/// <summary>Script in every text field of every form, and then a look at every page.</summary>
public sealed class Scripts(BusyDesk desk, Chromium chromium) : IClassFixture<BusyDesk>
{
    private const string Script = "\"'><img src=x onerror=alert(1)><script>alert(1)</script>";

    [Theory]
    [InlineData("Ines", "/claims/3.1", "/claims/3.4", "/claims/1.4", "/articles/3", "/intake", "/search", "/queue?view=all", "/account")]
    [InlineData("Edda", "/claims/3.6", "/claims/3.8/dossier", "/claims/1.6/dossier", "/queue?view=all")]
    [InlineData("Ada", "/admin", "/admin/upkeep")]
    public async Task Script_InEveryTextField_StaysText(string who, params string[] paths)
    {
        await using var window = await (await chromium.Open(desk.Address)).SignIn(desk, who);
        // Whatever is refused is refused; that is not what this is about.
        window.Expected = [400, 401, 403, 404, 409, 413, 422, 429];
        var dialogs = 0;
        window.Page.Dialog += async (_, d) => { dialogs++; await d.DismissAsync(); };
        var sent = 0;
        foreach (var path in paths)
        {
            await window.Go(path);
            var forms = await window.Page.EvaluateAsync<int>("document.querySelectorAll('main form').length");
            for (var i = 0; i < forms; i++)
            {
                await window.Go(path);
                var filled = await window.Page.EvaluateAsync<bool>("""
                    ([i, script]) => {
                        const form = document.querySelectorAll('main form')[i];
                        if (!form || /sign-out|disable/.test(form.action)) return false;
                        const fields = [...form.querySelectorAll('textarea, input:not([type]), input[type=text], input[type=search], input[type=url]')].filter(f => !f.readOnly);
                        for (const f of fields) { f.removeAttribute('maxlength'); f.type === 'url' && (f.type = 'text'); f.value = f.value + script; }
                        const radio = form.querySelector('input[type=radio]');
                        if (radio) radio.checked = true;
                        for (const s of form.querySelectorAll('select')) s.selectedIndex = s.options.length - 1;
                        form.noValidate = true;
                        return fields.length > 0;
                    }
                    """, new object[] { i, Script });
                if (!filled) continue;
                sent++;
                // The way that a browser without our script would send it, and not the framework's.
                await window.Page.EvaluateAsync("i => { document.documentElement.dataset.old = ''; setTimeout(() => HTMLFormElement.prototype.submit.call(document.querySelectorAll('main form')[i])); }", i);
                await window.Page.Locator("html:not([data-old])").WaitForAsync(new() { State = WaitForSelectorState.Attached });
                await window.Page.WaitForLoadStateAsync();
                await Clean(window.Page, $"{path}, form {i}");
            }
        }
        sent.ShouldBeGreaterThan(0);
        foreach (var page in EveryPage.Pages) if (page.Data.Item1 == who) { await window.Go(page.Data.Item3); await Clean(window.Page, page.Data.Item3); }
        foreach (var path in paths) { await window.Go(path); await Clean(window.Page, path); }
        dialogs.ShouldBe(0);
    }

    private static async Task Clean(IPage page, string where) =>
        (await page.EvaluateAsync<int>("document.querySelectorAll('img, script:not([src]), [onerror]').length")).ShouldBe(0, where);
}
