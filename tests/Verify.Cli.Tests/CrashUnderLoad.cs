using System.Collections.Concurrent;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace Verify.Cli.Tests;

/// <summary>
/// The real server under load, killed at random moments and started again, against a log of what it acknowledged. Rounds:
/// VERIFY_CRASH_ROUNDS, else 20.
/// </summary>
public sealed class CrashUnderLoad
{
    private const int Callers = 16;
    private const string Password = "seven harbour lights";
    private static readonly string Workflows = Path.Combine(Cli.Root, "workflows");

    [Fact]
    public Task OnEmbedded_NothingAcknowledgedIsLost_NothingIsDoubled_NothingStays() => Run("embedded", Rounds(20), mostMs: 500, claims: 1500, perArticle: 40);

    [Fact]
    public Task OnElsa_NothingAcknowledgedIsLost_NothingIsDoubled_NothingStays()
    {
#if !WITH_ELSA
        Assert.Skip(ElsaNotBuiltIn.Why);
#endif
        return Run("elsa", Rounds(10), mostMs: 2500, claims: 100, perArticle: 2);
    }

    private static int Rounds(int otherwise) => int.TryParse(Environment.GetEnvironmentVariable("VERIFY_CRASH_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : otherwise;

    // One form that was sent: what for, and whether its answer came.
    private sealed record Sent(string Who, string Action, (string, string)[] Fields, string Effect)
    {
        public bool Acknowledged { get; set; }
    }

    private static async Task Run(string runtime, int rounds, int mostMs, int claims, int perArticle)
    {
        using var cli = new Cli(runtime);
        await cli.AddUsers();
        (await cli.Run("check", cli.Write("a.txt", string.Concat(Enumerable.Range(0, claims).Select(i => $"Mayor Pia Lund said the town would close {i} wells. "))), "--as", "Rolf")).Ok();
        var people = new Dictionary<string, Visitor>();
        var log = new ConcurrentBag<Sent>();
        var random = new Random(20261127);
        var killed = 0;
        for (var round = 0; round <= rounds; round++)
        {
            var invitations = new Dictionary<string, string>();
            if (round == 0) foreach (var who in new[] { "Ines", "Edda", "Rolf" }) invitations[who] = (await cli.Run("user", "invite", who, "--as", "Ada", "--json")).Ok().Json.GetProperty("token").GetString()!;
            using var server = await Served.Start(cli.Db, Workflows, runtime);
            foreach (var (who, token) in invitations) await (people[who] = new Visitor(server.Address)).SignIn(token, Password);
            foreach (var visitor in people.Values) visitor.GoTo(server.Address);
            // As a person does whose page did not answer: the same form again.
            foreach (var again in log.Where(s => !s.Acknowledged))
            {
                (await people[again.Who].Send(again.Action, again.Fields)).ShouldBeTrue($"{again.Effect}, sent again");
                again.Acknowledged = true;
            }
            if (round == rounds) break;
            var load = Load(people, Open(cli.Db), log, round, perArticle);
            await Task.Delay(random.Next(20, mostMs));
            server.Kill();
            if (await load > 0) killed++;
            await Judge(cli, log);
        }
        await Judge(cli, log);
        killed.ShouldBeGreaterThan(rounds / 2, "decisions have to be under way when the server is killed");
        log.Count.ShouldBeGreaterThan(rounds);
        // Nothing is stuck: what is open can be decided, by whoever it is for, to the end.
        using (var server = await Served.Start(cli.Db, Workflows, runtime))
        {
            foreach (var visitor in people.Values) visitor.GoTo(server.Address);
            for (var i = 0; i < 4 && Open(cli.Db) is { Count: > 0 } open; i++) await Load(people, open, log, rounds + i, perArticle: 0);
        }
        await Judge(cli, log);
        Open(cli.Db).ShouldBeEmpty();
        (await cli.Run("report", "--by", "status", "--json")).Ok().Json.GetProperty("reports")[0].GetProperty("lines").EnumerateArray().ShouldHaveSingleItem().GetProperty("group").GetString().ShouldBe("approved");
        foreach (var visitor in people.Values) visitor.Dispose();
    }

    // As many claims as are decided in the same time, so that a long run does not run dry.
    private static string Article(int number, int claims) => string.Concat(Enumerable.Range(0, claims).Select(i => $"Mayor Pia Lund said the town would close {number * 100 + i} schools. "));

    /// <returns>Decisions that were not answered, or not sent any more.</returns>
    private static async Task<int> Load(Dictionary<string, Visitor> people, IReadOnlyList<OpenTask> open, ConcurrentBag<Sent> log, int round, int perArticle)
    {
        var tasks = new ConcurrentQueue<OpenTask>(open);
        async Task<bool> Send(Sent form)
        {
            log.Add(form);
            try { return form.Acknowledged = await people[form.Who].Send(form.Action, form.Fields); }
            catch (HttpRequestException) { return false; }
        }
        async Task Decide()
        {
            while (tasks.TryDequeue(out var task) && await Send(task.Decision($"{round}"))) { }
        }
        async Task Start()
        {
            for (var i = 0; i < 3 && await Send(new("Rolf", "/intake/start", [("text", Article(round * 100 + i, perArticle)), ("title", $"started {round}.{i}"), ("once", $"start-{round}-{i}")], $"started {round}.{i}")); i++) { }
        }
        async Task Comment()
        {
            for (var i = 0; await Send(new("Ines", "/claims/1.1/comment", [("text", $"commented {round}.{i}"), ("once", $"comment-{round}-{i}")], $"commented {round}.{i}")); i++) { }
        }
        await Task.WhenAll([.. Enumerable.Range(0, Callers).Select(_ => Task.Run(Decide)), .. perArticle > 0 ? [Task.Run(Start), Task.Run(Comment)] : Array.Empty<Task>()]);
        return tasks.Count + log.Count(s => !s.Acknowledged && s.Effect.StartsWith("decided", StringComparison.Ordinal));
    }

    /// <summary>The server is dead: what its files say, beside what it said.</summary>
    private static async Task Judge(Cli cli, ConcurrentBag<Sent> log)
    {
        var audit = (await cli.Run("audit", "check", "--json")).Ok().Json;
        audit.GetProperty("sound").GetBoolean().ShouldBeTrue();
        (await cli.Run("doctor")).Ok();
        await using var connection = new SqliteConnection($"Data Source={cli.Db};Pooling=false;Mode=ReadOnly");
        await connection.OpenAsync();
        var effects = (await connection.QueryAsync<string>("""
            SELECT 'decided ' || a.number || '.' || c.ordinal || '-' || d.token FROM decisions d JOIN claims c ON c.id = d.claim_id JOIN articles a ON a.id = c.article_id
            UNION ALL SELECT text FROM comments UNION ALL SELECT title FROM articles
            """)).GroupBy(e => e).ToDictionary(g => g.Key, g => g.Count());
        foreach (var sent in log)
        {
            var times = effects.GetValueOrDefault(sent.Effect);
            times.ShouldBeLessThanOrEqualTo(1, $"{sent.Effect}: doubled");
            if (sent.Acknowledged) times.ShouldBe(1, $"{sent.Effect}: acknowledged and lost");
        }
    }

    private sealed record OpenTask(string Task, string Claim, string Step)
    {
        public Sent Decision(string round)
        {
            var (who, outcome, verdict) = Step switch { "corroborate" => ("Ines", "corroborated", ("content_verdict", "true")), "check-secondary-source" => ("Ines", "confirmed", ("attribution_verdict", "accurate")), _ => ("Edda", "approve", ("note", "")) };
            return new(who, $"/claims/{Claim}/decide", [("task", Task), ("outcome", outcome), verdict, ("once", $"{round}-{Task}")], $"decided {Task}");
        }
    }

    private static List<OpenTask> Open(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=false");
        connection.Open();
        return connection.Query<(string Task, string Claim, string Step)>("""
            SELECT a.number || '.' || c.ordinal || '-' || t.token, a.number || '.' || c.ordinal, t.step
            FROM tasks t JOIN claims c ON c.id = t.claim_id JOIN articles a ON a.id = c.article_id WHERE t.status = 'open' ORDER BY t.opened_at, t.claim_id
            """).Select(t => new OpenTask(t.Task, t.Claim, t.Step)).ToList();
    }
}
