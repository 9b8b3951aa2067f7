namespace Verify.Workflow.Runtime;

/// <summary>Work that was lost or doubled in a burst, or a fault that nobody wrote down as one.</summary>
/// <param name="Code">skipped_join, doubled_join, doubled_task, work_after_end, ends_unseen, stuck, faults.</param>
internal sealed record Mishap(string Code, string Activity, string Reason);
