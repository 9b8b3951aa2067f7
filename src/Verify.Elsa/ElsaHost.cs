using Elsa.Common;
using Elsa.Extensions;
using Elsa.Persistence.EFCore.Extensions;
using Elsa.Persistence.EFCore.Modules.Management;
using Elsa.Persistence.EFCore.Modules.Runtime;
using Elsa.Workflows;
using Elsa.Workflows.Runtime;
using Elsa.Workflows.Runtime.Distributed.Extensions;
using Elsa.Workflows.Runtime.Entities;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Verify.Elsa;

/// <summary>Elsa, hosted in this process: its services, its tables in a SQLite file of their own.</summary>
internal static class ElsaHost
{
    /// <summary>
    /// Makes the file with Elsa's tables, whole or not at all: Elsa's migrations are not transactions, and one that a killed
    /// process left half done could never be done again.
    /// </summary>
    public static async Task Create(string file, TimeProvider clock, CancellationToken cancellation)
    {
        var unfinished = file + ".new";
        foreach (var left in new[] { unfinished, unfinished + "-wal", unfinished + "-shm" }) File.Delete(left);
        using (var host = Build(unfinished, [], clock, managed: false, pooling: false))
        {
            await host.StartAsync(cancellation);
            await host.StopAsync(cancellation);
            cancellation.ThrowIfCancellationRequested();
        }
        File.Move(unfinished, file);
    }

    public static IHost Build(string file, IReadOnlyCollection<string> definitions, TimeProvider clock, bool managed, bool pooling = true)
    {
        // Elsa's own way of journalling left readers locked out for good; the mode stays with the file.
        using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = WAL";
            command.ExecuteNonQuery();
            // Left behind by a process that was killed while it made the tables; Elsa would wait for it without end.
            command.CommandText = "SELECT count(*) FROM sqlite_schema WHERE name = '__EFMigrationsLock'";
            if (command.ExecuteScalar() is 1L)
            {
                command.CommandText = "DELETE FROM __EFMigrationsLock";
                command.ExecuteNonQuery();
            }
        }
        var builder = Host.CreateEmptyApplicationBuilder(new() { DisableDefaults = true });
        // Standard output is for data alone, as with every command.
        builder.Logging.AddJsonConsole();
        builder.Services.Configure<ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Error);
        AddElsa(builder.Services, $"Data Source={file};Default Timeout=30;Pooling={pooling}", definitions, clock, managed); // Default Timeout: how long a writer waits for another, in seconds
        if (managed) ManagementApi.AddServices(builder.Services);
        return builder.Build();
    }

    private static void AddElsa(IServiceCollection services, string store, IReadOnlyCollection<string> definitions, TimeProvider clock, bool managed)
    {
        services.AddSingleton(new DefinitionTexts(definitions));
        services.AddElsa(elsa =>
        {
            elsa.UseJavaScript()
                .UseScheduling(scheduling => scheduling.WorkflowScheduler = _ => new NoScheduler())
                .UseWorkflowManagement(management => management.UseEntityFrameworkCore(ef => ef.UseSqlite(store)))
                .UseWorkflowRuntime(runtime =>
                {
                    runtime.UseEntityFrameworkCore(ef => ef.UseSqlite(store));
                    runtime.RunTaskDispatcher = _ => new TaskDetails();
                    runtime.DistributedLockProvider = _ => new InProcessLocks();
                    runtime.UseDistributedRuntime();
                    if (managed) return;
                    runtime.ActivityExecutionLogSink = _ => new NoLog<ActivityExecutionRecord>();
                    runtime.WorkflowExecutionLogSink = _ => new NoLog<WorkflowExecutionLogRecord>();
                });
            if (managed) elsa.UseWorkflowsApi();
        });
        services.AddWorkflowsProvider<GivenDefinitions>();
        services.Replace(ServiceDescriptor.Singleton<ISystemClock>(new DeskClock(clock)));
    }

    private sealed class DeskClock(TimeProvider clock) : ISystemClock
    {
        public DateTimeOffset UtcNow => clock.GetUtcNow();
    }

    // The desk keeps the history, and proves it; Elsa's own would be a fifth of its file, written again at every step. Where
    // Elsa is looked at through its own interface, that is what it shows.
    private sealed class NoLog<T> : ILogRecordSink<T> where T : ILogRecord
    {
        public Task PersistExecutionLogsAsync(WorkflowExecutionContext context, CancellationToken cancellationToken = default) => Task.CompletedTask;
    }
}
