using Dapper;
using Shouldly;
using Verify.Desk.Features.Intake;
using Verify.Desk.Features.Queue;
using Verify.Desk.Features.Users;
using Verify.Desk.Requests;
using Xunit;

namespace Verify.Desk.Tests;

/// <summary>The queue's pages, put together from the lists of several steps, held against all open tasks read at once.</summary>
public sealed class QueueOrder
{
    private sealed record Open(string Task, string Step, string Role, string? Assignee, string? Desk, long Article, long Due);

    private static async Task<TestDesk> WithMany()
    {
        var test = await TestDesk.WithUsers();
        await test.Do(new ChangeUser("Rolf", [Roles.Reporter], "metro") { As = "Ada" });
        var (random, steps) = (new Random(20261127), 0);
        string[] texts = [TestDesk.Standard, TestDesk.Leaked, TestDesk.Anonymous, TestDesk.Post];
        for (var i = 0; i < 28; i++)
        {
            test.Clock.Advance(TimeSpan.FromMinutes(random.Next(0, 3) * 90)); // some at one moment
            var claim = await test.Do(new CheckArticle($"{texts[i % 4]} It was the {i}th time.", Desk: i % 5 == 0 ? "metro" : null) { As = "Rolf" });
            var waiting = (await test.Claim($"{claim.Number}.1")).Open[0];
            if (waiting.Step == "corroborate" && random.Next(2) == 0) { await test.Complete($"{claim.Number}.1", "corroborate", "corroborated", "Ines", "true"); steps++; }
            else if (random.Next(3) == 0) await test.Do(new AssignTask(waiting.Task, waiting.Role == Roles.Editor ? "Emil" : "Both") { As = "Edda" });
        }
        steps.ShouldBeGreaterThan(3);
        return test;
    }

    private static List<Open> All(TestDesk test)
    {
        using var connection = test.Connect();
        return [.. connection.Query<(string, string, string, string?, string?, long, long)>("""
            SELECT a.number || '.' || c.ordinal || '-' || t.token, t.step, t.role, u.name, t.desk, a.number, t.due_at
            FROM tasks t JOIN claims c ON c.id = t.claim_id JOIN articles a ON a.id = c.article_id LEFT JOIN users u ON u.id = t.assignee
            WHERE t.status = 'open' ORDER BY t.due_at, t.claim_id, t.token
            """).Select(t => new Open(t.Item1, t.Item2, t.Item3, t.Item4, t.Item5, t.Item6, t.Item7))];
    }

    [Fact]
    public async Task EveryFilter_PageByPage_IsTheWholeListInOrder()
    {
        await using var test = await WithMany();
        test.Clock.Advance(TimeSpan.FromHours(20));
        var (all, now) = (All(test), test.Clock.GetUtcNow().ToUnixTimeMilliseconds());
        all.Select(t => (t.Role, t.Step)).Distinct().Count().ShouldBeGreaterThan(4);
        all.Count(t => t.Due < now).ShouldBeInRange(1, all.Count - 1);
        var seen = 0;
        foreach (var role in new[] { null, Roles.FactChecker, Roles.Editor, Roles.Reader })
            foreach (var step in new[] { null, "corroborate", "approve", "no-such-step" })
                foreach (var assignee in new[] { null, "none", "Both", "Emil" })
                    foreach (var (desk, article, overdue, who) in new (string?, string?, bool, string?)[] { (null, null, false, null), ("metro", null, false, null), (null, "2", false, null), (null, null, true, null), (null, null, false, "Omar"), ("metro", null, true, "Edda") })
                    {
                        var may = who is null ? null : who == "Omar" ? new[] { Roles.FactChecker, Roles.CrossChecker } : [Roles.Editor];
                        var expected = all.Where(t => (role is null || t.Role == role) && (step is null || t.Step == step) && (assignee is null || t.Assignee == (assignee == "none" ? null : assignee))
                            && (desk is null || t.Desk == desk) && (article is null || t.Article == 2) && (!overdue || t.Due < now) && (may is null || may.Contains(t.Role))).Select(t => t.Task).ToList();
                        foreach (var latestFirst in new[] { false, true })
                        {
                            var (found, after) = (new List<string>(), (string?)null);
                            do
                            {
                                var page = await test.Do(new ListTasks(role, assignee, step, article, overdue, Limit: 4, After: after, For: who, Desk: desk, LatestFirst: latestFirst));
                                page.Tasks.Count.ShouldBeLessThanOrEqualTo(4);
                                found.AddRange(page.Tasks.Select(t => t.Task));
                                after = page.Next;
                            }
                            while (after is not null);
                            found.ShouldBe(latestFirst ? Enumerable.Reverse(expected) : expected, $"{role} {step} {assignee} {desk} {article} {overdue} {who} {latestFirst}");
                        }
                        seen += expected.Count;
                    }
        seen.ShouldBeGreaterThan(500);
    }

    [Fact]
    public async Task Counts_AndTheNextTask_AreOfAllSteps()
    {
        await using var test = await WithMany();
        test.Clock.Advance(TimeSpan.FromHours(20));
        var (all, now) = (All(test), test.Clock.GetUtcNow().ToUnixTimeMilliseconds());
        var counts = await test.Do(new CountTasks("Omar"));
        counts.Overdue.ShouldBe(all.Count(t => t.Due < now));
        counts.Unassigned.ShouldBe(all.Count(t => t.Assignee is null && t.Role is Roles.FactChecker or Roles.CrossChecker));
        var next = await test.Do(new NextTask("Omar"));
        next.Task.ShouldBe(all.First(t => t.Assignee is null && t.Role is Roles.FactChecker or Roles.CrossChecker).Task);
        (await test.Do(new CountTasks("Both"))).Mine.ShouldBe(all.Count(t => t.Assignee == "Both"));
    }

    // As many lists as are merged, and more: then the same order by sorting.
    [Theory, InlineData(30), InlineData(300)]
    public async Task ManySteps_AreListedAllTheSame(int most)
    {
        await using var test = await WithMany();
        test.Sql($"""
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {most})
            INSERT INTO tasks (claim_id, token, activity, step, kind, role, status, opened_at, due_at)
            SELECT (SELECT min(id) FROM claims), 100 + i, 'a', 'step ' || i, 'check', 'fact-checker', 'open', 0, (i * 7919) % 300 FROM n
            """);
        var page = await test.Do(new ListTasks(Limit: 1000));
        page.Tasks.Select(t => t.Task).ShouldBe(All(test).Select(t => t.Task));
        (await test.Do(new ListTasks(Step: "step 17"))).Tasks.ShouldHaveSingleItem().Step.ShouldBe("step 17");
    }
}
