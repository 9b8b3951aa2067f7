using Verify.Workflow.Expressions;

namespace Verify.Workflow.Runtime;

/// <summary>
/// A runtime that keeps its instances by itself and is asked from outside. Elsa is one; the embedded runtime can be asked
/// in the same way, so that one suite holds both. Definitions are given to a runtime when it is opened.
/// </summary>
public interface IWorkflowRuntime : IAsyncDisposable
{
    /// <summary>The word by which it is chosen: <c>embedded</c> or <c>elsa</c>.</summary>
    string Name { get; }

    /// <summary>The file with the runtime's instances; null: it has none. To be copied only while nobody asks the runtime anything.</summary>
    string? File { get; }

    /// <summary>Starts an instance and runs it until it waits or has ended. An instance that exists already is only read.</summary>
    /// <param name="instance">The caller's id of the instance; one id starts once.</param>
    Task<InstanceView> Start(string instance, string definitionId, int version, FlowObject input, CancellationToken cancellation = default);

    /// <summary>Completes a waiting task or fires a waiting timer. What no longer waits was completed before: the instance is only read.</summary>
    /// <param name="wait">Id of the <see cref="InstanceWait"/>.</param>
    /// <param name="result">What the person answered; null for a timer.</param>
    Task<InstanceView> Resume(string instance, string wait, object? result, CancellationToken cancellation = default);

    /// <summary>The instance as it is stored; null where there is none.</summary>
    Task<InstanceView?> Read(string instance, CancellationToken cancellation = default);

    /// <summary>Ends the instance; nothing of it waits afterwards. One that has ended, or never was, is left alone.</summary>
    Task Cancel(string instance, CancellationToken cancellation = default);
}

/// <summary>An instance as anybody can see it from outside, between two events.</summary>
/// <param name="Open">What waits, in the order in which it began to.</param>
/// <param name="Variables">Every declared variable by name; null when unset.</param>
public sealed record InstanceView(FlowStatus Status, IReadOnlyList<InstanceWait> Open, IReadOnlyDictionary<string, object?> Variables, IReadOnlyList<Incident> Incidents);

/// <param name="Id">The runtime's own id of what waits; unlike the activity's it is never used twice.</param>
/// <param name="Step">The task's name; empty for a timer.</param>
/// <param name="Payload">What the definition says of the task; empty for a timer.</param>
/// <param name="DueAt">When a timer is due; null for a task.</param>
public sealed record InstanceWait(string Id, string Activity, bool IsTimer, string Step, FlowObject Payload, DateTimeOffset? DueAt);
