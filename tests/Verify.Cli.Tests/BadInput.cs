using System.Diagnostics;
using System.Text;
using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace Verify.Cli.Tests;

/// <summary>Each bad input: its code, its status, one line, and nothing half-written.</summary>
public sealed class BadInput : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Check_WhatIsNoArticle_IsRefused()
    {
        (await _cli.Run("check", "missing.txt")).Refused(3, "no_file");
        (await _cli.Run("check", _cli.Folder)).Refused(3, "is_directory");
        (await _cli.Run("check", _cli.Write("empty.txt", ""))).Refused(3, "empty");
        (await _cli.Feed("<p>Mayor Pia Lund said the dam is safe.</p>", "check", "-", "--dry-run")).Ok().Out.ShouldContain("the dam is safe");
        (await _cli.Run("check", _cli.Write("nav.html", "<!doctype html><html><body><nav><a href='/'>Home</a></nav></body></html>"))).Refused(3, "no_article");
        await File.WriteAllBytesAsync(Path.Combine(_cli.Folder, "image.png"), [0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 13]);
        (await _cli.Run("check", "image.png")).Refused(3, "binary");
        await File.WriteAllBytesAsync(Path.Combine(_cli.Folder, "latin.txt"), Encoding.Latin1.GetBytes("Der Bürgermeister said no."));
        (await _cli.Run("check", "latin.txt")).Refused(3, "invalid_utf8").Err.ShouldContain("byte 5 (0xFC)");
        (await _cli.Run("article", "1")).Refused(6, "not_found");
        (await _cli.Run("queue", "--db", "typo.db")).Refused(4, "no_database");
        File.Exists(Path.Combine(_cli.Folder, "typo.db")).ShouldBeFalse();
    }

    [Fact]
    public async Task Check_AHundredMegabytes_IsRefusedAtOnce()
    {
        await using (var file = File.Create(Path.Combine(_cli.Folder, "big.txt")))
        {
            var line = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Officials said it was large. ", 4000)));
            for (long written = 0; written < 100 * 1024 * 1024; written += line.Length) await file.WriteAsync(line);
        }
        (await _cli.Run("check", "big.txt")).Refused(3, "too_large");
    }

    [Fact]
    public async Task Check_SeveralFilesOneOfThemBad_StoresTheOthersAndReportsIt()
    {
        var ran = await _cli.Run("check", "missing.txt", Cli.Sample("stadium-post.txt"));
        ran.Exit.ShouldBe(3);
        ran.Out.ShouldContain("Article 1");
        ran.Err.ShouldContain("no_file");
    }

    [Fact]
    public async Task CommandLine_Wrong_IsOneLineAndStatusTwo()
    {
        (await _cli.Run("cheque")).Refused(2, "usage").Err.ShouldContain("did you mean check?");
        (await _cli.Run("user", "add", "--role", "editor")).Refused(2, "usage").Err.ShouldContain("<name> is missing");
        (await _cli.Run("complete", "1.1-3", "--outcome", "x", "--version-seen", "abc")).Refused(2, "usage").Err.ShouldContain("'abc' is not a value for --version-seen");
        (await _cli.Run()).Ok().Out.ShouldContain("Exit status:");
        (await _cli.Run("complete", "1.1-3")).Refused(2, "usage").Err.ShouldContain("--outcome");
        (await _cli.Run("queue", "--limit", "many")).Refused(2, "usage");
        var json = await _cli.Run("check", "missing.txt", "--json");
        json.Exit.ShouldBe(3);
        json.Err.ShouldContain("{\"error\":{\"code\":\"no_file\"");
    }

    [Fact]
    public async Task Rules_FromTheCommandLine_HaveStatusOne()
    {
        (await _cli.Run("user", "add", "Ines", "--role", "fact-checker")).Refused(1, "first_user_administrator");
        await _cli.AddUsers();
        (await _cli.Run("check", Cli.Sample("stadium-post.txt"))).Refused(1, "user_required");
        (await _cli.Run("check", Cli.Sample("water-report.txt"), "--as", "Rolf")).Ok();
        (await _cli.Run("take", "1.1-3", "--as", "Edda")).Refused(1, "wrong_role");
        (await _cli.Run("take", "1.1-3", "--as", "Ines")).Ok();
        (await _cli.Run("take", "1.1-3", "--as", "Omar")).Refused(1, "task_taken");
        (await _cli.Run("complete", "1.1-3", "--outcome", "approve", "--as", "Ines")).Refused(1, "unknown_outcome");
        (await _cli.Run("complete", "1.1-3", "--outcome", "corroborated", "--content-verdict", "true", "--version-seen", "5", "--as", "Ines")).Refused(1, "stale_version");
        (await _cli.Run("complete", "1.1-3", "--outcome", "corroborated", "--content-verdict", "true", "--as", "Ines")).Ok();
        (await _cli.Run("complete", "1.1-3", "--outcome", "corroborated", "--content-verdict", "true", "--as", "Ines")).Refused(1, "task_closed");
        (await _cli.Run("claim", "8.1")).Refused(6, "not_found");
        (await _cli.Run("user", "add", "<script>", "--role", "reader", "--as", "Ada")).Refused(2, "invalid_request");
    }

    [Fact]
    public async Task Database_LockedReadOnlyForeignOrNewer_HasStatusFour()
    {
        await _cli.AddUsers();
        (await _cli.Run("backup", "copy.db")).Ok();
        using (var other = new SqliteConnection($"Data Source={_cli.Db};Pooling=false"))
        {
            other.Open();
            using var begin = other.CreateCommand();
            begin.CommandText = "BEGIN IMMEDIATE";
            begin.ExecuteNonQuery();
            (await _cli.Run("check", Cli.Sample("stadium-post.txt"), "--as", "Rolf")).Refused(4, "database_locked");
        }
        (await _cli.Run("doctor", "--db", "nowhere.db")).Refused(4, "no_database");
        (await _cli.Run("queue", "--db", _cli.Write("notes.db", new string('n', 9000)))).Refused(4, "not_a_database");
        (await _cli.Run("check", Cli.Sample("stadium-post.txt"), "--db", Path.Combine(_cli.Folder, "no", "such", "desk.db"))).Refused(4, "cannot_open");
        (await _cli.Run("audit", "check")).Ok();
        using (var newer = new SqliteConnection($"Data Source={_cli.Db};Pooling=false"))
        {
            newer.Open();
            using var raise = newer.CreateCommand();
            raise.CommandText = "PRAGMA user_version = 999";
            raise.ExecuteNonQuery();
        }
        (await _cli.Run("queue")).Refused(4, "database_newer");
    }

    [Fact]
    public async Task Definitions_BrokenOrMissing_HaveStatusFiveAndNothingStarts()
    {
        var ran = await _cli.Run("check", Cli.Sample("stadium-post.txt"), "--workflows", _cli.Folder);
        ran.Refused(5, "broken_definition").Err.ShouldContain("routing.json");
        (await _cli.Run("article", "1")).Refused(6, "not_found");
    }

    [Fact]
    public async Task Audit_AfterTampering_HasStatusSevenAndNamesTheEntry()
    {
        (await _cli.Run("check", Cli.Sample("stadium-post.txt"))).Ok();
        using (var connection = new SqliteConnection($"Data Source={_cli.Db};Pooling=false"))
        {
            connection.Open();
            using var tamper = connection.CreateCommand();
            tamper.CommandText = "DROP TRIGGER audit_fixed; UPDATE audit SET actor = 'Emil' WHERE seq = 4";
            tamper.ExecuteNonQuery();
        }
        var ran = await _cli.Run("audit", "check");
        ran.Exit.ShouldBe(7);
        ran.Out.ShouldStartWith("NOT SOUND from entry 4");
    }

    [Theory]
    [InlineData("full", "database_full")]
    [InlineData("read-only", "database_read_only")]
    public async Task Disk_FullOrReadOnly_HasStatusFourAndWhatWasThereIsWhole(string state, string code)
    {
        // A small file system of its own, in a mount namespace of its own: a real full disk, not an imitation.
        (await _cli.Run("check", Cli.Sample("stadium-post.txt"))).Ok();
        var big = _cli.Write("big.txt", string.Concat(Enumerable.Range(0, 6000).Select(i => $"Officials said {i} people came to the square. ")));
        var script = $"""
            set -e
            mkdir -p {_cli.Folder}/disk
            mount -t tmpfs -o size=1500k tmpfs {_cli.Folder}/disk || exit 99
            cp {_cli.Db} {_cli.Folder}/disk/desk.db
            {(state == "read-only" ? $"mount -o remount,ro {_cli.Folder}/disk" : "true")}
            set +e
            {Cli.Program} check {big} --db {_cli.Folder}/disk/desk.db
            status=$?
            {(state == "read-only" ? $"mount -o remount,rw {_cli.Folder}/disk" : "true")}
            {Cli.Program} audit check --db {_cli.Folder}/disk/desk.db || exit 98
            {Cli.Program} article 1 --db {_cli.Folder}/disk/desk.db > /dev/null || exit 97
            {Cli.Program} article 2 --db {_cli.Folder}/disk/desk.db 2> /dev/null && exit 96
            exit $status
            """;
        using var process = Process.Start(new ProcessStartInfo("unshare", ["-rm", "bash", "-c", script]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.SkipWhen(process.ExitCode is 99 or 1 && (await error).Contains("unshare", StringComparison.Ordinal), "this machine lets no test mount a file system of its own");
        process.ExitCode.ShouldBe(4, await error + await output);
        (await error).ShouldContain($"verify: {code}: ");
        (await output).ShouldContain("sound: ");
    }
}
