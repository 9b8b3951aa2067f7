using CsCheck;
using Shouldly;
using Verify.Workflow.Definitions;
using Verify.Workflow.Expressions;
using Verify.Workflow.Runtime;
using Xunit;

namespace Verify.Workflow.Tests;

/// <summary>Every file in workflows/ is read, checked and run along every way that its outcomes open.</summary>
public sealed class ShippedDefinitions
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(Path.Combine(Given.Root, "workflows"), "*.json").Select(f => Path.GetFileName(f)!).Where(f => f != "routing.json").Order()];

    private static Definition Read(string file) => Given.Definition(File.ReadAllText(Path.Combine(Given.Root, "workflows", file)));

    [Theory, MemberData(nameof(Files))]
    public void Check_AShippedDefinition_HasNoProblem(string file) => DefinitionChecks.Check(Read(file)).ShouldBeEmpty();

    [Theory, MemberData(nameof(Files))]
    public void EveryTask_OfAShippedDefinition_RoutesOutcomesAndSaysWhoseItIs(string file)
    {
        var d = Read(file);
        foreach (var task in d.Activities.OfType<RunTask>())
        {
            TaskOutcomes.Of(d, task).Count.ShouldBeGreaterThan(1, task.Id);
            var payload = task.Payload.ShouldNotBeNull().All().OfType<ObjectLiteral>().First();
            payload.Properties.Select(p => p.Key).ShouldContain("role", task.Id);
            payload.Properties.Select(p => p.Key).ShouldContain("kind", task.Id);
        }
    }

    [Theory, MemberData(nameof(Files))]
    public void Run_AnyOutcomesInAnyOrder_EndsWithADispositionAndLosesNothing(string file)
    {
        var d = Read(file);
        var met = new HashSet<string>();
        Gen.Int[0, int.MaxValue].Array[120].Sample(choices =>
        {
            var s = FlowRuntime.Start(d, new([new("ClaimId", "c1")])).State;
            var next = 0;
            while (s.Status == FlowStatus.Running && next + 1 < choices.Length)
            {
                Given.Open(d, s).ShouldBeUnique();
                s.Open.Count(o => !o.IsTimer).ShouldBeGreaterThan(0); // a person always has something to do
                var waiting = s.Open[choices[next++] % s.Open.Count];
                if (waiting.IsTimer) { s = FlowRuntime.Resume(d, s, waiting.Token, null).State; s.Variable(d, "escalated").ShouldBe(true); continue; }
                var outcomes = TaskOutcomes.Of(d, (RunTask)d.Activities[waiting.Activity]);
                var outcome = outcomes[choices[next++] % outcomes.Count];
                lock (met) met.Add($"{d.Activities[waiting.Activity].Id}.{outcome}");
                s = FlowRuntime.Resume(d, s, waiting.Token, Given.Outcome(outcome)).State;
            }
            s.Incidents.ShouldBeEmpty();
            if (s.Status == FlowStatus.Running) return;
            s.Status.ShouldBe(FlowStatus.Finished);
            s.Open.ShouldBeEmpty();
            s.Variable(d, "disposition").ShouldBeOneOf("approved", "rejected", "dismissed");
        }, iter: 1000);
        met.Count.ShouldBe(d.Activities.OfType<RunTask>().Sum(t => TaskOutcomes.Of(d, t).Count)); // every outcome was taken
    }

    [Fact]
    public void LeakedDocument_SentBackByTheSecondApprover_NeedsEverythingAgain()
    {
        var d = Read("leaked-document.json");
        var s = FlowRuntime.Start(d, FlowObject.Empty).State;
        for (var round = 0; round < 3; round++)
        {
            Given.Open(d, s).ShouldBe(["authenticate", "corroborate", "deadline"]);
            s = Given.Complete(d, s, "corroborate", "corroborated").State;
            s = Given.Complete(d, s, "authenticate", "authentic").State;
            Given.Open(d, s).ShouldBe(["check-source", "deadline"]);
            s = Given.Complete(d, s, "check-source", "confirmed").State;
            s = Given.Complete(d, s, "first-approval", "approve").State;
            Given.Open(d, s).ShouldBe(["deadline", "second-approval"]);
            s = Given.Complete(d, s, "second-approval", round < 2 ? "return" : "approve").State;
        }
        s.Status.ShouldBe(FlowStatus.Finished);
        s.Variable(d, "disposition").ShouldBe("approved");
    }
}
