using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Shouldly;
using Verify.Desk;
using Verify.Desk.Features.Accounts;
using Verify.Desk.Features.Claims;
using Verify.Desk.Features.Intake;
using Verify.Desk.Features.Users;
using Verify.Desk.Requests;
using Xunit;

namespace Verify.Web.Tests;

/// <summary>A desk on a fresh file, served on a port of its own, with one user of each role and an article by Rolf.</summary>
public class ServedDesk : IAsyncLifetime
{
    public const string Password = "seven harbour lights";
    private readonly string _folder = Directory.CreateTempSubdirectory("verify-web-").FullName;
    private readonly ConcurrentBag<Browser> _browsers = [];
    private readonly Dictionary<string, Cookie> _sessions = [];
    private readonly SemaphoreSlim _signingIn = new(1);
    private WebApplication _server = null!;

    public VerifyDesk Desk { get; private set; } = null!;
    public Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Desk = VerifyDesk.Open(On(new DeskOptions(Path.Combine(_folder, "desk.db"), Path.Combine(Root, "workflows")))).Value;
        await Do(new AddUser("Ada", [Roles.Administrator]));
        foreach (var (name, role) in new[] { ("Rolf", Roles.Reporter), ("Ines", Roles.FactChecker), ("Omar", Roles.CrossChecker), ("Edda", Roles.Editor), ("Rita", Roles.Reader) })
            await Do(new AddUser(name, [role]) { As = "Ada" });
        await Do(new CheckArticle(await File.ReadAllTextAsync(Path.Combine(Root, "tests", "samples", "harbour-cable.txt"))) { As = "Rolf" });
        _server = DeskServer.Build(Desk, new ServeOptions(["http://127.0.0.1:0"], Path.Combine(_folder, "backups"), Path.Combine(_folder, "keys")) { RuntimeApi = RuntimeApi });
        await _server.StartAsync();
        Address = new Uri(_server.Urls.First());
        await Fill();
    }

    /// <summary>The runtime that its items run on.</summary>
    protected virtual DeskOptions On(DeskOptions options) => options;

    /// <summary>A runtime's own interface beside the desk.</summary>
    protected virtual RuntimeApi? RuntimeApi => null;

    /// <summary>What else has happened on the desk before the tests begin.</summary>
    protected virtual Task Fill() => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var browser in _browsers) browser.Dispose();
        _signingIn.Dispose();
        await _server.StopAsync();
        await _server.DisposeAsync();
        await Desk.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    public async Task<T> Do<T>(IRequest<Result<T>> request)
    {
        var result = await Desk.Send(request);
        result.Refusal.ShouldBeNull();
        return result.Value;
    }

    /// <summary>Takes a claim of the standard definition through both of a checker's steps, as the command line does.</summary>
    public async Task Submit(string claim)
    {
        foreach (var (outcome, attribution, content) in new[] { ("corroborated", (string?)null, (string?)"true"), ("confirmed", "accurate", null) })
            await Do(new CompleteTask((await Do(new ShowClaim(claim))).Open.Single().Task, outcome, null, attribution, content) { As = "Ines" });
    }

    /// <summary>A number that no request answers.</summary>
    public long Scalar(string sql, object parameters)
    {
        using var connection = new SqliteConnection($"Data Source={Desk.DatabasePath};Pooling=false;Mode=ReadOnly");
        return connection.ExecuteScalar<long>(sql, parameters);
    }

    /// <summary>A browser without scripts that nobody has signed in to yet.</summary>
    public Browser Open()
    {
        var browser = new Browser(Address);
        _browsers.Add(browser);
        return browser;
    }

    /// <summary>The same, signed in.</summary>
    public async Task<Browser> As(string user)
    {
        var browser = Open();
        browser.Cookies.Add(Address, await SessionOf(user));
        return browser;
    }

    /// <summary>The cookie of a session of this user, who signed in once by a one-time link: sign-ins are counted.</summary>
    public async Task<Cookie> SessionOf(string user)
    {
        await _signingIn.WaitAsync();
        try
        {
            if (_sessions.TryGetValue(user, out var session)) return session;
            var invited = await Do(new InviteUser(user) { As = "Ada" });
            var browser = Open();
            (await browser.Post($"/invitation?token={invited.Token}", "/invitation", ("token", invited.Token), ("password", Password), ("again", Password))).StatusCode.ShouldBe(HttpStatusCode.OK);
            var cookie = browser.Cookies.GetAllCookies()["verify"]!;
            return _sessions[user] = new Cookie(cookie.Name, cookie.Value);
        }
        finally { _signingIn.Release(); }
    }

    internal static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Verify.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}

/// <summary>Reads pages, and sends their forms as a browser without scripts does.</summary>
public sealed class Browser : IDisposable
{
    private readonly HttpClient _client;

    public Browser(Uri address) => _client = new(new SocketsHttpHandler { CookieContainer = Cookies }) { BaseAddress = address };

    public CookieContainer Cookies { get; } = new();

    public void Dispose() => _client.Dispose();

    public Task<HttpResponseMessage> Get(string path) => _client.GetAsync(path);

    public async Task<string> Read(string path)
    {
        var answer = await Get(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <param name="page">The page that the form stands on: its token, and its hidden fields with the names given.</param>
    public async Task<HttpResponseMessage> Post(string page, string action, params (string Name, string Value)[] fields)
    {
        var html = await (await Get(page)).Content.ReadAsStringAsync();
        return await Send(action, [.. fields, ("_form", Hidden(html, "_form"))]);
    }

    public Task<HttpResponseMessage> Send(string action, params (string Name, string Value)[] fields) => _client.PostAsync(action, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    public static string Hidden(string html, string name) => WebUtility.HtmlDecode(Regex.Match(html, $"name=\"{name}\" value=\"([^\"]*)\"").Groups[1].Value);
}
