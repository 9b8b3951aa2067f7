using Dapper;
using Verify.Desk.Requests;
using Verify.Desk.Runtimes;

namespace Verify.Desk.Data;

/// <summary>What is recorded of a change to a claim.</summary>
/// <param name="Kind">span, chain, split, merged, dismissed, anchored, lost.</param>
/// <param name="Before">What it was, as people read it; null: nothing that was said changed.</param>
public sealed record Amendment(string Kind, string? Note, string? Before, string? After);

/// <summary>Changes what a claim says or who said it, or ends it; always with its record, and reopening what rested on it.</summary>
public sealed class ClaimAmendment(Session session, Reopening reopening, GroundWatch watch)
{
    private const string Insert = "INSERT INTO amendments (id, claim_id, claim_version, kind, note, before, after, user_id, at) VALUES (@Id, @ClaimId, @ClaimVersion, @Kind, @Note, @Before, @After, @UserId, @At)";

    private readonly List<ReopenedClaim> _elsewhere = [];

    /// <summary>Other claims that were reopened because they rest on those that were changed; each is told once.</summary>
    public IReadOnlyList<ReopenedClaim> TakeElsewhere()
    {
        var elsewhere = _elsewhere.ToList();
        _elsewhere.Clear();
        return elsewhere;
    }

    private static MovedGround Reaching(ClaimRow claim, MovedGround why) => new("claim", why.Reference, $"a claim that it rests on moved (\"{(claim.Content.Length > 60 ? claim.Content[..(char.IsHighSurrogate(claim.Content[59]) ? 59 : 60)] + "…" : claim.Content)}\"): {why.Reason}");

    public async Task<AmendmentRow> Record(string claimId, long version, Amendment a)
    {
        var row = new AmendmentRow { Id = Ids.New(session.Now), ClaimId = claimId, ClaimVersion = version, Kind = a.Kind, Note = a.Note, Before = a.Before, After = a.After, UserId = session.Actor?.Id, At = session.NowMs };
        await session.Connection.ExecuteAsync(Insert, row);
        return row;
    }

    /// <param name="why">Null: nobody's work is touched by it, as when a claim only moved within the article.</param>
    /// <returns>The claim as it was reopened; null: it was only changed.</returns>
    public async Task<ReopenedClaim?> Amend(ClaimRow before, ClaimRow after, Amendment amendment, MovedGround? why)
    {
        var record = await Record(before.Id, before.Version + 1, amendment);
        if (after.Content != before.Content || after.Chain != before.Chain) await SearchIndex.AddClaim(session.Connection, after, ChainLinks.Of(after.Chain).Select(l => l.Resolved));
        // On another definition it has to begin anew, whether anything was decided or not; and what was rejected is
        // looked at again when it says something else.
        var restart = why is not null && (before.Status == "rejected" || await reopening.HasSomethingToLose(before) || (before.Status == "in-review" && (before.DefinitionId, before.DefinitionVersion) != (after.DefinitionId, after.DefinitionVersion)));
        Func<Task> change = restart ? Restart : Change;
        // Other words are another ground for whatever came from here; another speaker is not.
        if (why is { KeepsContent: false }) _elsewhere.AddRange(await watch.Follow(before.Id, Reaching(before, why), ends: false, change));
        else await change();
        _elsewhere.AddRange(await watch.TakeAlsoReopened());
        return restart ? await watch.Describe(before.Id, before.Status) : null;

        async Task Restart()
        {
            await reopening.Reopen(before, after, why!);
            await session.Audit.Append(session.ActorName, "ClaimAmended", session.NowMs, record, null, new { amendment.Kind, amendment.Note }, []);
        }

        async Task Change()
        {
            var onItsWay = after with { DefinitionId = before.DefinitionId, DefinitionVersion = before.DefinitionVersion, Route = before.Route, Version = before.Version + 1, UpdatedAt = session.NowMs };
            var written = await Items.Write(session, new(onItsWay, [], [], [], []), amends: true);
            await session.Audit.Append(session.ActorName, "ClaimAmended", session.NowMs, onItsWay, before, new { amendment.Kind, amendment.Note }, [record, .. written]);
        }
    }

    /// <summary>Ends a claim that is none (any more): its tasks are withdrawn, and an approval is set aside.</summary>
    public async Task End(ClaimRow before, Amendment amendment, MovedGround why) =>
        _elsewhere.AddRange(await watch.Follow(before.Id, Reaching(before, why), ends: true, () => Dismiss(before, amendment, why)));

    private async Task Dismiss(ClaimRow before, Amendment amendment, MovedGround why)
    {
        var others = new List<IAuditedRow> { await Record(before.Id, before.Version + 1, amendment) };
        var round = before.Round;
        if (before.Status == "approved")
        {
            others.Add(await reopening.Record(before, why));
            round++;
        }
        var change = await reopening.WithdrawingAll(ItemFlow.Ending(new(before with { Status = "dismissed", Round = round, Version = before.Version + 1, UpdatedAt = session.NowMs }, [], [], [], [])));
        others.AddRange(await Items.Write(session, change));
        await session.Audit.Append(session.ActorName, "ClaimEnded", session.NowMs, change.Claim, before, new { amendment.Kind, amendment.Note }, others);
    }
}
