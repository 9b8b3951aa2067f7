using Elsa.Scheduling;

namespace Verify.Elsa;

/// <summary>
/// Elsa's timers are fired from outside, by whoever keeps the clock: one that fired by itself could do so before its
/// instance is known, and would do so unseen while no process runs.
/// </summary>
internal sealed class NoScheduler : IWorkflowScheduler
{
    public ValueTask ScheduleAtAsync(string taskName, ScheduleNewWorkflowInstanceRequest request, DateTimeOffset at, CancellationToken cancellationToken = default) => default;
    public ValueTask ScheduleAtAsync(string taskName, ScheduleExistingWorkflowInstanceRequest request, DateTimeOffset at, CancellationToken cancellationToken = default) => default;
    public ValueTask ScheduleRecurringAsync(string taskName, ScheduleNewWorkflowInstanceRequest request, DateTimeOffset startAt, TimeSpan interval, CancellationToken cancellationToken = default) => default;
    public ValueTask ScheduleRecurringAsync(string taskName, ScheduleExistingWorkflowInstanceRequest request, DateTimeOffset startAt, TimeSpan interval, CancellationToken cancellationToken = default) => default;
    public ValueTask ScheduleCronAsync(string taskName, ScheduleNewWorkflowInstanceRequest request, string cronExpression, CancellationToken cancellationToken = default) => default;
    public ValueTask ScheduleCronAsync(string taskName, ScheduleExistingWorkflowInstanceRequest request, string cronExpression, CancellationToken cancellationToken = default) => default;
    public ValueTask UnscheduleAsync(string taskName, CancellationToken cancellationToken = default) => default;
}
