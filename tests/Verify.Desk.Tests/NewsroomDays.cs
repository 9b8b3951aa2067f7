using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Shouldly;
using Verify.Desk.Features.Articles;
using Verify.Desk.Features.Audit;
using Verify.Desk.Features.Claims;
using Verify.Desk.Features.Evidence;
using Verify.Desk.Features.Intake;
using Verify.Desk.Features.Mending;
using Verify.Desk.Features.Origins;
using Verify.Desk.Features.Queue;
using Verify.Desk.Features.SecondarySource;
using Verify.Desk.Features.Users;
using Verify.Desk.Requests;
using Xunit;

namespace Verify.Desk.Tests;

/// <summary>
/// Days at a desk by a seed: people who take, decide, send back, mend and revise at random, alone or several at once, a clock that
/// jumps, and a power that fails in the middle of commands. After every step the rules are looked for in the database. Days: VERIFY_SIMULATED_DAYS, else
/// 60; one seed again: VERIFY_SIMULATED_SEED.
/// </summary>
public sealed class NewsroomDays
{
    [Fact]
    public async Task AnyDays_HoldEveryRule()
    {
        var days = Number("VERIFY_SIMULATED_DAYS") ?? 60;
        var seeds = Number("VERIFY_SIMULATED_SEED") is { } one ? [one] : Enumerable.Range(1, (days + Days - 1) / Days);
        foreach (var seed in seeds)
        {
            await using var newsroom = new Newsroom(seed);
            try { await newsroom.Run(Days); }
            catch (Exception e) { throw new InvalidOperationException($"seed {seed} (set VERIFY_SIMULATED_SEED={seed} to see it again), step {newsroom.Steps}, {newsroom.Last}: {e.Message}", e); }
        }
    }

    private const int Days = 6;

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var n) ? n : null;

    private sealed class JumpingClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;
        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Newsroom(int seed) : IAsyncDisposable
    {
        // A day that summer time begins or ends on, the last second of 32 bits, a leap day, and an ordinary one.
        private static readonly string[] Beginnings = ["2026-03-29T00:30:00Z", "2026-10-25T00:30:00Z", "2038-01-19T02:00:00Z", "2028-02-28T22:00:00Z", "2026-11-23T09:00:00Z"];
        private static readonly string[] People = ["Rolf", "Ines", "Omar", "Edda", "Emil", "Sten", "Both", "Ada", "Rita"];
        private static readonly string[] Texts = [TestDesk.Standard, TestDesk.Leaked, TestDesk.Anonymous, TestDesk.Post];

        private readonly Random _random = new(seed);
        private readonly string _folder = Directory.CreateTempSubdirectory("verify-days-").FullName;
        private readonly JumpingClock _clock = new(DateTimeOffset.Parse(Beginnings[seed % Beginnings.Length], CultureInfo.InvariantCulture));
        private VerifyDesk _desk = null!;
        private string _path = "";
        private int _files, _articles;

        public int Steps { get; private set; }
        public string Last { get; private set; } = "";

        private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

        public async Task Run(int days)
        {
            _path = Path.Combine(_folder, "desk0.db");
            Open();
            await Must(new AddUser("Ada", [Roles.Administrator]));
            foreach (var (name, roles) in new[] { ("Rolf", new[] { Roles.Reporter }), ("Ines", [Roles.FactChecker]), ("Omar", [Roles.CrossChecker]), ("Edda", [Roles.Editor]), ("Emil", [Roles.Editor]), ("Sten", [Roles.StandardsEditor]), ("Rita", [Roles.Reader]), ("Both", [Roles.FactChecker, Roles.CrossChecker, Roles.Editor, Roles.StandardsEditor]) })
                await Must(new AddUser(name, roles) { As = "Ada" });
            for (var day = 0; day < days; day++)
            {
                for (var i = _random.Next(10, 30); i > 0; i--) await Step();
                (await _desk.Send(new CheckAudit())).Value.ShouldSatisfyAllConditions(r => r.Sound.ShouldBeTrue(r.Problem));
                _clock.Now += TimeSpan.FromHours(_random.Next(6, 16));
            }
        }

        private void Open() => _desk = VerifyDesk.Open(new DeskOptions(_path, Path.Combine(TestDesk.Root, "workflows")), _clock).Value;

        private async Task Step()
        {
            Steps++;
            Last = "";
            _clock.Now += _random.Next(60) switch { 0 => TimeSpan.FromDays(1), 1 => TimeSpan.FromDays(-1), 2 => TimeSpan.FromHours(-1), _ => TimeSpan.FromSeconds(_random.Next(1, 3600)) };
            await Fire();
            if (_random.Next(12) == 0) await PowerFails();
            else await Act();
            Look();
        }

        // One after the other, or some at once on what all of them saw: those share a commit, in an order that the seed decides.
        private async Task Act()
        {
            if (_random.Next(6) > 0) { await (await Choose())(); return; }
            var chosen = new List<Func<Task>>();
            for (var i = _random.Next(2, 7); i > 0; i--) chosen.Add(await Choose());
            var goOn = await _desk.Hold();
            var sent = chosen.Select(send => send()).ToList();
            await goOn();
            await Task.WhenAll(sent);
        }

        // All that is random is random here: what comes of it is the desk's doing.
        private async Task<Func<Task>> Choose()
        {
            var who = Pick(People);
            var claim = Scalar<string>("SELECT a.number || '.' || c.ordinal FROM claims c JOIN articles a ON a.id = c.article_id ORDER BY a.number, c.ordinal LIMIT 1 OFFSET @n", new { n = _random.Next(Math.Max(1, (int)Scalar<long>("SELECT count(*) FROM claims"))) });
            if (claim is null || _random.Next(9) == 0)
            {
                var article = new CheckArticle($"{Pick(Texts)} It was article {++_articles}.", Writer: _random.Next(3) == 0 ? "Rolf" : null) { As = who };
                return () => May(article);
            }
            var view = (await _desk.Send(new ShowClaim(claim))).Value;
            var task = view.Open.Count > 0 ? Pick(view.Open) : null;
            switch (_random.Next(16))
            {
                case < 7 when task is not null: return Decide(task, view.Version, who);
                case 7 when task is not null: return Sending(new TakeTask(task.Task) { As = who });
                case 8 when task is not null: return _random.Next(2) == 0 ? Sending(new ReleaseTask(task.Task) { As = who }) : Sending(new AssignTask(task.Task, Pick(People)) { As = who });
                case 9: return Sending(new CommentOnClaim(claim, $"@{Pick(People)} step {Steps}") { As = who });
                case 10: return Sending(new AddEvidence(claim, Pick(["primary-document", "secondary-report"]), Pick(["supports", "refutes"])) { As = who, File = (await EvidenceFile.Read("e.txt", System.Text.Encoding.UTF8.GetBytes($"The register lists {Steps} wells, the Courier reported."))).Value });
                case 11: return Sending(new WithdrawEvidence($"E{_random.Next(1, 6)}", "the wrong one") { As = who });
                case 12: return Sending(new SetOrigin($"E{_random.Next(1, 6)}", claim, $"E{_random.Next(1, 6)}") { As = who });
                case 13: return Sending(new CheckLink(claim, 1, Pick(["seen", "differs"]), "called") { As = who });
                case 14: return Sending(new ReopenClaim(claim, "new facts") { As = who });
                case 15 when _random.Next(2) == 0: return Sending(new DismissClaim(claim, "no claim") { As = who });
                default: return Sending(new ReviseArticle(claim.Split('.')[0], $"{Pick(Texts)} It was article {++_articles}.", Correction: _random.Next(2) == 0) { As = who });
            }
        }

        private Func<Task> Sending<T>(Command<T> command) => () => May(command);

        // Now and then two decide on what both saw: the second always finds that it is not so any more.
        private Func<Task> Decide(OpenTaskView task, long version, string who)
        {
            CompleteTask Decision(string by) => new(task.Task, task.Outcomes.Count > 0 && _random.Next(8) > 0 ? Pick(task.Outcomes) : "nonsense", _random.Next(4) == 0 ? null : "looked at", task.Asks == "attribution" ? "accurate" : null, task.Asks == "content" ? Pick(["true", "false", "unproven"]) : null, version) { As = by };
            var (one, other) = (Decision(who), _random.Next(4) == 0 ? Decision(Pick(People)) : null);
            return async () =>
            {
                var (mine, theirs) = (May(one), other is null ? null : May(other));
                var (first, second) = (await mine, theirs is null ? null : await theirs);
                if (first.Refusal is null && second is not null) second.Refusal.ShouldNotBeNull().Code.ShouldBeOneOf("stale_version", "wrong_role"); // the latter: a reader, who decides nothing at all
            };
        }

        // Each timer once, never before its time, and none left that is due.
        private async Task Fire()
        {
            var before = Timers("set");
            (await _desk.CatchUp()).ShouldBeNull();
            var fired = Timers("fired");
            foreach (var timer in before.Where(t => fired.ContainsKey(t.Key))) timer.Value.ShouldBeLessThanOrEqualTo(_clock.Now.ToUnixTimeMilliseconds(), $"timer {timer.Key} fired early");
            Timers("set").Values.ShouldAllBe(due => due > _clock.Now.ToUnixTimeMilliseconds());
        }

        private Dictionary<string, long> Timers(string status)
        {
            using var connection = Reader(_path);
            return connection.Query<(string, long)>("SELECT claim_id || '-' || token, due_at FROM timers WHERE status = @status", new { status }).ToDictionary();
        }

        // Of what the last command wrote any beginning is on the disk, and the machine starts again from it.
        private async Task PowerFails()
        {
            var log = _path + "-wal";
            var already = new FileInfo(log).Length;
            var before = Head(_path);
            await Act();
            var after = Head(_path);
            var next = Path.Combine(_folder, $"desk{++_files}.db");
            File.Copy(_path, next);
            var bytes = await TestDesk.ReadShared(log);
            var whole = already > bytes.Length; // the log began anew: it was checkpointed meanwhile
            await File.WriteAllBytesAsync(next + "-wal", whole ? bytes : bytes[..(int)(already + _random.NextInt64(bytes.Length - already + 1))]);
            await _desk.DisposeAsync();
            foreach (var end in new[] { "", "-wal", "-shm" }) File.Delete(_path + end);
            _path = next;
            Open();
            Head(_path).ShouldBeOneOf(before, after);
        }

        private static string Head(string path)
        {
            using var connection = Reader(path);
            return connection.QuerySingle<string>("SELECT seq || ' ' || hash FROM audit_head");
        }

        /// <summary>The rules, looked for in the rows.</summary>
        private void Look()
        {
            using var connection = Reader(_path);
            void None(string what, string sql) => connection.Query<string>(sql).ToList().ShouldBeEmpty(what);
            None("an item in review that waits for nothing", "SELECT id FROM claims c WHERE status = 'in-review' AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.claim_id = c.id AND t.status = 'open')");
            None("an item at its end with something open", "SELECT c.id FROM claims c WHERE status IN ('approved', 'rejected', 'dismissed') AND (EXISTS (SELECT 1 FROM tasks t WHERE t.claim_id = c.id AND t.status = 'open') OR EXISTS (SELECT 1 FROM timers t WHERE t.claim_id = c.id AND t.status = 'set'))");
            None("an item that faulted", "SELECT id FROM claims WHERE status = 'faulted'");
            None("a step open twice", "SELECT claim_id FROM tasks WHERE status = 'open' GROUP BY claim_id, activity HAVING count(*) > 1");
            None("a task done without a decision, or a decision on one that is not", "SELECT t.claim_id FROM tasks t LEFT JOIN decisions d ON d.claim_id = t.claim_id AND d.token = t.token WHERE (t.status = 'done') <> (d.token IS NOT NULL)");
            None("an approval by who checked the claim before", "SELECT a.claim_id FROM decisions a JOIN decisions k ON k.claim_id = a.claim_id AND k.user_id = a.user_id AND k.kind = 'check' AND k.token < a.token WHERE a.kind = 'approval'");
            None("an approval by who wrote the article", "SELECT d.claim_id FROM decisions d JOIN claims c ON c.id = d.claim_id JOIN articles a ON a.id = c.article_id WHERE d.kind = 'approval' AND d.user_id = a.writer");
            None("two approvals of one round by one person", "SELECT claim_id FROM decisions WHERE kind = 'approval' GROUP BY claim_id, round, user_id HAVING count(*) > 1");
            None("approved without an approval in its round", "SELECT c.id FROM claims c WHERE status = 'approved' AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.claim_id = c.id AND d.round = c.round AND d.kind = 'approval')");
        }

        private static SqliteConnection Reader(string path)
        {
            var connection = new SqliteConnection($"Data Source={path};Pooling=false");
            connection.Open();
            return connection;
        }

        private T? Scalar<T>(string sql, object? parameters = null)
        {
            using var connection = Reader(_path);
            return connection.ExecuteScalar<T>(sql, parameters);
        }

        private async Task Must<T>(Command<T> command) => (await May(command)).Refusal.ShouldBeNull();

        // A rule may refuse it; nothing else may.
        private async Task<Result<T>> May<T>(Command<T> command)
        {
            Last += $"{command}; ";
            var result = await _desk.Send(command);
            if (result.Refusal is { } refusal) refusal.Kind.ShouldBeOneOf(RefusalKind.Rule, RefusalKind.Request, RefusalKind.NotFound);
            return result;
        }

        public async ValueTask DisposeAsync()
        {
            if (_desk is not null) await _desk.DisposeAsync();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
