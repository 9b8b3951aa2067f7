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
    public string ToJson() => FlowStateJson.Write(this);

    /// <exception cref="JsonException">The text is not a state that <see cref="ToJson"/> wrote.</exception>
    public static FlowState FromJson(string json) => FlowStateJson.Read(json);
}
