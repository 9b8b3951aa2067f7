using System.Globalization;
using System.Text.Json;
using Verify.Workflow.Expressions;

namespace Verify.Workflow.Definitions;

/// <summary>Reads one activity; adds to the problems whatever is outside the subset.</summary>
internal sealed class ActivityReader(JsonElement json, string id, int index, List<DefinitionProblem> problems, IEnumerable<Variable> variables)
{
    private static readonly HashSet<string> Common = ["id", "name", "type", "version", "nodeId", "customProperties", "metadata"];
    private readonly string? _name = DefinitionReader.Text(json, "name");
    private readonly int _problemsBefore = problems.Count;

    public Activity? Read()
    {
        var type = DefinitionReader.Text(json, "type");
        foreach (var p in json.EnumerateObject().Where(p => !Common.Contains(p.Name) && type is not null && !Subset.IsInput(type, p.Name)))
            if (Subset.Activities.Any(a => $"Elsa.{a.Name}" == type)) Problem<object>("unknown_input", $"input '{p.Name}' is outside the subset");
        Activity? activity = type switch
        {
            "Elsa.Start" => new Start(index, id, _name),
            "Elsa.Finish" => new Finish(index, id, _name),
            "Elsa.End" => new End(index, id, _name),
            "Elsa.RunTask" => RunTask(),
            "Elsa.FlowSwitch" => FlowSwitch(),
            "Elsa.FlowDecision" => new FlowDecision(index, id, _name, Input("condition", "Boolean") ?? new Constant(false)),
            "Elsa.FlowFork" => new FlowFork(index, id, _name, Branches()),
            "Elsa.FlowJoin" => new FlowJoin(index, id, _name, Mode(JoinMode.WaitAny)),
            "Elsa.SetVariable" => SetVariable(),
            "Elsa.Delay" => new Delay(index, id, _name, Time()),
            "Elsa.Fault" => Fault(),
            _ => Problem<Activity>("unknown_activity", $"activity type '{type}' is outside the subset ({string.Join(", ", Subset.Activities.Select(a => a.Name))})"),
        };
        return problems.Count == _problemsBefore ? activity : null;
    }

    private RunTask? RunTask()
    {
        if (json.TryGetProperty("taskId", out var taskId) && taskId.ValueKind != JsonValueKind.Null)
            return Problem<RunTask>("unknown_input", "output 'taskId' is outside the subset; leave it null");
        var name = Input("taskName", "String");
        if (name is null) return Problem<RunTask>("missing_input", "'taskName' is missing");
        string? result = null;
        if (json.TryGetProperty("result", out var output) && output.ValueKind == JsonValueKind.Object)
        {
            var variableId = output.TryGetProperty("memoryReference", out var reference) ? DefinitionReader.Text(reference, "id") : null;
            result = variables.FirstOrDefault(v => v.Id == variableId)?.Name;
            if (result is null) return Problem<RunTask>("unknown_variable", $"the result goes to variable id '{variableId}', which is not declared");
        }
        return new RunTask(index, id, _name, name, Input("payload", "ObjectDictionary"), result);
    }

    private FlowSwitch? FlowSwitch()
    {
        var cases = new List<SwitchCase>();
        if (json.TryGetProperty("cases", out var items) && items.ValueKind == JsonValueKind.Array)
            foreach (var c in items.EnumerateArray())
            {
                var label = DefinitionReader.Text(c, "label");
                if (label is null || !c.TryGetProperty("condition", out var condition)) return Problem<FlowSwitch>("missing_input", "a case has no label or no condition");
                if (Expression(condition, $"case '{label}'") is { } parsed) cases.Add(new(label, parsed));
            }
        var mode = LiteralText("mode");
        if (mode is not (null or "MatchFirst" or "MatchAny")) return Problem<FlowSwitch>("unknown_mode", $"mode '{mode}' is not MatchFirst or MatchAny");
        return new FlowSwitch(index, id, _name, cases, mode == "MatchAny");
    }

    private SetVariable? SetVariable()
    {
        var target = json.TryGetProperty("variable", out var v) ? DefinitionReader.Text(v, "id") ?? DefinitionReader.Text(v, "name") : null;
        var variable = variables.FirstOrDefault(x => x.Id == target || x.Name == target);
        if (variable is null) return Problem<SetVariable>("unknown_variable", $"variable '{target}' is not declared");
        return new SetVariable(index, id, _name, variable.Name, Input("value", "Object") ?? new Constant(null));
    }

    private Fault Fault()
    {
        Input("category", "String");
        Input("faultType", "String");
        return new Fault(index, id, _name, Input("code", "String") ?? new Constant("0"), Input("message", "String"));
    }

    private string[] Branches()
    {
        if (!json.TryGetProperty("branches", out var input) || input.ValueKind == JsonValueKind.Null) return ["Done"];
        if (InputExpression(input, "branches") is { } e && DefinitionReader.Text(e, "type") == "Object" && DefinitionReader.Text(e, "value") is { } text)
        {
            try
            {
                if (JsonSerializer.Deserialize<string[]>(text) is { Length: > 0 } branches) return branches;
            }
            catch (JsonException) { /* told below, with what is expected */ }
        }
        return Problem<string[]>("bad_input", "'branches' must be an Object expression holding a JSON list of names") ?? [];
    }

    private JoinMode Mode(JoinMode absent)
    {
        var text = LiteralText("mode");
        if (text is null) return absent;
        if (Enum.TryParse<JoinMode>(text, out var mode) && Enum.IsDefined(mode)) return mode;
        Problem<object>("unknown_mode", $"mode '{text}' is not WaitAll, WaitAllActive or WaitAny");
        return absent;
    }

    private TimeSpan Time()
    {
        if (TimeSpan.TryParseExact(LiteralText("timeSpan"), "c", CultureInfo.InvariantCulture, out var time) && time >= TimeSpan.Zero) return time;
        Problem<object>("bad_input", "'timeSpan' must be a literal [d.]hh:mm:ss");
        return default;
    }

    private string? LiteralText(string name)
    {
        if (!json.TryGetProperty(name, out var input) || input.ValueKind == JsonValueKind.Null) return null;
        if (InputExpression(input, name) is { } e && DefinitionReader.Text(e, "type") == "Literal") return DefinitionReader.Text(e, "value");
        return Problem<string>("bad_input", $"'{name}' must be a literal");
    }

    private Expression? Input(string name, string type)
    {
        if (!json.TryGetProperty(name, out var input) || input.ValueKind == JsonValueKind.Null) return null;
        if (InputExpression(input, name) is not { } e) return null;
        if (DefinitionReader.Text(input, "typeName") != type)
            return Problem<Expression>("bad_input", $"'{name}' must have typeName {type} (without it Elsa reads null)");
        return Expression(e, $"'{name}'");
    }

    private JsonElement? InputExpression(JsonElement input, string name)
    {
        if (input.ValueKind == JsonValueKind.Object && input.TryGetProperty("typeName", out _) && input.TryGetProperty("expression", out var e) && e.ValueKind == JsonValueKind.Object) return e;
        Problem<object>("bad_input", $"'{name}' must be an object with typeName and expression");
        return null;
    }

    private Expression? Expression(JsonElement e, string what)
    {
        var language = DefinitionReader.Text(e, "type");
        e.TryGetProperty("value", out var value);
        switch (language)
        {
            case "Literal": return new Constant(FlowValue.FromJson(value));
            case "Object" when value.ValueKind == JsonValueKind.String:
                try
                {
                    using var document = JsonDocument.Parse(value.GetString()!);
                    return new Constant(FlowValue.FromJson(document.RootElement));
                }
                catch (JsonException) { return Problem<Expression>("bad_expression", $"{what} does not hold valid JSON"); }
            case "JavaScript" when value.ValueKind == JsonValueKind.String:
                try { return ExpressionParser.Parse(value.GetString()!); }
                catch (ExpressionSyntaxError error) { return Problem<Expression>("bad_expression", $"{what}: {error.Message}"); }
        }
        return Problem<Expression>("unknown_language", $"{what} is written in '{language}', which Elsa would read as null; use Literal, JavaScript or Object");
    }

    private T? Problem<T>(string code, string reason) where T : class
    {
        problems.Add(new(code, id, reason));
        return null;
    }
}
