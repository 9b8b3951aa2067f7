using CsCheck;
using Shouldly;
using Verify.Workflow.Definitions;
using Verify.Workflow.Expressions;
using Verify.Workflow.Runtime;
using Xunit;

namespace Verify.Workflow.Tests;

/// <summary>
/// Thousands of definitions that nobody wrote: sequences, choices, forks with every kind of join, send-backs, a third of them
/// changed at random. What the walk finds sound loses and doubles nothing, whoever decides what in which order.
/// </summary>
public sealed class RandomDefinitions(ITestOutputHelper output)
{
    private const int Definitions = 2000;
    private static readonly string[] Outcomes = ["ok", "no", "back", "something else"];

    [Fact]
    public void Run_WhatIsFoundSound_WaitsOrHasEnded_AndLosesOrDoublesNothing()
    {
        var (sound, refused) = (0, 0);
        Gen.Int[0, int.MaxValue].Sample(seed =>
        {
            var random = new Random(seed);
            var d = Random(random);
            if (Soundness.Check(d).Count > 0) { Interlocked.Increment(ref refused); return; }
            Interlocked.Increment(ref sound);
            for (var run = 0; run < 3; run++)
            {
                var s = FlowRuntime.Start(d, FlowObject.Empty).State;
                for (var i = 0; i < 40 && s.Status == FlowStatus.Running; i++)
                {
                    s.Open.Count.ShouldBeGreaterThan(0, "it runs and nothing waits");
                    s.Open.Select(o => o.Activity).ShouldBeUnique();
                    s.Incidents.ShouldBeEmpty();
                    var (waiting, outcome) = (s.Open[random.Next(s.Open.Count)], Outcomes[random.Next(Outcomes.Length)]);
                    var step = FlowRuntime.Resume(d, s, waiting.Token, Given.Outcome(outcome));
                    // The same event on the same state, stored and read again, is the same step.
                    FlowRuntime.Resume(d, FlowState.FromJson(s.ToJson()), waiting.Token, Given.Outcome(outcome)).State.ToJson().ShouldBe(step.State.ToJson());
                    // Whoever does not wait any more was completed or withdrawn; nothing else came of anybody's task.
                    var gone = s.Open.Where(o => step.State.Open.All(n => n.Token != o.Token)).Select(o => o.Token).ToHashSet();
                    gone.SetEquals(step.Effects.OfType<TaskWithdrawn>().Select(w => w.Token).Where(t => s.Open.Any(o => o.Token == t)).Append(waiting.Token)).ShouldBeTrue();
                    s = step.State;
                }
                if (s.Status != FlowStatus.Running) s.Open.ShouldBeEmpty();
            }
        }, iter: Definitions);
        output.WriteLine($"{sound} sound, {refused} refused");
        sound.ShouldBeGreaterThan(refused);
        refused.ShouldBeGreaterThan(100); // else nothing was changed at random, and the walk was not tried
    }

    [Fact]
    public void AnAnswer_InALargeDefinition_MovesOnlyWhatItTouches()
    {
        // All that follows from n answers, in a flowchart of n checks side by side.
        static int Effects(int n)
        {
            var ids = Enumerable.Range(0, n).Select(i => $"t{i}").ToArray();
            var d = Given.Flow([.. ids.Select(t => $"{t}:Task"), "s:Start", $"f:Fork({string.Join(',', ids)})", "j:Join(WaitAll)", "e:Finish",
                "s.Done>f", .. ids.Select(t => $"f.{t}>{t}"), .. ids.Select(t => $"{t}.Done>j"), "j.Done>e"]);
            var s = FlowRuntime.Start(d, FlowObject.Empty).State;
            var steps = 0;
            while (s.Status == FlowStatus.Running)
            {
                var step = FlowRuntime.Resume(d, s, s.Open[0].Token, Given.Outcome("ok"));
                steps += step.Effects.Count;
                s = step.State;
            }
            return steps;
        }
        foreach (var n in new[] { 1, 20, 400 }) Effects(n).ShouldBe(n + 1); // each answer changes its variable, the last one ends it
    }

    private static Definition Random(Random random)
    {
        var lines = new List<string> { "start:Start" };
        var links = new List<string>();
        var next = 0;
        var exits = Block(3, [("start", "Done")]);
        lines.Add("end:Finish");
        Join(exits, "end");
        if (random.Next(3) == 0)
            for (var changes = random.Next(1, 4); changes > 0; changes--) Change();
        return Given.Flow([.. lines, .. links]);

        void Join(IEnumerable<(string Activity, string Port)> from, string to) => links.AddRange(from.Select(f => $"{f.Activity}.{f.Port}>{to}"));

        List<(string Activity, string Port)> Block(int depth, List<(string Activity, string Port)> from)
        {
            var n = next++;
            switch (depth == 0 ? 0 : random.Next(6))
            {
                case 0 or 1:
                    lines.Add($"t{n}:Task");
                    Join(from, $"t{n}");
                    return [($"t{n}", "Done")];
                case 2:
                    return Block(depth - 1, Block(depth - 1, from));
                case 3: // a choice
                    lines.AddRange([$"t{n}:Task", $"r{n}:Switch(t{n})"]);
                    Join(from, $"t{n}");
                    links.Add($"t{n}.Done>r{n}");
                    return [.. Block(depth - 1, [($"r{n}", "ok")]), .. Block(depth - 1, [($"r{n}", "no")]), ($"r{n}", "Default")];
                case 4: // side by side
                    lines.AddRange([$"f{n}:Fork(A,B)", $"j{n}:Join({new[] { "WaitAll", "WaitAllActive", "WaitAny" }[random.Next(3)]})"]);
                    Join(from, $"f{n}");
                    Join(Block(depth - 1, [($"f{n}", "A")]), $"j{n}");
                    Join(Block(depth - 1, [($"f{n}", "B")]), $"j{n}");
                    return [($"j{n}", "Done")];
                default: // sent back until it is right
                    lines.AddRange([$"t{n}:Task", $"r{n}:Switch(t{n})"]);
                    Join(from, $"t{n}");
                    links.AddRange([$"t{n}.Done>r{n}", $"r{n}.back>t{n}"]);
                    return [($"r{n}", "ok"), ($"r{n}", "Default")];
            }
        }

        void Change()
        {
            string Any() => lines[random.Next(1, lines.Count)].Split(':')[0];
            var at = random.Next(links.Count);
            switch (random.Next(3))
            {
                case 0: links.RemoveAt(at); break;
                case 1: links[at] = $"{links[at].Split('>')[0]}>{Any()}"; break;
                default: links.Add($"{links[at].Split('>')[0]}>{Any()}"); break;
            }
            if (links.Count == 0) links.Add("start.Done>end");
        }
    }
}
