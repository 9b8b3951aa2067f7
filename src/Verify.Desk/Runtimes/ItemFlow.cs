using Verify.Desk.Data;
using Verify.Workflow.Definitions;
using Verify.Workflow.Expressions;
using Verify.Workflow.Runtime;

namespace Verify.Desk.Runtimes;

/// <summary>
/// Moves an item on the runtime that it runs on. On the embedded one the change is all that follows; on another the change
/// holds the message to it, and what follows is written when it has answered.
/// </summary>
public sealed class ItemFlow(Session session, OutsideRuntimes runtimes)
{
    /// <summary>Begins an item for a claim that has none.</summary>
    public ItemChange Start(ClaimRow claim, Definition definition, FlowObject input) =>
        runtimes.ForNewItems is { } name ? StartOutside(claim, new(name, InstanceOf(claim), 1, []), input, null)
            : ItemChange.Of(claim, FlowRuntime.Start(definition, input), session.NowMs);

    /// <summary>Begins a claim's new round, counting on where the old one ended.</summary>
    /// <param name="before">The claim as it is stored.</param>
    /// <param name="carry">What to do once the round has begun; only where it begins elsewhere.</param>
    public ItemChange Restart(ClaimRow before, ClaimRow fresh, Definition definition, CarryOver? carry)
    {
        var input = new FlowObject([new("ClaimId", before.Id)]);
        if (OutsideState.Of(before) is not { } state) return ItemChange.Of(fresh, FlowRuntime.Start(definition, input, FlowState.FromJson(before.State).NextToken), session.NowMs);
        var change = StartOutside(fresh, state with { Instance = InstanceOf(fresh), Open = [] }, input, carry);
        return change with { Messages = [OutsideMessage.Cancel(state), .. change.Messages] };
    }

    /// <summary>Completes a task or fires a timer.</summary>
    public async Task<ItemChange> Resume(ClaimRow claim, Definition definition, long token, object? result, long now)
    {
        if (OutsideState.Of(claim) is not { } state) return ItemChange.Of(claim, FlowRuntime.Resume(definition, FlowState.FromJson(claim.State), (int)token, result), now);
        // One step after the other: a decision is not made on tasks that the last one may have closed.
        if (!await IsSettled(claim)) throw new UnsettledItem(claim.Id);
        return Told(claim with { Version = claim.Version + 1, UpdatedAt = now }, OutsideMessage.Resume(state, token, result));
    }

    /// <summary>The change, with an instance elsewhere ended too.</summary>
    public static ItemChange Ending(ItemChange change) =>
        OutsideState.Of(change.Claim) is { } state ? change with { Messages = [OutsideMessage.Cancel(state)] } : change;

    /// <summary>Whether what an instance elsewhere was told before this command is followed; always true on the embedded runtime.</summary>
    public async Task<bool> IsSettled(ClaimRow claim) => OutsideState.Of(claim) is null || session.ToBeTold.Contains(claim.Id) || !await OutboxRow.Any(session.Connection, claim.Id);

    private ItemChange StartOutside(ClaimRow claim, OutsideState state, FlowObject input, CarryOver? carry) =>
        Told(claim with { State = state.ToJson(), Version = claim.Version + 1, UpdatedAt = session.NowMs }, OutsideMessage.Start(state, claim, input, carry));

    private static ItemChange Told(ClaimRow claim, OutsideMessage message) => new(claim, [], [], [], []) { Messages = [message] };

    private static string InstanceOf(ClaimRow claim) => $"{claim.Id}-{claim.Round}";
}

/// <summary>An item elsewhere has yet to answer to what it was told last; the command is tried again when it has.</summary>
public sealed class UnsettledItem(string claimId) : Exception($"claim {claimId} waits for its runtime")
{
    public string ClaimId { get; } = claimId;
}
