using CsCheck;
using Shouldly;
using Verify.Workflow.Definitions;
using Verify.Workflow.Runtime;
using Xunit;

namespace Verify.Workflow.Tests;

public sealed class Flows
{
    private static readonly string[] SendBack =
    [
        "start:Start", "check:Task", "route:Switch(check)", "approve:Task", "decide:Switch(approve)", "end:Finish",
        "start.Done>check", "check.Done>route", "route.found>approve", "route.dropped>end", "approve.Done>decide", "decide.approve>end", "decide.return>check",
    ];

    private static Step Begin(Definition d) => FlowRuntime.Start(d, Verify.Workflow.Expressions.FlowObject.Empty);

    [Fact]
    public void SendBack_ManyRounds_OpensExactlyOneTaskEachTime()
    {
        var d = Given.Flow(SendBack);
        var s = Begin(d).State;
        for (var round = 0; round < 200; round++)
        {
            Given.Open(d, s).ShouldBe(["check"]);
            s = Given.Complete(d, s, "check", "found").State;
            Given.Open(d, s).ShouldBe(["approve"]);
            s = Given.Complete(d, s, "approve", "return").State;
        }
        s = Given.Complete(d, s, "check", "found").State;
        s = Given.Complete(d, s, "approve", "approve").State;
        s.Status.ShouldBe(FlowStatus.Finished);
        s.Open.ShouldBeEmpty();
    }

    [Fact]
    public void TaskOutcomes_OfASwitch_AreThoseConnected()
    {
        var d = Given.Flow(SendBack);
        TaskOutcomes.Of(d, (RunTask)d.Find("check")!).ShouldBe(["found", "dropped"]);
        TaskOutcomes.Of(d, (RunTask)d.Find("approve")!).ShouldBe(["approve", "return"]);
    }

    [Theory]
    [InlineData("WaitAll", 2)]
    [InlineData("WaitAllActive", 2)]
    [InlineData("WaitAny", 1)]
    public void Join_EachMode_GoesOnOnce(string mode, int needed)
    {
        var d = Given.Flow("start:Start", "fork:Fork(A,B)", "a:Task", "b:Task", $"join:Join({mode})", "after:Task", "end:End",
            "start.Done>fork", "fork.A>a", "fork.B>b", "a.Done>join", "b.Done>join", "join.Done>after", "after.Done>end");
        var s = Begin(d).State;
        Given.Open(d, s).ShouldBe(["a", "b"]);
        var step = Given.Complete(d, s, "b");
        if (needed == 2)
        {
            Given.Open(d, step.State).ShouldBe(["a"]);
            step = Given.Complete(d, step.State, "a");
        }
        else step.Effects.OfType<TaskWithdrawn>().Select(w => w.ActivityId).ShouldBe(["a"]);
        Given.Open(d, step.State).ShouldBe(["after"]);
        Given.Complete(d, step.State, "after").State.Status.ShouldBe(FlowStatus.Finished);
    }

    [Fact]
    public void Delay_BesideATask_FiresOrIsClearedWithTheItem()
    {
        var d = Given.Flow("start:Start", "fork:Fork(Work,Clock)", "work:Task", "clock:Delay(2.00:00:00)", "late:Count", "end:Finish",
            "start.Done>fork", "fork.Work>work", "fork.Clock>clock", "clock.Done>late", "work.Done>end");
        var begun = Begin(d);
        begun.Effects.OfType<TimerSet>().Single().Time.ShouldBe(TimeSpan.FromDays(2));
        var timer = begun.State.Open.Single(o => o.IsTimer);
        var fired = FlowRuntime.Resume(d, begun.State, timer.Token, null);
        fired.State.Variable(d, "n").ShouldBe(1d);
        Given.Open(d, fired.State).ShouldBe(["work"]);
        var done = Given.Complete(d, begun.State, "work");
        done.State.Status.ShouldBe(FlowStatus.Finished);
        done.Effects.OfType<TimerCleared>().Single().ActivityId.ShouldBe("clock");
        done.State.Open.ShouldBeEmpty();
    }

    [Fact]
    public void Loop_WithoutATaskInIt_BecomesAnIncidentInsteadOfHanging()
    {
        var d = Given.Flow("start:Start", "n1:Count", "n2:Count", "end:End", "start.Done>n1", "n1.Done>n2", "n2.Done>n1");
        var s = Begin(d).State;
        s.Status.ShouldBe(FlowStatus.Faulted);
        s.Incidents.ShouldContain(i => i.Message.Contains("loop"));
    }

    [Fact]
    public void Resume_ATokenThatDoesNotWait_Throws() =>
        Should.Throw<InvalidOperationException>(() => FlowRuntime.Resume(Given.Flow(SendBack), Begin(Given.Flow(SendBack)).State, 99, null));

    // Structured flows: sequences of tasks, forks with WaitAll joins, and send-backs to the first task of the flow.
    private static readonly Gen<string[]> Structured = Gen.Select(Gen.Int[1, 4].Array[1, 5], Gen.Bool).Select((widths, sendBack) =>
    {
        var lines = new List<string> { "start:Start", "first:Task", "start.Done>first" };
        var last = "first.Done";
        for (var i = 0; i < widths.Length; i++)
        {
            if (widths[i] == 1) { lines.AddRange([$"s{i}:Task", $"{last}>s{i}"]); last = $"s{i}.Done"; continue; }
            var branches = Enumerable.Range(0, widths[i]).Select(b => $"B{b}").ToArray();
            lines.AddRange([$"f{i}:Fork({string.Join(",", branches)})", $"{last}>f{i}", $"j{i}:Join(WaitAll)", $"j{i}x:Task"]);
            foreach (var b in branches) lines.AddRange([$"t{i}{b}:Task", $"f{i}.{b}>t{i}{b}", $"t{i}{b}.Done>j{i}"]);
            lines.Add($"j{i}.Done>j{i}x");
            last = $"j{i}x.Done";
        }
        lines.AddRange(["last:Task", $"{last}>last", "decide:Switch(last)", "end:Finish", "last.Done>decide", "decide.done>end"]);
        if (sendBack) lines.Add("decide.return>first");
        return lines.ToArray();
    });

    [Fact]
    public void ForksJoinsAndSendBacks_AnyOrderOfCompletion_LoseAndDoubleNothing() =>
        Gen.Select(Structured, Gen.Int[0, int.MaxValue].Array[80]).Sample((lines, choices) =>
        {
            var d = Given.Flow(lines);
            var s = Begin(d).State;
            var completed = new Dictionary<string, int>();
            var returns = 0;
            foreach (var choice in choices)
            {
                if (s.Status != FlowStatus.Running) break;
                s.Open.ShouldNotBeEmpty(); // it always waits for somebody
                Given.Open(d, s).ShouldBeUnique(); // no task is open twice
                var waiting = s.Open[choice % s.Open.Count];
                var id = d.Activities[waiting.Activity].Id;
                var back = id == "last" && lines.Contains("decide.return>first") && choice % 3 == 0;
                if (back) returns++;
                completed[id] = completed.GetValueOrDefault(id) + 1;
                var again = FlowRuntime.Resume(d, s, waiting.Token, Given.Outcome(back ? "return" : "done")).State;
                FlowRuntime.Resume(d, s, waiting.Token, Given.Outcome(back ? "return" : "done")).State.ToJson().ShouldBe(again.ToJson());
                s = FlowState.FromJson(again.ToJson());
            }
            if (s.Status != FlowStatus.Finished) return; // the choices ran out
            s.Open.ShouldBeEmpty();
            foreach (var task in d.Activities.OfType<RunTask>()) completed[task.Id].ShouldBe(returns + 1, task.Id);
        }, iter: 2000);
}
