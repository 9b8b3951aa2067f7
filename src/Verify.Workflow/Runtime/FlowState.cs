using System.Text.Json;
using Verify.Workflow.Definitions;
using Verify.Workflow.Expressions;

namespace Verify.Workflow.Runtime;

public enum FlowStatus { Running, Finished, Faulted }

/// <summary>An activity that waits: a person's task or a timer. <c>Token</c> is its number within the instance.</summary>
public sealed record Waiting(int Token, int Activity, bool IsTimer);

/// <param name="Activity">Id of the activity that could not go on.</param>
public sealed record Incident(string Activity, string Message);

/// <summary>Everything that a running instance is. Immutable: the runtime answers with a new one.</summary>
public sealed class FlowState
{
    public required FlowStatus Status { get; init; }
    public required FlowObject Input { get; init; }
    /// <summary>Values in the order of <see cref="Definition.Variables"/>.</summary>
    public required object?[] Variables { get; init; }
    public required int[] ActivityVisits { get; init; }
    public required int[] ConnectionVisits { get; init; }
    public required bool[] LastFollowed { get; init; }
    public required IReadOnlyList<Waiting> Open { get; init; }
    /// <summary>Activities that faulted while the instance went on (ContinueWithIncidents).</summary>
    public required IReadOnlyList<Waiting> Stuck { get; init; }
    public required IReadOnlyList<Incident> Incidents { get; init; }
    /// <summary>Whether an End was passed while something scheduled before it still ran.</summary>
    public required bool FlowEnded { get; init; }
    public required int NextToken { get; init; }

    public object? Variable(Definition definition, string name)
    {
        for (var i = 0; i < definition.Variables.Count; i++)
            if (definition.Variables[i].Name == name) return Variables[i];
        return Undefined.Value;
    }

    /// <summary>A compact JSON form; positions refer to the definition version that the instance runs on.</summary>
    public string ToJson()
    {
        using var buffer = new MemoryStream(256);
        using (var w = new Utf8JsonWriter(buffer, JsonText.Plain))
        {
            w.WriteStartObject();
            w.WriteString("status", Status switch { FlowStatus.Running => "running", FlowStatus.Finished => "finished", _ => "faulted" });
            w.WritePropertyName("input");
            FlowValue.Write(w, Input);
            w.WritePropertyName("variables");
            FlowValue.Write(w, Variables);
            Numbers(w, "activities", ActivityVisits);
            Numbers(w, "connections", ConnectionVisits);
            w.WriteStartArray("followed");
            foreach (var followed in LastFollowed) w.WriteNumberValue(followed ? 1 : 0);
            w.WriteEndArray();
            List(w, "open", Open);
            if (Stuck.Count > 0) List(w, "stuck", Stuck);
            if (Incidents.Count > 0)
            {
                w.WriteStartArray("incidents");
                foreach (var i in Incidents) { w.WriteStartArray(); w.WriteStringValue(i.Activity); w.WriteStringValue(i.Message); w.WriteEndArray(); }
                w.WriteEndArray();
            }
            if (FlowEnded) w.WriteBoolean("ended", true);
            w.WriteNumber("next", NextToken);
            w.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Numbers(Utf8JsonWriter w, string name, int[] numbers)
    {
        w.WriteStartArray(name);
        foreach (var n in numbers) w.WriteNumberValue(n);
        w.WriteEndArray();
    }

    private static void List(Utf8JsonWriter w, string name, IReadOnlyList<Waiting> list)
    {
        w.WriteStartArray(name);
        foreach (var x in list) Numbers(w, x);
        w.WriteEndArray();
    }

    private static void Numbers(Utf8JsonWriter w, Waiting x)
    {
        w.WriteStartArray();
        w.WriteNumberValue(x.Token);
        w.WriteNumberValue(x.Activity);
        w.WriteNumberValue(x.IsTimer ? 1 : 0);
        w.WriteEndArray();
    }

    /// <exception cref="JsonException">The text is not a state that <see cref="ToJson"/> wrote.</exception>
    public static FlowState FromJson(string json)
    {
        using var document = JsonDocument.Parse(json);
        var e = document.RootElement;
        T[] Each<T>(string name, Func<JsonElement, T> read)
        {
            var list = e.GetProperty(name);
            var each = new T[list.GetArrayLength()];
            var i = 0;
            foreach (var x in list.EnumerateArray()) each[i++] = read(x);
            return each;
        }
        Waiting[] Waits(string name) => e.TryGetProperty(name, out _) ? Each(name, static x => new Waiting(x[0].GetInt32(), x[1].GetInt32(), x[2].GetInt32() == 1)) : [];
        return new FlowState
        {
            Status = e.GetProperty("status").GetString() switch { "running" => FlowStatus.Running, "finished" => FlowStatus.Finished, "faulted" => FlowStatus.Faulted, var s => throw new JsonException($"status '{s}'") },
            Input = (FlowObject)FlowValue.FromJson(e.GetProperty("input"))!,
            Variables = (object?[])FlowValue.FromJson(e.GetProperty("variables"))!,
            ActivityVisits = Each("activities", static x => x.GetInt32()),
            ConnectionVisits = Each("connections", static x => x.GetInt32()),
            LastFollowed = Each("followed", static x => x.GetInt32() == 1),
            Open = Waits("open"),
            Stuck = Waits("stuck"),
            Incidents = e.TryGetProperty("incidents", out _) ? Each("incidents", static i => new Incident(i[0].GetString()!, i[1].GetString()!)) : [],
            FlowEnded = e.TryGetProperty("ended", out var ended) && ended.GetBoolean(),
            NextToken = e.GetProperty("next").GetInt32(),
        };
    }
}
