using Dapper;
using Shouldly;
using Verify.Desk.Data;
using Verify.Desk.Features.Intake;
using Verify.Desk.Features.Queue;
using Verify.Desk.Features.Upkeep;
using Verify.Desk.Features.Users;
using Verify.Desk.Requests;
using Xunit;

namespace Verify.Desk.Tests;

public sealed class DatabaseFile
{
    private static Refusal Open(TestDesk test, bool create = true) => VerifyDesk.Open(new DeskOptions(test.Path, test.Workflows, create), test.Clock).Refusal.ShouldNotBeNull();

    [Fact]
    public async Task Open_ANewerDatabase_IsRefusedAndLeftUntouched()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Close();
        test.Sql($"PRAGMA user_version = {DeskDatabase.NewestVersion + 1}; PRAGMA wal_checkpoint(TRUNCATE)");
        var before = await File.ReadAllBytesAsync(test.Path);
        Open(test).Code.ShouldBe("database_newer");
        (await File.ReadAllBytesAsync(test.Path)).ShouldBe(before);
    }

    [Fact]
    public async Task Open_AnOlderDatabase_IsMigratedAndKeepsItsRows()
    {
        await using var test = new TestDesk();
        // Version 1 as it was: the first script alone.
        var script = typeof(DeskDatabase).Assembly.GetManifestResourceNames().Single(n => n.EndsWith("0001-desk.sql", StringComparison.Ordinal));
        using (var reader = new StreamReader(typeof(DeskDatabase).Assembly.GetManifestResourceStream(script)!))
            test.Sql(await reader.ReadToEndAsync() + "CREATE TABLE SchemaVersions (SchemaVersionID INTEGER PRIMARY KEY AUTOINCREMENT, ScriptName TEXT NOT NULL, Applied DATETIME NOT NULL);"
                + $"INSERT INTO SchemaVersions (ScriptName, Applied) VALUES ('{script}', '2026-11-23'); PRAGMA user_version = 1; INSERT INTO users VALUES ('u1', 'Old Hand', 'administrator', 0, NULL);");
        (await test.Do(new ListUsers())).ShouldHaveSingleItem().Name.ShouldBe("Old Hand");
        test.Scalar<long>("PRAGMA user_version").ShouldBe(DeskDatabase.NewestVersion);
        test.Scalar<long>("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'").ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task Open_AnotherProgramsDatabase_IsRefusedAndLeftUntouched()
    {
        await using var test = new TestDesk();
        test.Sql("CREATE TABLE recipes (id INTEGER)"); // in the rollback mode that most programs leave
        var before = await File.ReadAllBytesAsync(test.Path);
        Open(test).Code.ShouldBe("not_a_database");
        (await File.ReadAllBytesAsync(test.Path)).ShouldBe(before);
        test.Scalar<long>("SELECT count(*) FROM sqlite_schema").ShouldBe(1);
    }

    [Fact]
    public async Task Open_WhatIsNoDatabase_IsRefusedAndLeftUntouched()
    {
        await using var test = new TestDesk();
        var text = new string('x', 5000);
        await File.WriteAllTextAsync(test.Path, text);
        Open(test).Code.ShouldBe("not_a_database");
        (await File.ReadAllTextAsync(test.Path)).ShouldBe(text);
    }

    [Fact]
    public async Task Open_AFolderOrAMissingFile_IsRefused()
    {
        await using var test = new TestDesk();
        Open(test, create: false).Code.ShouldBe("no_database");
        Directory.CreateDirectory(test.Path);
        Open(test).Code.ShouldBe("cannot_open");
    }

    [Fact]
    public async Task Write_WhileAnotherProcessHoldsTheFile_IsRefusedAndWorksAfterwards()
    {
        await using var test = await TestDesk.WithUsers();
        using (var other = test.Connect())
        {
            other.Execute("BEGIN IMMEDIATE");
            await test.Refused(new CheckArticle(TestDesk.Standard) { As = "Rolf" }, "database_locked");
            (await test.Do(new ListTasks())).Tasks.ShouldBeEmpty(); // readers do not wait
            other.Execute("ROLLBACK");
        }
        await test.Check(TestDesk.Standard);
    }

    [Fact]
    public async Task Open_ADamagedFile_IsRefused()
    {
        await using var test = await TestDesk.WithUsers();
        for (var i = 0; i < 30; i++) await test.Check($"Mayor Pia Lund said the town would close {i} wells. " + new string('x', 3000));
        await test.Close();
        test.Sql("PRAGMA wal_checkpoint(TRUNCATE)");
        await using (var file = new FileStream(test.Path, FileMode.Open))
        {
            file.Position = 4096; // everything behind the first page
            await file.WriteAsync(new byte[file.Length - 4096]);
        }
        Open(test).Code.ShouldBe("database_corrupt");
    }

    [Fact]
    public async Task Query_AFileDamagedWhileOpen_IsRefused()
    {
        await using var test = await TestDesk.WithUsers();
        for (var i = 0; i < 30; i++) await test.Check($"Mayor Pia Lund said the town would close {i} wells.");
        // A page that the schema does not need: the claims' table, whose root is overwritten.
        var root = test.Scalar<long>("SELECT rootpage FROM sqlite_schema WHERE name = 'claims'");
        var size = test.Scalar<long>("PRAGMA page_size");
        test.Scalar<long>("PRAGMA wal_checkpoint(TRUNCATE)");
        await using (var file = new FileStream(test.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = (root - 1) * size;
            await file.WriteAsync(new byte[size]);
        }
        await test.Refused(new Features.Articles.ShowArticle("1"), "database_corrupt");
        await test.Refused(new CheckArticle(TestDesk.Post) { As = "Rolf" }, "database_corrupt");
    }

    [Fact]
    public async Task BackUp_WhileTheDeskIsWrittenTo_IsConsistentAndNeverOverwrites()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check(TestDesk.Leaked);
        var target = Path.Combine(test.Folder, "copy.db");
        var writing = Task.WhenAll(Enumerable.Range(0, 50).Select(i => test.Check($"Mayor Pia Lund said the town would close {i} wells.")));
        var backup = await test.Do(new BackUp(target));
        await writing;
        File.Exists(target + ".partial").ShouldBeFalse();
        await test.Refused(new BackUp(target), "exists");
        await test.Refused(new BackUp(Path.Combine(test.Folder, "no", "copy.db")), "no_folder");
        await using var copy = VerifyDesk.Open(new DeskOptions(target, test.Workflows), test.Clock).Value;
        var report = (await copy.Send(new Features.Audit.CheckAudit())).Value;
        report.Sound.ShouldBeTrue();
        report.Entries.ShouldBe(backup.AuditEntries);
        (await copy.Send(new Examine())).Value.ShouldAllBe(f => f.Ok);
    }

    [Fact]
    public async Task BackUps_OneAfterTheOtherUnderLoad_AreEachWhole()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check(TestDesk.Standard);
        using var end = new CancellationTokenSource();
        var writing = Enumerable.Range(0, 4).Select(w => Task.Run(async () =>
        {
            for (var i = 0; !end.IsCancellationRequested; i++)
            {
                await test.Do(new Features.Claims.CommentOnClaim("1.1", $"{w}.{i}") { As = "Ines" });
                if (i % 20 == 0) await test.Check($"Mayor Pia Lund said the town would close {w * 100_000 + i} wells.");
            }
        })).ToList();
        var entries = 0L;
        for (var round = Environment.GetEnvironmentVariable("VERIFY_CRASH_ROUNDS") is null ? 10 : 100; round > 0; round--)
        {
            var target = Path.Combine(test.Folder, $"copy-{round}.db");
            var backup = await test.Do(new BackUp(target));
            await using (var copy = VerifyDesk.Open(new DeskOptions(target, test.Workflows), test.Clock).Value)
            {
                (await copy.Send(new Features.Audit.CheckAudit())).Value.ShouldSatisfyAllConditions(r => r.Sound.ShouldBeTrue(r.Problem), r => r.Entries.ShouldBe(backup.AuditEntries), r => r.Entries.ShouldBeGreaterThan(entries));
                (await copy.Send(new Examine())).Value.ShouldAllBe(f => f.Ok);
            }
            entries = backup.AuditEntries;
            foreach (var file in Directory.GetFiles(test.Folder, $"copy-{round}.db*")) File.Delete(file);
        }
        await end.CancelAsync();
        await Task.WhenAll(writing);
    }

    [Fact]
    public async Task Examine_ARuleRemovedByHand_IsFound()
    {
        await using var test = await TestDesk.WithUsers();
        test.Sql("DROP TRIGGER decisions_four_eyes; DROP INDEX claims_status");
        var finding = (await test.Do(new Examine())).Single(f => f.Subject == "rules");
        finding.Ok.ShouldBeFalse();
        finding.Text.ShouldContain("decisions_four_eyes");
        finding.Text.ShouldContain("claims_status");
    }

    [Fact]
    public async Task Check_TextWithCharactersBeyondTheBasicPlane_KeepsTheAuditSound()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check(new string('x', 118) + "\U0001F388 and more\n\nHe said that it is so " + string.Concat(Enumerable.Repeat("\U0001F388", 1500)) + ".");
        (await test.Do(new Features.Audit.CheckAudit())).Sound.ShouldBeTrue();
    }

    [Fact]
    public async Task Examine_ASoundDesk_FindsNothingAndNamesTheRuntime()
    {
        await using var test = await TestDesk.WithUsers();
        var findings = await test.Do(new Examine());
        findings.ShouldAllBe(f => f.Ok);
        findings.Single(f => f.Subject == "runtime").Text.ShouldStartWith("new items start on embedded; built in: embedded");
    }
}
