using System.Buffers;
using System.Text;
using System.Text.Json;
using Verify.Workflow.Expressions;

namespace Verify.Workflow.Runtime;

/// <summary>The text form of a <see cref="FlowState"/>, read and written at every step of every item: token by token, without a tree between.</summary>
internal static class FlowStateJson
{
    public static string Write(FlowState state) => JsonText.Of(state, Write);

    private static void Write(Utf8JsonWriter w, FlowState state)
    {
        w.WriteStartObject();
        w.WriteString("status", state.Status switch { FlowStatus.Running => "running", FlowStatus.Finished => "finished", _ => "faulted" });
        w.WritePropertyName("input");
        FlowValue.Write(w, state.Input);
        w.WritePropertyName("variables");
        FlowValue.Write(w, state.Variables);
        Numbers(w, "activities", state.ActivityVisits);
        Numbers(w, "connections", state.ConnectionVisits);
        w.WriteStartArray("followed");
        foreach (var followed in state.LastFollowed) w.WriteNumberValue(followed ? 1 : 0);
        w.WriteEndArray();
        List(w, "open", state.Open);
        if (state.Stuck.Count > 0) List(w, "stuck", state.Stuck);
        if (state.Incidents.Count > 0)
        {
            w.WriteStartArray("incidents");
            foreach (var i in state.Incidents) { w.WriteStartArray(); w.WriteStringValue(i.Activity); w.WriteStringValue(i.Message); w.WriteEndArray(); }
            w.WriteEndArray();
        }
        if (state.FlowEnded) w.WriteBoolean("ended", true);
        w.WriteNumber("next", state.NextToken);
        w.WriteEndObject();
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
        foreach (var x in list)
        {
            w.WriteStartArray();
            w.WriteNumberValue(x.Token);
            w.WriteNumberValue(x.Activity);
            w.WriteNumberValue(x.IsTimer ? 1 : 0);
            w.WriteEndArray();
        }
        w.WriteEndArray();
    }

    public static FlowState Read(string json)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(json.Length));
        try { return Read(bytes.AsSpan(0, Encoding.UTF8.GetBytes(json, bytes))); }
        // A value of another kind than the one that is asked for.
        catch (Exception e) when (e is InvalidOperationException or FormatException) { throw new JsonException("not the state of an item", e); }
        finally { ArrayPool<byte>.Shared.Return(bytes); }
    }

    private static FlowState Read(ReadOnlySpan<byte> json)
    {
        var r = new Utf8JsonReader(json);
        Begin(ref r, JsonTokenType.StartObject);
        FlowStatus? status = null;
        FlowObject? input = null;
        object?[]? variables = null;
        int[]? activities = null, connections = null;
        bool[]? followed = null;
        Waiting[]? open = null;
        Waiting[] stuck = [];
        Incident[] incidents = [];
        var ended = false;
        int? next = null;
        while (r.Read() && r.TokenType == JsonTokenType.PropertyName)
        {
            if (r.ValueTextEquals("status"u8))
            {
                r.Read();
                status = r.GetString() switch { "running" => FlowStatus.Running, "finished" => FlowStatus.Finished, "faulted" => FlowStatus.Faulted, var s => throw new JsonException($"status '{s}'") };
            }
            else if (r.ValueTextEquals("input"u8)) { r.Read(); input = FlowValue.Read(ref r) as FlowObject; }
            else if (r.ValueTextEquals("variables"u8)) { r.Read(); variables = FlowValue.Read(ref r) as object?[]; }
            else if (r.ValueTextEquals("activities"u8)) activities = Each(ref r, static (ref Utf8JsonReader x) => x.GetInt32());
            else if (r.ValueTextEquals("connections"u8)) connections = Each(ref r, static (ref Utf8JsonReader x) => x.GetInt32());
            else if (r.ValueTextEquals("followed"u8)) followed = Each(ref r, static (ref Utf8JsonReader x) => x.GetInt32() == 1);
            else if (r.ValueTextEquals("open"u8)) open = Each(ref r, ReadWaiting);
            else if (r.ValueTextEquals("stuck"u8)) stuck = Each(ref r, ReadWaiting);
            else if (r.ValueTextEquals("incidents"u8)) incidents = Each(ref r, ReadIncident);
            else if (r.ValueTextEquals("ended"u8)) { r.Read(); ended = r.GetBoolean(); }
            else if (r.ValueTextEquals("next"u8)) { r.Read(); next = r.GetInt32(); }
            else throw new JsonException($"'{r.GetString()}' is no part of an item's state");
        }
        if (r.TokenType != JsonTokenType.EndObject || r.Read()) throw new JsonException("not the state of an item");
        return new FlowState
        {
            Status = status ?? throw Without("status"),
            Input = input ?? throw Without("input"),
            Variables = variables ?? throw Without("variables"),
            ActivityVisits = activities ?? throw Without("activities"),
            ConnectionVisits = connections ?? throw Without("connections"),
            LastFollowed = followed ?? throw Without("followed"),
            Open = open ?? throw Without("open"),
            Stuck = stuck,
            Incidents = incidents,
            FlowEnded = ended,
            NextToken = next ?? throw Without("next"),
        };
    }

    private static JsonException Without(string part) => new($"an item's state without '{part}'");

    private static void Begin(ref Utf8JsonReader r, JsonTokenType token)
    {
        if (!r.Read() || r.TokenType != token) throw new JsonException("not the state of an item");
    }

    private delegate T ReadOne<T>(ref Utf8JsonReader reader);

    private static T[] Each<T>(ref Utf8JsonReader r, ReadOne<T> read)
    {
        Begin(ref r, JsonTokenType.StartArray);
        var list = new List<T>(32);
        while (r.Read() && r.TokenType != JsonTokenType.EndArray) list.Add(read(ref r));
        return [.. list];
    }

    private static Waiting ReadWaiting(ref Utf8JsonReader r) => new(Next(ref r), Next(ref r), Next(ref r, last: true) == 1);

    private static int Next(ref Utf8JsonReader r, bool last = false)
    {
        r.Read();
        var n = r.GetInt32();
        if (last) Begin(ref r, JsonTokenType.EndArray);
        return n;
    }

    private static Incident ReadIncident(ref Utf8JsonReader r)
    {
        r.Read();
        var activity = r.GetString()!;
        r.Read();
        var message = r.GetString()!;
        Begin(ref r, JsonTokenType.EndArray);
        return new(activity, message);
    }
}
