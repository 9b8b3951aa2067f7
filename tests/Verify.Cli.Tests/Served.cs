using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace Verify.Cli.Tests;

/// <summary>A <c>verify serve</c> as a process of its own.</summary>
internal sealed partial class Served : IDisposable
{
    private readonly Process _process;

    private Served(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public long ResidentMb
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1024 / 1024;
        }
    }

    public static Task<Served> Start(string database, string workflows, string runtime = "embedded") =>
        Start(new ProcessStartInfo(Program, Serve(database, workflows, runtime)));

    /// <summary>The same on a copy of the database that stands alone on a small disk of its own, seen by this process only.</summary>
    /// <exception cref="InvalidOperationException">The machine lets nobody mount one; "unshare" is in the message.</exception>
    public static Task<Served> StartOnDisk(string folder, int megabytes, string database, string workflows) =>
        Start(new ProcessStartInfo("unshare", ["-rm", "sh", "-c", $"mount -t tmpfs -o size={megabytes}m tmpfs '{folder}' || {{ echo unshare >&2; exit 1; }}; cp '{database}' '{folder}/' && exec \"$@\"", "sh",
            Program, .. Serve(Path.Combine(folder, Path.GetFileName(database)), workflows, "embedded")]));

    private static string Program => Path.Combine(AppContext.BaseDirectory, "verify");

    private static string[] Serve(string database, string workflows, string runtime) => ["serve", "--urls", "http://127.0.0.1:0", "--db", database, "--workflows", workflows, "--runtime", runtime];

    /// <summary>A file as the server sees it.</summary>
    public string Seen(string path) => $"/proc/{_process.Id}/root{path}";

    private static async Task<Served> Start(ProcessStartInfo start)
    {
        start.RedirectStandardError = true;
        var process = Process.Start(start)!;
        var said = new List<string>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await process.StandardError.ReadLineAsync(patience.Token) is { } line)
        {
            said.Add(line);
            if (Where().Match(line) is not { Success: true } where) continue;
            _ = process.StandardError.ReadToEndAsync();
            return new(process, new Uri(where.Value));
        }
        throw new InvalidOperationException($"serve ended at once: {string.Join('\n', said)}");
    }

    /// <summary>SIGKILL: nothing of it runs any more when this returns.</summary>
    public void Kill()
    {
        if (_process.HasExited) return;
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Where();
}

/// <summary>Somebody in a browser without scripts: opens pages of a <see cref="Served"/> and sends their forms.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private HttpClient _client;
    private string _form = "";

    public Visitor(Uri address) => _client = Connect(address);

    private HttpClient Connect(Uri address) => new(new SocketsHttpHandler { CookieContainer = _cookies, MaxConnectionsPerServer = 1000, AllowAutoRedirect = false }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };

    /// <summary>Signs in by a one-time link, and keeps what the forms of this session carry.</summary>
    public async Task SignIn(string invitation, string password)
    {
        _form = FormToken().Match(await _client.GetStringAsync($"/invitation?token={invitation}")).Groups[1].Value;
        if (!await Send("/invitation", ("token", invitation), ("password", password), ("again", password))) throw new InvalidOperationException("the invitation was refused");
        _form = FormToken().Match(await _client.GetStringAsync("/account")).Groups[1].Value;
    }

    /// <summary>The same session against the server's next process.</summary>
    public void GoTo(Uri address)
    {
        _client.Dispose();
        _client = Connect(address);
    }

    /// <returns>True: done, and said so; false: refused.</returns>
    /// <exception cref="HttpRequestException">The server is gone: whether it was done is not known.</exception>
    public async Task<bool> Send(string action, params (string Name, string Value)[] fields)
    {
        using var answer = await Post(action, fields);
        return answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location?.ToString().StartsWith("/sign-in", StringComparison.Ordinal) != true;
    }

    public Task<HttpResponseMessage> Post(string action, params (string Name, string Value)[] fields) =>
        _client.PostAsync(action, new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), KeyValuePair.Create("_form", _form)]));

    public Task<string> Read(string page) => _client.GetStringAsync(page);

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("name=\"_form\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
