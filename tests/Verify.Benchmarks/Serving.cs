using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Verify.Cli.Tests;
using Verify.Desk;
using Verify.Desk.Features.Accounts;
using Verify.Desk.Features.Claims;
using Verify.Desk.Features.Intake;
using Verify.Desk.Features.Queue;
using Verify.Desk.Features.Reports;
using Verify.Desk.Features.Users;
using Verify.Desk.Requests;

namespace Verify.Benchmarks;

/// <summary>
/// The desk in the browser with many claims in the database: a server process of its own, asked over loopback HTTP. Times
/// are a client's and hold the request, the page and its compression; memory is what the server process has resident.
/// </summary>
internal static partial class Serving
{
    private const string Password = "seven harbour lights";
    private const int People = 10;

    public static async Task Run(Settings settings)
    {
        using var folder = new WorkFolder();
        var database = folder.File("desk.db");
        var (claims, articles, tokens) = await Fill(database, settings.Number("claims", 1_000_000, 2_000));
        using var server = await Served.Start(database, Path.Combine(Measure.Root, "workflows"));
        using var client = Browser(server);
        var fresh = await FirstPage(client);
        await SignIn(client, tokens[0]);
        Measure.Print("serving", ("claims", claims), ("cold_sign_in_kb", fresh / 1024.0), ("cold_queue_kb", await FirstPage(client) / 1024.0), ("resident_mb", server.ResidentMb));

        var random = new Random(7);
        string Article() => $"{random.Next(1, articles)}";
        var pages = new (string Name, Func<string> Path)[]
        {
            ("queue, mine", () => "/queue"), ("queue, for anybody", () => "/queue?view=unassigned"), ("queue, all", () => "/queue?view=all"), ("queue, overdue", () => "/queue?view=overdue"), ("queue, one step", () => "/queue?view=all&step=authenticate-document"),
            ("claim", () => $"/claims/{Article()}.{random.Next(1, 9)}"), ("dossier", () => $"/claims/{Article()}.{random.Next(1, 9)}/dossier"), ("article", () => $"/articles/{Article()}"), ("search", () => $"/search?q={random.Next(2, 9000)}+people+Eldmoor"), ("list of claims", () => "/claims"),
        };
        foreach (var (name, path) in pages) await Time(client, name, path, claims, settings.Number("rounds", 500, 20));
        foreach (var by in ReportClaims.Groupings) await Time(client, $"report by {by}", () => $"/reports?by={by}", claims, settings.Number("report-rounds", 5, 2));
        await Time(client, "report of weeks", () => "/reports/flow", claims, settings.Number("report-rounds", 5, 2));
        await Live(server, client, tokens, claims, settings.Number("listeners", 200, 20), settings.Number("seconds", 20, 1));
    }

    private static HttpClient Browser(Served server)
    {
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), MaxConnectionsPerServer = 1000 }) { BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(5) };
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");
        return client;
    }

    private static async Task SignIn(HttpClient client, string token)
    {
        var form = FormToken().Match((await Get(client, $"/invitation?token={token}")).Html).Groups[1].Value;
        await client.PostAsync("/invitation", Form(("token", token), ("password", Password), ("again", Password), ("_form", form)));
    }

    private static async Task<(int Claims, int Articles, IReadOnlyList<string> Invitations)> Fill(string database, int wanted)
    {
        await using var desk = VerifyDesk.Open(new DeskOptions(database, Path.Combine(Measure.Root, "workflows"))).Value;
        await Completions.Do(desk, new AddUser("Ada", [Roles.Administrator]));
        await Completions.Do(desk, new AddUser("Ines", [Roles.FactChecker]) { As = "Ada" });
        await Completions.Do(desk, new AddUser("Edda", [Roles.Editor]) { As = "Ada" });
        var (claims, articles, filling) = (0, 0, Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (Volatile.Read(ref claims) < wanted)
            {
                // Most are as long as articles are, and one in a hundred is as long as a book's chapter.
                var article = Interlocked.Increment(ref articles);
                var text = string.Join("\n", Enumerable.Range(0, article % 100 == 0 ? 50 : 1 + article % 3).Select(i => News.Article(article * 50 + i)));
                Interlocked.Add(ref claims, (await Completions.Do(desk, new CheckArticle(text) { As = "Ada" })).Claims);
            }
        })));
        Measure.Print("serving", ("claims", claims), ("articles", articles), ("claims_started_per_second", claims / filling.Elapsed.TotalSeconds));
        // Some of it is held and some is decided, as on any day.
        foreach (var task in (await Completions.Do(desk, new ListTasks(Role: "fact-checker", Step: "corroborate", Limit: 200))).Tasks.Index())
            if (task.Index % 2 == 0) await Completions.Do(desk, new TakeTask(task.Item.Task) { As = "Ines" });
            else await Completions.Do(desk, new CompleteTask(task.Item.Task, "not-corroborated", null, null, "unproven") { As = "Ines" });
        var invitations = new List<string> { (await Completions.Do(desk, new InviteUser("Ines") { As = "Ada" })).Token };
        for (var i = 1; i < People; i++)
        {
            await Completions.Do(desk, new AddUser($"Checker {i}", [Roles.FactChecker]) { As = "Ada" });
            invitations.Add((await Completions.Do(desk, new InviteUser($"Checker {i}") { As = "Ada" })).Token);
        }
        return (claims, articles, invitations);
    }

    private static async Task Time(HttpClient client, string name, Func<string> path, int claims, int rounds)
    {
        var first = (await Get(client, path())).Ms;
        for (var i = 0; i < rounds / 10; i++) await Get(client, path());
        var (times, bytes) = (new List<double>(), 0L);
        for (var i = 0; i < rounds; i++)
        {
            var got = await Get(client, path());
            times.Add(got.Ms);
            bytes += got.Bytes;
        }
        Measure.Print("serving", ("page", name), ("claims", claims), ("first_ms", first), ("p50_ms", Measure.Percentile(times, 0.5)), ("p99_ms", Measure.Percentile(times, 0.99)), ("kb_compressed", bytes / 1024.0 / rounds));
    }

    // What a browser that has nothing yet has to get for its first page: the page, and what it links to.
    private static async Task<long> FirstPage(HttpClient client)
    {
        var page = await Get(client, "/");
        var bytes = (long)page.Bytes;
        foreach (var asset in Asset().Matches(page.Html).Select(m => m.Value).Distinct()) bytes += (await client.GetByteArrayAsync(asset)).Length;
        return bytes;
    }

    /// <returns>Time until the whole page was there, its size as sent, and its text.</returns>
    private static async Task<(double Ms, int Bytes, string Html)> Get(HttpClient client, string path)
    {
        var began = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync(path);
        var body = await answer.Content.ReadAsByteArrayAsync();
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        if (answer.StatusCode is not HttpStatusCode.OK) throw new InvalidOperationException($"{answer.RequestMessage!.RequestUri} answered {answer.StatusCode}");
        using var text = new StreamReader(answer.Content.Headers.ContentEncoding.Contains("br") ? new BrotliStream(new MemoryStream(body), CompressionMode.Decompress) : new MemoryStream(body));
        return (took, body.Length, await text.ReadToEndAsync());
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) => new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    // Many open pages, and somebody who comments on what half of them look at.
    private static async Task Live(Served server, HttpClient client, IReadOnlyList<string> tokens, int claims, int listeners, int seconds)
    {
        var people = new List<HttpClient> { client };
        foreach (var token in tokens.Skip(1))
        {
            people.Add(Browser(server));
            await SignIn(people[^1], token);
        }
        using var stop = new CancellationTokenSource();
        var sent = new Dictionary<int, long>();
        var delays = new List<double>();
        var open = new CountdownEvent(listeners);
        var streams = Enumerable.Range(0, listeners).Select(i => Task.Run(async () =>
        {
            using var stream = await people[i % people.Count].GetStreamAsync($"/live?claim=1.{i % 2 + 1}", stop.Token);
            using var reader = new StreamReader(stream);
            try
            {
                while (await reader.ReadLineAsync(stop.Token) is { } line)
                    if (line.StartsWith("event: hello", StringComparison.Ordinal)) open.Signal();
                    else if (line.StartsWith("data: {\"last\":", StringComparison.Ordinal))
                    {
                        var now = Stopwatch.GetTimestamp();
                        lock (sent) if (sent.Count > 0) delays.Add(Stopwatch.GetElapsedTime(sent[sent.Count], now).TotalMilliseconds);
                    }
            }
            catch (OperationCanceledException) { /* the end of the measurement */ }
            catch (IOException) { /* the same, in the middle of a line */ }
        })).ToList();
        open.Wait(TimeSpan.FromSeconds(60));
        var form = FormToken().Match((await Get(client, "/claims/1.1")).Html).Groups[1].Value;
        for (var i = 0; i < seconds; i++)
        {
            lock (sent) sent[sent.Count + 1] = Stopwatch.GetTimestamp();
            await client.PostAsync("/claims/1.1/comment", Form(("text", $"comment {i}"), ("_form", form)));
            await Task.Delay(1000);
        }
        Measure.Print("serving", ("live_connections", listeners), ("claims", claims), ("resident_mb", server.ResidentMb), ("told_after_p50_ms", Measure.Percentile(delays, 0.5)), ("told_after_p99_ms", Measure.Percentile(delays, 0.99)), ("told", delays.Count));
        await stop.CancelAsync();
        await Task.WhenAll(streams);
        foreach (var other in people.Skip(1)) other.Dispose();
    }

    [GeneratedRegex("name=\"_form\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    [GeneratedRegex("/assets/[^\"]+")]
    private static partial Regex Asset();
}
