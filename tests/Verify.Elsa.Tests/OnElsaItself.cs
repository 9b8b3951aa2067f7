#if WITH_ELSA
using Shouldly;
using Verify.Desk.Features.Audit;
using Verify.Desk.Features.Claims;
using Verify.Desk.Features.Intake;
using Verify.Desk.Features.Upkeep;
using Verify.Desk.Runtimes;
using Verify.Elsa;
using Verify.Workflow.Conformance;
using Verify.Workflow.Definitions;
using Verify.Workflow.Expressions;
using Verify.Workflow.Runtime;
#endif
using Xunit;

namespace Verify.Desk.Tests;

/// <summary>What is true of Elsa's runtime itself: the recorded runs, the shipped definitions beside the embedded runtime, and its file.</summary>
public sealed class OnElsaItself
{
#if WITH_ELSA
    private static string? Traces
    {
        get
        {
            var folder = Path.Combine(Environment.GetEnvironmentVariable("VERIFY_SHARED") ?? Path.Combine(TestDesk.Root, "..", "shared"), "elsa", "traces");
            return Directory.Exists(folder) ? folder : null;
        }
    }

    [Fact]
    public async Task EveryRecordedRun_AnswersAsItWasRecorded()
    {
        Assert.SkipWhen(Traces is null, "the recorded Elsa runs are not on this machine (set VERIFY_SHARED to their folder)");
        var folder = Directory.CreateTempSubdirectory("verify-elsa-");
        var traces = Directory.GetFiles(Traces!, "*.trace.json").Order(StringComparer.Ordinal).Select(f => (File: Path.GetFileName(f), Trace: Trace.Read(File.ReadAllText(f)))).ToList();
        var texts = traces.Select(t => t.Trace.Definition).Distinct().ToDictionary(d => d, d => File.ReadAllText(Path.Combine(Traces!, d)));
        await using (var elsa = await ElsaRuntime.Open(Path.Combine(folder.FullName, "elsa.db"), texts.Values, TimeProvider.System))
            foreach (var (file, trace) in traces)
            {
                using var definition = System.Text.Json.JsonDocument.Parse(texts[trace.Definition]);
                (await TraceRun.FirstDifference(elsa, file, definition.RootElement.GetProperty("definitionId").GetString()!, definition.RootElement.GetProperty("version").GetInt32(), trace)).ShouldBeNull(file);
            }
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task EveryShippedDefinition_RunsOnElsaAsOnTheEmbeddedRuntime()
    {
        var texts = Directory.GetFiles(Path.Combine(TestDesk.Root, "workflows"), "*.json").Where(f => Path.GetFileName(f) != "routing.json").Select(File.ReadAllText).ToList();
        var definitions = texts.Select(t => DefinitionReader.Read(t).Definition!).ToList();
        var folder = Directory.CreateTempSubdirectory("verify-elsa-");
        var random = new Random(20261125);
        await using var embedded = new EmbeddedRuntime(definitions, TimeProvider.System);
        await using (var elsa = await ElsaRuntime.Open(Path.Combine(folder.FullName, "elsa.db"), texts, TimeProvider.System))
            foreach (var d in definitions)
                for (var run = 0; run < 8; run++)
                {
                    var (id, input) = ($"{d.Id}-{run}", new FlowObject([new("ClaimId", "c1")]));
                    var (there, here) = (await elsa.Start(id, d.Id, d.Version, input), await embedded.Start(id, d.Id, d.Version, input));
                    for (var i = 0; ; i++)
                    {
                        TraceState.Of(there).DifferenceFrom(TraceState.Of(here)).ShouldBeNull($"{id}, step {i}");
                        there.Open.Select(Said).ShouldBe(here.Open.Select(Said), ignoreOrder: true);
                        if (here.Status != FlowStatus.Running || i == 25) break;
                        var wait = here.Open[random.Next(here.Open.Count)];
                        var outcomes = wait.IsTimer ? [] : TaskOutcomes.Of(d, (RunTask)d.Find(wait.Activity)!);
                        var result = wait.IsTimer ? null : new FlowObject([new("outcome", outcomes[random.Next(outcomes.Count)]), new("by", "Ines")]);
                        there = await elsa.Resume(id, there.Open.Single(o => o.Activity == wait.Activity).Id, result);
                        here = await embedded.Resume(id, wait.Id, result);
                    }
                }
        folder.Delete(recursive: true);

        static string Said(InstanceWait w) => $"{w.Activity} {w.Step} {FlowValue.ToJson(w.Payload)}";
    }

    [Fact]
    public async Task Open_WhileAnotherHasTheFile_IsRefusedAndNothingIsRun()
    {
        var folder = Directory.CreateTempSubdirectory("verify-elsa-");
        var file = Path.Combine(folder.FullName, "elsa.db");
        await using (await ElsaRuntime.Open(file, [], TimeProvider.System))
            (await Should.ThrowAsync<IOException>(() => ElsaRuntime.Open(file, [], TimeProvider.System))).Message.ShouldStartWith("another process runs Elsa");
        await using (await ElsaRuntime.Open(file, [], TimeProvider.System)) { }
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Open_AfterAProcessWasKilledWhileItMadeTheTables_MakesThemAnew()
    {
        var folder = Directory.CreateTempSubdirectory("verify-elsa-");
        var file = Path.Combine(folder.FullName, "elsa.db");
        await File.WriteAllTextAsync(file + ".new", "half of a file");
        await File.WriteAllTextAsync(file + ".new-wal", "and its log");
        await using (var elsa = await ElsaRuntime.Open(file, [], TimeProvider.System)) (await elsa.Read("none")).ShouldBeNull();
        Directory.GetFiles(folder.FullName).Select(Path.GetFileName).ShouldAllBe(f => !f!.Contains(".new"));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Resume_TheSameTwice_IsDoneOnce_AndACancelledInstanceIsGone()
    {
        var folder = Directory.CreateTempSubdirectory("verify-elsa-");
        var text = File.ReadAllText(Path.Combine(TestDesk.Root, "workflows", "standard.json"));
        await using (var elsa = await ElsaRuntime.Open(Path.Combine(folder.FullName, "elsa.db"), [text], TimeProvider.System))
        {
            var input = new FlowObject([new("ClaimId", "c1")]);
            var first = (await elsa.Start("i", "standard", 1, input)).Open.Single(o => !o.IsTimer);
            (await elsa.Start("i", "standard", 1, input)).Open.Single(o => !o.IsTimer).Id.ShouldBe(first.Id);
            var result = new FlowObject([new("outcome", "corroborated")]);
            // Both at once, as after a crash of whoever delivered it: Elsa alone would open the next task twice.
            var both = await Task.WhenAll(Task.Run(() => elsa.Resume("i", first.Id, result)), Task.Run(() => elsa.Resume("i", first.Id, result)));
            (await elsa.Resume("i", first.Id, result)).Open.Count(o => o.Step == "check-secondary-source").ShouldBe(1);
            both.ShouldAllBe(v => v.Open.Count(o => o.Step == "check-secondary-source") <= 1);
            await elsa.Cancel("i");
            (await elsa.Read("i")).ShouldBeNull();
            await elsa.Cancel("i");
        }
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task BackUp_CopiesBothFiles_AndTheCopyGoesOnByItself()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check(TestDesk.Standard);
        await test.Complete("1.1", "corroborate", "corroborated", "Ines", "true");
        var target = Path.Combine(test.Folder, "copy.db");
        await test.Do(new BackUp(target));
        await test.Complete("1.1", "check-secondary-source", "differs", "Ines", "misattributed");
        await using var copy = VerifyDesk.Open(TestRuntime.On(new DeskOptions(target, test.Workflows)), test.Clock).Value;
        (await copy.Send(new Examine())).Value.ShouldAllBe(f => f.Ok);
        var task = (await copy.Send(new ShowClaim("1.1"))).Value.Open.ShouldHaveSingleItem();
        task.Step.ShouldBe("check-secondary-source");
        (await copy.Send(new CompleteTask(task.Task, "confirmed", AttributionVerdict: "accurate") { As = "Ines" })).Value.Opened.ShouldHaveSingleItem().Step.ShouldBe("approve");
    }

    [Fact]
    public async Task Decide_WhileElsaCannotBeTold_IsKept_RefusesTheNextStep_AndIsToldLater()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check(TestDesk.Standard);
        await test.Close();
        var held = new FileStream(OutsideRuntimes.FileBeside(test.Path, TestRuntime.Name) + ".lock", FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var task = (await test.Claim("1.1")).Open.Single().Task;
        (await test.Do(new CompleteTask(task, "corroborated", ContentVerdict: "true") { As = "Ines" })).Opened.ShouldBeEmpty();
        (await test.Refused(new CompleteTask(task, "corroborated", ContentVerdict: "true") { As = "Ines" }, "task_closed")).ShouldNotBeNull();
        (await test.Desk.CatchUp()).ShouldNotBeNull().Code.ShouldBe("runtime_failed");
        await held.DisposeAsync();
        (await test.Desk.CatchUp()).ShouldBeNull();
        (await test.Claim("1.1")).Open.ShouldHaveSingleItem().Step.ShouldBe("check-secondary-source");
        (await test.Do(new CheckAudit())).Sound.ShouldBeTrue();
    }

    [Fact]
    public async Task AnItem_OfARuntimeThatIsNotBuiltIn_WaitsForIt_AndOneOfTheOtherRuntimeGoesOn()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Check(TestDesk.Standard);
        await test.Close();
        await using (var without = VerifyDesk.Open(new DeskOptions(test.Path, test.Workflows), test.Clock).Value)
        {
            await without.Send(new CheckArticle(TestDesk.Anonymous) { As = "Rolf" });
            var task = (await without.Send(new ShowClaim("1.1"))).Value.Open.Single().Task;
            (await without.Send(new CompleteTask(task, "corroborated", ContentVerdict: "true") { As = "Ines" })).Value.Opened.ShouldBeEmpty();
            (await without.CatchUp()).ShouldNotBeNull().Code.ShouldBe("runtime_not_built_in");
            (await without.Send(new Examine())).Value.ShouldContain(f => f.Subject == "elsewhere" && f.Text.Contains("yet to be delivered"));
        }
        // With Elsa again: the decision is told, and the item that began on the embedded runtime stays on it.
        (await test.Desk.CatchUp()).ShouldBeNull();
        (await test.Claim("1.1")).Open.ShouldHaveSingleItem().Step.ShouldBe("check-secondary-source");
        (await test.Complete("2.1", "identify-source", "identity-known", "Edda")).Opened.ShouldNotBeEmpty();
        test.Scalar<long>("SELECT count(*) FROM claims WHERE state LIKE '{\"Runtime\":%'").ShouldBe(1);
    }
#else
    [Fact]
    public void EveryRecordedRun_AnswersAsItWasRecorded() => Assert.Skip(ElsaNotBuiltIn.Why);
#endif
}
