using Shouldly;
using Verify.Desk.Features.Audit;
using Verify.Desk.Features.Claims;
using Verify.Desk.Features.Evidence;
using Verify.Desk.Features.Intake;
using Verify.Desk.Features.Origins;
using Xunit;

namespace Verify.Desk.Tests;

public sealed class Origins
{
    private const string Cited = "\"Harbour masters are to give no reason in writing,\" the Courier cited Oda Brekke as saying according to a copy of the cable.";

    [Fact]
    public async Task ThreeReports_OfOneCable_AreOneOrigin_AndWhatWouldFallIsShown()
    {
        await using var test = await TestDesk.WithUsers();
        var claim = await test.Check(Cited) + ".1";
        (await test.Attach(claim, "Harbour masters are to give no reason in writing, according to a copy of the cable.", from: "Courier")).Origins.ShouldHaveSingleItem().Name.ShouldBe("cable");
        // What another piece reports is that piece.
        (await test.Attach(claim, "Harbour masters need give no reason in writing, the Courier reported.", from: "Gazette")).Origins.ShouldHaveSingleItem().To.ShouldBe("E1");
        (await test.Attach(claim, "Harbour masters are to give no reason in writing. So the text of the cable.", "primary-document")).Origins.ShouldHaveSingleItem().To.ShouldBe("S1");
        var before = await test.Do(new ListEvidence(claim));
        (before.Confirmed.For, before.IfProposalsHold.For).ShouldBe((0, 1));
        before.Unconfirmed.ShouldBe(["E1", "E2", "E3"]);
        foreach (var e in before.Unconfirmed) await test.Do(new SetOrigin(e, claim, null) { As = "Ines" });
        var after = await test.Do(new ListEvidence(claim));
        after.Confirmed.For.ShouldBe(1);
        var origin = after.Confirmed.Origins.ShouldHaveSingleItem();
        (origin.Name, origin.ForWithout).ShouldBe(("cable", 0));
        origin.OnlyGround.ShouldBe(["E1", "E2", "E3"]);
    }

    [Fact]
    public async Task WhatLeadsBackToTheArticle_IsCircular_WithTheWayShown()
    {
        await using var test = await TestDesk.WithUsers();
        var number = (await test.Do(new CheckArticle(TestDesk.Standard, Outlet: "The Eldmoor Post", Url: "https://post.example/wells") { As = "Rolf" })).Number;
        var claim = $"{number}.1";
        (await test.Attach(claim, "The town would close four wells, according to the Eldmoor Post.")).Origins.ShouldHaveSingleItem().To.ShouldBe($"{number}");
        (await test.Do(new AddEvidence(claim, "archived-page", "supports", Reference: "https://post.example/wells") { As = "Ines" })).Origins.ShouldHaveSingleItem().To.ShouldBe($"{number}");
        await test.Do(new SetOrigin("E1", claim, null) { As = "Ines" });
        var list = await test.Do(new ListEvidence(claim));
        list.Confirmed.For.ShouldBe(0);
        var circle = list.Confirmed.Circles.ShouldHaveSingleItem();
        circle.ToOwnArticle.ShouldBeTrue();
        circle.Path.ShouldBe(["E1 piece.txt", $"{number} article {number}"]);
    }

    [Fact]
    public async Task CorroboratedIndependently_IsRefusedUntilTwoOriginsAreConfirmed_OrAnEditorOverrides()
    {
        await using var test = await TestDesk.WithUsers();
        var claim = await test.Check(TestDesk.Anonymous) + ".1";
        await test.Complete(claim, "identify-source", "identity-known", "Edda");
        var task = (await test.Claim(claim)).Open.Single().Task;
        CompleteTask Corroborated() => new(task, "corroborated-independently", ContentVerdict: "true") { As = "Ines" };
        (await test.Refused(Corroborated(), "ground_missing")).Message.ShouldContain("2 independent origins");
        await test.Attach(claim, "Three people died, according to the hospital in Varnes.", origin: "Varnes Hospital");
        await test.Attach(claim, "Three people died, the Courier reported, citing the hospital.", origin: "Varnes Hospital", from: "Courier");
        (await test.Refused(Corroborated(), "ground_missing")).Message.ShouldContain("E1, E2 all lead to Varnes Hospital");
        await test.Attach(claim, "Police log: three dead", "data");
        (await test.Refused(Corroborated(), "ground_missing")).Message.ShouldContain("nobody has confirmed where E3 came from");
        await test.Do(new SetOrigin("E3", claim, "original") { As = "Ines" });
        (await test.Do(Corroborated())).Opened.ShouldHaveSingleItem().Step.ShouldBe("check-secondary-source");

        var other = await test.Check("Officials said the dam had held.") + ".1";
        await test.Complete(other, "identify-source", "identity-known", "Edda");
        task = (await test.Claim(other)).Open.Single().Task;
        await test.Refused(new OverrideGround(other, "I know it") { As = "Ines" }, "wrong_role");
        await test.Refused(new OverrideGround(other, "") { As = "Edda" }, "invalid_request");
        await test.Do(new OverrideGround(other, "The second source cannot be named even here") { As = "Edda" });
        await test.Do(Corroborated());
        (await test.Claim(other)).History.ShouldContain(h => h.What == "override" && h.Who == "Edda");
    }

    [Fact]
    public async Task Merge_ReopensOnlyWhatLosesAnOrigin()
    {
        await using var test = await TestDesk.WithUsers();
        var number = await test.Check($"{TestDesk.Standard} Mayor Pia Lund said the schools would stay open.");
        await test.Attach($"{number}.1", "One", origin: "Harbour Log");
        await test.Attach($"{number}.1", "Two", origin: "Port Diary");
        await test.Attach($"{number}.2", "Three", origin: "Port Diary");
        await test.Approve($"{number}.1");
        await test.Approve($"{number}.2");
        await test.Refused(new MergeSources("S1", "S9", "one book") { As = "Ines" }, "not_found");
        var merged = await test.Do(new MergeSources("S2", "S1", "One book under two names") { As = "Ines" });
        merged.Reopened.ShouldHaveSingleItem().Claim.ShouldBe($"{number}.1");
        (await test.Do(new ListEvidence($"{number}.2"))).Confirmed.Origins.ShouldHaveSingleItem().Origin.ShouldBe("S1");
        (await test.Do(new MergeSources("S2", "S1", "again") { As = "Ines" })).Reopened.ShouldBeEmpty();
        (await test.Do(new CheckAudit())).Sound.ShouldBeTrue();
    }

    [Fact]
    public async Task Retract_ReopensByEvidenceAndByChain()
    {
        await using var test = await TestDesk.WithUsers();
        var number = await test.Check("Mayor Pia Lund said the town would close four wells. The Eldmoor Ledger reported that the schools would stay open. Mayor Pia Lund said the bridge was safe.");
        await test.Attach($"{number}.1", "One", origin: "Eldmoor Ledger");
        await test.Attach($"{number}.3", "Two", origin: "Port Diary");
        foreach (var i in new[] { 1, 2, 3 }) await test.Approve($"{number}.{i}");
        var r = await test.Do(new RetractSource("Eldmoor Ledger", "It withdrew the series") { As = "Edda" });
        r.Reopened.Select(c => c.Claim).Order().ShouldBe([$"{number}.1", $"{number}.2"]);
        (await test.Do(new ListEvidence($"{number}.1"))).Confirmed.For.ShouldBe(0);
        await test.Refused(new RetractSource("S77", "x") { As = "Edda" }, "not_found");
        (await test.Do(new RetractSource("S1", "again") { As = "Edda" })).Reopened.ShouldBeEmpty();
    }

    [Fact]
    public async Task Correct_WhatWasProposed_ReopensWhereItWeakens()
    {
        await using var test = await TestDesk.WithUsers();
        var claim = await test.Check(TestDesk.Standard) + ".1";
        await test.Attach(claim, "One", origin: "Harbour Log");
        await test.Attach(claim, "Two", origin: "Port Diary");
        await test.Approve(claim);
        (await test.Do(new SetOrigin("S2", null, "S1") { As = "Ines" })).Reopened.ShouldHaveSingleItem(); // the diary was copied from the log
        (await test.Do(new ListEvidence(claim))).Confirmed.For.ShouldBe(1);
        var rejected = await test.Do(new RejectOrigin("E2", claim, "Port Diary") { As = "Ines" });
        rejected.Origins.ShouldBeEmpty();
        (await test.Do(new ListEvidence(claim))).Unconfirmed.ShouldBe(["E2"]);
        await test.Refused(new SetOrigin("E2", claim, null) { As = "Ines" }, "no_proposal");
        await test.Refused(new SetOrigin("E2", null, "S1") { As = "Ines" }, "invalid_request");
        await test.Refused(new SetOrigin("E2", claim, "E2") { As = "Ines" }, "invalid_request");
        await test.Refused(new SetOrigin("E2", claim, "E99") { As = "Ines" }, "not_found");
        await test.Refused(new RejectOrigin("E1", claim, "Nobody") { As = "Ines" }, "not_found");
    }

    [Fact]
    public async Task Loops_OfEvidence_CountForNothing()
    {
        await using var test = await TestDesk.WithUsers();
        var claim = await test.Check(TestDesk.Standard) + ".1";
        await test.Attach(claim, "One");
        await test.Attach(claim, "Two");
        await test.Do(new SetOrigin("E1", claim, "E2") { As = "Ines" });
        await test.Do(new SetOrigin("E2", claim, "E1") { As = "Ines" });
        var list = await test.Do(new ListEvidence(claim));
        list.Confirmed.For.ShouldBe(0);
        list.Confirmed.Circles.Count.ShouldBe(2);
        list.Confirmed.Groundless.ShouldBe(["E1", "E2"]);
    }

    [Fact]
    public async Task Set_Replaces_AlsoAdds_AndOnePieceIsOneVoice()
    {
        await using var test = await TestDesk.WithUsers();
        var claim = await test.Check(TestDesk.Standard) + ".1";
        await test.Attach(claim, "One", origin: "Harbour Log");
        (await test.Do(new SetOrigin("E1", claim, "Port Diary") { As = "Ines" })).Origins.ShouldHaveSingleItem().Name.ShouldBe("Port Diary");
        (await test.Do(new SetOrigin("E1", claim, "Harbour Log", Also: true) { As = "Ines" })).Origins.Count.ShouldBe(2);
        (await test.Do(new ListEvidence(claim))).Confirmed.For.ShouldBe(1);
        (await test.Do(new SetOrigin("E1", claim, "original") { As = "Ines" })).Origins.ShouldHaveSingleItem().To.ShouldBe("original");
        foreach (var slip in new[] { "S-1", "S", "S1.1", "S99999999999999999999", "E 7" }) await test.Refused(new SetOrigin("E1", claim, slip) { As = "Ines" }, "not_found");
        await test.Refused(new SetOrigin("original", claim, "X") { As = "Ines" }, "invalid_request");
        await test.Refused(new SetOrigin("S1", claim, "Port Diary") { As = "Ines" }, "invalid_request");
        await test.Refused(new SetOrigin("E1", claim, "Port Diary") { As = "Rolf" }, "wrong_role");
    }

    [Fact]
    public async Task WhatNobodyHasTraced_IsNoOriginOfAnotherPiece()
    {
        await using var test = await TestDesk.WithUsers();
        var claim = await test.Check(TestDesk.Standard) + ".1";
        await test.Attach(claim, "One", origin: "Harbour Log");
        await test.Attach(claim, "Two");
        await test.Attach(claim, "Three", origin: "E2");
        (await test.Do(new ListEvidence(claim))).Confirmed.For.ShouldBe(1);
    }

    [Fact]
    public async Task Merge_KeepsWhatWasSaidOfEither_AndMakesNobodyHisOwnSource()
    {
        await using var test = await TestDesk.WithUsers();
        var claim = await test.Check(TestDesk.Standard) + ".1";
        await test.Attach(claim, "One", origin: "Harbour Log");
        await test.Attach(claim, "Two", origin: "Port Diary");
        await test.Attach(claim, "Three", origin: "Coast Register");
        await test.Do(new SetOrigin("S1", null, "S2") { As = "Ines" });
        (await test.Do(new ListEvidence(claim))).Confirmed.For.ShouldBe(2);
        await test.Do(new MergeSources("S1", "S3", "One book") { As = "Ines" });
        (await test.Do(new ListEvidence(claim))).Confirmed.For.ShouldBe(1); // the register, too, now comes from the diary
        await test.Do(new MergeSources("S2", "S3", "All one") { As = "Ines" });
        var list = await test.Do(new ListEvidence(claim));
        (list.Confirmed.For, list.Confirmed.Circles.Count).ShouldBe((1, 0));
        await test.Do(new SetOrigin("E3", claim, "Tide Table") { As = "Ines" });
        await test.Do(new RetractSource("Tide Table", "Withdrawn") { As = "Edda" });
        await test.Refused(new MergeSources("S4", "S3", "One") { As = "Ines" }, "source_retracted");
        await test.Refused(new MergeSources("S3", "S3", "One") { As = "Ines" }, "invalid_request");
    }

    [Fact]
    public async Task Retract_ByAnyOfItsNames_AndANameThatNobodyKnowsIsRefused()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check("The Courier reported that the town would close four wells.");
        await test.Check("U.S. officials said the dam was safe.");
        await test.Approve("1.1");
        await test.Refused(new RetractSource("The Corier", "a slip") { As = "Edda" }, "not_found");
        await test.Refused(new RetractSource("U.S. officials", "whose?") { As = "Edda" }, "not_found");
        test.Scalar<long>("SELECT count(*) FROM sources").ShouldBe(0);
        (await test.Do(new RetractSource("the courier", "It withdrew the story") { As = "Edda" })).Reopened.ShouldHaveSingleItem().Claim.ShouldBe("1.1");
    }

    [Fact]
    public async Task Approve_ByWhoTracedOverrodeOrChangedTheWords_IsRefused()
    {
        await using var test = await TestDesk.WithUsers();
        var claim = await test.Check(TestDesk.Standard) + ".1";
        await test.Attach(claim, "One");
        await test.Do(new SetOrigin("E1", claim, "original") { As = "Edda" });
        await test.Do(new OverrideGround(claim, "for the record") { As = "Emil" });
        await test.Complete(claim, "corroborate", "corroborated", "Ines", "true");
        await test.Complete(claim, "check-secondary-source", "confirmed", "Ines", "accurate");
        var task = (await test.Claim(claim)).Open.Single().Task;
        (await test.Refused(new CompleteTask(task, "approve") { As = "Edda" }, "four_eyes")).Message.ShouldContain("traced");
        (await test.Refused(new CompleteTask(task, "approve") { As = "Emil" }, "four_eyes")).Message.ShouldContain("without its ground");
        foreach (var who in new[] { "Edda", "Emil" })
            Should.Throw<Microsoft.Data.Sqlite.SqliteException>(() => test.Sql($"INSERT INTO decisions (claim_id, token, user_id, kind, outcome, round, decided_at) SELECT t.claim_id, t.token, u.id, 'approval', 'approve', 1, 0 FROM tasks t, users u WHERE t.status = 'open' AND u.name = '{who}'")).Message.ShouldContain("four_eyes");
        (await test.Do(new CompleteTask(task, "approve") { As = "Sten" })).Status.ShouldBe("approved");
    }

    [Fact]
    public async Task Retract_BehindAMergedSource_IsNoticed()
    {
        await using var test = await TestDesk.WithUsers();
        var claim = await test.Check(TestDesk.Standard) + ".1";
        await test.Check("Jens Aune said it rained.");
        await test.Attach(claim, "One", origin: "Bob Beta");
        await test.Attach("2.1", "Two", origin: "Ann Alpha");
        await test.Attach("2.1", "Three", origin: "Cid Gamma");
        await test.Do(new SetOrigin("S2", null, "S3") { As = "Ines" });
        await test.Do(new MergeSources("S2", "S1", "One person") { As = "Omar" });
        await test.Approve(claim);
        (await test.Do(new RetractSource("S3", "Lied") { As = "Ines" })).Reopened.ShouldHaveSingleItem().Claim.ShouldBe(claim);
        await test.Do(new SetOrigin("S1", null, "original") { As = "Ines" }); // corrects what was said under the merged name
        (await test.Do(new ListEvidence(claim))).Confirmed.For.ShouldBe(1);
    }

    [Fact]
    public async Task AClaimThatEvidenceCameFrom_IsNoClaim_AndWhatRestedOnItFalls()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check("Jens Aune said it rained. Jens Aune said the road was wet.");
        await test.Check(TestDesk.Standard);
        await test.Attach("2.1", "Rain", origin: "1.1");
        await test.Approve("2.1");
        await test.Complete("1.1", "corroborate", "not-a-claim", "Ines");
        (await test.Claim("2.1")).Status.ShouldBe("in-review");
        await test.Do(new SetOrigin("E1", "2.1", "1.2") { As = "Ines" });
        await test.Approve("2.1");
        (await test.Do(new Features.Mending.DismissClaim("1.2", "A proverb") { As = "Ines" })).Elsewhere.ShouldHaveSingleItem().Claim.ShouldBe("2.1");
    }

    [Fact]
    public async Task AFalseVerdict_FallsWithWhatSpeaksAgainstTheClaim()
    {
        await using var test = await TestDesk.WithUsers();
        var claim = await test.Check(TestDesk.Standard) + ".1";
        await test.Attach(claim, "One", stance: "refutes", origin: "Harbour Log");
        await test.Attach(claim, "Two", stance: "refutes", origin: "Port Diary");
        await test.Complete(claim, "corroborate", "not-corroborated", "Ines", "false");
        await test.Complete(claim, "check-secondary-source", "confirmed", "Ines", "accurate");
        await test.Complete(claim, "approve", "approve", "Edda");
        (await test.Do(new MergeSources("S1", "S2", "One book") { As = "Omar" })).Reopened.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task TheWriter_DoesNotDecideOnEvidence_WhateverRolesTheyHave()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Do(new CheckArticle(TestDesk.Standard, Writer: "Both") { As = "Rolf" });
        await test.Attach("1.1", "One", origin: "Harbour Log");
        await test.Refused(new SetOrigin("E1", "1.1", "original") { As = "Both" }, "four_eyes");
        await test.Refused(new SetOrigin("1.1", null, "Hans Holm") { As = "Both" }, "four_eyes");
        await test.Refused(new SetOrigin("1", null, "Hans Holm") { As = "Both" }, "four_eyes");
        await test.Refused(new RejectOrigin("E1", "1.1", "Harbour Log") { As = "Both" }, "four_eyes");
        await test.Refused(new DetachEvidence("E1", "1.1", "x") { As = "Both" }, "four_eyes");
        await test.Refused(new WithdrawEvidence("E1", "x") { As = "Both" }, "four_eyes");
        await test.Refused(new Features.SecondarySource.CheckLink("1.1", 1, "seen", "x") { As = "Both" }, "four_eyes");
        await test.Refused(new OverrideGround("1.1", "x") { As = "Both" }, "four_eyes");
        await test.Refused(new AddEvidence("1.1", "data", "supports", Reference: "p. 3", Origin: "original") { As = "Both" }, "four_eyes");
        await test.Do(new AddEvidence("1.1", "data", "supports", Reference: "p. 3") { As = "Both" });
    }

    /// <summary>The case that the desk was built around; its text is not part of the project.</summary>
    [Fact]
    public async Task TheCableOfTheSeed_LooksLikeThreeSourcesAndIsOne()
    {
        var seed = Path.Combine(Environment.GetEnvironmentVariable("VERIFY_SHARED") ?? Path.Combine(TestDesk.Root, "..", "shared"), "gold", "seed", "cable.txt");
        Assert.SkipUnless(File.Exists(seed), "the seed article is not here; set VERIFY_SHARED to the folder that holds gold/seed");
        await using var test = await TestDesk.WithUsers();
        var number = (await test.Do(new CheckArticle(await File.ReadAllTextAsync(seed)) { As = "Rolf" })).Number;
        var article = await test.Article($"{number}");
        var claim = article.Claims.Single(c => c.Chain.Select(l => l.Resolved).SequenceEqual(["CNN", "Mike Pompeo", "cable"])).Claim;
        await test.Attach(claim, "Exiled opposition groups try to engage officials to gain the appearance of tacit support, Secretary of State Mike Pompeo said according to a copy of the cable.", from: "CNN");
        await test.Attach(claim, "Exiled Iranian opposition groups try to engage U.S. officials regularly to gain tacit support, according to the cable.", from: "Bloomberg");
        await test.Attach(claim, "Thread. Bloomberg reported that exiled groups try to engage U.S. officials regularly to gain the appearance of tacit support.", "post", from: "Nicholas Wadhams");
        foreach (var e in new[] { "E1", "E2", "E3" }) await test.Do(new SetOrigin(e, claim, null) { As = "Ines" });
        var list = await test.Do(new ListEvidence(claim));
        list.Confirmed.For.ShouldBe(1);
        list.Confirmed.Origins.ShouldHaveSingleItem().For.ShouldBe(["E1", "E2", "E3"]);
        list.Confirmed.Origins[0].Name.ShouldBe("cable");
    }
}
