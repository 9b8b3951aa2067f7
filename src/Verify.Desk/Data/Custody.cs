using Dapper;

namespace Verify.Desk.Data;

/// <summary>The custody log of a piece of evidence: every view and every change, by whom and when.</summary>
public static class Custody
{
    private const string Insert = """
        INSERT INTO custody (evidence_id, seq, at, user_id, action, detail)
        VALUES (@EvidenceId, (SELECT coalesce(max(seq), 0) + 1 FROM custody WHERE evidence_id = @EvidenceId), @At, @UserId, @Action, @Detail) RETURNING seq
        """;

    /// <param name="action">added, attached, stance, detached, viewed, saved, compared, origin, withdrawn.</param>
    /// <returns>The row, for the audit entry.</returns>
    public static async Task<CustodyRow> Log(Session session, string evidenceId, string action, string? detail)
    {
        var row = new CustodyRow { EvidenceId = evidenceId, At = session.NowMs, UserId = session.Actor?.Id, Action = action, Detail = detail };
        return row with { Seq = await session.Connection.ExecuteScalarAsync<long>(Insert, row) };
    }
}
