using System.Text.Json;
using Elsa.Workflows.Runtime;
using Elsa.Workflows.Runtime.Notifications;
using Elsa.Workflows.Runtime.Stimuli;

namespace Verify.Elsa;

/// <summary>
/// Keeps what a definition says of a task with the instance. Elsa tells it once, before it commits; kept as a property of
/// the instance it is stored by the same write as the rest of the state, and can be read again after a crash.
/// </summary>
internal sealed class TaskDetails : ITaskDispatcher
{
    private const string Prefix = "verify:task:";

    public static string Key(string taskId) => Prefix + taskId;

    public Task DispatchAsync(RunTaskRequest request, CancellationToken cancellationToken = default)
    {
        var context = request.ActivityExecutionContext.WorkflowExecutionContext;
        var open = context.Bookmarks.Select(b => b.Payload).OfType<RunTaskStimulus>().Select(s => Key(s.TaskId)).Append(Key(request.TaskId)).ToHashSet(StringComparer.Ordinal);
        foreach (var closed in context.Properties.Keys.Where(k => k.StartsWith(Prefix, StringComparison.Ordinal) && !open.Contains(k)).ToList()) context.Properties.Remove(closed);
        context.Properties[Key(request.TaskId)] = JsonSerializer.Serialize(request.TaskPayload ?? new Dictionary<string, object>());
        return Task.CompletedTask;
    }
}
