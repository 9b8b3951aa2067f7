using System.Collections.Concurrent;
using System.Globalization;
using Verify.Workflow.Definitions;
using Verify.Workflow.Expressions;

namespace Verify.Workflow.Runtime;

/// <summary>
/// The embedded runtime asked from outside, its instances in memory as the text that a desk would store. The desk itself
/// does not go this way: it calls <see cref="FlowRuntime"/> within its own transaction.
/// </summary>
public sealed class EmbeddedRuntime(IEnumerable<Definition> definitions, TimeProvider clock) : IWorkflowRuntime
{
    private readonly Dictionary<(string, int), Definition> _definitions = definitions.ToDictionary(d => (d.Id, d.Version));
    private readonly ConcurrentDictionary<string, Instance> _instances = new(StringComparer.Ordinal);

    private sealed record Instance(Definition Definition, string State, IReadOnlyDictionary<int, InstanceWait> Waits);

    public string Name => "embedded";
    public string? File => null;

    public Task<InstanceView> Start(string instance, string definitionId, int version, FlowObject input, CancellationToken cancellation = default)
    {
        if (!_instances.ContainsKey(instance)) Keep(instance, _definitions[(definitionId, version)], FlowRuntime.Start(_definitions[(definitionId, version)], input), new Dictionary<int, InstanceWait>());
        return Task.FromResult(View(_instances[instance]));
    }

    public Task<InstanceView> Resume(string instance, string wait, object? result, CancellationToken cancellation = default)
    {
        var known = _instances[instance];
        var token = int.Parse(wait, CultureInfo.InvariantCulture);
        var state = FlowState.FromJson(known.State);
        if (state.Open.Any(o => o.Token == token)) Keep(instance, known.Definition, FlowRuntime.Resume(known.Definition, state, token, result), known.Waits);
        return Task.FromResult(View(_instances[instance]));
    }

    public Task<InstanceView?> Read(string instance, CancellationToken cancellation = default) =>
        Task.FromResult(_instances.TryGetValue(instance, out var known) ? View(known) : null);

    public Task Cancel(string instance, CancellationToken cancellation = default)
    {
        _instances.TryRemove(instance, out _);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Keep(string instance, Definition definition, Step step, IReadOnlyDictionary<int, InstanceWait> before)
    {
        var waits = new Dictionary<int, InstanceWait>(before);
        foreach (var effect in step.Effects)
            if (effect is TaskOpened task) waits[task.Token] = new(Id(task.Token), task.ActivityId, false, task.TaskName, task.Payload, null);
            else if (effect is TimerSet timer) waits[timer.Token] = new(Id(timer.Token), timer.ActivityId, true, "", FlowObject.Empty, clock.GetUtcNow() + timer.Time);
        _instances[instance] = new(definition, step.State.ToJson(), waits);
    }

    private static InstanceView View(Instance instance)
    {
        var state = FlowState.FromJson(instance.State);
        var variables = instance.Definition.Variables.Select((v, i) => KeyValuePair.Create(v.Name, state.Variables[i])).ToDictionary(StringComparer.Ordinal);
        return new(state.Status, [.. state.Open.OrderBy(o => o.Token).Select(o => instance.Waits[o.Token])], variables, state.Incidents);
    }

    private static string Id(int token) => token.ToString(CultureInfo.InvariantCulture);
}
