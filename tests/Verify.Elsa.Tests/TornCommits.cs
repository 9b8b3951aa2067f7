#if WITH_ELSA
using Dapper;
using Microsoft.Data.Sqlite;
using Shouldly;
using Verify.Desk.Features.Audit;
using Verify.Desk.Features.Intake;
using Verify.Desk.Features.Mending;
using Verify.Desk.Features.Upkeep;
using Verify.Desk.Runtimes;
#endif
using Xunit;

namespace Verify.Desk.Tests;

/// <summary>
/// Elsa's commit is several transactions. Each is cut short before each row that it would write, the process ends, and the
/// next one has to bring the claim and its instance together.
/// </summary>
public sealed class TornCommits
{
#if WITH_ELSA
    [Fact]
    public Task Start_CutShortAtAnyRow_IsDoneOnce() => CutShort(
        (test, round) => test.Do(new CheckArticle($"Mayor Pia Lund said the town would close {round} wells.") { As = "Rolf" }),
        async (test, claim) => (await test.Claim(claim)).Open.ShouldHaveSingleItem().Step.ShouldBe("corroborate"),
        checkedBefore: false);

    [Fact]
    public Task Decision_CutShortAtAnyRow_OpensTheNextTaskOnce() => CutShort(
        (test, round) => test.Complete($"{round}.1", "corroborate", "corroborated", "Ines", "true"),
        async (test, claim) =>
        {
            (await test.Claim(claim)).Open.ShouldHaveSingleItem().Step.ShouldBe("check-secondary-source");
            (await test.Complete(claim, "check-secondary-source", "confirmed", "Ines", "accurate")).Opened.ShouldHaveSingleItem().Step.ShouldBe("approve");
        });

    [Fact]
    public Task LastDecision_CutShortAtAnyRow_EndsTheItem() => CutShort(
        (test, round) => test.Complete($"{round}.1", "approve", "approve", "Edda"),
        async (test, claim) =>
        {
            var view = await test.Claim(claim);
            view.Open.ShouldBeEmpty();
            view.Status.ShouldBe("approved");
        },
        before: async (test, claim) =>
        {
            await test.Complete(claim, "corroborate", "corroborated", "Ines", "true");
            await test.Complete(claim, "check-secondary-source", "confirmed", "Ines", "accurate");
        });

    [Fact]
    public Task Withdrawal_CutShortAtAnyRow_LeavesNothingBehind() => CutShort(
        (test, round) => test.Do(new DismissClaim($"{round}.1", "No claim") { As = "Ines" }),
        async (test, claim) =>
        {
            (await test.Claim(claim)).Open.ShouldBeEmpty();
            var instance = test.Scalar<string>($"SELECT id FROM claims WHERE article_id = (SELECT id FROM articles WHERE number = {claim.Split('.')[0]})")!;
            using var elsa = Elsa(test);
            elsa.ExecuteScalar<long>("SELECT count(*) FROM Bookmarks WHERE WorkflowInstanceId LIKE @Of", new { Of = instance + "%" }).ShouldBe(0);
        });

    /// <summary>Each round on a claim of its own; the fuse burns one row later each time, until what is done needs no more rows.</summary>
    private static async Task CutShort(Func<TestDesk, int, Task> act, Func<TestDesk, string, Task> judge, bool checkedBefore = true, Func<TestDesk, string, Task>? before = null)
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check(TestDesk.Standard); // makes Elsa's file
        var cuts = 0;
        for (var round = 2; ; round++)
        {
            if (checkedBefore) (await test.Check($"Mayor Pia Lund said the town would close {round} wells.")).ShouldBe($"{round}");
            if (before is not null) await before(test, $"{round}.1");
            SetFuse(test, rows: round - 2);
            await act(test, round);
            var left = TakeFuse(test);
            var cut = test.Scalar<long>("SELECT count(*) FROM outbox") > 0;
            await test.Close();
            (await test.Desk.CatchUp()).ShouldBeNull();
            await judge(test, $"{round}.1");
            if (cut) cuts++;
            else if (left > 0) break;
        }
        cuts.ShouldBeGreaterThan(1);
        (await test.Do(new CheckAudit())).Sound.ShouldBeTrue();
        (await test.Do(new Examine())).ShouldAllBe(f => f.Ok);
    }

    private static SqliteConnection Elsa(TestDesk test)
    {
        var connection = new SqliteConnection($"Data Source={OutsideRuntimes.FileBeside(test.Path, TestRuntime.Name)};Pooling=false");
        connection.Open();
        return connection;
    }

    // A row more than the fuse allows is refused, and with it the transaction that it is part of; what was committed before it stays.
    private static void SetFuse(TestDesk test, int rows)
    {
        using var elsa = Elsa(test);
        elsa.Execute($"CREATE TABLE fuse (left INTEGER NOT NULL); INSERT INTO fuse VALUES ({rows})");
        foreach (var table in Tables(elsa))
            foreach (var change in new[] { "INSERT", "UPDATE", "DELETE" })
                elsa.Execute($"""
                    CREATE TRIGGER "fuse_{table}_{change}" BEFORE {change} ON "{table}" BEGIN
                        SELECT RAISE(ABORT, 'cut short') WHERE (SELECT left FROM fuse) = 0;
                        UPDATE fuse SET left = left - 1;
                    END
                    """);
    }

    private static long TakeFuse(TestDesk test)
    {
        using var elsa = Elsa(test);
        var left = elsa.ExecuteScalar<long>("SELECT left FROM fuse");
        foreach (var table in Tables(elsa))
            foreach (var change in new[] { "INSERT", "UPDATE", "DELETE" })
                elsa.Execute($"DROP TRIGGER \"fuse_{table}_{change}\"");
        elsa.Execute("DROP TABLE fuse");
        return left;
    }

    private static List<string> Tables(SqliteConnection elsa) => elsa.Query<string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%' AND name <> 'fuse'").ToList();
#else
    [Fact]
    public void Decision_CutShortAtAnyRow_OpensTheNextTaskOnce() => Assert.Skip(ElsaNotBuiltIn.Why);
#endif
}
