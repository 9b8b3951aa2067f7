using Verify.Workflow.Definitions;
using Verify.Workflow.Expressions;

namespace Verify.Workflow.Runtime;

/// <summary>
/// The embedded runtime: a pure function from (definition, state, event) to (state, effects). It follows Elsa 3.7 in
/// counter mode, so that one definition means the same on both. No clock, no I/O; safe from any thread.
/// </summary>
public static class FlowRuntime
{
    /// <param name="firstToken">Number of the first activity that begins; an instance that follows another goes on counting where that one ended.</param>
    public static Step Start(Definition definition, FlowObject input, int firstToken = 1) => Begin(definition, input, firstToken).Result();

    internal static FlowRun Begin(Definition definition, FlowObject input, int firstToken = 1)
    {
        var run = new FlowRun(definition, new FlowState
        {
            Status = FlowStatus.Running,
            Input = input,
            Variables = [.. definition.Variables.Select(v => v.Default)],
            ActivityVisits = new int[definition.Activities.Count],
            ConnectionVisits = new int[definition.Connections.Count],
            LastFollowed = new bool[definition.Connections.Count],
            Open = [],
            Stuck = [],
            Incidents = [],
            FlowEnded = false,
            NextToken = firstToken,
        });
        run.Begin();
        return run;
    }

    /// <summary>Completes the waiting task or fires the waiting timer with this number.</summary>
    /// <param name="result">What the person answered; goes to the task's result variable. Null for a timer.</param>
    /// <exception cref="InvalidOperationException">Nothing with this number waits.</exception>
    public static Step Resume(Definition definition, FlowState state, int token, object? result) => Continue(definition, state, token, result).Result();

    internal static FlowRun Continue(Definition definition, FlowState state, int token, object? result)
    {
        var waiting = state.Open.FirstOrDefault(o => o.Token == token)
            ?? throw new InvalidOperationException($"nothing with number {token} waits in this instance");
        var run = new FlowRun(definition, state);
        run.Resume(waiting, result);
        return run;
    }
}
