using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using Shouldly;
using Verify.Desk.Features.Audit;
using Verify.Desk.Features.Claims;
using Verify.Desk.Features.Queue;
using Xunit;

namespace Verify.Desk.Tests;

/// <summary>
/// The states in which the power can leave the disk: every write, cut and sync of every command is recorded, and at each of
/// them the files are put together as a disk may hold them: of what was written since a file's last sync all, nothing, all but
/// one, or any sectors, the last write torn at a sector. Each has to recover to what was acknowledged last or to what was on its way.
/// </summary>
public sealed class PowerLoss
{
    private const int Sector = 512;

    // A mark in the recorded calls: so many were made when this was acknowledged.
    private sealed record Acknowledged(string What, int Calls, string State);

    [Fact]
    public void EveryCommand_IsAmongThem() =>
        EveryCommand.InOrder.Select(c => c.Command).Concat(EveryCommand.Elsewhere).Distinct().Select(t => t.Name).Order().ShouldBe(EveryCommand.Known.Select(t => t.Name).Order());

    [Fact]
    public async Task AtAnyCall_WhatWasAcknowledgedIsThere_AndNothingHalf()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Close(); // what was written so far is folded into the file, and synced
        using var disk = new DiskLog(test.Folder);
        var start = new Dictionary<string, byte[]> { [test.Path] = await TestDesk.ReadShared(test.Path) };
        var acknowledged = new List<Acknowledged> { new("the start", 0, StateOf(test, start, deep: true)) };
        var number = 0;
        foreach (var (command, act) in EveryCommand.InOrder)
        {
            await act(test);
            Mark(command.Name);
            // Now the log is folded into the file and begins anew, now the file is closed and opened again, now nothing happens.
            if (++number % 5 == 0) test.Scalar<long>("PRAGMA wal_checkpoint(PASSIVE)");
            if (number % 11 == 0) await test.Close();
            if (number % 13 == 0) test.Scalar<long>("PRAGMA wal_checkpoint(TRUNCATE)");
            if (number % 5 == 0) Mark("upkeep");
        }
        await test.Close();
        Mark("the end");
        void Mark(string what) => acknowledged.Add(new(what, disk.Count, StateOf(test, Now(test), deep: false)));

        acknowledged.Zip(acknowledged.Skip(1)).Where(p => p.Second.What is not ("upkeep" or "the end")).ShouldAllBe(p => p.First.State != p.Second.State, "each command changes something");
        acknowledged.Zip(acknowledged.Skip(1)).Where(p => p.Second.What is "upkeep" or "the end").ShouldAllBe(p => p.First.State == p.Second.State);
        // What each leads through: one command is one transaction; the timers that are due may be several.
        var through = Through(start, disk.Calls);
        foreach (var (from, to) in acknowledged.Zip(acknowledged.Skip(1)).Where(p => p.Second.What is not "FireDueTimers")) Commits(from, to).Except([from.State, to.State]).ShouldBeEmpty(to.What);
        IEnumerable<string> Commits(Acknowledged from, Acknowledged to) => through.Where(c => c.Call >= from.Calls && c.Call < to.Calls).Select(c => c.State);

        var (states, durable) = (0, start.ToDictionary(f => f.Key, f => new Recorded(f.Value)));
        var random = new Random(20261127);
        var calls = disk.Calls;
        calls.OfType<DiskSync>().Count().ShouldBeGreaterThan(EveryCommand.InOrder.Length);
        calls.ShouldContain(c => c is DiskDelete);
        for (var (i, next) = (0, 1); i <= calls.Count; i++)
        {
            while (next < acknowledged.Count && acknowledged[next].Calls <= i)
            {
                // Acknowledged: whatever of the rest arrived, it is there.
                Check(acknowledged[next], acknowledged[next], Worst(durable, random), i);
                next++;
            }
            if (i == calls.Count) break;
            var (before, after) = (acknowledged[next - 1], acknowledged[Math.Min(next, acknowledged.Count - 1)]);
            if (calls[i] is DiskSync sync) Check(before, after, Any(durable, sync.File, random), i);
            var undeleted = calls[i] is DiskDelete gone && durable.TryGetValue(gone.File, out var kept) ? (gone.File, Bytes: kept.Synced) : ((string File, byte[] Bytes)?)null;
            Apply(durable, calls[i]);
            // What was removed may be there again: nothing says that the folder was synced.
            if (calls[i] is DiskDelete or DiskTruncate) Check(before, after, undeleted is { } u ? [Whole(durable), new(Whole(durable)) { [u.File] = u.Bytes }] : [Whole(durable)], i);
            if (calls[i] is DiskWrite write) Check(before, after, Torn(durable, write), i);
        }
        states.ShouldBeGreaterThan(3000);

        List<(int Call, string State)> Through(Dictionary<string, byte[]> from, IReadOnlyList<DiskCall> made)
        {
            var (states, files) = (new List<(int, string)>(), from.ToDictionary(f => f.Key, f => new Recorded(f.Value)));
            for (var i = 0; i < made.Count; i++)
            {
                Apply(files, made[i]);
                if (made[i] is DiskSync { File: var f } && f.EndsWith("-wal", StringComparison.Ordinal)) states.Add((i, StateOf(test, Whole(files), deep: false)));
            }
            return states;
        }

        void Check(Acknowledged before, Acknowledged after, IEnumerable<Dictionary<string, byte[]>> disks, int call)
        {
            var possible = Commits(before, after).Append(before.State).Append(after.State).ToHashSet();
            foreach (var files in disks)
                StateOf(test, files, deep: ++states % 200 == 0).ShouldBeOneOf([.. possible], $"{after.What}, call {call} of {calls.Count}");
        }
    }

    [Fact]
    public async Task CommandsThatShareACommit_AreDoneTogetherOrNotAtAll()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check(TestDesk.Standard);
        var task = (await test.Claim("1.1")).Open[0].Task;
        await test.Close();
        using var disk = new DiskLog(test.Folder);
        var durable = new Dictionary<string, Recorded> { [test.Path] = new(await TestDesk.ReadShared(test.Path)) };
        var before = StateOf(test, Whole(durable), deep: true);
        var goOn = await test.Desk.Hold();
        // The third is refused for what the second did, and undone among them.
        Task[] sent = [test.Do(new CommentOnClaim("1.1", "one") { As = "Ines" }), test.Do(new TakeTask(task) { As = "Ines" }), test.Refused(new TakeTask(task) { As = "Both" }, "task_taken"), test.Check("Officials said six people came.")];
        var early = sent.Any(s => s.IsCompleted); // judged below: who holds the turn has to give it back
        var from = disk.Count;
        await goOn();
        early.ShouldBeFalse("none is answered before the commit");
        var calls = disk.Calls;
        await Task.WhenAll(sent);
        var after = StateOf(test, Now(test), deep: true);
        calls.Skip(from).OfType<DiskSync>().Count(s => s.File.EndsWith("-wal", StringComparison.Ordinal)).ShouldBeLessThanOrEqualTo(2, "the commit's, and once the new log's header's");
        var (random, states) = (new Random(20261127), 0);
        foreach (var call in calls)
        {
            foreach (var files in call is DiskSync sync ? Any(durable, sync.File, random) : []) StateOf(test, files, deep: ++states % 50 == 0).ShouldBeOneOf(before, after);
            Apply(durable, call);
            foreach (var files in call is DiskWrite write ? Torn(durable, write) : []) StateOf(test, files, deep: ++states % 50 == 0).ShouldBeOneOf(before, after);
        }
        StateOf(test, Whole(durable), deep: true).ShouldBe(after);
        states.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task NewFile_CutAtAnyCall_IsMadeAllTheSame()
    {
        await using var test = new TestDesk();
        using var disk = new DiskLog(test.Folder);
        _ = test.Desk;
        var whole = StateOf(test, Now(test), deep: true);
        await test.Close();
        var (durable, random, states, number) = (new Dictionary<string, Recorded>(), new Random(20261127), 0, 0);
        foreach (var call in disk.Calls)
        {
            // A migration writes hundreds of pages: of what is one missing or one torn each tenth, of the rest all.
            var disks = call is DiskSync sync ? Any(durable, sync.File, random).Where((_, n) => n % 10 == 0) : [];
            foreach (var files in disks) Made(files);
            Apply(durable, call);
            if (call is DiskDelete or DiskTruncate or DiskSync) Made(Whole(durable));
            else if (call is DiskWrite write && ++number % 10 == 0) foreach (var files in Torn(durable, write).Take(2)) Made(files);
        }
        disk.Calls.ShouldContain(c => c is DiskDelete);
        states.ShouldBeGreaterThan(100);

        void Made(Dictionary<string, byte[]> files)
        {
            states++;
            StateOf(test, files, deep: true).ShouldBe(whole);
        }
    }

    // What a file is known to hold, and what was asked of it since.
    private sealed class Recorded(byte[] synced)
    {
        public byte[] Synced { get; set; } = synced;
        public List<DiskCall> Since { get; } = [];

        public byte[] With(IEnumerable<DiskCall> calls)
        {
            var bytes = new MemoryStream();
            bytes.Write(Synced);
            foreach (var call in calls)
                if (call is DiskTruncate cut) bytes.SetLength(cut.Length);
                else if (call is DiskWrite w)
                {
                    bytes.Position = w.Offset;
                    bytes.Write(w.Bytes);
                }
            return bytes.ToArray();
        }
    }

    private static void Apply(Dictionary<string, Recorded> disk, DiskCall call)
    {
        if (call is DiskDelete) { disk.Remove(call.File); return; }
        if (!disk.TryGetValue(call.File, out var file)) disk[call.File] = file = new Recorded([]);
        if (call is not DiskSync) { file.Since.Add(call); return; }
        file.Synced = file.With(file.Since);
        file.Since.Clear();
    }

    private static Dictionary<string, byte[]> Whole(Dictionary<string, Recorded> disk) => disk.ToDictionary(f => f.Key, f => f.Value.With(f.Value.Since));

    private static Dictionary<string, byte[]> But(Dictionary<string, Recorded> disk, string file, byte[] bytes) => new(Whole(disk)) { [file] = bytes };

    /// <summary>All that was asked, the last of it torn: up to each sector, and one from the other end.</summary>
    private static IEnumerable<Dictionary<string, byte[]>> Torn(Dictionary<string, Recorded> disk, DiskWrite last)
    {
        var file = disk[last.File];
        var before = file.Since.SkipLast(1).ToList();
        yield return Whole(disk);
        // At each sector in the long run (VERIFY_CRASH_ROUNDS), at each third else, beginning with another from write to write.
        var step = Environment.GetEnvironmentVariable("VERIFY_CRASH_ROUNDS") is null ? 3 : 1;
        for (var cut = Sector - (int)(last.Offset % Sector) + (int)(last.Offset / 4096 % step) * Sector; cut < last.Bytes.Length; cut += step * Sector)
            yield return But(disk, last.File, file.With([.. before, last with { Bytes = last.Bytes[..cut] }]));
        if (last.Bytes.Length > Sector) yield return But(disk, last.File, file.With([.. before, last with { Offset = last.Offset + Sector, Bytes = last.Bytes[Sector..] }]));
    }

    /// <summary>Just before a file's sync: nothing of what it waits for has arrived, all but one of it, or any sectors of it.</summary>
    private static IEnumerable<Dictionary<string, byte[]>> Any(Dictionary<string, Recorded> disk, string name, Random random)
    {
        if (!disk.TryGetValue(name, out var file)) yield break;
        yield return But(disk, name, file.Synced);
        for (var missing = 0; missing < file.Since.Count; missing++)
            yield return But(disk, name, file.With(file.Since.Where((_, n) => n != missing)));
        for (var i = 0; i < 4; i++) yield return But(disk, name, Mixed(file, random));
    }

    /// <summary>What was acknowledged has been synced: nothing else need have arrived.</summary>
    private static IEnumerable<Dictionary<string, byte[]>> Worst(Dictionary<string, Recorded> disk, Random random)
    {
        yield return disk.ToDictionary(f => f.Key, f => f.Value.Synced);
        if (disk.Values.All(f => f.Since.Count == 0)) yield break;
        for (var i = 0; i < 4; i++) yield return disk.ToDictionary(f => f.Key, f => Mixed(f.Value, random));
    }

    private static byte[] Mixed(Recorded file, Random random)
    {
        var all = file.With(file.Since);
        // The file may have its new length or not.
        var mixed = new byte[random.Next(2) == 0 ? all.Length : Math.Min(all.Length, file.Synced.Length)];
        var share = random.NextDouble();
        for (var at = 0; at < mixed.Length; at += Sector)
        {
            var from = random.NextDouble() < share ? all : file.Synced;
            if (at < from.Length) from.AsSpan(at, Math.Min(Sector, Math.Min(from.Length, mixed.Length) - at)).CopyTo(mixed.AsSpan(at));
        }
        return mixed;
    }

    private static Dictionary<string, byte[]> Now(TestDesk test) =>
        new[] { test.Path, test.Path + "-wal" }.Where(File.Exists).ToDictionary(f => f, f => TestDesk.ReadShared(f).GetAwaiter().GetResult());

    /// <summary>What a process finds that opens these files: a digest of every row.</summary>
    private static string StateOf(TestDesk test, Dictionary<string, byte[]> files, bool deep)
    {
        using var folder = new MemoryFolder();
        foreach (var (name, bytes) in files) File.WriteAllBytes(Path.Combine(folder.Path, Path.GetFileName(name)), bytes);
        var path = Path.Combine(folder.Path, Path.GetFileName(test.Path));
        if (deep)
        {
            var desk = VerifyDesk.Open(new DeskOptions(path, test.Workflows), test.Clock).Value;
            var report = desk.Send(new CheckAudit()).GetAwaiter().GetResult().Value;
            report.Sound.ShouldBeTrue(report.Problem);
            desk.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        if (deep) connection.ExecuteScalar<string>("PRAGMA integrity_check").ShouldBe("ok");
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var table in connection.Query<string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name <> 'SchemaVersions' ORDER BY name").ToList())
        {
            digest.AppendData(Encoding.UTF8.GetBytes(table));
            using var reader = connection.ExecuteReader($"SELECT * FROM \"{table}\"");
            while (reader.Read())
                for (var i = 0; i < reader.FieldCount; i++)
                    digest.AppendData(reader.GetValue(i) switch { byte[] b => b, var v => Encoding.UTF8.GetBytes(Convert.ToString(v, System.Globalization.CultureInfo.InvariantCulture) + "\n") });
        }
        return Convert.ToHexString(digest.GetHashAndReset());
    }

    // Where there is one, on a file system in memory: these files' own durability is nobody's concern.
    private sealed class MemoryFolder : IDisposable
    {
        public string Path { get; } = System.IO.Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : System.IO.Path.GetTempPath(), $"verify-power-{Guid.CreateVersion7()}");
        public MemoryFolder() => Directory.CreateDirectory(Path);
        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
