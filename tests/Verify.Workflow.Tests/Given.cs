using System.Text.Json;
using Verify.Workflow.Definitions;
using Verify.Workflow.Expressions;
using Verify.Workflow.Runtime;

namespace Verify.Workflow.Tests;

/// <summary>Finds folders and builds small definitions in a few words.</summary>
internal static class Given
{
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of recorded Elsa runs; null where it is absent, and then its tests are skipped.</summary>
    public static string? Traces
    {
        get
        {
            var folder = Environment.GetEnvironmentVariable("VERIFY_SHARED") ?? Path.Combine(Root, "..", "shared");
            var traces = Path.Combine(folder, "elsa", "traces");
            return Directory.Exists(traces) ? traces : null;
        }
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Verify.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Verify.sln is not above the tests");
        return folder;
    }

    public static Definition Definition(string json)
    {
        var reading = DefinitionReader.Read(json);
        return reading.Definition ?? throw new InvalidOperationException(string.Join("; ", reading.Problems));
    }

    /// <summary>
    /// A definition from lines <c>a:Type</c> (activity) and <c>a.Port>b</c> (connection). Tasks write to a variable
    /// of their own id; <c>x:Switch(t)</c> routes on the outcome of task t, its ports being the outcomes;
    /// <c>x:Join(WaitAll)</c>, <c>f:Fork(A,B)</c>, <c>d:Delay(00:01:00)</c>, <c>n:Count</c> adds one to variable n.
    /// </summary>
    public static Definition Flow(params string[] lines) => Definition(Json(lines));

    public static string Json(params string[] lines)
    {
        var activities = lines.Where(l => !l.Contains('>')).Select(l => l.Split(':', 2)).ToList();
        var connections = lines.Where(l => l.Contains('>')).Select(l => l.Split(['.', '>'], 3)).ToList();
        string[] PortsOf(string id) => [.. connections.Where(c => c[0] == id).Select(c => c[1]).Distinct()];
        object Input(string type, string language, string value) => new { typeName = type, expression = new { type = language, value } };
        object Activity(string id, string spec)
        {
            var type = spec.Split('(')[0];
            var argument = spec.Contains('(') ? spec[(spec.IndexOf('(') + 1)..^1] : "";
            return type switch
            {
                "Task" => new { id, type = "Elsa.RunTask", taskName = Input("String", "Literal", id), result = new { typeName = "Object", memoryReference = new { id } } },
                "Switch" => new { id, type = "Elsa.FlowSwitch", cases = PortsOf(id).Where(p => p != "Default").Select(p => new { label = p, condition = new { type = "JavaScript", value = $"return variables.{argument}.outcome === '{p}';" } }) },
                "Join" => new { id, type = "Elsa.FlowJoin", mode = Input("Mode", "Literal", argument) },
                "Fork" => new { id, type = "Elsa.FlowFork", branches = Input("String[]", "Object", JsonSerializer.Serialize(argument.Split(','))) },
                "Delay" => new { id, type = "Elsa.Delay", timeSpan = Input("TimeSpan", "Literal", argument) },
                "Count" => new { id, type = "Elsa.SetVariable", variable = new { id = "n" }, value = Input("Object", "JavaScript", "return variables.n + 1;") },
                _ => (object)new { id, type = "Elsa." + type },
            };
        }
        const string driver = "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core";
        return JsonSerializer.Serialize(new
        {
            definitionId = "flow",
            version = 1,
            name = "flow",
            variables = activities.Where(a => a[1] == "Task").Select(a => new { id = a[0], name = a[0], typeName = "Object", value = (string?)null, storageDriverTypeName = driver })
                .Append(new { id = "n", name = "n", typeName = "Int32", value = (string?)"0", storageDriverTypeName = driver }),
            root = new
            {
                id = "root",
                type = "Elsa.Flowchart",
                activities = activities.Select(a => Activity(a[0], a[1])),
                connections = connections.Select(c => new { source = new { activity = c[0], port = c[1] }, target = new { activity = c[2], port = "In" } }),
            },
        });
    }

    public static FlowObject Outcome(string outcome) => new([KeyValuePair.Create("outcome", (object?)outcome)]);

    public static string[] Open(Definition d, FlowState s) => [.. s.Open.Select(o => d.Activities[o.Activity].Id).Order()];

    public static Step Complete(Definition d, FlowState s, string activity, string outcome = "done") =>
        FlowRuntime.Resume(d, s, s.Open.First(o => d.Activities[o.Activity].Id == activity).Token, Outcome(outcome));
}
