using System.Data;
using Dapper;

namespace Verify.Desk.Features.Queue;

/// <summary>
/// The steps at which tasks wait, by role. The open tasks of each are found in the order in which they are due, at once and however many
/// there are; what is asked of several steps is merged.
/// </summary>
internal static class OpenSteps
{
    // From one step to the next by the index: as many looks as there are steps, not as there are tasks.
    private const string OfRole = """
        WITH RECURSIVE waits (step) AS (
            SELECT min(step) FROM tasks WHERE status = 'open' AND role = @Role
            UNION ALL SELECT (SELECT min(step) FROM tasks WHERE status = 'open' AND role = @Role AND step > waits.step) FROM waits WHERE waits.step IS NOT NULL)
        SELECT step FROM waits WHERE step IS NOT NULL
        """;

    public static async Task<List<OpenStep>> Of(IDbConnection connection, IEnumerable<string> roles)
    {
        var steps = new List<OpenStep>();
        foreach (var role in roles)
            steps.AddRange((await connection.QueryAsync<string>(OfRole, new { Role = role })).Select(step => new OpenStep(role, step)));
        return steps;
    }
}

internal sealed record OpenStep(string Role, string Step);
