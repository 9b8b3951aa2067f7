using Verify.Workflow.Runtime;

namespace Verify.Workflow.Conformance;

/// <summary>Runs a recorded trace on a runtime and looks for the first answer that differs.</summary>
public static class TraceRun
{
    /// <returns>Null where every answer is the recorded one; else where and how the first one differs.</returns>
    public static async Task<string?> FirstDifference(IWorkflowRuntime runtime, string instance, string definitionId, int version, Trace trace, CancellationToken cancellation = default)
    {
        var view = await runtime.Start(instance, definitionId, version, trace.Input, cancellation);
        for (var i = 0; ; i++)
        {
            if (TraceState.Of(view).DifferenceFrom(trace.Expected[i]) is { } difference) return $"after {(i == 0 ? "the start" : $"step {i} ({trace.Steps[i - 1].Activity})")}: {difference}";
            if (i == trace.Steps.Count) return null;
            var step = trace.Steps[i];
            // Where one task is open twice, the one that was opened first was completed.
            var wait = view.Open.FirstOrDefault(o => o.Activity == step.Activity && o.IsTimer == step.IsTimer);
            if (wait is null) return $"before step {i + 1}: {step.Activity} does not wait";
            view = await runtime.Resume(instance, wait.Id, step.Result, cancellation);
        }
    }
}
