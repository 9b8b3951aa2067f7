using System.Collections.Concurrent;
using System.Data;
using System.Globalization;
using System.Reflection;
using Dapper;
using DbUp;
using DbUp.Engine;
using DbUp.Engine.Output;
using Microsoft.Data.Sqlite;
using Verify.Desk.Audit;
using Verify.Desk.Requests;

namespace Verify.Desk.Data;

/// <summary>The file with the desk's state: opening, checking and migrating it.</summary>
public sealed class DeskDatabase
{
    private const int ApplicationId = 1448236614; // "VRFF", set by the first migration; tells our files from others
    private static readonly Version FirstSafeSqlite = new(3, 51, 3); // 3.7.0 to 3.51.2 can lose a WAL reset

    private const int MostKeptReaders = 8; // each has a cache of pages
    private const int LongestIdleLog = 16 << 20; // bytes

    private readonly string _writing;
    private readonly string _reading;
    private readonly ConcurrentBag<PreparedConnection> _keptReaders = [];
    private volatile bool _closed;

    private DeskDatabase(string path)
    {
        Path = path;
        _writing = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false, DefaultTimeout = 5, ForeignKeys = true }.ToString();
        _reading = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = true, DefaultTimeout = 5 }.ToString();
    }

    public string Path { get; }

    /// <summary>The schema version that this program writes: the number of its newest migration.</summary>
    public static int NewestVersion { get; } = MigrationNames().Select(VersionOf).Max();

    /// <summary>Opens the file, creating and migrating it where needed. A newer database is refused and left untouched.</summary>
    public static Result<DeskDatabase> Open(string path, bool create = true)
    {
        path = System.IO.Path.GetFullPath(path);
        if (Directory.Exists(path)) return Refused.Database("cannot_open", $"{path} is a folder; name a file with --db");
        var exists = File.Exists(path) && new FileInfo(path).Length > 0;
        if (!create && !exists) return Refused.Database("no_database", $"there is no database at {path}; `verify check` creates one, --db names another");
        var database = new DeskDatabase(path);
        try
        {
            // Looked at before it is opened for writing: what is not ours, or newer, is left untouched to the last byte.
            if (exists)
            {
                var (version, application, empty) = database.Look();
                if (!empty && application != ApplicationId) return Refused.Database("not_a_database", $"{path} is another program's database; choose another file with --db");
                if (version > NewestVersion) return Refused.Database("database_newer", $"{path} has schema {version}, this program knows {NewestVersion}; use the newer program");
                if (version == NewestVersion)
                {
                    using var writing = database.OpenWriter(); // finds out now whether it can be written
                    Complete(writing);
                    return database;
                }
            }
            else database.OpenWriter().Dispose();
            return database.Migrate();
        }
        catch (SqliteException e) when (DatabaseRefusals.Of(e, path) is { } refusal) { return refusal; }
    }

    // As of one moment, because another process may be making the file just now; closed again, because a backup
    // cannot be given its write-ahead log while anybody reads it.
    private (int Version, int Application, bool Empty) Look()
    {
        try { return Look(SqliteOpenMode.ReadOnly); }
        // The power failed while the file was made: what was half written is undone by whoever may write.
        catch (SqliteException e) when (e.SqliteExtendedErrorCode == SQLitePCL.raw.SQLITE_READONLY_ROLLBACK) { return Look(SqliteOpenMode.ReadWrite); }
    }

    private (int Version, int Application, bool Empty) Look(SqliteOpenMode mode)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder(_reading) { Pooling = false, Mode = mode }.ToString());
        connection.Open();
        using var moment = connection.BeginTransaction(deferred: true);
        return (connection.ExecuteScalar<int>("PRAGMA user_version"), connection.ExecuteScalar<int>("PRAGMA application_id"), connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_schema") == 0);
    }

    private Result<DeskDatabase> Migrate()
    {
        for (var attempt = 0; ; attempt++)
        {
            var result = Upgrade();
            // Another process may be migrating the same new file: what it has done is as good as ours.
            if (result.Successful || CurrentVersion() == NewestVersion)
            {
                using var connection = OpenWriter();
                Complete(connection);
                return this;
            }
            if (attempt < 5) continue;
            if (result.Error is SqliteException e && DatabaseRefusals.Of(e, Path) is { } refusal) return refusal;
            throw new InvalidOperationException($"migration {result.ErrorScript?.Name} failed", result.Error);
        }
    }

    // What a migration cannot work out in SQL. Killed in between, the next opening goes on.
    private static void Complete(SqliteConnection connection)
    {
        AddMissingKeys(connection);
        if (connection.ExecuteScalar<long>("SELECT frontier IS NULL FROM audit_head") == 0) return;
        connection.Execute("BEGIN IMMEDIATE");
        var tree = new TreeFrontier();
        foreach (var hash in connection.Query<string>("SELECT hash FROM audit ORDER BY seq", buffered: false)) tree.Append(AuditEntry.LeafOf(hash));
        connection.Execute("UPDATE audit_head SET frontier = @Frontier WHERE frontier IS NULL", new { Frontier = tree.ToBytes() });
        connection.Execute("COMMIT");
    }

    // Page by page, each with its mark.
    private static void AddMissingKeys(SqliteConnection connection)
    {
        if (connection.ExecuteScalar<long>("SELECT EXISTS (SELECT 1 FROM unkeyed)") == 0) return;
        bool more;
        do
        {
            connection.Execute("BEGIN IMMEDIATE");
            more = SearchIndex.AddMissingKeys(connection);
            connection.Execute("COMMIT");
        }
        while (more);
    }

    private int CurrentVersion()
    {
        using var connection = OpenWriter();
        return connection.ExecuteScalar<int>("PRAGMA user_version");
    }

    private DatabaseUpgradeResult Upgrade()
    {
        return DeployChanges.To.SqliteDatabase(_writing)
            .WithScriptsEmbeddedInAssembly(Assembly.GetExecutingAssembly(), name => name.EndsWith(".sql", StringComparison.Ordinal))
            .WithPreprocessor(new VersionStamp())
            .WithTransactionPerScript()
            .LogTo(new NoUpgradeLog())
            .Build()
            .PerformUpgrade();
    }

    /// <summary>The schema as the migrations make it: name and definition of each table, index and trigger.</summary>
    public static IReadOnlyDictionary<string, string> ExpectedSchema()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        foreach (var name in MigrationNames().OrderBy(VersionOf)) connection.Execute(ReadResource(name));
        return SchemaOf(connection);
    }

    public static IReadOnlyDictionary<string, string> SchemaOf(IDbConnection connection) =>
        connection.Query<(string Name, string Sql)>("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name <> 'SchemaVersions' AND name NOT LIKE 'sqlite_%'").ToDictionary(x => x.Name, x => x.Sql.ReplaceLineEndings("\n"));

    private static string ReadResource(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    /// <summary>A connection for the one writer: durable before it answers.</summary>
    internal PreparedConnection OpenWriter()
    {
        var connection = new PreparedConnection(_writing);
        try
        {
            connection.Open();
            // WAL is kept in the file; the rest is per connection. What a savepoint would undo stays in memory: it is the pages of
            // one batch, and written to a temporary file it is three quarters of all writes. A log that one large batch has made
            // long is cut again when it begins anew.
            connection.Execute($"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit={LongestIdleLog};");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A read-only connection; does not wait for the writer.</summary>
    public SqliteConnection OpenReader()
    {
        var connection = new SqliteConnection(_reading);
        connection.Open();
        return connection;
    }

    /// <summary>Reads as of one moment, on a connection that keeps its statements prepared: for what is asked over and over in the same few texts.</summary>
    internal async Task Read(Func<IDbConnection, Task> work)
    {
        // Not from the pool: what goes wrong here closes the connection for good, with the moment that it reads.
        if (!_keptReaders.TryTake(out var connection)) connection = new PreparedConnection(new SqliteConnectionStringBuilder(_reading) { Pooling = false }.ToString());
        try
        {
            if (connection.State != ConnectionState.Open) connection.Open();
            connection.Execute("BEGIN");
            await work(connection);
            connection.Execute("COMMIT");
            if (_closed || _keptReaders.Count >= MostKeptReaders) connection.Dispose();
            else _keptReaders.Add(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Closes the reading connections at the end; call it when no query is under way.</summary>
    public void CloseReaders()
    {
        _closed = true;
        while (_keptReaders.TryTake(out var kept)) kept.Dispose();
        using var connection = new SqliteConnection(_reading);
        SqliteConnection.ClearPool(connection);
    }

    /// <summary>Null, or why the SQLite in use must not be trusted with a write-ahead log.</summary>
    public static string? UnsafeSqlite()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return Version.Parse(connection.ServerVersion) < FirstSafeSqlite ? $"SQLite {connection.ServerVersion} can lose a write-ahead log; {FirstSafeSqlite} or later is needed" : null;
    }

    private static IEnumerable<string> MigrationNames() =>
        Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal));

    private static int VersionOf(string resource) => int.Parse(resource.Split('.')[^2].Split('-')[0].TrimStart('_'), CultureInfo.InvariantCulture);

    // The version is raised by the transaction of the script itself: a file is at a version whole or not at all.
    private sealed class VersionStamp : IScriptPreprocessor
    {
        public string Process(string contents)
        {
            var name = MigrationNames().Single(n => ReadResource(n).Trim() == contents.Trim());
            return $"{contents}\nPRAGMA user_version = {VersionOf(name)};";
        }
    }

    // The upgrade's failure comes back as its result; its running commentary is nobody's.
    private sealed class NoUpgradeLog : IUpgradeLog
    {
        public void LogTrace(string format, params object[] args) { }
        public void LogDebug(string format, params object[] args) { }
        public void LogInformation(string format, params object[] args) { }
        public void LogWarning(string format, params object[] args) { }
        public void LogError(string format, params object[] args) { }
        public void LogError(Exception ex, string format, params object[] args) { }
    }
}
