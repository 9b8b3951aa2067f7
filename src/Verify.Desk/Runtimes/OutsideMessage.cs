using System.Data;
using System.Text.Json;
using Dapper;
using Verify.Desk.Data;
using Verify.Workflow.Expressions;

namespace Verify.Desk.Runtimes;

/// <summary>What a runtime with a store of its own has to be told.</summary>
/// <param name="Kind"><c>start</c>, <c>resume</c> or <c>cancel</c>.</param>
public sealed record OutsideMessage(string Runtime, string Instance, string Kind, string Body)
{
    /// <param name="carry">Why a claim's round was reopened, where what was found of the content may be carried over.</param>
    public static OutsideMessage Start(OutsideState state, ClaimRow claim, FlowObject input, CarryOver? carry) =>
        new(state.Runtime, state.Instance, "start", JsonSerializer.Serialize(new StartBody(claim.DefinitionId, claim.DefinitionVersion, FlowValue.ToJson(input), carry)));

    public static OutsideMessage Resume(OutsideState state, long token, object? result) =>
        new(state.Runtime, state.Instance, "resume", JsonSerializer.Serialize(new ResumeBody(state.WaitOf(token), FlowValue.ToJson(result))));

    public static OutsideMessage Cancel(OutsideState state) => new(state.Runtime, state.Instance, "cancel", "{}");
}

/// <param name="Input">JSON.</param>
public sealed record StartBody(string Definition, long Version, string Input, CarryOver? Carry);

/// <param name="Result">JSON.</param>
public sealed record ResumeBody(string Wait, string Result);

/// <summary>What has to be done once a reopened item has begun again elsewhere.</summary>
/// <param name="Round">The round that ended.</param>
public sealed record CarryOver(long Round, MovedGround Why);

/// <summary>A message that waits to be delivered.</summary>
public sealed record OutboxRow
{
    public long Id { get; init; }
    public string ClaimId { get; init; } = "";
    public string Runtime { get; init; } = "";
    public string Instance { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Body { get; init; } = "";
    public long CreatedAt { get; init; }

    private const string Columns = "id AS Id, claim_id AS ClaimId, runtime AS Runtime, instance AS Instance, kind AS Kind, body AS Body, created_at AS CreatedAt";
    public const string ById = $"SELECT {Columns} FROM outbox WHERE id = @Id";
    public const string FirstOfClaim = $"SELECT {Columns} FROM outbox WHERE claim_id = @ClaimId ORDER BY id LIMIT 1";
    public const string Claims = "SELECT claim_id FROM outbox GROUP BY claim_id ORDER BY min(id)";
    public const string Delete = "DELETE FROM outbox WHERE id = @Id";
    public const string IsEnding = "SELECT EXISTS (SELECT 1 FROM outbox WHERE claim_id = @ClaimId AND instance = @Instance AND kind = 'cancel')";
    private const string Insert = "INSERT INTO outbox (claim_id, runtime, instance, kind, body, created_at) VALUES (@ClaimId, @Runtime, @Instance, @Kind, @Body, @Now)";
    private const string Waits = "SELECT EXISTS (SELECT 1 FROM outbox WHERE claim_id = @ClaimId)";

    public static Task Put(IDbConnection connection, string claimId, OutsideMessage m, long now) =>
        connection.ExecuteAsync(Insert, new { ClaimId = claimId, m.Runtime, m.Instance, m.Kind, m.Body, Now = now });

    public static async Task<bool> Any(IDbConnection connection, string claimId) => await connection.ExecuteScalarAsync<long>(Waits, new { ClaimId = claimId }) == 1;
}
