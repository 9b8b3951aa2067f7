using Dapper;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Definitions;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Upkeep;

/// <summary>Examines the database and the definitions.</summary>
public sealed record Examine : Query<IReadOnlyList<Finding>>;

/// <param name="Ok">False: something has to be done, and <paramref name="Text"/> says what.</param>
public sealed record Finding(string Subject, bool Ok, string Text);

public sealed class ExamineHandler(DeskDatabase database, Catalog catalog) : IRequestHandler<Examine, Result<IReadOnlyList<Finding>>>
{
    private const string StoredHash = "SELECT sha256 FROM definitions WHERE definition_id = @Id AND version = @Version";
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
        findings.Add(new("runtime", true, "embedded (the Elsa runtime is not built in)"));
        return findings;
    }
}
