using Verify.Workflow.Expressions;

namespace Verify.Workflow.Definitions;

/// <summary>A workflow definition as read from its file. Immutable; safe to share between threads.</summary>
public sealed class Definition
{
    public required string Id { get; init; }
    public required int Version { get; init; }
    public required string Name { get; init; }
    public string? Description { get; init; }
    public required IReadOnlyList<Variable> Variables { get; init; }
    public required IReadOnlyList<string> Inputs { get; init; }
    public required IReadOnlyList<Activity> Activities { get; init; }
    public required IReadOnlyList<Connection> Connections { get; init; }
    public bool ContinueWithIncidents { get; init; }

    private Graph? _graph;
    public Graph Graph => _graph ??= new Graph(this);

    public Activity? Find(string activityId) => Activities.FirstOrDefault(a => a.Id == activityId);

    public override string ToString() => $"{Id} v{Version}";
}

/// <param name="Type">Elsa's type name: Object, String, Int32, Boolean, Double.</param>
public sealed record Variable(string Id, string Name, string Type, object? Default);

/// <param name="Source">Index of the source activity in <see cref="Definition.Activities"/>.</param>
/// <param name="Target">Index of the target activity.</param>
public sealed record Connection(int Index, int Source, string Port, int Target);

/// <summary>A step of the flowchart. The names are those of Elsa's activity types.</summary>
public abstract record Activity(int Index, string Id, string? Name)
{
    /// <summary>The outcomes it can end with; null when they follow from an expression.</summary>
    public virtual IReadOnlyList<string> Outcomes => ["Done"];
    public virtual IEnumerable<Expression> Expressions => [];
    public string Type => GetType().Name;
}

public sealed record Start(int Index, string Id, string? Name) : Activity(Index, Id, Name);

/// <summary>A person's step: waits until its task is completed with a result.</summary>
public sealed record RunTask(int Index, string Id, string? Name, Expression TaskName, Expression? Payload, string? ResultVariable) : Activity(Index, Id, Name)
{
    public override IEnumerable<Expression> Expressions => Payload is null ? [TaskName] : [TaskName, Payload];
}

public sealed record SwitchCase(string Label, Expression Condition);

public sealed record FlowSwitch(int Index, string Id, string? Name, IReadOnlyList<SwitchCase> Cases, bool MatchAny) : Activity(Index, Id, Name)
{
    public override IReadOnlyList<string> Outcomes => [.. Cases.Select(c => c.Label).Append("Default").Distinct()];
    public override IEnumerable<Expression> Expressions => Cases.Select(c => c.Condition);
}

public sealed record FlowDecision(int Index, string Id, string? Name, Expression Condition) : Activity(Index, Id, Name)
{
    public override IReadOnlyList<string> Outcomes => ["True", "False"];
    public override IEnumerable<Expression> Expressions => [Condition];
}

public sealed record FlowFork(int Index, string Id, string? Name, IReadOnlyList<string> Branches) : Activity(Index, Id, Name)
{
    public override IReadOnlyList<string> Outcomes => Branches;
}

public enum JoinMode { WaitAny, WaitAll, WaitAllActive }

public sealed record FlowJoin(int Index, string Id, string? Name, JoinMode Mode) : Activity(Index, Id, Name);

public sealed record SetVariable(int Index, string Id, string? Name, string Variable, Expression Value) : Activity(Index, Id, Name)
{
    public override IEnumerable<Expression> Expressions => [Value];
}

/// <summary>Waits for a length of time. The clock belongs to the caller: the runtime only says how long.</summary>
public sealed record Delay(int Index, string Id, string? Name, TimeSpan Time) : Activity(Index, Id, Name);

/// <summary>Ends the workflow at once; whatever else is open is withdrawn.</summary>
public sealed record Finish(int Index, string Id, string? Name) : Activity(Index, Id, Name)
{
    public override IReadOnlyList<string> Outcomes => [];
}

/// <summary>Ends the flowchart; whatever else is open is withdrawn.</summary>
public sealed record End(int Index, string Id, string? Name) : Activity(Index, Id, Name)
{
    public override IReadOnlyList<string> Outcomes => [];
}

public sealed record Fault(int Index, string Id, string? Name, Expression Code, Expression? Message) : Activity(Index, Id, Name)
{
    public override IReadOnlyList<string> Outcomes => [];
    public override IEnumerable<Expression> Expressions => Message is null ? [Code] : [Code, Message];
}
