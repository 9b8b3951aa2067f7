using System.Collections.Concurrent;
using System.Data;
using Dapper;
using Verify.Evidence.Policy;
using Verify.Workflow.Definitions;

namespace Verify.Desk.Definitions;

/// <summary>A definition with the outcomes that each of its tasks routes, worked out once.</summary>
public sealed class KnownDefinition(Definition definition)
{
    private readonly Dictionary<string, IReadOnlyList<string>> _outcomes = definition.Activities.OfType<RunTask>().ToDictionary(t => t.Id, t => TaskOutcomes.Of(definition, t));

    private readonly Dictionary<string, GroundNeeds?> _needs = definition.Activities.OfType<RunTask>().ToDictionary(t => t.Id, StepNeeds.Of);

    public Definition Definition => definition;
    public IReadOnlyList<string> OutcomesOf(string activity) => _outcomes[activity];
    /// <summary>What the step asks of the evidence; null: nothing.</summary>
    public GroundNeeds? NeedsOf(string activity) => _needs[activity];
}

/// <summary>
/// The definition versions that items run on, from the database: an item stays on the version that it began with,
/// whatever becomes of the file. A version never changes, so one that was read is kept.
/// </summary>
public sealed class KnownDefinitions
{
    private const string Sql = "SELECT json FROM definitions WHERE definition_id = @Id AND version = @Version";
    private readonly ConcurrentDictionary<(string, long), KnownDefinition> _known = new();

    public async Task<KnownDefinition> Get(IDbConnection connection, string id, long version)
    {
        if (_known.TryGetValue((id, version), out var known)) return known;
        var json = await connection.QuerySingleAsync<string>(Sql, new { Id = id, Version = version });
        var definition = DefinitionReader.Read(json).Definition
            ?? throw new InvalidOperationException($"definition {id} v{version} was readable when items began on it and is not any more");
        return _known.GetOrAdd((id, version), new KnownDefinition(definition));
    }
}
