using Dapper;
using MediatR;
using Microsoft.Data.Sqlite;
using Verify.Desk.Data;
using Verify.Desk.Definitions;
using Verify.Desk.Requests;
using Verify.Desk.Runtimes;

namespace Verify.Desk.Features.Timers;

/// <summary>Moves the items whose time had come at <paramref name="Before"/>; at most 500 a call, the longest due first.</summary>
public sealed record FireDueTimers(DateTimeOffset Before) : Command<int>
{
    public override bool NeedsUser => false;
    public override bool IsOfTheDesk => true;
}

/// <summary>Whether any timer is due: cheap, and asked before the writer is bothered.</summary>
public sealed record AnyTimerDue(DateTimeOffset Before) : Query<bool>;

public sealed class AnyTimerDueHandler(DeskDatabase database) : IRequestHandler<AnyTimerDue, Result<bool>>
{
    private const string Sql = "SELECT EXISTS (SELECT 1 FROM timers WHERE status = 'set' AND due_at <= @Now)";

    public async Task<Result<bool>> Handle(AnyTimerDue request, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        return await connection.ExecuteScalarAsync<long>(Sql, new { Now = request.Before.ToUnixTimeMilliseconds() }) == 1;
    }
}

public sealed class FireDueTimersHandler(Session session, KnownDefinitions definitions, ItemFlow flow) : IRequestHandler<FireDueTimers, Result<int>>
{
    private const string StatusOf = "SELECT status FROM timers WHERE claim_id = @ClaimId AND token = @Token";
    private const string Due = $"SELECT {TimerRow.Columns} FROM timers WHERE status = 'set' AND due_at <= @Before ORDER BY due_at LIMIT 500";

    public async Task<Result<int>> Handle(FireDueTimers command, CancellationToken cancellationToken)
    {
        var due = (await session.Connection.QueryAsync<TimerRow>(Due, new { Before = command.Before.ToUnixTimeMilliseconds() })).ToList();
        var fired = 0;
        foreach (var timer in due)
            if (await FireOrFault(timer)) fired++;
        return fired;
    }

    // One item that cannot go on must not keep all the others, and every command behind them, from their turn.
    private async Task<bool> FireOrFault(TimerRow timer)
    {
        var mark = session.Audit.Mark();
        await session.Connection.ExecuteAsync("SAVEPOINT timer");
        bool fired;
        try { fired = await Fire(timer); }
#pragma warning disable CA1031 // whatever is wrong with this item is its own affair; a database in trouble (all but a constraint) is not
        catch (Exception e) when (e is not SqliteException or SqliteException { SqliteErrorCode: 19 })
#pragma warning restore CA1031
        {
            await session.Connection.ExecuteAsync("ROLLBACK TO timer");
            session.Audit.Return(mark);
            await Fault(timer, e.Message);
            fired = true;
        }
        await session.Connection.ExecuteAsync("RELEASE timer");
        return fired;
    }

    private async Task Fault(TimerRow timer, string reason)
    {
        var claim = await session.Connection.QuerySingleAsync<ClaimRow>(ClaimRow.ById, new { Id = timer.ClaimId });
        var change = new ItemChange(claim with { Status = "faulted", Version = claim.Version + 1, UpdatedAt = session.NowMs }, [], [], [], []);
        var cleared = timer with { Status = "cleared" };
        await session.Connection.ExecuteAsync(Items.UpdateTimer, cleared);
        var written = await Items.Write(session, change);
        await session.Audit.Append("-", "ClaimFaulted", session.NowMs, change.Claim, claim, new { timer.Activity, reason }, [cleared, .. written]);
    }

    private async Task<bool> Fire(TimerRow timer)
    {
        var claim = await session.Connection.QuerySingleAsync<ClaimRow>(ClaimRow.ById, new { Id = timer.ClaimId });
        if (!await flow.IsSettled(claim)) return false; // its turn comes when its runtime has answered
        if (await session.Connection.ExecuteScalarAsync<string>(StatusOf, timer) != "set") return false; // another timer of this call has ended it
        var definition = await definitions.Get(session.Connection, claim.DefinitionId, claim.DefinitionVersion);
        var change = await flow.Resume(claim, definition.Definition, timer.Token, null, session.NowMs);
        var fired = timer with { Status = "fired" };
        await session.Connection.ExecuteAsync(Items.UpdateTimer, fired);
        var written = await Items.Write(session, change, claim);
        await session.Audit.Append("-", "TimerFired", session.NowMs, change.Claim, claim, new { timer.Activity }, [fired, .. written]);
        return true;
    }
}
