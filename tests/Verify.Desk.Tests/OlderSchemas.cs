using Shouldly;
using Verify.Desk.Features.Audit;
using Verify.Desk.Features.Evidence;
using Verify.Desk.Features.Matching;
using Verify.Desk.Features.Queue;
using Verify.Desk.Features.Upkeep;
using Xunit;

namespace Verify.Desk.Tests;

/// <summary>Databases that earlier programs wrote (Schemas/), opened by this one.</summary>
public sealed class OlderSchemas
{
    [Fact]
    public async Task Schema2_IsUpgraded_KeepsItsHistory_AndItsClaimsAreFound()
    {
        await using var test = new TestDesk();
        File.Copy(Path.Combine(TestDesk.Root, "tests", "Verify.Desk.Tests", "Schemas", "schema-2.db"), test.Path);
        (await test.Do(new CheckAudit())).Sound.ShouldBeTrue();
        (await test.Do(new Examine())).Where(f => f.Subject is "schema" or "rules" or "integrity" or "references").ShouldAllBe(f => f.Ok);
        (await test.Do(new SearchDesk("harbour logs"))).Hits.ShouldHaveSingleItem().Reference.ShouldBe("1.1");
        (await test.Do(new SearchDesk("engineer"))).Hits.ShouldHaveSingleItem().Kind.ShouldBe("comment");
        test.Scalar<long>("SELECT count(*) FROM unkeyed").ShouldBe(0);
        await test.Check("Pia Lund said that the town will close four wells.");
        (await test.Do(new FindSimilar("3.1"))).Earlier.ShouldHaveSingleItem().Claim.ShouldBe("1.1");
        // An item stays on the version it began with, which asked for no document.
        (await test.Claim("2.1")).Definition.ShouldBe("leaked-document v1");
        await test.Complete("2.1", "authenticate-document", "authentic", "Omar");
        // And what was approved falls like any other.
        await test.Attach("1.1", "Nobody closes a well", stance: "refutes");
        (await test.Claim("1.1")).Status.ShouldBe("in-review");
        (await test.Do(new CheckAudit())).Sound.ShouldBeTrue();
    }

    // A file at schema 3 was never anybody's: the program that brought it brought the fourth too.
    [Theory, InlineData("schema-4.db"), InlineData("schema-5.db")]
    public async Task WhatWasApproved_StaysSo_AndFallsWhenItsGroundDoes(string schema)
    {
        await using var test = new TestDesk();
        File.Copy(Path.Combine(TestDesk.Root, "tests", "Verify.Desk.Tests", "Schemas", schema), test.Path);
        var entries = (await test.Do(new CheckAudit())).Entries;
        (await test.Claim("1.1")).Status.ShouldBe("approved");
        (await test.Do(new SearchDesk("memo"))).Hits.ShouldContain(h => h.Kind == "comment");
        (await test.Do(new FindSimilar("2.1"))).Earlier.ShouldBeEmpty();
        (await test.Do(new WithdrawEvidence("E1", "the wrong register") { As = "Ines" })).Reopened.ShouldHaveSingleItem().Claim.ShouldBe("1.1");
        (await test.Claim("1.1")).Status.ShouldBe("in-review");
        await test.Attach("2.1", "The sum is wrong, says the memo.", "primary-document", user: "Omar");
        await test.Complete("2.1", "authenticate-document", "authentic", "Omar");
        (await test.Do(new CheckAudit())).ShouldSatisfyAllConditions(r => r.Sound.ShouldBeTrue(r.Problem), r => r.Entries.ShouldBeGreaterThan(entries));
        (await test.Do(new Examine())).Where(f => f.Subject is "schema" or "rules" or "integrity" or "references").ShouldAllBe(f => f.Ok);
    }

    [Fact]
    public async Task Schema6_IsUpgraded_ItsHistoryBecomesATree_AndGoesOn()
    {
        await using var test = new TestDesk();
        File.Copy(Path.Combine(TestDesk.Root, "tests", "Verify.Desk.Tests", "Schemas", "schema-6.db"), test.Path);
        var entries = (await test.Do(new CheckAudit())).Entries;
        (await test.Do(new SignHead())).Size.ShouldBe(entries);
        await test.Complete("1.1", "check-secondary-source", "confirmed", "Ines", "accurate");
        await test.Do(new DetachEvidence("E1", "1.1", "not about these wells") { As = "Ines" });
        (await test.Do(new CheckAudit())).ShouldSatisfyAllConditions(r => r.Sound.ShouldBeTrue(r.Problem), r => r.Entries.ShouldBeGreaterThan(entries));
        (await test.Do(new Examine())).Where(f => f.Subject is "schema" or "rules" or "integrity" or "references").ShouldAllBe(f => f.Ok);
    }

    [Fact]
    public async Task Schema7_IsUpgraded_AndItsQueueIsAsItWas()
    {
        await using var test = new TestDesk();
        File.Copy(Path.Combine(TestDesk.Root, "tests", "Verify.Desk.Tests", "Schemas", "schema-7.db"), test.Path);
        (await test.Do(new ListTasks())).Tasks.Select(t => (t.Task, t.Assignee)).ShouldBe([("1.1-8", null), ("1.2-3", null), ("2.1-3", "Edda"), ("3.1-5", "Ines"), ("3.1-6", null)]);
        (await test.Do(new ListTasks(Step: "approve"))).Tasks.ShouldHaveSingleItem().Role.ShouldBe("editor");
        (await test.Do(new NextTask("Omar"))).Task.ShouldBe("1.2-3");
        await test.Complete("1.1", "approve", "approve", "Edda");
        (await test.Do(new ListTasks(Step: "approve"))).Tasks.ShouldBeEmpty();
        (await test.Do(new CheckAudit())).Sound.ShouldBeTrue();
        (await test.Do(new Examine())).Where(f => f.Subject is "schema" or "rules" or "integrity" or "references").ShouldAllBe(f => f.Ok);
    }

    [Fact]
    public async Task Schema2_KilledBetweenTheUpgradeAndTheKeys_GetsThemAtTheNextOpening()
    {
        await using var test = new TestDesk();
        File.Copy(Path.Combine(TestDesk.Root, "tests", "Verify.Desk.Tests", "Schemas", "schema-2.db"), test.Path);
        await test.Do(new CheckAudit());
        await test.Close();
        test.Sql("INSERT INTO claim_keys (claim_keys) VALUES ('delete-all'); INSERT INTO unkeyed SELECT id FROM search_entries WHERE kind = 'claim';");
        await test.Check("Pia Lund said that the town will close four wells.");
        (await test.Do(new FindSimilar("3.1"))).Earlier.ShouldHaveSingleItem().Claim.ShouldBe("1.1");
    }

    // What a process leaves that is killed in the middle of an upgrade is some beginning of its log.
    [Theory, InlineData("schema-2.db"), InlineData("schema-4.db"), InlineData("schema-5.db"), InlineData("schema-6.db"), InlineData("schema-7.db")]
    public async Task Upgrade_CutShortAnywhere_GoesOnAtTheNextOpening(string schema)
    {
        await using var test = new TestDesk();
        var old = await File.ReadAllBytesAsync(Path.Combine(TestDesk.Root, "tests", "Verify.Desk.Tests", "Schemas", schema));
        await File.WriteAllBytesAsync(test.Path, old);
        byte[] log;
        using (var reader = test.Connect())
        {
            Dapper.SqlMapper.Execute(reader, "PRAGMA journal_mode=WAL");
            Dapper.SqlMapper.ExecuteScalar<long>(reader, "SELECT count(*) FROM claims");
            old = await TestDesk.ReadShared(test.Path);
            (await test.Do(new CheckAudit())).Sound.ShouldBeTrue();
            (await TestDesk.ReadShared(test.Path)).ShouldBe(old, "the log holds all of the upgrade");
            log = await TestDesk.ReadShared(test.Path + "-wal");
        }
        var entries = (await test.Do(new CheckAudit())).Entries;
        const int Header = 32, Frame = 4096 + 24;
        var frames = (log.Length - Header) / Frame;
        frames.ShouldBeGreaterThan(3);
        // Each in the long run (VERIFY_CRASH_ROUNDS), some forty else.
        for (var n = 0; n <= frames; n += Environment.GetEnvironmentVariable("VERIFY_CRASH_ROUNDS") is null ? Math.Max(1, frames / 40) : 1)
        {
            await using var cut = new TestDesk();
            await File.WriteAllBytesAsync(cut.Path, old);
            await File.WriteAllBytesAsync(cut.Path + "-wal", log[..(Header + n * Frame)]);
            (await cut.Do(new CheckAudit())).ShouldSatisfyAllConditions(r => r.Sound.ShouldBeTrue($"cut after {n} of {frames}: {r.Problem}"), r => r.Entries.ShouldBe(entries));
            (await cut.Do(new Examine())).Where(f => f.Subject is "schema" or "rules" or "integrity" or "references").ShouldAllBe(f => f.Ok);
            cut.Scalar<long>("SELECT count(*) FROM unkeyed").ShouldBe(0);
            await cut.Do(new Features.Claims.CommentOnClaim("1.1", "and goes on") { As = "Ines" });
        }
    }
}
