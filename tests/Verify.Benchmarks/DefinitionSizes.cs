using System.Diagnostics;
using Verify.Workflow.Definitions;
using Verify.Workflow.Expressions;
using Verify.Workflow.Runtime;
using Verify.Workflow.Tests;

namespace Verify.Benchmarks;

/// <summary>What a definition costs that grows threefold each time: to read, to walk, to run.</summary>
internal static class DefinitionSizes
{
    private static readonly FlowObject Answer = new([new("outcome", "done")]);

    public static Task Run(Settings settings)
    {
        var most = settings.Number("activities", 810, 90);
        foreach (var (shape, lines) in new (string, Func<int, IEnumerable<string>>)[] { ("tasks in a row", TasksInARow), ("one burst", OneBurst), ("branches at once", Branches) })
            for (var n = 10; n <= most; n *= 3) MeasureOne(shape, n, [.. lines(n)], settings.Number("rounds", 20, 3));
        return Task.CompletedTask;
    }

    private static IEnumerable<string> TasksInARow(int n) => Row(n, "Task");

    private static IEnumerable<string> OneBurst(int n) => Row(n, "Count");

    private static IEnumerable<string> Row(int n, string type) =>
        Enumerable.Range(0, n).Select(i => $"a{i}:{type}").Concat(Enumerable.Range(1, n - 1).Select(i => $"a{i - 1}.Done>a{i}"));

    private static IEnumerable<string> Branches(int n)
    {
        var branches = Enumerable.Range(0, n).ToList();
        return [$"f:Fork({string.Join(',', branches.Select(b => $"B{b}"))})", "j:Join(WaitAll)", .. branches.Select(b => $"t{b}:Task"), .. branches.Select(b => $"f.B{b}>t{b}"), .. branches.Select(b => $"t{b}.Done>j")];
    }

    private static void MeasureOne(string shape, int n, string[] lines, int rounds)
    {
        var json = Given.Json(lines);
        var reading = Median(rounds, () => DefinitionReader.Read(json));
        var definition = DefinitionReader.Read(json).Definition ?? throw new InvalidOperationException(string.Join("; ", DefinitionReader.Read(json).Problems));
        var starting = Median(rounds, () => FlowRuntime.Start(definition, FlowObject.Empty).State.ToJson());
        var walking = Stopwatch.GetTimestamp();
        Soundness.Check(definition);
        var walked = Stopwatch.GetElapsedTime(walking);
        // As the desk does it: the state is read, moved on by one answer, and written.
        var state = FlowRuntime.Start(definition, FlowObject.Empty).State.ToJson();
        var kilobytes = state.Length / 1024.0;
        var events = new List<double>();
        while (events.Count < rounds && FlowState.FromJson(state).Open is [var open, ..])
        {
            var began = Stopwatch.GetTimestamp();
            state = FlowRuntime.Resume(definition, FlowState.FromJson(state), open.Token, Answer).State.ToJson();
            events.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
        }
        Measure.Print("definition sizes", ("shape", shape), ("activities", definition.Activities.Count), ("json_kb", json.Length / 1024.0), ("read_ms", reading / 1000), ("walk_ms", walked.TotalMilliseconds),
            ("start_us", starting), ("start_us_per_activity", starting / n), ("event_us", Measure.Percentile(events, 0.5)), ("event_us_per_activity", Measure.Percentile(events, 0.5) / n), ("state_kb", kilobytes));
    }

    private static double Median(int rounds, Action work)
    {
        work();
        var times = new List<double>();
        for (var i = 0; i < rounds; i++)
        {
            var began = Stopwatch.GetTimestamp();
            work();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
        }
        return Measure.Percentile(times, 0.5);
    }
}
