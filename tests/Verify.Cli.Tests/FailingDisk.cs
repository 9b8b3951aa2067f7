using System.Diagnostics;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Verify.Cli.Tests;

/// <summary>
/// The real program on a disk that fails: each write and each sync on the database's files refused in its turn by the
/// kernel's answer. Where the machine has no strace, these are skipped.
/// </summary>
public sealed partial class FailingDisk : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    private static async Task<bool> CanTrace() => File.Exists("/usr/bin/strace") && (await Run("strace", ["-qq", "-e", "trace=none", "true"])).Exit == 0;

    private static async Task<(int Exit, string Out, string Err)> Run(string program, IReadOnlyList<string> args, string? db = null)
    {
        var start = new ProcessStartInfo(program, args) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (db is not null) start.Environment["VERIFY_DB"] = db;
        start.Environment.Remove("VERIFY_USER");
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    // On the files of the database alone: the runtime's own reading and writing is left in peace.
    private Task<(int Exit, string Out, string Err)> Traced(string log, IReadOnlyList<string> strace, params string[] command) =>
        Run("strace", ["-f", "-qq", "-y", "-o", log, .. new[] { "", "-wal" }.SelectMany(end => new[] { "-P", _cli.Db + end }), .. strace, Cli.Program, .. command], _cli.Db);

    private async Task<int> Comments() => (await _cli.Run("claim", "1.1", "--json")).Ok().Json.GetProperty("history").GetArrayLength();

    [Fact]
    public async Task Answer_ComesAfterTheLogWasSynced()
    {
        Assert.SkipUnless(await CanTrace(), "this machine has no strace");
        await _cli.AddUsers();
        (await _cli.Run("check", Cli.Sample("stadium-post.txt"), "--as", "Rolf")).Ok();
        var log = _cli.Write("trace", "");
        (await Run("strace", ["-f", "-qq", "-y", "-o", log, "-e", "trace=pwrite64,fsync,fdatasync,write", Cli.Program, "comment", "1.1", "on disk?", "--as", "Ines"], _cli.Db)).Exit.ShouldBe(0);
        var calls = File.ReadAllLines(log).ToList();
        var answer = calls.FindIndex(l => l.Contains("\"commented on", StringComparison.Ordinal));
        answer.ShouldBePositive();
        var lastWrite = calls.FindLastIndex(answer, l => l.Contains("pwrite64(", StringComparison.Ordinal) && l.Contains("-wal>", StringComparison.Ordinal));
        lastWrite.ShouldBePositive();
        calls[lastWrite..answer].ShouldContain(l => SyncOfLog().IsMatch(l), string.Join('\n', calls));
    }

    [GeneratedRegex(@"f(data)?sync\(\d+<[^>]*-wal>\)\s+= 0")]
    private static partial Regex SyncOfLog();

    [Theory]
    [InlineData("pwrite64", "ENOSPC", "database_full")]
    [InlineData("pwrite64", "EIO", "database_io_error")]
    [InlineData("fdatasync,fsync", "EIO", "database_io_error")]
    public async Task EachWrite_RefusedInItsTurn_IsNoFalseAnswer_AndTheNextCommandGoesOn(string call, string error, string code)
    {
        Assert.SkipUnless(await CanTrace(), "this machine has no strace");
        await _cli.AddUsers();
        (await _cli.Run("check", Cli.Sample("stadium-post.txt"), "--as", "Rolf")).Ok();
        var (log, refused) = (_cli.Write("trace", ""), 0);
        // Each in the long run (VERIFY_CRASH_ROUNDS), each third else.
        for (var n = 1; ; n += Environment.GetEnvironmentVariable("VERIFY_CRASH_ROUNDS") is null ? 3 : 1)
        {
            n.ShouldBeLessThan(200);
            var before = await Comments();
            var ran = await Traced(log, ["-e", $"trace={call}", "-e", $"inject={call}:error={error}:when={n}"], "comment", "1.1", $"word {n}", "--as", "Ines");
            var hit = File.ReadAllText(log).Contains("INJECTED", StringComparison.Ordinal);
            var there = await Comments() - before;
            if (ran.Exit == 0) there.ShouldBe(1, $"{call} {n}: answered and lost");
            else
            {
                refused++;
                ran.Exit.ShouldBe(4, ran.Err);
                ran.Err.ShouldStartWith($"verify: {code}: ");
                // A sync that failed may have happened; a write that failed has not.
                if (call == "pwrite64") there.ShouldBe(0, $"{call} {n}: refused and done");
            }
            (await _cli.Run("audit", "check")).Ok();
            if (!hit) break;
        }
        refused.ShouldBePositive();
        (await _cli.Run("doctor")).Ok();
    }
}
