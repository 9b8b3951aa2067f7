using System.Text.Json;
using Shouldly;
using Verify.Workflow.Definitions;
using Verify.Workflow.Expressions;
using Verify.Workflow.Runtime;
using Xunit;

namespace Verify.Workflow.Tests;

/// <summary>
/// Recorded runs of Elsa 3.7.1 against the embedded runtime: after each event the same tasks, variables, status and
/// incidents, or the definition was refused when it was loaded.
/// </summary>
public sealed class ElsaTraces(ITestOutputHelper output)
{
    // The recordings were made without the outcome "not loaded": these definitions use what the subset refuses.
    [Fact]
    public void EveryTrace_OnTheEmbeddedRuntime_AnswersAsElsaDid()
    {
        Assert.SkipWhen(Given.Traces is null, "the recorded Elsa runs are not on this machine (set VERIFY_SHARED to their folder)");
        var passed = 0;
        var refused = new List<string>();
        var failed = new List<string>();
        foreach (var file in Directory.GetFiles(Given.Traces!, "*.trace.json").Order(StringComparer.Ordinal))
        {
            using var trace = JsonDocument.Parse(File.ReadAllText(file));
            var reading = DefinitionReader.Read(File.ReadAllText(Path.Combine(Given.Traces!, trace.RootElement.GetProperty("definition").GetString()!)));
            if (reading.Definition is null) { refused.Add($"{Path.GetFileName(file)}: {reading.Problems[0]}"); continue; }
            if (FirstDifference(reading.Definition, trace.RootElement) is { } difference) failed.Add($"{Path.GetFileName(file)}: {difference}");
            else passed++;
        }
        foreach (var line in failed.Concat(refused)) output.WriteLine(line);
        output.WriteLine($"passed {passed}, refused {refused.Count}, failed {failed.Count}");
        failed.ShouldBeEmpty();
        refused.Count.ShouldBeLessThan(passed / 10);
    }

    private static string? FirstDifference(Definition d, JsonElement trace)
    {
        var state = FlowRuntime.Start(d, (FlowObject)FlowValue.FromJson(trace.GetProperty("input"))!).State;
        var expected = trace.GetProperty("expected").EnumerateArray().ToArray();
        var steps = trace.GetProperty("steps").EnumerateArray().ToArray();
        for (var i = 0; ; i++)
        {
            state = FlowState.FromJson(state.ToJson()); // as the desk does between events
            var (is_, should) = (Describe(d, state), Describe(expected[i]));
            if (is_ != should) return $"after step {i}\n   elsa {should}\n   ours {is_}";
            if (i == steps.Length) return null;
            var id = (steps[i].TryGetProperty("complete", out var task) ? task : steps[i].GetProperty("timer")).GetString();
            var waiting = state.Open.Where(o => d.Activities[o.Activity].Id == id).MinBy(o => o.Token);
            if (waiting is null) return $"step {i + 1}: {id} is not open";
            var result = steps[i].TryGetProperty("result", out var r) ? FlowValue.FromJson(r) : null;
            state = FlowRuntime.Resume(d, state, waiting.Token, result).State;
        }
    }

    private static string Describe(Definition d, FlowState s)
    {
        var open = s.Open.Where(o => !o.IsTimer).Select(o => d.Activities[o.Activity].Id).Order(StringComparer.Ordinal);
        var variables = d.Variables.Select((v, i) => $"{v.Name}={FlowValue.ToJson(s.Variables[i])}").Order(StringComparer.Ordinal);
        var status = s.Status switch { FlowStatus.Running => "Running/Suspended", FlowStatus.Finished => "Finished/Finished", _ => "Finished/Faulted" };
        return $"[{string.Join(",", open)}] {string.Join(" ", variables)} {status} [{string.Join(",", s.Incidents.Select(i => i.Activity).Order(StringComparer.Ordinal))}]";
    }

    private static string Describe(JsonElement e)
    {
        var variables = e.GetProperty("variables").EnumerateObject().Select(p => $"{p.Name}={FlowValue.ToJson(FlowValue.FromJson(p.Value))}").Order(StringComparer.Ordinal);
        string List(string name) => string.Join(",", e.GetProperty(name).EnumerateArray().Select(x => x.GetString()).Order(StringComparer.Ordinal));
        return $"[{List("open")}] {string.Join(" ", variables)} {e.GetProperty("status").GetString()}/{e.GetProperty("subStatus").GetString()} [{List("incidents")}]";
    }
}
