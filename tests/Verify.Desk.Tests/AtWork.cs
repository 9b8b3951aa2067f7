using Shouldly;
using Verify.Desk.Features.Accounts;
using Verify.Desk.Features.Articles;
using Verify.Desk.Features.Claims;
using Verify.Desk.Features.Intake;
using Verify.Desk.Features.Live;
using Verify.Desk.Features.Queue;
using Verify.Desk.Features.Users;
using Verify.Desk.Requests;
using Xunit;

namespace Verify.Desk.Tests;

/// <summary>What people at work see: their queue, their desk's, who named them, what to doubt.</summary>
public sealed class AtWork
{
    [Fact]
    public async Task Queue_OfADesk_HoldsItsArticlesAlone()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check(TestDesk.Standard);
        await test.Do(new CheckArticle(TestDesk.Anonymous, Desk: "Coast") { As = "Rolf" });
        var tasks = (await test.Do(new ListTasks(Desk: "Coast"))).Tasks;
        tasks.ShouldNotBeEmpty();
        tasks.ShouldAllBe(t => t.Task.StartsWith("2.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Queue_ForAUser_PagesThroughTheirRolesInOrder()
    {
        await using var test = await TestDesk.WithUsers();
        for (var i = 0; i < 4; i++) await test.Check($"{TestDesk.Leaked} The mayor said wall {i} was safe.");
        var all = (await test.Do(new ListTasks(For: "Omar", Limit: 1000))).Tasks.Select(t => t.Task).ToList();
        all.Count.ShouldBeGreaterThan(8);
        var (paged, after) = (new List<string>(), (string?)null);
        do
        {
            var page = await test.Do(new ListTasks(For: "Omar", Limit: 3, After: after));
            paged.AddRange(page.Tasks.Select(t => t.Task));
            after = page.Next;
        }
        while (after is not null);
        paged.ShouldBe(all);
        // A fact-checker is not shown what only a cross-checker may do.
        (await test.Do(new ListTasks(For: "Ines", Limit: 1000))).Tasks.ShouldAllBe(t => t.Role == Roles.FactChecker);
        (await test.Do(new ListTasks(For: "Omar", Limit: 1000, LatestFirst: true))).Tasks.Select(t => t.Task).ShouldBe(Enumerable.Reverse(all));
    }

    [Fact]
    public async Task Comment_NamingTheLongerName_TellsNobodyElse()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Do(new AddUser("Ines Auer", [Roles.FactChecker]) { As = "Ada" });
        await test.Check(TestDesk.Standard);
        (await test.Do(new CommentOnClaim("1.1", "@Ines Auer, and @omar: please look; not a@Eddard") { As = "Edda" })).Mentioned.ShouldBe(["Ines Auer", "Omar"], ignoreOrder: true);
        (await test.Do(new ListMentions("Ines"))).ShouldBeEmpty();
        await test.Do(new LookAtClaim("1.1") { As = "Omar" });
        (await test.Do(new ListMentions("Omar"))).Single().Seen.ShouldBeTrue();
    }

    [Fact]
    public async Task ChangeUser_WhoMayNotDoItAnyMore_ReleasesTheirTasks()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check(TestDesk.Standard);
        var task = (await test.Claim("1.1")).Open.Single().Task;
        await test.Do(new TakeTask(task) { As = "Ines" });
        (await test.Do(new ChangeUser("Ines", [Roles.Reporter]) { As = "Ada" })).Released.ShouldBe(1);
        (await test.Claim("1.1")).Open.Single().Assignee.ShouldBeNull();
        await test.Refused(new ChangeUser("Ada", [Roles.Editor]) { As = "Ada" }, "last_administrator");
    }

    [Fact]
    public async Task Invitation_UsedTwiceOrTooLate_IsRefused()
    {
        await using var test = await TestDesk.WithUsers();
        var first = await test.Do(new InviteUser("Ines") { As = "Ada" });
        await test.Refused(new SetPassword(first.Token, null, "short"), "invalid_request");
        var session = await test.Do(new SetPassword(first.Token, null, "a quiet harbour"));
        (await test.Do(new FindSession(session.Token))).Name.ShouldBe("Ines");
        await test.Refused(new SetPassword(first.Token, null, "another harbour"), "invitation_used");
        var late = await test.Do(new InviteUser("Omar") { As = "Ada" });
        test.Clock.Advance(TimeSpan.FromDays(4));
        await test.Refused(new SetPassword(late.Token, null, "a quiet harbour"), "invitation_used");
        await test.Refused(new FindSession(session.Token), "no_session");
    }

    [Fact]
    public async Task Doubts_OfAnUncheckedAnonymousClaim_SaySo()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check(TestDesk.Anonymous);
        (await test.Do(new ListDoubts("1.1"))).Select(d => d.Code).ShouldBe(["no-attribution-verdict", "no-evidence", "anonymous", "no-content-verdict", "source-unchecked"], ignoreOrder: true);
    }

    [Fact]
    public async Task Versions_Compared_ShowTheWordsThatDiffer()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check("Mayor Pia Lund said the town would close four wells.\n\nThe rest stays.\n");
        await test.Do(new ReviseArticle("1", "Mayor Pia Lund said the town would close five wells.\n\nThe rest stays.\n") { As = "Rolf" });
        var words = (await test.Do(new CompareVersions("1", 1, 2))).Paragraphs.First(p => p.Kind == "changed").Words;
        words.Where(w => w.Kind == "removed").Select(w => w.Text).ShouldBe(["four"]);
        words.Where(w => w.Kind == "added").Select(w => w.Text).ShouldBe(["five"]);
    }
}
