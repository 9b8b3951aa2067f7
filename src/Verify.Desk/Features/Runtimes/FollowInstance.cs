using System.Text.Json;
using Dapper;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;
using Verify.Desk.Runtimes;
using Verify.Workflow.Runtime;

namespace Verify.Desk.Features.Runtimes;

/// <summary>Writes what became of an instance elsewhere after a message; once for each message, however often it was delivered.</summary>
/// <param name="View">The instance as it is now; null after it was ended.</param>
public sealed record FollowInstance(long Message, InstanceView? View) : Command<bool>
{
    public override bool NeedsUser => false;
    public override bool IsOfTheDesk => true;
    public override bool IsToldBySender => true;
}

public sealed class FollowInstanceHandler(Session session, Reopening reopening, GroundWatch watch) : IRequestHandler<FollowInstance, Result<bool>>
{
    private const string StillOpen = "SELECT token FROM tasks WHERE claim_id = @Id AND status = 'open'";
    private const string StillSet = "SELECT token FROM timers WHERE claim_id = @Id AND status = 'set'";
    private const string Reference = "SELECT a.number || '.' || c.ordinal FROM claims c JOIN articles a ON a.id = c.article_id WHERE c.id = @Id";

    public async Task<Result<bool>> Handle(FollowInstance command, CancellationToken cancellationToken)
    {
        var message = await session.Connection.QuerySingleOrDefaultAsync<OutboxRow>(OutboxRow.ById, new { Id = command.Message });
        if (message is null) return false; // followed before
        await session.Connection.ExecuteAsync(OutboxRow.Delete, new { message.Id });
        if (command.View is null) return true;
        var claim = await session.Connection.QuerySingleAsync<ClaimRow>(ClaimRow.ById, new { Id = message.ClaimId });
        // Begun anew or ended since: what the old instance has become is nobody's affair.
        if (OutsideState.Of(claim) is not { } state || state.Instance != message.Instance || await session.Connection.ExecuteScalarAsync<long>(OutboxRow.IsEnding, message) == 1) return true;
        var change = OutsideChange.Of(claim, state, command.View, session.NowMs);
        if (change is null) return true;
        change = change with { WithdrawnTasks = await Of(StillOpen, change.WithdrawnTasks), ClearedTimers = await Of(StillSet, change.ClearedTimers) };
        await Write(claim, change, message, command.View);
        if (message.Kind == "start" && JsonSerializer.Deserialize<StartBody>(message.Body)!.Carry is { } carry) await reopening.CarryOverAfterwards(change, carry);
        return true;

        // A task that was decided, a timer that has fired, is not there any more for that reason.
        async Task<IReadOnlyList<long>> Of(string sql, IReadOnlyList<long> tokens) =>
            tokens.Count == 0 ? tokens : [.. (await session.Connection.QueryAsync<long>(sql, new { claim.Id })).Where(tokens.Contains)];
    }

    private async Task Write(ClaimRow before, ItemChange change, OutboxRow message, InstanceView view)
    {
        if (change.Claim.Status != "dismissed") await Write();
        else
        {
            var name = await session.Connection.QuerySingleAsync<string>(Reference, new { before.Id });
            await watch.Follow(before.Id, new("claim", name, $"{name}, which its evidence comes from, is no claim"), ends: true, Write);
        }

        async Task Write()
        {
            var written = await Items.Write(session, change, before);
            var incident = view.Incidents.Count == 0 ? null : $"{view.Incidents[^1].Activity}: {view.Incidents[^1].Message}";
            await session.Audit.Append("-", "ItemMoved", session.NowMs, change.Claim, before, new { message.Runtime, opened = change.Opened.Select(t => t.Step), change.Claim.Status, incident }, written);
        }
    }
}
