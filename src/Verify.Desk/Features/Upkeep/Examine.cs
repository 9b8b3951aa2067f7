using Dapper;
using MediatR;
using Microsoft.Data.Sqlite;
using Verify.Desk.Data;
using Verify.Desk.Definitions;
using Verify.Desk.Requests;
using Verify.Desk.Runtimes;

namespace Verify.Desk.Features.Upkeep;

/// <summary>Examines the database and the definitions.</summary>
public sealed record Examine : Query<IReadOnlyList<Finding>>;

/// <param name="Ok">False: something has to be done, and <paramref name="Text"/> says what.</param>
public sealed record Finding(string Subject, bool Ok, string Text);

public sealed class ExamineHandler(DeskDatabase database, Catalog catalog, DeskOptions options, OutsideRuntimes runtimes) : IRequestHandler<Examine, Result<IReadOnlyList<Finding>>>
{
    private const string StoredHash = "SELECT sha256 FROM definitions WHERE definition_id = @Id AND version = @Version";
    private const string Waiting = "SELECT count(*) FROM outbox";
    private const string OnOthers = $"SELECT {ClaimRow.Columns} FROM claims WHERE status = 'in-review' AND state LIKE '{{\"Runtime\":%' AND id NOT IN (SELECT claim_id FROM outbox)";
    private const string MissingVersions = "SELECT count(*) FROM claims c LEFT JOIN definitions d ON d.definition_id = c.definition_id AND d.version = c.definition_version WHERE d.json IS NULL";

    public async Task<Result<IReadOnlyList<Finding>>> Handle(Examine query, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        var findings = new List<Finding>();
        var integrity = (await connection.QueryAsync<string>("PRAGMA integrity_check(5)")).ToList();
        findings.Add(new("integrity", integrity is ["ok"], integrity is ["ok"] ? "every page and index is sound" : $"{integrity[0]}; keep this file and restore the last backup"));
        var orphans = (await connection.QueryAsync("PRAGMA foreign_key_check")).Count();
        findings.Add(new("references", orphans == 0, orphans == 0 ? "every row's references exist" : $"{orphans} rows refer to nothing; restore the last backup"));
        var version = await connection.ExecuteScalarAsync<int>("PRAGMA user_version");
        findings.Add(new("schema", version == DeskDatabase.NewestVersion, $"version {version} of {DeskDatabase.NewestVersion}"));
        var (expected, actual) = (DeskDatabase.ExpectedSchema(), DeskDatabase.SchemaOf(connection));
        var altered = expected.Where(x => actual.GetValueOrDefault(x.Key) != x.Value).Select(x => x.Key).Concat(actual.Keys.Except(expected.Keys)).ToList();
        findings.Add(new("rules", altered.Count == 0, altered.Count == 0 ? "every table, index and trigger is as the program made it" : $"altered, missing or foreign: {string.Join(", ", altered)}; somebody has worked on this database by hand"));
        var journal = await connection.ExecuteScalarAsync<string>("PRAGMA journal_mode");
        findings.Add(new("journal", journal == "wal", journal == "wal" ? "write-ahead log" : $"{journal}; open the database once for writing"));
        findings.Add(new("sqlite", DeskDatabase.UnsafeSqlite() is null, DeskDatabase.UnsafeSqlite() ?? connection.ServerVersion));
        findings.Add(catalog.Problems.Count == 0
            ? new("definitions", true, $"{catalog.Entries.Count} in {catalog.Folder}: {string.Join(", ", catalog.Entries.Select(e => e.Definition))}")
            : new("definitions", false, catalog.Refusal!.Message));
        foreach (var entry in catalog.Entries)
            if (await connection.QuerySingleOrDefaultAsync<string>(StoredHash, new { entry.Definition.Id, entry.Definition.Version }) is { } stored && stored != entry.Sha256)
                findings.Add(new("definitions", false, $"{entry.File}: '{entry.Definition.Id}' version {entry.Definition.Version} was used in another form; raise its version"));
        var missing = await connection.ExecuteScalarAsync<long>(MissingVersions);
        findings.Add(new("items", missing == 0, missing == 0 ? "every item's definition version is kept" : $"{missing} items lack their definition version; restore the last backup"));
        findings.Add(new("runtime", true, $"new items start on {options.Runtime}; built in: {string.Join(", ", options.Runtimes.Keys.Prepend(DeskOptions.Embedded))}{(options.Runtimes.Count == 0 ? " (Elsa's packages were not to be had when this program was built)" : "")}"));
        findings.AddRange(await ExamineOutside(connection, cancellationToken));
        return findings;
    }

    // Items elsewhere: whether their runtime is there, and says what the desk says.
    private async Task<IReadOnlyList<Finding>> ExamineOutside(SqliteConnection connection, CancellationToken cancellation)
    {
        var (same, waiting) = (0, await connection.ExecuteScalarAsync<long>(Waiting));
        var differs = new List<string>();
        foreach (var claim in (await connection.QueryAsync<ClaimRow>(OnOthers)).ToList())
        {
            var state = OutsideState.Of(claim)!;
            var runtime = await runtimes.Get(state.Runtime, cancellation);
            if (runtime.Refusal is { } missing) return [new("items", false, $"there are items that run on {state.Runtime}: {missing.Message}")];
            var view = await runtime.Value.Read(state.Instance, cancellation);
            if (view is not null && state.Open.Select(o => o.Wait).Order(StringComparer.Ordinal).SequenceEqual(view.Open.Select(o => o.Id).Order(StringComparer.Ordinal))) same++;
            else differs.Add(claim.Id);
        }
        if (same + differs.Count + waiting == 0) return [];
        var told = waiting == 0 ? "" : $"; {waiting} messages to it are yet to be delivered: the next command does";
        return [differs.Count == 0
            ? new("elsewhere", true, $"{same} items on another runtime wait for what the desk says they wait for{told}")
            : new("elsewhere", false, $"{differs.Count} items do not wait for what the desk says, the first is {differs[0]}: restore both files from one backup{told}")];
    }
}
