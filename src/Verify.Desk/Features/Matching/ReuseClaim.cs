using Dapper;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;
using Verify.Evidence.Matching;

namespace Verify.Desk.Features.Matching;

/// <summary>
/// Takes over what was found for an earlier claim: its evidence, and, where the same step waits here, its decision;
/// the earlier claim is named on the record.
/// </summary>
/// <param name="Decide">Whether the step that waits is decided as it was there; else only the evidence is taken over.</param>
public sealed record ReuseClaim(string Claim, string From, bool Decide = true) : Command<ClaimReused>
{
    public override IReadOnlyList<string> AllowedRoles => Roles.Checkers;
}

/// <param name="Evidence">The pieces that are now attached here too.</param>
/// <param name="Decided">The task that was decided as it was there; null: none.</param>
public sealed record ClaimReused(string Claim, string From, IReadOnlyList<string> Evidence, string? Decided, string? Outcome, string? ContentVerdict, string Status, IReadOnlyList<string> Opened)
{
    /// <summary>Amended where the claim runs elsewhere, which answers after the decision is on disk.</summary>
    public string Status { get; internal set; } = Status;
    public IReadOnlyList<string> Opened { get; internal set; } = Opened;
}

public sealed class ReuseClaimHandler(Session session, EvidenceLinks links, TaskDecisions decisions, GroundWatch watch) : IRequestHandler<ReuseClaim, Result<ClaimReused>>
{
    private const string SameStep = """
        SELECT o.token AS Token, d.outcome AS Outcome, d.note AS Note, d.content_verdict AS ContentVerdict, o.asks AS Asks
        FROM tasks o JOIN tasks t ON t.claim_id = @From AND t.step = o.step JOIN decisions d ON d.claim_id = t.claim_id AND d.token = t.token
            JOIN claims f ON f.id = t.claim_id AND f.status = 'approved' AND f.round = d.round
        WHERE o.claim_id = @Here AND o.status = 'open' AND o.kind = 'check' AND d.content_verdict IS NOT NULL ORDER BY d.token DESC LIMIT 1
        """;
    private const string ArticleOf = "SELECT number FROM articles WHERE id = @ArticleId";

    public async Task<Result<ClaimReused>> Handle(ReuseClaim command, CancellationToken cancellationToken)
    {
        var claim = await References.LoadClaim(session.Connection, command.Claim);
        if (claim is null) return Refused.NotFound("claim", command.Claim);
        var earlier = await References.LoadClaim(session.Connection, command.From);
        if (earlier is null) return Refused.NotFound("claim", command.From);
        if (claim.Id == earlier.Id) return Refused.Invalid("a claim cannot take over from itself");
        if (await MendedClaim.WriterOf(session, claim.Id) is { } conflict) return conflict;
        if (claim.Status != "in-review") return Refused.ClaimClosed(claim.Status);
        var same = !command.Decide ? null : await session.Connection.QuerySingleOrDefaultAsync<Decided>(SameStep, new { From = earlier.Id, Here = claim.Id });
        // What was found of one claim is no finding on another.
        if (same is not null && ClaimSimilarity.Compare(claim.Content, earlier.Content) is { Likeness: Likeness.None } or { Differs: not null })
            return new Refusal(RefusalKind.Rule, "not_alike", $"{command.From} does not say the same as {command.Claim}; take over its evidence with --evidence-only, and decide yourself");
        var copied = await links.CopyAll(earlier.Id, claim.Id, command.Claim);
        var taken = copied.Select(c => References.Evidence(c.Evidence.Number)).ToList();
        foreach (var (evidence, _) in copied.Where(c => c.Stance == "refutes"))
            await watch.ReopenAll([claim.Id], new("evidence", References.Evidence(evidence.Number), $"{evidence.Called} speaks against it"));
        // Evidence against it may have sent the claim back to its first step: that is the one that waits now.
        if (same is not null) same = await session.Connection.QuerySingleOrDefaultAsync<Decided>(SameStep, new { From = earlier.Id, Here = claim.Id });
        await Record(command, claim.Id, earlier.Id, same?.Token);
        return same is not null ? await Decide(command, claim, same, taken) : new ClaimReused(command.Claim, command.From, taken, null, null, null, claim.Status, []);
    }

    private async Task Record(ReuseClaim command, string here, string from, long? token)
    {
        var row = new ReuseRow { Id = Ids.New(session.Now), ClaimId = here, FromClaimId = from, Token = token, UserId = session.Actor!.Id, At = session.NowMs };
        await session.Connection.ExecuteAsync(Reopening.InsertReuse, row);
        await session.Audit.Append(session.ActorName, "ClaimReused", session.NowMs, row, null, new { claim = command.Claim, from = command.From }, []);
    }

    private async Task<Result<ClaimReused>> Decide(ReuseClaim command, ClaimRow claim, Decided same, List<string> taken)
    {
        var number = await session.Connection.ExecuteScalarAsync<long>(ArticleOf, new { claim.ArticleId });
        var task = References.Task(number, claim.Ordinal, same.Token);
        var asked = same.Asks?.StartsWith("content", StringComparison.Ordinal) == true;
        var result = await decisions.Decide(task, new(same.Outcome, $"as {command.From}{(same.Note is null ? "" : $": {same.Note}")}", null, asked ? same.ContentVerdict : null), null);
        if (result.Refusal is { } refusal) return refusal;
        var d = result.Value;
        var answer = new ClaimReused(command.Claim, command.From, taken, task, same.Outcome, asked ? same.ContentVerdict : null, d.Claim.Status, Named(d));
        session.Afterwards(async connection =>
        {
            var after = await d.Afterwards(connection);
            (answer.Status, answer.Opened) = (after.Claim.Status, Named(after));
        });
        return answer;

        string[] Named(DecidedTask decided) => [.. decided.Opened.Select(t => References.Task(number, claim.Ordinal, t.Token))];
    }

    private sealed record Decided
    {
        public long Token { get; init; }
        public string Outcome { get; init; } = "";
        public string? Note { get; init; }
        public string? ContentVerdict { get; init; }
        public string? Asks { get; init; }
    }
}
