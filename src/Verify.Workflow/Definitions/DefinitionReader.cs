using System.Globalization;
using System.Text.Json;
using Verify.Workflow.Expressions;

namespace Verify.Workflow.Definitions;

/// <summary>
/// Reads Elsa 3's JSON form of a workflow definition. What Elsa would accept silently and then do otherwise than it
/// says (unknown expression languages, inputs without a type, variables without storage) is refused here.
/// </summary>
public sealed class DefinitionReader
{
    private const int MaxConnections = 5000;
    private const int MaxActivities = 1000; // no desk draws a larger one; it bounds the cost of every analysis
    private readonly List<DefinitionProblem> _problems = [];
    private readonly Dictionary<string, Variable> _variables = new(StringComparer.Ordinal);
    private readonly HashSet<string> _inputs = new(StringComparer.Ordinal);

    private DefinitionReader() { }

    public static DefinitionReading Read(string json)
    {
        var reader = new DefinitionReader();
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 64 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return Refused("not_a_definition", "the file is not a JSON object");
            var definition = reader.Read(document.RootElement);
            return new(reader._problems.Count == 0 ? definition : null, reader._problems);
        }
        catch (InvalidOperationException)
        {
            return Refused("not_json", "a text holds half of a character (an unpaired \\ud800 escape); correct it");
        }
        catch (JsonException e)
        {
            return Refused("not_json", $"not valid JSON at line {e.LineNumber + 1}: {e.Message.Split('.')[0]}");
        }
    }

    private static DefinitionReading Refused(string code, string reason) => new(null, [new(code, null, reason)]);

    private Definition? Read(JsonElement e)
    {
        var id = Text(e, "definitionId");
        if (string.IsNullOrWhiteSpace(id)) Problem("no_id", null, "'definitionId' is missing");
        var version = e.TryGetProperty("version", out var v) && v.ValueKind == JsonValueKind.Number && v.TryGetInt32(out var n) ? n : 0;
        if (version < 1) Problem("no_version", null, "'version' must be a whole number from 1");
        ReadVariables(e);
        ReadInputs(e);
        var continues = ReadIncidentStrategy(e);
        if (!e.TryGetProperty("root", out var root) || root.ValueKind != JsonValueKind.Object || Text(root, "type") != "Elsa.Flowchart")
        {
            Problem("no_flowchart", null, "'root' must be an activity of type Elsa.Flowchart");
            return null;
        }
        foreach (var p in root.EnumerateObject().Where(p => p.Name is not ("id" or "type" or "version" or "name" or "nodeId" or "customProperties" or "metadata" or "activities" or "connections")))
            if (!(p.Name == "variables" && p.Value.ValueKind == JsonValueKind.Array && p.Value.GetArrayLength() == 0) && p.Value.ValueKind != JsonValueKind.Null)
                Problem("unknown_input", Text(root, "id"), $"'root.{p.Name}' is outside the subset (Elsa ignores or reinterprets it); remove it");
        var activities = ReadActivities(root);
        var connections = ReadConnections(root, activities);
        foreach (var a in activities) CheckNames(a);
        if (_problems.Count > 0) return null;
        return new Definition
        {
            Id = id!,
            Version = version,
            Name = Text(e, "name") ?? id!,
            Description = Text(e, "description"),
            Variables = [.. _variables.Values],
            Inputs = [.. _inputs],
            Activities = activities,
            Connections = connections,
            ContinueWithIncidents = continues,
        };
    }

    private void ReadVariables(JsonElement e)
    {
        foreach (var v in Items(e, "variables"))
        {
            var name = Text(v, "name");
            var id = Text(v, "id") ?? name;
            var type = Text(v, "typeName") ?? "Object";
            if (name is null || id is null) { Problem("no_name", null, "a variable has no name"); continue; }
            if (Text(v, "storageDriverTypeName") is null)
                Problem("not_stored", null, $"variable '{name}' has no storageDriverTypeName: Elsa loses it at the first wait");
            if (v.TryGetProperty("isArray", out var array) && array.ValueKind == JsonValueKind.True)
                Problem("unknown_type", null, $"variable '{name}' is an array, which is outside the subset");
            if (!_variables.TryAdd(name, new(id, name, type, Default(name, type, v))))
                Problem("duplicate_id", null, $"variable '{name}' is declared twice");
        }
    }

    private object? Default(string name, string type, JsonElement variable)
    {
        if (!variable.TryGetProperty("value", out var value) || value.ValueKind == JsonValueKind.Null) return type switch { "Int32" or "Double" => 0d, "Boolean" => false, _ => null };
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        switch (type)
        {
            case "Object" or "String": return text.Length == 0 ? null : value.ValueKind == JsonValueKind.String ? text : FlowValue.FromJson(value);
            case "Int32" when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var i): return (double)i;
            case "Double" when double.TryParse(text, CultureInfo.InvariantCulture, out var d): return d;
            case "Boolean" when bool.TryParse(text, out var b): return b;
        }
        Problem(type is "Int32" or "Double" or "Boolean" ? "bad_default" : "unknown_type", null, $"variable '{name}' of type {type} cannot start as '{text}'; types are Object, String, Int32, Double, Boolean");
        return null;
    }

    private void ReadInputs(JsonElement e)
    {
        foreach (var i in Items(e, "inputs"))
        {
            if (Text(i, "name") is not { } name) { Problem("no_name", null, "an input has no name"); continue; }
            if (Text(i, "storageDriverType") is null) Problem("not_stored", null, $"input '{name}' has no storageDriverType: Elsa loses it at the first wait");
            _inputs.Add(name);
        }
    }

    private bool ReadIncidentStrategy(JsonElement e)
    {
        if (!e.TryGetProperty("options", out var options) || options.ValueKind != JsonValueKind.Object) return false;
        var strategy = Text(options, "incidentStrategyType");
        if (strategy is null || strategy.Contains(".FaultStrategy", StringComparison.Ordinal)) return false;
        if (strategy.Contains(".ContinueWithIncidentsStrategy", StringComparison.Ordinal)) return true;
        Problem("unknown_strategy", null, $"incident strategy '{strategy}' is not known");
        return false;
    }

    private List<Activity> ReadActivities(JsonElement root)
    {
        var activities = new List<Activity>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var a in Items(root, "activities"))
        {
            var id = Text(a, "id");
            if (string.IsNullOrEmpty(id)) { Problem("no_id", null, $"activity number {activities.Count + 1} has no id"); continue; }
            if (!ids.Add(id)) { Problem("duplicate_id", id, "two activities have this id"); continue; }
            if (new ActivityReader(a, id, activities.Count, _problems, _variables.Values).Read() is { } activity) activities.Add(activity);
        }
        if (activities.Count > MaxActivities) Problem("too_large", null, $"{activities.Count} activities; the limit is {MaxActivities}");
        if (activities.Count == 0 && _problems.Count == 0) Problem("empty", null, "the flowchart has no activities");
        return activities;
    }

    private List<Connection> ReadConnections(JsonElement root, List<Activity> activities)
    {
        var connections = new List<Connection>();
        if (_problems.Count > 0) return connections; // their ends cannot be judged while activities are missing
        var byId = activities.ToDictionary(a => a.Id, StringComparer.Ordinal);
        foreach (var c in Items(root, "connections"))
        {
            if (connections.Count == MaxConnections) { Problem("too_large", null, $"more than {MaxConnections} connections"); break; }
            var (source, port) = ConnectionEnd(c, "source");
            var (target, _) = ConnectionEnd(c, "target");
            if (byId.TryGetValue(source ?? "", out var from) && byId.TryGetValue(target ?? "", out var to))
                connections.Add(new(connections.Count, from.Index, port ?? "", to.Index));
            else Problem("unknown_target", source, $"a connection leads from '{source}' to '{target}': one of them does not exist");
        }
        return connections;
    }

    private static (string? Activity, string? Port) ConnectionEnd(JsonElement c, string name) =>
        c.ValueKind == JsonValueKind.Object && c.TryGetProperty(name, out var end) && end.ValueKind == JsonValueKind.Object ? (Text(end, "activity"), Text(end, "port")) : (null, null);

    private void CheckNames(Activity activity)
    {
        foreach (var node in activity.Expressions.SelectMany(e => e.All()))
        {
            if (node is VariableRead v && !_variables.ContainsKey(v.Name)) Problem("unknown_variable", activity.Id, $"variable '{v.Name}' is read but not declared");
            if (node is InputRead i && !_inputs.Contains(i.Name)) Problem("unknown_variable", activity.Id, $"input '{i.Name}' is read but not declared");
        }
    }

    internal static string? Text(JsonElement e, string name) =>
        e.ValueKind == JsonValueKind.Object && e.TryGetProperty(name, out var p) && p.ValueKind == JsonValueKind.String ? p.GetString() : null;

    private static IEnumerable<JsonElement> Items(JsonElement e, string name) =>
        e.TryGetProperty(name, out var p) && p.ValueKind == JsonValueKind.Array ? p.EnumerateArray() : [];

    private void Problem(string code, string? activity, string reason) => _problems.Add(new(code, activity, reason));
}
