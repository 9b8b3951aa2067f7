using System.Text.Json;
using Verify.Workflow.Expressions;
using Verify.Workflow.Runtime;

namespace Verify.Workflow.Conformance;

/// <summary>A recorded run: a definition, scripted events, and what a runtime answered after each.</summary>
/// <param name="Definition">The definition's file, in the trace's folder.</param>
/// <param name="Expected">The state after the start and after each step: one more than <paramref name="Steps"/>.</param>
public sealed record Trace(string Definition, FlowObject Input, IReadOnlyList<TraceStep> Steps, IReadOnlyList<TraceState> Expected)
{
    /// <exception cref="JsonException">The text is not a trace.</exception>
    public static Trace Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        try
        {
            var root = document.RootElement;
            var trace = new Trace(
                root.GetProperty("definition").GetString() ?? throw new JsonException("'definition' names no file"),
                FlowValue.FromJson(root.GetProperty("input")) as FlowObject ?? throw new JsonException("'input' is not an object"),
                [.. root.GetProperty("steps").EnumerateArray().Select(TraceStep.Read)],
                [.. root.GetProperty("expected").EnumerateArray().Select(TraceState.Read)]);
            return trace.Expected.Count == trace.Steps.Count + 1 ? trace : throw new JsonException("'expected' must be one longer than 'steps'");
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException) { throw new JsonException($"not a trace: {e.Message}"); }
    }
}

/// <param name="Activity">The activity whose task is completed or whose timer fires.</param>
public sealed record TraceStep(string Activity, bool IsTimer, object? Result)
{
    internal static TraceStep Read(JsonElement e) =>
        e.TryGetProperty("timer", out var timer)
            ? new(timer.GetString()!, true, null)
            : new(e.GetProperty("complete").GetString()!, false, e.TryGetProperty("result", out var result) ? FlowValue.FromJson(result) : null);
}

/// <summary>What can be seen of an instance, in a form that compares as text.</summary>
public sealed record TraceState(string Open, string Variables, string Status, string Incidents)
{
    internal static TraceState Read(JsonElement e) => new(
        Names(e.GetProperty("open").EnumerateArray().Select(x => x.GetString()!)),
        Values(e.GetProperty("variables").EnumerateObject().Select(p => KeyValuePair.Create(p.Name, FlowValue.FromJson(p.Value)))),
        $"{e.GetProperty("status").GetString()}/{e.GetProperty("subStatus").GetString()}",
        Names(e.GetProperty("incidents").EnumerateArray().Select(x => x.GetString()!)));

    public static TraceState Of(InstanceView view) => new(
        Names(view.Open.Where(o => !o.IsTimer).Select(o => o.Activity)),
        Values(view.Variables),
        view.Status switch { FlowStatus.Running => "Running/Suspended", FlowStatus.Finished => "Finished/Finished", _ => "Finished/Faulted" },
        Names(view.Incidents.Select(i => i.Activity)));

    /// <summary>What differs, as "open [a] and not [b]"; null when nothing does.</summary>
    public string? DifferenceFrom(TraceState expected)
    {
        var parts = new List<string>();
        void Compare(string name, string is_, string should) { if (is_ != should) parts.Add($"{name} {is_} and not {should}"); }
        Compare("open", Open, expected.Open);
        Compare("status", Status, expected.Status);
        Compare("incidents", Incidents, expected.Incidents);
        Compare("variables", Variables, expected.Variables);
        return parts.Count == 0 ? null : string.Join("; ", parts);
    }

    private static string Names(IEnumerable<string> names) => $"[{string.Join(", ", names.Order(StringComparer.Ordinal))}]";
    private static string Values(IEnumerable<KeyValuePair<string, object?>> values) =>
        $"{{{string.Join(", ", values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}: {FlowValue.ToJson(Sorted(v.Value))}"))}}}";

    // The order of an object's properties is no difference: stores do not keep it.
    private static object? Sorted(object? value) => value switch
    {
        FlowObject o => new FlowObject([.. o.Properties.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value)))]),
        object?[] items => items.Select(Sorted).ToArray(),
        _ => value,
    };
}
