using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Verify.Desk.Data;
using Verify.Desk.Definitions;
using Verify.Desk.Features.Claims;
using Verify.Desk.Features.Timers;
using Verify.Desk.Requests;
using Verify.Desk.Runtimes;
using Verify.Workflow.Runtime;

namespace Verify.Desk;

/// <param name="Database">Path of the SQLite file.</param>
/// <param name="Workflows">Folder with the definitions and routing.json.</param>
/// <param name="Create">Whether a missing file is created.</param>
public sealed record DeskOptions(string Database, string Workflows, bool Create = true)
{
    public const string Embedded = "embedded";

    /// <summary>The runtime that new items start on; items stay on the one that they began on.</summary>
    public string Runtime { get; init; } = Embedded;

    /// <summary>The runtimes that this program has beside the embedded one, by name.</summary>
    public IReadOnlyDictionary<string, OpenRuntime> Runtimes { get; init; } = new Dictionary<string, OpenRuntime>();
}

/// <summary>The application: opened on a database, it answers requests. Safe to use from many threads.</summary>
public sealed class VerifyDesk : IAsyncDisposable
{
    private const int MaxAttempts = 10;
    private readonly ServiceProvider _services;
    private readonly DeskDatabase _database;

    private VerifyDesk(ServiceProvider services, DeskDatabase database) => (_services, _database) = (services, database);

    public string DatabasePath => _database.Path;

    /// <summary>The definitions of the folder that the desk was opened with.</summary>
    public Catalog Catalog => _services.GetRequiredService<Catalog>();

    public static Result<VerifyDesk> Open(DeskOptions options, TimeProvider? clock = null)
    {
        if (options.Runtime != DeskOptions.Embedded && !options.Runtimes.ContainsKey(options.Runtime)) return Refused.RuntimeNotBuiltIn();
        if (DeskDatabase.UnsafeSqlite() is { } why) return Refused.Database("unsafe_sqlite", why);
        var opened = DeskDatabase.Open(options.Database, options.Create);
        if (opened.Refusal is { } refusal) return refusal;
        var services = new ServiceCollection();
        services.AddSingleton(opened.Value);
        services.AddSingleton(clock ?? TimeProvider.System);
        services.AddSingleton<Writer>();
        services.AddSingleton<WriterMemory>();
        services.AddSingleton<KnownDefinitions>();
        services.AddSingleton(_ => Catalog.Load(options.Workflows));
        services.AddSingleton(options);
        services.AddSingleton<OutsideRuntimes>();
        services.AddSingleton<Relay>();
        services.AddScoped<ItemFlow>();
        services.AddScoped<Session>();
        services.AddScoped<ClaimStart>();
        services.AddScoped<TaskDecisions>();
        services.AddScoped<IJudgesAhead<CompleteTask>, CompleteTaskAhead>();
        services.AddScoped<Reopening>();
        services.AddScoped<GroundWatch>();
        services.AddScoped<ClaimAmendment>();
        services.AddScoped<OriginWriter>();
        services.AddScoped<EvidenceLinks>();
        services.AddScoped<IMediator>(scope => new Mediator(type => scope.GetService(type)!));
        AddRequests(services);
        return new VerifyDesk(services.BuildServiceProvider(), opened.Value);
    }

    public async Task<Result<T>> Send<T>(IRequest<Result<T>> request, CancellationToken cancellation = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var scope = _services.CreateAsyncScope();
            try { return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, cancellation); }
            // An item that another command has just moved elsewhere: once that is followed, this one is judged on what came of it.
            catch (UnsettledItem item)
            {
                if (await _services.GetRequiredService<Relay>().Deliver(item.ClaimId, cancellation) is { } refusal) return refusal;
                if (attempt == MaxAttempts) return Refused.BusyItem();
            }
        }
    }

    /// <summary>
    /// Tells other runtimes what they have yet to be told, and fires every timer that is due; what becomes due meanwhile is
    /// left to the next call. Null, or why it could not be done.
    /// </summary>
    public async Task<Refusal?> CatchUp(CancellationToken cancellation = default)
    {
        // A runtime that cannot be told now keeps nobody else waiting.
        var behind = await _services.GetRequiredService<Relay>().DeliverAll(cancellation);
        var now = _services.GetRequiredService<TimeProvider>().GetUtcNow();
        while (await Send(new AnyTimerDue(now), cancellation) is { Refusal: null, Value: true })
        {
            var fired = await Send(new FireDueTimers(now), cancellation);
            if (fired.Refusal is not null) return fired.Refusal;
            if (fired.Value == 0) break;
        }
        return behind;
    }

    /// <summary>A runtime beside the embedded one, opened if it is not yet.</summary>
    public Task<Result<IWorkflowRuntime>> Runtime(string name, CancellationToken cancellation = default) => _services.GetRequiredService<OutsideRuntimes>().Get(name, cancellation);

    /// <inheritdoc cref="Writer.Hold"/>
    internal Task<Func<Task>> Hold() => _services.GetRequiredService<Writer>().Hold();

    public async ValueTask DisposeAsync()
    {
        // Readers first: the connection that closes last folds the write-ahead log into the file, and only a writer can.
        _database.CloseReaders();
        await _services.DisposeAsync();
    }

    // Every handler and validator of this assembly, and the pipeline around each request. Closed types: the pipeline's
    // steps take the answer's inner type, which open registrations cannot express.
    private static void AddRequests(IServiceCollection services)
    {
        foreach (var type in typeof(VerifyDesk).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false }))
        {
            foreach (var contract in type.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>))) services.AddTransient(contract, type);
            if (type.ContainsGenericParameters) continue;
            foreach (var contract in type.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IValidator<>))) services.AddSingleton(contract, type);
            for (var b = type.BaseType; b is { IsGenericType: true }; b = b.BaseType)
            {
                var kind = b.GetGenericTypeDefinition();
                if (kind != typeof(Command<>) && kind != typeof(Query<>)) continue;
                var answer = b.GetGenericArguments()[0];
                var result = typeof(Result<>).MakeGenericType(answer);
                var step = typeof(IPipelineBehavior<,>).MakeGenericType(type, result);
                services.AddTransient(step, typeof(Validate<,>).MakeGenericType(type, result));
                services.AddTransient(step, (kind == typeof(Command<>) ? typeof(Transact<,>) : typeof(Read<,>)).MakeGenericType(type, answer));
            }
        }
    }
}
