using Microsoft.Data.Sqlite;
using Shouldly;
using Verify.Desk.Features.Claims;
using Xunit;

namespace Verify.Desk.Tests;

/// <summary>What somebody with the database in hand, and no program between, is refused by the database itself.</summary>
public sealed class HeldByTheDatabase
{
    private static void Refuses(TestDesk test, string sql, string code) =>
        Should.Throw<SqliteException>(() => test.Sql(sql), sql).Message.ShouldContain(code, Case.Sensitive, sql);

    private static async Task<TestDesk> ReadyToApprove()
    {
        var test = await TestDesk.WithUsers();
        var claim = await test.Check(TestDesk.Standard) + ".1";
        await test.Complete(claim, "corroborate", "corroborated", "Both", "true");
        await test.Complete(claim, "check-secondary-source", "confirmed", "Ines", "accurate");
        return test;
    }

    /// <summary>A leaked document that Sten has approved, and that waits for the second approval.</summary>
    private static async Task<TestDesk> ApprovedOnce()
    {
        var test = await TestDesk.WithUsers();
        var claim = await test.Check(TestDesk.Leaked) + ".1";
        await test.Attach(claim, "The internal memo itself", "primary-document", user: "Omar");
        await test.Complete(claim, "authenticate-document", "authentic", "Omar");
        await test.Complete(claim, "corroborate", "corroborated", "Ines", "true");
        await test.Complete(claim, "check-secondary-source", "confirmed", "Ines", "accurate");
        await test.Complete(claim, "approve", "approve", "Sten");
        return test;
    }

    private static string Decide(string user, string kind = "approval", int round = 1) => $"""
        INSERT INTO decisions (claim_id, token, user_id, kind, outcome, round, decided_at)
        SELECT t.claim_id, t.token, u.id, '{kind}', 'approve', {round}, 0 FROM tasks t, users u WHERE t.status = 'open' AND u.name = '{user}'
        """;

    [Fact]
    public async Task FourEyes_OnAnInsertPastTheProgram_IsHeld()
    {
        await using var test = await ReadyToApprove();
        Refuses(test, Decide("Both"), "four_eyes");
        Refuses(test, Decide("Ines"), "four_eyes");
        Refuses(test, Decide("Rolf"), "four_eyes"); // wrote it
        Refuses(test, Decide("Both", kind: "check"), "decision_without_task"); // not even under another name
        Refuses(test, Decide("Edda", round: 2), "decision_without_task");
        Refuses(test, "UPDATE tasks SET kind = 'check' WHERE status = 'open'", "history_is_fixed");
        Refuses(test, "UPDATE articles SET writer = NULL", "history_is_fixed");
        test.Sql(Decide("Edda")).ShouldBe(1);
    }

    [Fact]
    public async Task TwoApprovals_ByOnePerson_AreHeldApart()
    {
        await using var test = await ApprovedOnce();
        Refuses(test, Decide("Sten"), "four_eyes");
        test.Sql(Decide("Edda")).ShouldBe(1);
    }

    [Fact]
    public async Task Approval_WithoutADecision_IsHeld()
    {
        await using var test = await ReadyToApprove();
        Refuses(test, "UPDATE claims SET status = 'approved'", "approved_by_nobody");
        Refuses(test, "UPDATE tasks SET status = 'done' WHERE status = 'open'", "done_without_decision");
        Refuses(test, "UPDATE claims SET status = 'fine'", "CHECK constraint");
    }

    [Theory]
    [InlineData("INSERT OR REPLACE INTO articles (id, number, title, writer, created_at) SELECT id, number, title, NULL, created_at FROM articles")]
    [InlineData("INSERT OR REPLACE INTO tasks SELECT claim_id, token, activity, step, kind, role, asks, 'open', NULL, opened_at, due_at, NULL FROM tasks WHERE status = 'done'")]
    [InlineData("INSERT OR REPLACE INTO decisions SELECT claim_id, token, (SELECT id FROM users WHERE name = 'Edda'), kind, outcome, note, attribution_verdict, content_verdict, round, decided_at FROM decisions")]
    [InlineData("INSERT OR REPLACE INTO snapshots SELECT article_id, version, sha256, 'x', created_at FROM snapshots")]
    [InlineData("INSERT OR REPLACE INTO audit SELECT seq, at, 'Emil', action, subject, detail, before_hash, after_hash, rows, hash FROM audit")]
    [InlineData("INSERT OR REPLACE INTO users SELECT id, name, 'editor', created_at, disabled_at FROM users")]
    [InlineData("UPDATE claims SET round = round + 1")]
    [InlineData("UPDATE tasks SET status = 'open' WHERE status = 'done'")]
    [InlineData("UPDATE claims SET round = round + 0.5")]
    public async Task Rules_ByReplacingReopeningOrANewRound_AreHeld(string sql)
    {
        await using var test = await ReadyToApprove();
        Should.Throw<SqliteException>(() => test.Sql(sql), sql);
        (await test.Do(new Features.Audit.CheckAudit())).Sound.ShouldBeTrue();
    }

    [Fact]
    public async Task Check_ByWhoHasApprovedInThisRound_IsHeld()
    {
        await using var test = await ApprovedOnce();
        test.Sql("INSERT INTO tasks SELECT claim_id, 99, activity, step, 'check', role, asks, 'open', NULL, opened_at, due_at, NULL, NULL FROM tasks WHERE status = 'open'").ShouldBe(1);
        Refuses(test, "INSERT INTO decisions (claim_id, token, user_id, kind, outcome, round, decided_at) SELECT claim_id, 99, (SELECT id FROM users WHERE name = 'Sten'), 'check', 'x', 1, 0 FROM tasks WHERE token = 99", "four_eyes");
    }

    [Theory]
    [InlineData("UPDATE snapshots SET text = 'x'")]
    [InlineData("DELETE FROM snapshots")]
    [InlineData("UPDATE decisions SET outcome = 'x'")]
    [InlineData("DELETE FROM decisions")]
    [InlineData("UPDATE audit SET actor = 'x'")]
    [InlineData("DELETE FROM audit")]
    [InlineData("UPDATE comments SET text = 'x'")]
    [InlineData("DELETE FROM comments")]
    [InlineData("UPDATE definitions SET json = '{}'")]
    [InlineData("DELETE FROM tasks")]
    [InlineData("DELETE FROM claims")]
    [InlineData("UPDATE claims SET content = 'x'")]
    [InlineData("UPDATE claims SET chain = '[]'")]
    [InlineData("UPDATE claims SET definition_version = 2")]
    public async Task History_ChangedPastTheProgram_IsHeld(string sql)
    {
        await using var test = await ReadyToApprove();
        await test.Do(new CommentOnClaim("1.1", "a word") { As = "Ines" });
        Refuses(test, sql, "history_is_fixed");
    }
}
