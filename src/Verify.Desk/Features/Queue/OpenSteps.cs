using System.Data;
using System.Text.Json;
using Dapper;

namespace Verify.Desk.Features.Queue;

/// <summary>
/// The steps at which tasks wait, by role. The open tasks of each are found in the order in which they are due, at once and however many
/// there are; what is asked of several steps is merged.
/// </summary>
internal static class OpenSteps
{
    // From one step to the next by the index: as many looks as there are steps, not as there are tasks.
    private const string Waiting = """
        WITH RECURSIVE waits (role, step) AS (
            SELECT r.value, (SELECT min(step) FROM tasks WHERE status = 'open' AND role = r.value) FROM json_each(@Roles) r
            UNION ALL SELECT w.role, (SELECT min(step) FROM tasks WHERE status = 'open' AND role = w.role AND step > w.step) FROM waits w WHERE w.step IS NOT NULL)
        SELECT role AS Role, step AS Step FROM waits WHERE step IS NOT NULL ORDER BY role, step
        """;

    public static async Task<List<OpenStep>> Of(IDbConnection connection, IEnumerable<string> roles) =>
        [.. await connection.QueryAsync<OpenStep>(Waiting, new { Roles = JsonSerializer.Serialize(roles) })];
}

internal sealed record OpenStep
{
    public string Role { get; init; } = "";
    public string Step { get; init; } = "";
}
