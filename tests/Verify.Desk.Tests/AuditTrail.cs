using Shouldly;
using Verify.Desk.Features.Audit;
using Verify.Desk.Features.Claims;
using Xunit;

namespace Verify.Desk.Tests;

public sealed class AuditTrail
{
    private static async Task<TestDesk> WithHistory()
    {
        var test = await TestDesk.WithUsers();
        var claim = await test.Check(TestDesk.Standard + " " + TestDesk.Anonymous) + ".1";
        await test.Complete(claim, "corroborate", "corroborated", "Ines", "true");
        await test.Do(new CommentOnClaim(claim, "see the filing") { As = "Ines" });
        await test.Complete(claim, "check-secondary-source", "confirmed", "Ines", "accurate");
        await test.Complete(claim, "approve", "approve", "Edda");
        (await test.Do(new CheckAudit())).Sound.ShouldBeTrue();
        return test;
    }

    // Whoever tampers has the file, and so can drop the triggers first.
    private static void Tamper(TestDesk test, string sql)
    {
        using var connection = test.Connect();
        foreach (var trigger in Dapper.SqlMapper.Query<string>(connection, "SELECT name FROM sqlite_schema WHERE type = 'trigger'").ToList())
            Dapper.SqlMapper.Execute(connection, $"DROP TRIGGER {trigger}");
        Dapper.SqlMapper.Execute(connection, "PRAGMA foreign_keys=OFF;" + sql);
    }

    [Theory]
    [InlineData("UPDATE decisions SET outcome = 'not-corroborated' WHERE outcome = 'corroborated'", "TaskCompleted")]
    [InlineData("UPDATE decisions SET note = 'never said' WHERE outcome = 'approve'", "TaskCompleted")]
    [InlineData("UPDATE decisions SET user_id = (SELECT id FROM users WHERE name = 'Emil') WHERE kind = 'approval'", "TaskCompleted")]
    [InlineData("UPDATE decisions SET decided_at = decided_at + 1 WHERE kind = 'approval'", "TaskCompleted")]
    [InlineData("DELETE FROM decisions WHERE kind = 'approval'", "TaskCompleted")]
    [InlineData("UPDATE claims SET status = 'rejected' WHERE ordinal = 1", "TaskCompleted")]
    [InlineData("UPDATE claims SET content_verdict = 'false' WHERE ordinal = 1", "TaskCompleted")]
    [InlineData("UPDATE claims SET content = 'the town is lovely' WHERE ordinal = 2", "ClaimStarted")]
    [InlineData("UPDATE tasks SET due_at = due_at + 1 WHERE status = 'open'", "ClaimStarted")]
    [InlineData("UPDATE comments SET text = 'see nothing'", "CommentAdded")]
    [InlineData("DELETE FROM comments", "CommentAdded")]
    [InlineData("UPDATE snapshots SET text = replace(text, 'four', 'five')", "ArticleStored")]
    [InlineData("UPDATE definitions SET json = replace(json, 'editor', 'reader') WHERE definition_id = 'standard'", "DefinitionStored")]
    [InlineData("UPDATE users SET roles = 'administrator' WHERE name = 'Rita'", "UserAdded")]
    [InlineData("UPDATE timers SET status = 'fired' WHERE status = 'set'", "ClaimStarted")]
    [InlineData("UPDATE audit SET actor = 'Emil' WHERE action = 'CommentAdded'", "CommentAdded")]
    [InlineData("UPDATE audit SET detail = '{}' WHERE action = 'ArticleStored'", "ArticleStored")]
    [InlineData("UPDATE audit SET at = at - 1 WHERE action = 'CommentAdded'", "CommentAdded")]
    public async Task CheckAudit_ARowOfHistoryAltered_NamesTheEntryThatWroteIt(string sql, string action)
    {
        await using var test = await WithHistory();
        Tamper(test, sql);
        var report = await test.Do(new CheckAudit());
        report.Sound.ShouldBeFalse();
        test.Scalar<string>($"SELECT action FROM audit WHERE seq = {report.FirstBad}").ShouldBe(action, report.Problem);
        report.Entry.ShouldNotBeNull().ShouldStartWith(action);
    }

    [Theory]
    [InlineData("DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)")]
    [InlineData("DELETE FROM audit WHERE seq > (SELECT max(seq) - 3 FROM audit)")]
    [InlineData("DELETE FROM audit WHERE seq > (SELECT max(seq) - 3 FROM audit); UPDATE audit_head SET seq = (SELECT max(seq) FROM audit), hash = (SELECT hash FROM audit ORDER BY seq DESC LIMIT 1)")]
    [InlineData("DELETE FROM audit WHERE seq = 5")]
    [InlineData("DELETE FROM audit")]
    [InlineData("UPDATE audit SET seq = -seq WHERE seq IN (4, 5); UPDATE audit SET seq = CASE seq WHEN -4 THEN 5 ELSE 4 END WHERE seq < 0")]
    [InlineData("INSERT INTO comments (id, claim_id, user_id, text, created_at) SELECT 'x', claim_id, user_id, 'planted', created_at FROM comments")]
    [InlineData("UPDATE audit_head SET hash = 'x'")]
    public async Task CheckAudit_EntriesRemovedReorderedOrPlanted_IsNotSound(string sql)
    {
        await using var test = await WithHistory();
        Tamper(test, sql);
        (await test.Do(new CheckAudit())).Sound.ShouldBeFalse();
    }

    [Fact]
    public async Task CheckAudit_AnEmptyDesk_IsSound()
    {
        await using var test = new TestDesk();
        (await test.Do(new CheckAudit())).ShouldBe(new AuditReport(0, 0, true, null, null));
    }
}
