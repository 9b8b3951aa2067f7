using Shouldly;
using Verify.Workflow.Conformance;
using Verify.Workflow.Definitions;
using Verify.Workflow.Runtime;
using Xunit;

namespace Verify.Workflow.Tests;

/// <summary>
/// Recorded runs of Elsa 3.7.1 against the embedded runtime: after each event the same tasks, variables, status and
/// incidents, or the definition is refused when it is loaded. Verify.Elsa.Tests runs the same on Elsa.
/// </summary>
public sealed class ElsaTraces(ITestOutputHelper output)
{
    private sealed record Recorded(string File, Trace Trace, DefinitionReading Reading);

    private static List<Recorded> Read()
    {
        Assert.SkipWhen(Given.Traces is null, "the recorded Elsa runs are not on this machine (set VERIFY_SHARED to their folder)");
        return [.. Directory.GetFiles(Given.Traces!, "*.trace.json").Order(StringComparer.Ordinal).Select(file =>
        {
            var trace = Trace.Read(File.ReadAllText(file));
            return new Recorded(Path.GetFileName(file), trace, DefinitionReader.Read(File.ReadAllText(Path.Combine(Given.Traces!, trace.Definition))));
        })];
    }

    [Fact]
    public async Task EveryTrace_OnTheEmbeddedRuntime_AnswersAsElsaDid()
    {
        var failed = new List<string>();
        var passed = 0;
        // Also those that are refused for losing work: what is refused is known because it is done alike.
        foreach (var (file, trace, reading) in Read())
        {
            if (reading.Definition is not { } d) continue;
            await using var runtime = new EmbeddedRuntime([d], TimeProvider.System);
            if (await TraceRun.FirstDifference(runtime, file, d.Id, d.Version, trace) is { } difference) failed.Add($"{file}: {difference}");
            else passed++;
        }
        foreach (var line in failed) output.WriteLine(line);
        failed.ShouldBeEmpty();
        passed.ShouldBeGreaterThan(340);
    }

    [Fact]
    public void WhatElsaLosesOrDoubles_IsRefused_AndLittleElse()
    {
        var byDefinition = Read().GroupBy(r => r.Trace.Definition).ToList();
        var random = byDefinition.Where(g => g.Key[0] == 'r').ToList();
        random.Count(g => Refused(g.First())).ShouldBeLessThan(random.Count / 3);
        // One run completes a task without an answer, which no desk does: that way is not walked.
        foreach (var trace in byDefinition.Where(g => !Refused(g.First())).SelectMany(g => g).Where(t => t.Trace.Steps.All(s => s.IsTimer || s.Result is not null)))
        {
            // Nothing open twice, nothing that waits for ever, no incident but those that the definition raises itself.
            var faults = trace.Reading.Definition!.Activities.OfType<Fault>().Select(f => f.Id).ToHashSet();
            foreach (var state in trace.Trace.Expected)
            {
                var open = state.Open.Trim('[', ']').Split(", ", StringSplitOptions.RemoveEmptyEntries);
                open.ShouldBeUnique(trace.File);
                state.Incidents.Trim('[', ']').Split(", ", StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(i => faults.Contains(i), trace.File);
                (state.Status == "Running/Suspended" && open.Length == 0 && !trace.Reading.Definition.Activities.Any(a => a is Delay)).ShouldBeFalse(trace.File);
            }
        }
    }

    private static bool Refused(Recorded r) => r.Reading.Definition is not { } d || Soundness.Check(d).Count > 0;
}
