using System.Text;
using Dapper;
using Shouldly;
using Verify.Desk.Audit;
using Verify.Desk.Features.Audit;
using Verify.Desk.Features.Claims;
using Xunit;

namespace Verify.Desk.Tests;

/// <summary>The history as somebody checks it who has no database: exports, proofs, and heads that were kept elsewhere.</summary>
public sealed class AuditOutside
{
    private static async Task<TestDesk> WithHistory(int comments)
    {
        var test = await TestDesk.WithUsers();
        await test.Check(TestDesk.Standard);
        for (var i = 0; i < comments; i++) await test.Do(new CommentOnClaim("1.1", $"comment {i}, »so« \"they\" said\n<b>") { As = "Ines" });
        return test;
    }

    private static async Task<byte[]> Export(TestDesk test)
    {
        var file = Path.Combine(test.Folder, $"{Guid.CreateVersion7()}.log");
        await test.Do(new ExportAudit(file));
        return await File.ReadAllBytesAsync(file);
    }

    private static AuditFileReport? Check(byte[] file, IReadOnlyList<TreeHead>? earlier = null, string? key = null)
    {
        var result = AuditFileCheck.Check(new MemoryStream(file), earlier ?? [], key);
        return result.Refusal is null ? result.Value : null;
    }

    [Fact]
    public async Task Export_IsSound_AndNamesItsHead()
    {
        await using var test = await WithHistory(5);
        var file = await Export(test);
        var report = Check(file).ShouldNotBeNull();
        report.Problem.ShouldBeNull();
        report.Entries.ShouldBe((await test.Do(new CheckAudit())).Entries);
        Check(file, key: report.Head!.Key)!.Sound.ShouldBeTrue();
        Check(file, key: "another")!.Problem.ShouldNotBeNull().ShouldContain("signed by another key");
        await test.Refused(new ExportAudit(Directory.GetFiles(test.Folder, "*.log").Single()), "exists");
        await test.Refused(new ExportAudit(Path.Combine(test.Folder, "no", "such.log")), "no_folder");
    }

    [Fact]
    public async Task Export_OfAnEmptyDesk_IsSound()
    {
        await using var test = new TestDesk();
        Check(await Export(test))!.ShouldSatisfyAllConditions(r => r.Sound.ShouldBeTrue(r.Problem), r => r.Entries.ShouldBe(0));
    }

    [Fact]
    public async Task EverySingleByte_OfAnExportAndOfProofs_IsGuarded()
    {
        await using var test = await WithHistory(3);
        var head = await test.Do(new SignHead());
        await test.Do(new CommentOnClaim("1.1", "later") { As = "Ines" });
        foreach (var file in new[] { await Export(test), await test.Do(new ProveAudit(4, null)), await test.Do(new ProveAudit(null, head)) })
        {
            Check(file)!.Sound.ShouldBeTrue(Check(file)!.Problem);
            for (var i = 0; i < file.Length; i++)
                foreach (var change in new byte[] { 1, 4, 32, 128 })
                {
                    var changed = file.ToArray();
                    changed[i] ^= change;
                    if (Check(changed) is { Sound: true }) Assert.Fail($"byte {i} ({(char)file[i]}) changed by {change} passes: …{Encoding.UTF8.GetString(file, Math.Max(0, i - 40), Math.Min(80, file.Length - Math.Max(0, i - 40)))}…");
                }
            for (var length = 0; length < file.Length; length += 7) (Check(file[..length]) is { Sound: true }).ShouldBeFalse($"cut to {length}");
            (Check([.. file, (byte)'\n']) is { Sound: true }).ShouldBeFalse("a line more");
        }
    }

    [Fact]
    public async Task Proofs_OfEveryEntryAndEarlierHead_HoldWithoutTheDatabase()
    {
        await using var test = await WithHistory(0);
        var heads = new List<TreeHead> { await test.Do(new SignHead()) };
        for (var i = 0; i < 12; i++)
        {
            await test.Do(new CommentOnClaim("1.1", $"comment {i}") { As = "Ines" });
            heads.Add(await test.Do(new SignHead()));
        }
        for (var entry = 1; entry <= heads[^1].Size; entry++) Check(await test.Do(new ProveAudit(entry, null)))!.ShouldSatisfyAllConditions(r => r.Sound.ShouldBeTrue(r.Problem), r => r.Kind.ShouldBe(AuditFile.Inclusion));
        foreach (var head in heads) Check(await test.Do(new ProveAudit(null, head)), key: head.Key)!.ShouldSatisfyAllConditions(r => r.Sound.ShouldBeTrue(r.Problem), r => r.Kind.ShouldBe(AuditFile.Consistency));
        Check(await Export(test), heads)!.Sound.ShouldBeTrue();
        (await test.Do(new CheckAudit(heads))).Sound.ShouldBeTrue();
        await test.Refused(new ProveAudit(heads[^1].Size + 1, null), "not_found");
        await test.Refused(new ProveAudit(null, null), "invalid_request");
        await test.Refused(new ProveAudit(1, heads[0]), "invalid_request");
        await test.Refused(new ProveAudit(null, heads[0] with { Size = 2 }), "invalid_request");
    }

    // Whoever has the file can write it anew, hashes and all: the database alone cannot tell. A head that was kept elsewhere can.
    [Fact]
    public async Task PastRewrittenWhole_IsFoundByAnEarlierHead_AndByNothingElse()
    {
        await using var test = await WithHistory(4);
        var head = await test.Do(new SignHead());
        await test.Do(new CommentOnClaim("1.1", "after the head") { As = "Ines" });
        await test.Close();
        Rewrite(test, "comment 2", "never said");
        (await test.Do(new CheckAudit())).Sound.ShouldBeTrue("a history rewritten with all its hashes agrees with itself");
        Check(await Export(test))!.Sound.ShouldBeTrue();
        (await test.Do(new CheckAudit([head]))).ShouldSatisfyAllConditions(r => r.Sound.ShouldBeFalse(), r => r.Problem!.ShouldContain("the past was rewritten"));
        Check(await Export(test), [head])!.Problem.ShouldNotBeNull().ShouldContain("the past was rewritten");
        await test.Refused(new ProveAudit(null, head), "history_rewritten");
    }

    [Fact]
    public async Task EndRemovedWhole_IsFoundByAnEarlierHead()
    {
        await using var test = await WithHistory(4);
        var head = await test.Do(new SignHead());
        await test.Close();
        using (var connection = Untriggered(test))
        {
            connection.Execute("DELETE FROM comments WHERE text LIKE 'comment 3%'; DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)");
            Rehash(connection);
        }
        (await test.Do(new CheckAudit())).Sound.ShouldBeTrue();
        (await test.Do(new CheckAudit([head]))).Problem.ShouldNotBeNull().ShouldContain("the end was removed");
        Check(await Export(test), [head])!.Problem.ShouldNotBeNull().ShouldContain("the end was removed");
        await test.Refused(new ProveAudit(null, head), "history_shorter");
    }

    [Fact]
    public async Task TreeHead_ThatDoesNotFitItsEntries_IsFound_AndNothingIsAddedToIt()
    {
        await using var test = await WithHistory(2);
        await test.Close();
        using (var connection = Untriggered(test)) connection.Execute("UPDATE audit_head SET frontier = zeroblob(length(frontier))");
        (await test.Do(new CheckAudit())).Problem.ShouldNotBeNull().ShouldContain("tree");
        using (var connection = Untriggered(test)) connection.Execute("UPDATE audit_head SET frontier = x'00'");
        await test.Refused(new CommentOnClaim("1.1", "more") { As = "Ines" }, "database_corrupt");
    }

    // A proof tells of the heads that it names, and must not be taken to tell of others.
    [Fact]
    public async Task Proof_HeldAgainstAHeadThatItDoesNotName_IsNotSound()
    {
        await using var test = await WithHistory(3);
        var old = await test.Do(new SignHead());
        await test.Do(new CommentOnClaim("1.1", "after the head") { As = "Ines" });
        var (inclusion, consistency, head) = (await test.Do(new ProveAudit(4, null)), await test.Do(new ProveAudit(null, old)), await test.Do(new SignHead()));
        Check(consistency, [old])!.Sound.ShouldBeTrue();
        Check(consistency, [old, head])!.Sound.ShouldBeTrue();
        Check(inclusion, [head])!.Sound.ShouldBeTrue();
        Check(inclusion, [old])!.Problem.ShouldNotBeNull().ShouldContain("tells nothing of the head");
        await test.Close();
        Rewrite(test, "comment 1", "never said");
        Check(await test.Do(new ProveAudit(4, null)), [old])!.Sound.ShouldBeFalse();
        Check(await test.Do(new ProveAudit(null, await test.Do(new SignHead()))), [old])!.Sound.ShouldBeFalse();
    }

    [Fact]
    public async Task Tail_SignedByAnother_IsNotSound_UnlessItsKeyIsNamed()
    {
        await using var test = await WithHistory(2);
        var head = await test.Do(new SignHead());
        File.Delete(test.Path + "-keys/audit.pem");
        await test.Do(new CommentOnClaim("1.1", "more") { As = "Ines" });
        var export = await Export(test);
        Check(export, [head])!.Problem.ShouldNotBeNull().ShouldContain("--signed-by");
        Check(export, [head], (await test.Do(new SignHead())).Key)!.Sound.ShouldBeTrue();
    }

    [Fact]
    public async Task HeaderWithMoreThanItsKindHas_OrLinesThatAreNoEntries_AreNotSound()
    {
        await using var test = await WithHistory(2);
        var lines = Encoding.UTF8.GetString(await Export(test)).Split('\n');
        var header = AuditFile.Read(Encoding.UTF8.GetBytes(lines[0]))!;
        byte[] With(AuditFile first) => [.. first.ToLine(), .. Encoding.UTF8.GetBytes(string.Join('\n', lines[1..]))];
        Check(With(header))!.Sound.ShouldBeTrue();
        Check(With(header with { From = header.Head }))!.Sound.ShouldBeFalse();
        Check(With(header with { Path = [] }))!.Sound.ShouldBeFalse();
        Check(With(header with { Verify = "else" }))!.Sound.ShouldBeFalse();
        lines[0].ShouldNotContain("rootHash");
        // Signed by whoever has a key, and no history all the same.
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        foreach (var entry in new[] { "[\"\",1,\u00ff no json", "[\"x,1,\",2,3,\"\",\"\",\"\",\"\",null,null,\"\"]", "[\"\",1]", "{}", "[\"\",1,3,\"\\ud800\",\"\",\"\",\"\",null,null,\"\"]", "[\"\",1.5,3,\"\",\"\",\"\",\"\",null,null,\"\"]", "" })
        {
            var tree = new TreeFrontier();
            tree.Append(AuditEntry.LeafOf(RowHash.Of(Encoding.UTF8.GetBytes(entry))));
            foreach (var kind in new[] { new AuditFile(AuditFile.Log, Signed(tree, key)), new AuditFile(AuditFile.Inclusion, Signed(tree, key), Path: []) })
                Check([.. kind.ToLine(), .. Encoding.UTF8.GetBytes(entry), (byte)'\n'])!.Sound.ShouldBeFalse($"{kind.Verify}: {entry}");
        }
    }

    private static TreeHead Signed(TreeFrontier tree, System.Security.Cryptography.ECDsa key) => TreeHead.Sign(tree, DateTimeOffset.UnixEpoch, key);

    [Theory]
    [InlineData("UPDATE audit SET at = 4611686018427387904 WHERE seq = 3")]
    [InlineData("UPDATE audit SET rows = 'x' WHERE seq = 3")]
    [InlineData("UPDATE audit SET rows = 'null' WHERE seq = 3")]
    [InlineData("UPDATE audit_head SET frontier = NULL")]
    [InlineData("UPDATE audit_head SET seq = 1099511627776")]
    public async Task WhateverSomebodyPutThere_IsToldAndIsNoCrash(string sql)
    {
        await using var test = await WithHistory(2);
        await test.Close();
        using (var connection = Untriggered(test))
        {
            connection.Execute(sql);
            if (sql.Contains("rows", StringComparison.Ordinal)) Rehash(connection);
        }
        (await test.Do(new CheckAudit())).ShouldSatisfyAllConditions(r => r.Sound.ShouldBe(sql.Contains("NULL", StringComparison.Ordinal)), r => (r.Entry ?? "").ShouldNotContain("\n"));
        foreach (var answer in new[] { (await test.Desk.Send(new ProveAudit(4, null))).Refusal, (await test.Desk.Send(new ExportAudit(Path.Combine(test.Folder, "x.log")))).Refusal, (await test.Desk.Send(new SignHead())).Refusal })
            (answer?.Code ?? "database_corrupt").ShouldBeOneOf("database_corrupt", "history_rewritten");
    }

    [Theory, InlineData("DELETE FROM audit_head"), InlineData("DROP TABLE audit")]
    public async Task HistoryTakenAway_IsToldAndIsNoCrash(string sql)
    {
        await using var test = await WithHistory(1);
        await test.Close();
        using (var connection = Untriggered(test)) connection.Execute(sql);
        ((await test.Desk.Send(new CheckAudit())) is { Refusal: null, Value.Sound: true }).ShouldBeFalse();
        await test.Refused(new SignHead(), "database_corrupt");
        await test.Refused(new CommentOnClaim("1.1", "more") { As = "Ines" }, "database_corrupt");
    }

    // A program of an earlier schema that had the file open before the upgrade goes on writing as it was written.
    [Fact]
    public async Task HeadMovedByAnOlderProgram_IsRefusedByTheDatabase()
    {
        await using var test = await WithHistory(2);
        await test.Close();
        using var older = test.Connect();
        Should.Throw<Microsoft.Data.Sqlite.SqliteException>(() => older.Execute("UPDATE audit_head SET seq = seq + 1, hash = 'x' WHERE id = 1")).Message.ShouldContain("older than the database");
    }

    private static Microsoft.Data.Sqlite.SqliteConnection Untriggered(TestDesk test)
    {
        var connection = test.Connect();
        foreach (var trigger in connection.Query<string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'").ToList()) connection.Execute($"DROP TRIGGER {trigger}");
        connection.Execute("PRAGMA foreign_keys=OFF");
        return connection;
    }

    private static void Rewrite(TestDesk test, string was, string becomes)
    {
        using var connection = Untriggered(test);
        var row = connection.QuerySingle<Data.CommentRow>($"SELECT {Data.CommentRow.Columns} FROM comments WHERE text LIKE '{was}%'");
        var altered = row with { Text = becomes };
        connection.Execute("UPDATE comments SET text = @Text WHERE id = @Id", altered);
        connection.Execute("UPDATE audit SET rows = replace(rows, @Was, @Becomes), after_hash = replace(after_hash, @Was, @Becomes), detail = replace(detail, @Text, @New)", new { Was = RowHash.Of(row), Becomes = RowHash.Of(altered), row.Text, New = altered.Text });
        Rehash(connection);
    }

    private static void Rehash(Microsoft.Data.Sqlite.SqliteConnection connection)
    {
        var (previous, tree) = ("", new TreeFrontier());
        foreach (var entry in connection.Query<AuditEntry>($"SELECT {AuditEntry.Columns} FROM audit ORDER BY seq").ToList())
        {
            previous = entry.ComputeHash(previous);
            connection.Execute("UPDATE audit SET hash = @previous WHERE seq = @Seq", new { previous, entry.Seq });
            tree.Append(AuditEntry.LeafOf(previous));
        }
        connection.Execute("UPDATE audit_head SET seq = @Size, hash = @previous, frontier = @Frontier", new { tree.Size, previous, Frontier = tree.ToBytes() });
    }
}
