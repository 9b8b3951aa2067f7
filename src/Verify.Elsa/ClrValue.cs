using System.Dynamic;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Verify.Workflow.Expressions;

namespace Verify.Elsa;

/// <summary>Values between a workflow's own kinds and those that Elsa hands to expressions and stores.</summary>
internal static class ClrValue
{
    public static object? Of(object? value)
    {
        switch (value)
        {
            case Undefined: return null;
            case FlowObject o:
                IDictionary<string, object?> target = new ExpandoObject();
                foreach (var (key, item) in o.Properties) target[key] = Of(item);
                return target;
            case object?[] items: return items.Select(Of).ToList();
            default: return value;
        }
    }

    public static object? From(object? value) => value switch
    {
        null or bool or string or double => value,
        JsonElement e => FlowValue.FromJson(e),
        JsonNode n => FromJson(n.ToJsonString()),
        sbyte or byte or short or ushort or int or uint or long or ulong or float or decimal => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        IDictionary<string, object?> o => new FlowObject([.. o.Select(p => KeyValuePair.Create(p.Key, From(p.Value)))]),
        System.Collections.IEnumerable items => items.Cast<object?>().Select(From).ToArray(),
        _ => FromJson(JsonSerializer.Serialize(value)),
    };

    /// <param name="kept">JSON text, or what Elsa's serializer made of it.</param>
    public static object? FromJson(object? kept)
    {
        var text = kept as string ?? (kept is JsonElement { ValueKind: JsonValueKind.String } e ? e.GetString() : null);
        if (text is null) return From(kept);
        using var document = JsonDocument.Parse(text);
        return FlowValue.FromJson(document.RootElement);
    }
}
