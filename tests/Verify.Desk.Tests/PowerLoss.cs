using Dapper;
using Microsoft.Data.Sqlite;
using Shouldly;
using Verify.Desk.Features.Articles;
using Verify.Desk.Features.Audit;
using Verify.Desk.Features.Claims;
using Verify.Desk.Features.Evidence;
using Verify.Desk.Features.Mending;
using Verify.Desk.Features.Origins;
using Verify.Desk.Features.Queue;
using Verify.Desk.Features.SecondarySource;
using Verify.Desk.Features.Users;
using Xunit;

namespace Verify.Desk.Tests;

/// <summary>
/// The states in which the power can leave the disk between two syncs: what a command has appended to the write-ahead log, cut
/// at each sector, its last sector torn, one sector never written; and a checkpoint of which any sectors arrived. Each
/// has to recover to before the command or to after it.
/// </summary>
public sealed class PowerLoss
{
    private const int Sector = 512;

    private static readonly (string Name, Func<TestDesk, Task> Do)[] Commands =
    [
        ("check", t => t.Check("Mayor Pia Lund said the town would close nine wells. Officials said six people came.")),
        ("take", async t => await t.Do(new TakeTask((await t.Claim("1.1")).Open[0].Task) { As = "Ines" })),
        ("release", async t => await t.Do(new ReleaseTask((await t.Claim("1.1")).Open[0].Task) { As = "Ines" })),
        ("assign", async t => await t.Do(new AssignTask((await t.Claim("1.1")).Open[0].Task, "Ines") { As = "Edda" })),
        ("evidence", t => t.Attach("1.1", "The register lists nine wells, the Courier reported.", origin: null)),
        ("origin", t => t.Do(new SetOrigin("E1", "1.1", "Varnes Courier", "organization") { As = "Ines" })),
        ("complete", t => t.Complete("1.1", "corroborate", "corroborated", "Ines", "true")),
        ("link", t => t.Do(new CheckLink("1.1", 1, "seen", "called") { As = "Ines" })),
        ("complete again", t => t.Complete("1.1", "check-secondary-source", "confirmed", "Ines", "accurate")),
        ("return", t => t.Complete("1.1", "approve", "return", "Edda")),
        ("comment", t => t.Do(new CommentOnClaim("1.1", "@Edda see the register") { As = "Ines" })),
        ("withdraw", t => t.Do(new WithdrawEvidence("E1", "the wrong register") { As = "Ines" })),
        ("dismiss", t => t.Do(new DismissClaim("2.1", "a headline") { As = "Ines" })),
        ("revise", t => t.Do(new ReviseArticle("1", "Mayor Pia Lund said the town would close ten wells.", Correction: true, Note: "counted again") { As = "Rolf" })),
        ("user", t => t.Do(new AddUser("Nils", ["reader"]) { As = "Ada" })),
        ("disable", t => t.Do(new DisableUser("Nils") { As = "Ada" })),
        ("timers", async t => { t.Clock.Advance(TimeSpan.FromDays(40)); (await t.Desk.CatchUp()).ShouldBeNull(); }),
    ];

    [Fact]
    public async Task EveryCommand_CutAtEverySector_IsDoneOrNotDone()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check(TestDesk.Standard);
        var states = 0;
        foreach (var (name, act) in Commands)
        {
            test.Scalar<long>("PRAGMA wal_checkpoint(TRUNCATE)");
            var (file, logBefore) = (await TestDesk.ReadShared(test.Path), await TestDesk.ReadShared(test.Path + "-wal"));
            await act(test);
            var log = await TestDesk.ReadShared(test.Path + "-wal");
            (await TestDesk.ReadShared(test.Path)).AsSpan().SequenceEqual(file).ShouldBeTrue($"{name}: the database itself was written before a checkpoint");
            log.Length.ShouldBeGreaterThan(logBefore.Length, name);
            var (before, after) = (await StateOf(test, file, logBefore, deep: true), await StateOf(test, file, log, deep: true));
            before.ShouldNotBe(after, name);
            var number = 0;
            foreach (var state in Torn(log, logBefore.Length))
            {
                var found = await StateOf(test, file, state, deep: number++ % 25 == 0);
                (found == before || found == after).ShouldBeTrue($"{name}, state {number}: neither before nor after ({found}; {before}; {after})");
                states++;
            }
        }
        states.ShouldBeGreaterThan(2000);
    }

    [Fact]
    public async Task Checkpoint_OfWhichAnySectorsArrived_LosesNothing()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check(TestDesk.Standard);
        test.Scalar<long>("PRAGMA wal_checkpoint(TRUNCATE)");
        var old = await TestDesk.ReadShared(test.Path);
        foreach (var (_, act) in Commands.Take(12)) await act(test);
        var log = await TestDesk.ReadShared(test.Path + "-wal");
        test.Scalar<long>("PRAGMA wal_checkpoint(PASSIVE)");
        var complete = await TestDesk.ReadShared(test.Path);
        complete.AsSpan().SequenceEqual(old).ShouldBeFalse("the checkpoint wrote something");
        var after = await StateOf(test, complete, log, deep: true);
        var random = new Random(20261127);
        for (var i = 0; i < 150; i++)
        {
            // The file may have its new length or not, and of its sectors any may be new.
            var mixed = new byte[i % 2 == 0 ? complete.Length : old.Length];
            var share = random.NextDouble();
            for (var at = 0; at < mixed.Length; at += Sector)
                (at < old.Length && random.NextDouble() > share ? old : complete).AsSpan(at, Sector).CopyTo(mixed.AsSpan(at));
            (await StateOf(test, mixed, log, deep: i % 10 == 0)).ShouldBe(after, $"mix {i}");
        }
    }

    // What was there before the command is on disk; of what it appended, any sectors may be.
    private static IEnumerable<byte[]> Torn(byte[] log, int from)
    {
        for (var cut = from; cut <= log.Length; cut = cut == log.Length ? cut + 1 : Math.Min(log.Length, (cut / Sector + 1) * Sector))
        {
            yield return log[..cut];
            var half = log[..cut];
            half.AsSpan(Math.Max(from, cut - Sector / 2)).Clear();
            yield return half;
        }
        for (var hole = from; hole < log.Length; hole = (hole / Sector + 1) * Sector)
        {
            var holed = log.ToArray();
            holed.AsSpan(hole, Math.Min(log.Length, (hole / Sector + 1) * Sector) - hole).Clear();
            yield return holed;
        }
    }

    /// <summary>What a process finds that opens these files: how far the history goes, and how many rows each table has.</summary>
    private static async Task<string> StateOf(TestDesk test, byte[] file, byte[] log, bool deep)
    {
        var path = Path.Combine(test.Folder, $"{Guid.CreateVersion7()}.db");
        await File.WriteAllBytesAsync(path, file);
        await File.WriteAllBytesAsync(path + "-wal", log);
        try
        {
            if (deep)
            {
                await using var desk = VerifyDesk.Open(new DeskOptions(path, test.Workflows), test.Clock).Value;
                var report = (await desk.Send(new CheckAudit())).Value;
                report.Sound.ShouldBeTrue(report.Problem);
            }
            using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
            connection.Open();
            if (deep) connection.ExecuteScalar<string>("PRAGMA integrity_check").ShouldBe("ok");
            return connection.QuerySingle<string>("""
                SELECT h.seq || ' ' || h.hash || ' ' || hex(h.frontier) || ' ' || (SELECT count(*) FROM tasks WHERE status = 'open') || ' ' || (SELECT count(*) FROM decisions) || ' ' || (SELECT count(*) FROM comments) || ' '
                    || (SELECT count(*) FROM timers WHERE status = 'set') || ' ' || (SELECT sum(version) FROM claims) || ' ' || (SELECT count(*) FROM idempotency) || ' ' || (SELECT count(*) FROM users WHERE disabled_at IS NULL) FROM audit_head h
                """);
        }
        finally { foreach (var end in new[] { "", "-wal", "-shm" }) File.Delete(path + end); }
    }
}
