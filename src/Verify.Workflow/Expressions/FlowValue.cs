using System.Globalization;
using System.Text.Json;

namespace Verify.Workflow.Expressions;

/// <summary>A property that does not exist; kept apart from null, as in JavaScript.</summary>
public sealed class Undefined
{
    public static readonly Undefined Value = new();
    private Undefined() { }
    public override string ToString() => "undefined";
}

/// <summary>An object with its properties in the order in which they were written.</summary>
public sealed class FlowObject(IReadOnlyList<KeyValuePair<string, object?>> properties)
{
    public static readonly FlowObject Empty = new([]);
    public IReadOnlyList<KeyValuePair<string, object?>> Properties { get; } = properties;

    /// <returns>The property's value, or <see cref="Undefined"/>.</returns>
    public object? this[string name]
    {
        get
        {
            for (var i = Properties.Count - 1; i >= 0; i--)
                if (Properties[i].Key == name) return Properties[i].Value;
            return Undefined.Value;
        }
    }

    public string? Text(string name) => this[name] as string;
}

/// <summary>
/// The values that flow through a workflow: null, <see cref="Undefined"/>, bool, double, string,
/// <see cref="FlowObject"/> and <c>object?[]</c>, with JavaScript's rules for comparing and joining them.
/// </summary>
public static class FlowValue
{
    public static bool Truthy(object? value) => value switch
    {
        null or Undefined => false,
        bool b => b,
        double d => d != 0 && !double.IsNaN(d),
        string s => s.Length > 0,
        _ => true,
    };

    public static bool StrictEquals(object? a, object? b) => (a, b) switch
    {
        (null, null) or (Undefined, Undefined) => true,
        (bool x, bool y) => x == y,
        (double x, double y) => x == y,
        (string x, string y) => string.Equals(x, y, StringComparison.Ordinal),
        _ => ReferenceEquals(a, b),
    };

    /// <summary>The text that JavaScript's <c>+</c> joins; objects and arrays have none here (see <see cref="ExpressionParser"/>).</summary>
    public static string ToText(object? value) => value switch
    {
        null => "null",
        Undefined => "undefined",
        bool b => b ? "true" : "false",
        double d => NumberText(d),
        string s => s,
        _ => throw new ExpressionFault("an object or array cannot be joined to text"),
    };

    // ECMAScript's Number::toString: shortest digits, plain up to 21 digits, exponent beyond.
    private static string NumberText(double d)
    {
        if (double.IsNaN(d)) return "NaN";
        if (double.IsInfinity(d)) return d > 0 ? "Infinity" : "-Infinity";
        if (d == 0) return "0";
        if (d == Math.Floor(d) && Math.Abs(d) < 1e15) return ((long)d).ToString(CultureInfo.InvariantCulture);
        var r = Math.Abs(d).ToString("R", CultureInfo.InvariantCulture);
        var e = r.IndexOf('E', StringComparison.Ordinal);
        var mantissa = e < 0 ? r : r[..e];
        var exponent = e < 0 ? 0 : int.Parse(r[(e + 1)..], CultureInfo.InvariantCulture);
        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        var point = (dot < 0 ? mantissa.Length : dot) + exponent;
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var leading = digits.Length - digits.TrimStart('0').Length;
        point -= leading;
        digits = digits[leading..].TrimEnd('0');
        var text = point switch
        {
            > 21 or <= -6 => digits[..1] + (digits.Length > 1 ? "." + digits[1..] : "")
                + "e" + (point - 1 >= 0 ? "+" : "") + (point - 1).ToString(CultureInfo.InvariantCulture),
            <= 0 => "0." + new string('0', -point) + digits,
            _ when point >= digits.Length => digits + new string('0', point - digits.Length),
            _ => digits[..point] + "." + digits[point..],
        };
        return d < 0 ? "-" + text : text;
    }

    public static object? FromJson(JsonElement e) => e.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => e.GetDouble(),
        JsonValueKind.String => e.GetString(),
        JsonValueKind.Array => e.EnumerateArray().Select(FromJson).ToArray(),
        _ => new FlowObject([.. e.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, FromJson(p.Value)))]),
    };

    /// <summary>Reads the value that the reader stands on, and leaves it on its last token.</summary>
    internal static object? Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True: return true;
            case JsonTokenType.False: return false;
            case JsonTokenType.Number: return reader.GetDouble();
            case JsonTokenType.String: return reader.GetString();
            case JsonTokenType.StartArray:
                var items = new List<object?>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(Read(ref reader));
                return items.ToArray();
            case JsonTokenType.StartObject:
                var properties = new List<KeyValuePair<string, object?>>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    properties.Add(KeyValuePair.Create(name, Read(ref reader)));
                }
                return new FlowObject(properties);
            default: return null;
        }
    }

    /// <exception cref="ExpressionFault">The value holds a number that JSON cannot (NaN, Infinity).</exception>
    public static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null or Undefined: writer.WriteNullValue(); break;
            case bool b: writer.WriteBooleanValue(b); break;
            case double d when d == Math.Floor(d) && Math.Abs(d) <= 9007199254740991: writer.WriteNumberValue((long)d); break;
            case double d when double.IsFinite(d): writer.WriteNumberValue(d); break;
            case double: throw new ExpressionFault("NaN and Infinity cannot be stored");
            case string s: writer.WriteStringValue(s); break;
            case FlowObject o:
                writer.WriteStartObject();
                foreach (var (key, item) in o.Properties)
                {
                    if (item is Undefined) continue; // as JSON.stringify does
                    writer.WritePropertyName(key);
                    Write(writer, item);
                }
                writer.WriteEndObject();
                break;
            case object?[] items:
                writer.WriteStartArray();
                foreach (var item in items) Write(writer, item);
                writer.WriteEndArray();
                break;
            default: throw new ExpressionFault($"a value of type {value.GetType().Name} cannot be stored");
        }
    }

    public static string ToJson(object? value) => JsonText.Of(value, Write);
}

/// <summary>An expression could not be evaluated on the values it met; the runtime turns it into an incident.</summary>
public sealed class ExpressionFault(string message) : Exception(message);
