using Dapper;
using Verify.Desk.Data;
using Verify.Desk.Definitions;
using Verify.Desk.Requests;
using Verify.Workflow.Runtime;

namespace Verify.Desk.Runtimes;

/// <summary>Opens a runtime that keeps a store of its own.</summary>
/// <param name="file">Where it keeps its instances; created where it is missing.</param>
/// <param name="definitions">Texts of every definition that an item may start on or runs on.</param>
public delegate Task<IWorkflowRuntime> OpenRuntime(string file, IReadOnlyCollection<string> definitions, TimeProvider clock, CancellationToken cancellation);

/// <summary>
/// The runtimes that this program has beside the embedded one, opened when the first item needs them: an item stays on the
/// runtime that it began on, whichever new items start on.
/// </summary>
public sealed class OutsideRuntimes(DeskOptions options, DeskDatabase database, Catalog catalog, TimeProvider clock) : IAsyncDisposable
{
    private const string Used = $"SELECT {DefinitionRow.Columns} FROM definitions";
    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly Dictionary<string, IWorkflowRuntime> _open = new(StringComparer.Ordinal);

    /// <summary>The runtime that new items start on; null: the embedded one.</summary>
    public string? ForNewItems => options.Runtime == DeskOptions.Embedded ? null : options.Runtime;

    public async Task<Result<IWorkflowRuntime>> Get(string name, CancellationToken cancellation)
    {
        if (!options.Runtimes.TryGetValue(name, out var open)) return Refused.RuntimeNotBuiltIn();
        await _opening.WaitAsync(cancellation);
        try
        {
            if (_open.TryGetValue(name, out var known)) return Result<IWorkflowRuntime>.Of(known);
            await using var connection = database.OpenReader();
            // A version that items began on is what they began on, whatever has become of its file.
            var used = (await connection.QueryAsync<DefinitionRow>(Used)).ToList();
            var unused = catalog.Entries.Where(e => !used.Any(u => (u.DefinitionId, u.Version) == (e.Definition.Id, e.Definition.Version)));
            return Result<IWorkflowRuntime>.Of(_open[name] = await open(FileBeside(database.Path, name), [.. used.Select(u => u.Json), .. unused.Select(e => e.Json)], clock, CancellationToken.None)); // for all who come after, whatever becomes of who came first
        }
#pragma warning disable CA1031 // whatever keeps it from opening, what it has to be told waits for the next try
        catch (Exception e) when (e is not OperationCanceledException) { return Refused.RuntimeFailed(name, e.Message.ReplaceLineEndings(" ")); }
#pragma warning restore CA1031
        finally { _opening.Release(); }
    }

    /// <summary>Where a runtime keeps its instances, beside a desk's database: <c>verify.db</c> has <c>verify.elsa.db</c>.</summary>
    public static string FileBeside(string database, string runtime) => Path.ChangeExtension(database, $".{runtime}.db");

    /// <summary>The runtimes that items of this desk run on; opened, so that nobody else runs them meanwhile.</summary>
    public async Task<Result<IReadOnlyList<IWorkflowRuntime>>> InUse(CancellationToken cancellation)
    {
        var used = new List<IWorkflowRuntime>();
        foreach (var name in options.Runtimes.Keys.Where(n => File.Exists(FileBeside(database.Path, n))))
        {
            var runtime = await Get(name, cancellation);
            if (runtime.Refusal is { } refusal) return refusal;
            used.Add(runtime.Value);
        }
        return used;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var runtime in _open.Values) await runtime.DisposeAsync();
        _opening.Dispose();
    }
}
