using System.Security.Cryptography;
using System.Text;
using Verify.Desk.Requests;
using Verify.Workflow.Definitions;
using Verify.Workflow.Expressions;

namespace Verify.Desk.Definitions;

/// <param name="Sha256">Of the file's text, in hex: a changed file must carry a higher version.</param>
public sealed record CatalogEntry(Definition Definition, string Json, string Sha256, string File);

/// <param name="Code">Stable code, for example <c>unknown_activity</c>.</param>
public sealed record CatalogProblem(string File, string? Activity, string Code, string Reason);

/// <summary>The definitions and the routing of a folder, read once.</summary>
public sealed class Catalog
{
    private const int MaxDueHours = 87_600; // ten years
    public const string RoutingFile = "routing.json";

    private Catalog(string folder, IReadOnlyList<CatalogEntry> entries, Routing? routing, IReadOnlyList<CatalogProblem> problems) =>
        (Folder, Entries, Routing, Problems) = (folder, entries, routing, problems);

    public string Folder { get; }
    public IReadOnlyList<CatalogEntry> Entries { get; }
    public Routing? Routing { get; }
    public IReadOnlyList<CatalogProblem> Problems { get; }

    public CatalogEntry? Find(string definitionId) => Entries.FirstOrDefault(e => e.Definition.Id == definitionId);

    /// <summary>Null, or why no item may be started.</summary>
    public Refusal? Refusal => Problems.Count == 0 ? null
        : Refused.Definition("broken_definition", $"{Problems[0].File}{(Problems[0].Activity is { } a ? $", activity '{a}'" : "")}: {Problems[0].Reason} [{Problems[0].Code}]");

    /// <param name="thorough">Whether every way through each definition is walked too, as it is before the first item starts on one.</param>
    public static Catalog Load(string folder, bool thorough = false)
    {
        var problems = new List<CatalogProblem>();
        if (!Directory.Exists(folder))
            return new(folder, [], null, [new(folder, null, "no_folder", "the folder with the workflow definitions does not exist; name one with --workflows")]);
        var entries = new List<CatalogEntry>();
        foreach (var path in Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var file = Path.GetFileName(path);
            if (file == RoutingFile) continue;
            var (entry, found) = ReadFile(path, thorough);
            problems.AddRange(found);
            if (entry is null) continue;
            if (entries.FirstOrDefault(e => e.Definition.Id == entry.Definition.Id) is { } twin)
                problems.Add(new(file, null, "duplicate_id", $"definition '{entry.Definition.Id}' is also in {twin.File}"));
            else entries.Add(entry);
        }
        var routing = Definitions.Routing.Read(Path.Combine(folder, RoutingFile), entries.Select(e => e.Definition.Id).ToHashSet(StringComparer.Ordinal), problems);
        return new(folder, entries, routing, problems);
    }

    /// <summary>Reads and checks one file.</summary>
    public static (CatalogEntry? Entry, IReadOnlyList<CatalogProblem> Problems) ReadFile(string path, bool thorough)
    {
        var file = Path.GetFileName(path);
        string json;
        try { json = File.ReadAllText(path); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return (null, [new(file, null, "cannot_read", $"cannot be read: {e.Message}")]); }
        var reading = DefinitionReader.Read(json);
        var problems = reading.Problems;
        if (reading.Definition is { } definition) problems = Examine(definition, thorough);
        var entry = reading.Definition is null || problems.Count > 0 ? null : new CatalogEntry(reading.Definition, json, Hash(json), file);
        return (entry, [.. problems.Select(p => new CatalogProblem(file, p.Activity, p.Code, p.Reason))]);
    }

    private static IReadOnlyList<DefinitionProblem> Examine(Definition definition, bool thorough)
    {
        IReadOnlyList<DefinitionProblem> found = [.. DefinitionChecks.Check(definition), .. TaskProblems(definition)];
        // The walk tells most where nothing simpler is wrong.
        return found.Count > 0 || !thorough ? found : Soundness.CheckStrictly(definition);
    }

    // What the desk needs of a task beyond what any runtime does: whose it is, of which kind, and outcomes to choose from.
    private static IEnumerable<DefinitionProblem> TaskProblems(Definition definition)
    {
        foreach (var task in definition.Activities.OfType<RunTask>())
        {
            var payload = task.Payload as ObjectLiteral;
            var role = Text(payload, "role");
            var kind = Text(payload, "kind");
            if (role is null || !Roles.All.Contains(role)) yield return new("unknown_role", task.Id, $"payload.role must be one of: {string.Join(", ", Roles.All)}");
            if (kind is not ("check" or "approval")) yield return new("unknown_kind", task.Id, "payload.kind must be 'check' or 'approval'");
            if (Text(payload, "verdict") is { } verdict && verdict is not ("content" or "attribution")) yield return new("unknown_verdict", task.Id, "payload.verdict must be 'content' or 'attribution'");
            if (payload?.Properties.FirstOrDefault(p => p.Key == "dueHours").Value is { } due && due is not Constant { Value: double and >= 0 and <= MaxDueHours })
                yield return new("bad_due", task.Id, $"payload.dueHours must be a number from 0 to {MaxDueHours}");
            var outcomes = TaskOutcomes.Of(definition, task);
            if (StepNeeds.Problem(task, outcomes) is { } needs) yield return new("bad_needs", task.Id, needs);
            if (outcomes.Count == 0) yield return new("no_outcomes", task.Id, "no switch after the task routes on its outcome");
        }
    }

    private static string? Text(ObjectLiteral? payload, string name) =>
        (payload?.Properties.FirstOrDefault(p => p.Key == name).Value as Constant)?.Value as string;

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
