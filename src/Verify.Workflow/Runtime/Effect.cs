using Verify.Workflow.Expressions;

namespace Verify.Workflow.Runtime;

/// <summary>What the caller has to do in the world after a step. Effects are in the order in which they arose.</summary>
public abstract record Effect;

/// <param name="Token">Number of the task within the instance; completes it.</param>
/// <param name="TaskName">The step, for example <c>corroborate</c>.</param>
public sealed record TaskOpened(int Token, string ActivityId, string TaskName, FlowObject Payload) : Effect;

public sealed record TaskWithdrawn(int Token, string ActivityId) : Effect;

/// <param name="Time">How long from now until the timer is due.</param>
public sealed record TimerSet(int Token, string ActivityId, TimeSpan Time) : Effect;

public sealed record TimerCleared(int Token, string ActivityId) : Effect;

public sealed record VariableChanged(string Name, object? Value) : Effect;

public sealed record IncidentRaised(string ActivityId, string Message) : Effect;

public sealed record Ended(FlowStatus Status) : Effect;

/// <summary>The state after an event and what follows from it.</summary>
public sealed record Step(FlowState State, IReadOnlyList<Effect> Effects);
