using Dapper;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Definitions;
using Verify.Desk.Requests;
using Verify.Workflow.Runtime;

namespace Verify.Desk.Features.Timers;

/// <summary>Moves the items whose time has come; at most 500 a call, the longest due first.</summary>
public sealed record FireDueTimers : Command<int>
{
    public override bool NeedsUser => false;
    public override bool IsOfTheDesk => true;
}

/// <summary>Whether any timer is due: cheap, and asked before the writer is bothered.</summary>
public sealed record AnyTimerDue : Query<bool>;

public sealed class AnyTimerDueHandler(DeskDatabase database, TimeProvider clock) : IRequestHandler<AnyTimerDue, Result<bool>>
{
    private const string Sql = "SELECT EXISTS (SELECT 1 FROM timers WHERE status = 'set' AND due_at <= @Now)";

    public async Task<Result<bool>> Handle(AnyTimerDue request, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        return await connection.ExecuteScalarAsync<long>(Sql, new { Now = clock.GetUtcNow().ToUnixTimeMilliseconds() }) == 1;
    }
}

public sealed class FireDueTimersHandler(Session session, KnownDefinitions definitions) : IRequestHandler<FireDueTimers, Result<int>>
{
    private const string Due = $"SELECT {TimerRow.Columns} FROM timers WHERE status = 'set' AND due_at <= @NowMs ORDER BY due_at LIMIT 500";
    private const string Claim = $"SELECT {ClaimRow.Columns} FROM claims WHERE id = @ClaimId";

    public async Task<Result<int>> Handle(FireDueTimers command, CancellationToken cancellationToken)
    {
        var due = (await session.Connection.QueryAsync<TimerRow>(Due, new { session.NowMs })).ToList();
        var fired = 0;
        foreach (var timer in due)
            if (await Fire(timer)) fired++;
        return fired;
    }

    private async Task<bool> Fire(TimerRow timer)
    {
        var claim = await session.Connection.QuerySingleAsync<ClaimRow>(Claim, new { timer.ClaimId });
        var definition = await definitions.Get(session.Connection, claim.DefinitionId, claim.DefinitionVersion);
        var state = FlowState.FromJson(claim.State);
        if (state.Open.All(o => o.Token != timer.Token)) return false; // another timer of this call has ended it
        var step = FlowRuntime.Resume(definition.Definition, state, (int)timer.Token, null);
        var change = ItemChange.Of(claim, step, session.NowMs);
        var fired = timer with { Status = "fired" };
        await session.Connection.ExecuteAsync(Items.UpdateTimer, fired);
        var written = await Items.Write(session.Connection, change, session.NowMs);
        await session.Audit.Append("-", "TimerFired", session.NowMs, change.Claim, claim, new { timer.Activity }, [fired, .. written]);
        return true;
    }
}
