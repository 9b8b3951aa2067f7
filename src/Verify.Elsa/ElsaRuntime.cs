using Elsa.Scheduling.Bookmarks;
using Elsa.Workflows;
using Elsa.Workflows.Management;
using Elsa.Workflows.Models;
using Elsa.Workflows.Runtime;
using Elsa.Workflows.Runtime.Activities;
using Elsa.Workflows.Runtime.Messages;
using Elsa.Workflows.Runtime.Stimuli;
using Elsa.Workflows.State;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Verify.Workflow.Expressions;
using Verify.Workflow.Runtime;
using Incident = Verify.Workflow.Runtime.Incident;

namespace Verify.Elsa;

/// <summary>
/// Elsa 3.7 as the runtime. The row of an instance is the truth: Elsa writes it last, so that what a killed process left
/// half-committed (bookmark rows without it) counts as not done, and doing it again puts it right.
/// </summary>
public sealed class ElsaRuntime : Workflow.Runtime.IWorkflowRuntime
{
    public const string ManagementPath = ManagementApi.Path;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly IHost _host;
    private readonly FileStream _mine;

    private readonly ManagementApi? _management;

    private ElsaRuntime(IHost host, FileStream mine, string file, bool managed)
    {
        (_host, _mine, File) = (host, mine, file);
        if (managed) _management = new(host.Services);
    }

    public string File { get; }

    public string Name => "elsa";

    /// <summary>
    /// Opens Elsa on its file; takes a second or more, most of it Elsa's start. One process at a time: Elsa's locks are of
    /// this process, and two that ran one instance would double its tasks.
    /// </summary>
    /// <param name="file">Path of the SQLite file with Elsa's tables; created where it is missing.</param>
    /// <param name="definitions">Texts of the definitions that items may start on or run on.</param>
    /// <exception cref="IOException">Another process has had the file open for all of five seconds.</exception>
    public static Task<Workflow.Runtime.IWorkflowRuntime> Open(string file, IReadOnlyCollection<string> definitions, TimeProvider clock, CancellationToken cancellation = default) =>
        Open(file, definitions, clock, managed: false, cancellation);

    /// <summary>The same with <see cref="Answer"/>; Elsa then writes its own journal too.</summary>
    /// <inheritdoc cref="Open(string, IReadOnlyCollection{string}, TimeProvider, CancellationToken)"/>
    public static Task<Workflow.Runtime.IWorkflowRuntime> OpenManaged(string file, IReadOnlyCollection<string> definitions, TimeProvider clock, CancellationToken cancellation = default) =>
        Open(file, definitions, clock, managed: true, cancellation);

    private static async Task<Workflow.Runtime.IWorkflowRuntime> Open(string file, IReadOnlyCollection<string> definitions, TimeProvider clock, bool managed, CancellationToken cancellation)
    {
        var mine = await TakeHold(file + ".lock", cancellation);
        IHost? host = null;
        try
        {
            if (!System.IO.File.Exists(file)) await ElsaHost.Create(file, clock, cancellation);
            host = ElsaHost.Build(file, definitions, clock, managed);
            await host.StartAsync(cancellation);
            // Elsa's start swallows it, and would leave a runtime without definitions.
            cancellation.ThrowIfCancellationRequested();
            return new ElsaRuntime(host, mine, file, managed);
        }
        catch
        {
            host?.Dispose();
            await mine.DisposeAsync();
            throw;
        }
    }

    private static async Task<FileStream> TakeHold(string path, CancellationToken cancellation)
    {
        for (var since = TimeProvider.System.GetTimestamp(); ;)
        {
            try { return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(since) < Patience) { await Task.Delay(50, cancellation); }
            catch (IOException e) { throw new IOException("another process runs Elsa on this desk; it will be told by that one if it is `verify serve`", e); }
        }
    }

    public async Task<InstanceView> Start(string instance, string definitionId, int version, FlowObject input, CancellationToken cancellation = default)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        var client = await Client(scope, instance, cancellation);
        if (!await client.InstanceExistsAsync(cancellation))
            await client.CreateAndRunInstanceAsync(new CreateAndRunWorkflowInstanceRequest
            {
                WorkflowDefinitionHandle = WorkflowDefinitionHandle.ByDefinitionVersionId(GivenDefinitions.VersionId(definitionId, version)),
                Input = input.Properties.ToDictionary(p => p.Key, p => ClrValue.Of(p.Value)!),
            }, cancellation);
        return await View(scope, client, cancellation);
    }

    public async Task<InstanceView> Resume(string instance, string wait, object? result, CancellationToken cancellation = default)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        var client = await Client(scope, instance, cancellation);
        var state = await client.ExportStateAsync(cancellation);
        if (state.Status == WorkflowStatus.Running && state.Bookmarks.Any(b => b.Id == wait))
            // By the bookmark in the instance's own row: its copy in the table of bookmarks may be torn off by a crash.
            await client.RunInstanceAsync(new RunWorkflowInstanceRequest { BookmarkId = wait, Input = new Dictionary<string, object> { [RunTask.InputKey] = ClrValue.Of(result)! } }, cancellation);
        return await View(scope, client, cancellation);
    }

    public async Task<InstanceView?> Read(string instance, CancellationToken cancellation = default)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        var client = await Client(scope, instance, cancellation);
        return await client.InstanceExistsAsync(cancellation) ? await View(scope, client, cancellation) : null;
    }

    public async Task Cancel(string instance, CancellationToken cancellation = default)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        var client = await Client(scope, instance, cancellation);
        // Deleting cancels first; a cancelled instance alone would leave its bookmark rows behind.
        await client.DeleteAsync(cancellation);
    }

    /// <summary>Answers a request to Elsa's management API, which lies at <see cref="ManagementPath"/> and only shows. Its sender must be known already.</summary>
    /// <exception cref="InvalidOperationException">It was opened without.</exception>
    public Task Answer(HttpContext context) => (_management ?? throw new InvalidOperationException("opened without the management API")).Answer(context);

    internal IServiceProvider Services => _host.Services;

    internal IReadOnlyList<RouteEndpoint> ManagementEndpoints => _management!.Endpoints;

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable host) await host.DisposeAsync();
        else _host.Dispose();
        await _mine.DisposeAsync();
    }

    private static async Task<IWorkflowClient> Client(AsyncServiceScope scope, string instance, CancellationToken cancellation) =>
        await scope.ServiceProvider.GetRequiredService<global::Elsa.Workflows.Runtime.IWorkflowRuntime>().CreateClientAsync(instance, cancellation);

    private static async Task<InstanceView> View(AsyncServiceScope scope, IWorkflowClient client, CancellationToken cancellation)
    {
        var state = await client.ExportStateAsync(cancellation);
        var variables = await scope.ServiceProvider.GetRequiredService<IWorkflowInstanceVariableManager>().GetVariablesAsync(state, cancellationToken: cancellation);
        var waits = state.Bookmarks.Where(b => b.Payload is RunTaskStimulus or DelayPayload).OrderBy(b => b.CreatedAt).Select(b => Wait(state, b));
        var status = state switch { { Status: WorkflowStatus.Running } => FlowStatus.Running, { SubStatus: WorkflowSubStatus.Finished } => FlowStatus.Finished, _ => FlowStatus.Faulted };
        return new(status, [.. waits], variables.ToDictionary(v => v.Variable.Name, v => ClrValue.From(v.Value), StringComparer.Ordinal), [.. state.Incidents.Select(i => new Incident(i.ActivityId, i.Message))]);
    }

    private static InstanceWait Wait(WorkflowState state, Bookmark bookmark)
    {
        if (bookmark.Payload is DelayPayload delay) return new(bookmark.Id, bookmark.ActivityId, true, "", FlowObject.Empty, delay.ResumeAt);
        var task = (RunTaskStimulus)bookmark.Payload!;
        var payload = state.Properties.TryGetValue(TaskDetails.Key(task.TaskId), out var kept) ? ClrValue.FromJson(kept) as FlowObject : null;
        return new(bookmark.Id, bookmark.ActivityId, false, task.TaskName, payload ?? FlowObject.Empty, null);
    }
}
