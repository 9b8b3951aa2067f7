using System.Collections.Concurrent;
using System.Text.Json;
using Dapper;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Verify.Desk.Data;
using Verify.Desk.Features.Runtimes;
using Verify.Desk.Requests;
using Verify.Workflow.Expressions;
using Verify.Workflow.Runtime;

namespace Verify.Desk.Runtimes;

/// <summary>
/// Brings a claim and its instance elsewhere together: delivers what waits in the outbox, in order, and writes down what the
/// instance has become. Whatever was cut short is simply done again: the runtime takes a message once, and the claim's rows
/// are compared with the instance, not added to.
/// </summary>
public sealed class Relay(DeskDatabase database, OutsideRuntimes runtimes, IServiceScopeFactory scopes)
{
    /// <summary>Idempotency keys of commands that are on disk and whose runtimes are being told.</summary>
    internal ConcurrentDictionary<string, TaskCompletionSource> Telling { get; } = new(StringComparer.Ordinal);

    // One message of a claim at a time; claims share turns by their hash.
    private const int Turns = 64;
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, Turns).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Delivers all that waits for any claim. Null, or why some of it could not be.</summary>
    public async Task<Refusal?> DeliverAll(CancellationToken cancellation = default)
    {
        await using var connection = database.OpenReader();
        Refusal? first = null;
        foreach (var claim in (await connection.QueryAsync<string>(OutboxRow.Claims)).ToList())
            if (await Deliver(claim, cancellation) is { } refusal) first ??= refusal;
        return first;
    }

    /// <summary>Delivers all that waits for a claim. Null, or why it could not be; it waits on, then.</summary>
    public async Task<Refusal?> Deliver(string claimId, CancellationToken cancellation = default)
    {
        var others = new HashSet<string>(StringComparer.Ordinal);
        var turn = _turns[(uint)claimId.GetHashCode(StringComparison.Ordinal) % Turns];
        await turn.WaitAsync(cancellation);
        try
        {
            while (await First(claimId) is { } message)
                if (await Deliver(message, others, cancellation) is { } refusal && (await First(claimId))?.Id == message.Id) return refusal; // else another process told it meanwhile
        }
        finally { turn.Release(); }
        // What came of it moved other claims too: theirs is another turn.
        foreach (var other in others.Where(o => o != claimId))
            if (await Deliver(other, cancellation) is { } refusal) return refusal;
        return null;
    }

    /// <summary>Does something while no runtime is told anything.</summary>
    public async Task<T> WhileQuiet<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        foreach (var turn in _turns) await turn.WaitAsync(cancellation);
        try { return await work(); }
        finally { foreach (var turn in _turns) turn.Release(); }
    }

    private async Task<OutboxRow?> First(string claimId)
    {
        await using var connection = database.OpenReader();
        return await connection.QuerySingleOrDefaultAsync<OutboxRow>(OutboxRow.FirstOfClaim, new { ClaimId = claimId });
    }

    private async Task<Refusal?> Deliver(OutboxRow message, HashSet<string> moved, CancellationToken cancellation)
    {
        var opened = await runtimes.Get(message.Runtime, cancellation);
        if (opened.Refusal is { } missing) return missing;
        InstanceView? view;
        try { view = await Tell(opened.Value, message, cancellation); }
#pragma warning disable CA1031 // whatever goes wrong over there, the message stays where it is and is delivered again
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return Refused.RuntimeFailed(message.Runtime, $"{e.GetType().Name}: {e.Message}".ReplaceLineEndings(" "));
        }
        await using var scope = scopes.CreateAsyncScope();
        var followed = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new FollowInstance(message.Id, view), cancellation);
        moved.UnionWith(scope.ServiceProvider.GetRequiredService<Session>().ToBeTold);
        return followed.Refusal;
    }

    private static async Task<InstanceView?> Tell(IWorkflowRuntime runtime, OutboxRow message, CancellationToken cancellation)
    {
        switch (message.Kind)
        {
            case "start":
                var start = JsonSerializer.Deserialize<StartBody>(message.Body)!;
                return await runtime.Start(message.Instance, start.Definition, (int)start.Version, (FlowObject)Value(start.Input)!, cancellation);
            case "resume":
                var resume = JsonSerializer.Deserialize<ResumeBody>(message.Body)!;
                return await runtime.Resume(message.Instance, resume.Wait, Value(resume.Result), cancellation);
            default:
                await runtime.Cancel(message.Instance, cancellation);
                return null;
        }
    }

    private static object? Value(string json)
    {
        using var document = JsonDocument.Parse(json);
        return FlowValue.FromJson(document.RootElement);
    }
}
