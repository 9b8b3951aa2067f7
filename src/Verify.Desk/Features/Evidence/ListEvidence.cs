using Dapper;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Evidence;

/// <summary>A claim's evidence with its origins, how many are independent, and what goes round.</summary>
public sealed record ListEvidence(string Claim) : Query<EvidenceList>;

/// <param name="IfProposalsHold">What the counts would be if every proposed origin were right.</param>
/// <param name="Unconfirmed">Pieces whose origin waits for a checker's word; they do not count yet.</param>
/// <param name="Ways">Who got it from whom, as far as it is known, from the evidence to its origins.</param>
public sealed record EvidenceList(string Claim, IReadOnlyList<EvidenceLine> Evidence, OriginCount Confirmed, OriginCount IfProposalsHold, IReadOnlyList<string> Unconfirmed, IReadOnlyList<LinkCheckLine> Links, string? Override, OriginGraph Ways);

public sealed record OriginGraph(IReadOnlyList<OriginNode> Nodes, IReadOnlyList<OriginStep> Steps);

/// <param name="Kind">evidence, source, claim or article.</param>
/// <param name="Fallen">Retracted or withdrawn.</param>
/// <param name="Own">The claim itself, or its article.</param>
public sealed record OriginNode(string Id, string Kind, string Label, bool Fallen, bool Own);

public sealed record OriginStep(string From, string To, bool Confirmed, string? Via);

/// <param name="Origins">Where it got it from, as to this claim.</param>
public sealed record EvidenceLine(string Evidence, string Kind, string Title, string Stance, string GroundRules, string? ObtainedFrom, bool HasContent, bool Withdrawn, IReadOnlyList<OriginLine> Origins);

/// <param name="Origins">Each origin with the evidence that leads to it.</param>
/// <param name="Circles">Ways that lead back, as names.</param>
/// <param name="Groundless">Evidence that no origin stands behind.</param>
public sealed record OriginCount(int For, int Against, IReadOnlyList<OriginUse> Origins, IReadOnlyList<CircleLine> Circles, IReadOnlyList<string> Groundless);

/// <param name="OwnSource">It stands in the claim's own chain: it shows that it was said, and is no second voice.</param>
/// <param name="OnlyGround">Evidence that would be groundless if this origin fell.</param>
/// <param name="ForWithout">Independent origins for the claim if it fell.</param>
public sealed record OriginUse(string Origin, string Name, bool OwnSource, IReadOnlyList<string> For, IReadOnlyList<string> Against, IReadOnlyList<string> OnlyGround, int ForWithout, int AgainstWithout);

/// <param name="ToOwnArticle">It leads back to the claim's own article; else round in a loop.</param>
public sealed record CircleLine(string Evidence, IReadOnlyList<string> Path, bool ToOwnArticle);

/// <summary>Whether a link of the chain was itself seen; the last record of each.</summary>
public sealed record LinkCheckLine(long Link, string Name, string Role, string? Result, string? How, string? Who, string? Evidence, string? Note, DateTimeOffset? At);

public sealed class ListEvidenceHandler(DeskDatabase database) : IRequestHandler<ListEvidence, Result<EvidenceList>>
{
    private const string Override = "SELECT reason FROM overrides WHERE claim_id = @Id AND round = @Round";
    private const string Checks = """
        SELECT l.name AS Name, l.result AS Result, l.how AS How, u.name AS Who, e.number AS Evidence, l.note AS Note, l.at AS At
        FROM link_checks l JOIN users u ON u.id = l.user_id LEFT JOIN evidence e ON e.id = l.evidence_id WHERE l.claim_id = @Id ORDER BY l.id
        """;

    public async Task<Result<EvidenceList>> Handle(ListEvidence query, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        var claim = await References.LoadClaim(connection, query.Claim);
        if (claim is null) return Refused.NotFound("claim", query.Claim);
        var ground = await ClaimGround.Of(connection, claim);
        var lines = new List<EvidenceLine>();
        foreach (var e in ground.Evidence)
        {
            var origins = new List<OriginLine>();
            foreach (var row in ground.Rows.Where(r => r.FromId == e.Id)) origins.Add(await OriginLines.Of(connection, row));
            lines.Add(new(e.Name, e.Kind, e.Title, e.Stance, e.GroundRules, e.ObtainedFrom, e.Content is not null, e.WithdrawnAt is not null, origins));
        }
        var own = ChainLinks.Of(claim.Chain).Select(l => SourceBook.KeyOf(l.Resolved)).ToHashSet(StringComparer.Ordinal);
        var last = (await connection.QueryAsync<CheckRow>(Checks, new { claim.Id })).GroupBy(c => c.Name).ToDictionary(g => g.Key, g => g.Last());
        var links = ChainLinks.Of(claim.Chain).Select((l, i) => (Link: l, Check: last.GetValueOrDefault(l.Resolved), Number: i + 1L))
            .Select(x => new LinkCheckLine(x.Number, x.Link.Resolved, x.Link.Role, x.Check?.Result, x.Check?.How, x.Check?.Who, x.Check?.Evidence is { } n ? References.Evidence(n) : null, x.Check?.Note, x.Check is null ? null : DateTimeOffset.FromUnixTimeMilliseconds(x.Check.At)));
        return new EvidenceList(query.Claim, lines, Count(ground, ground.Confirmed, own), Count(ground, ground.IfProposalsHold, own), ground.Unconfirmed, [.. links],
            await connection.QuerySingleOrDefaultAsync<string?>(Override, new { claim.Id, claim.Round }), new OriginGraph([.. ground.Nodes.Select(n => new OriginNode(n.Id, ClaimForm.Lower(n.Kind), ground.Said(n), n.Retracted, ground.IsOwn(n)))], [.. ground.Edges.Select(e => new OriginStep(e.From, e.To, e.Confirmed, ground.IsWithheld(e.From) ? null : e.Via))]));
    }

    private static OriginCount Count(ClaimGround ground, Verify.Evidence.Provenance.IndependenceReport r, HashSet<string> own) => new(r.For, r.Against,
        [.. r.Origins.Select(o => new OriginUse(o.Node.Id, o.Node.Label, own.Contains(SourceBook.KeyOf(o.Node.Label)), o.For, o.Against, o.OnlyGround, o.ForWithout, o.AgainstWithout))],
        [.. r.Circles.Select(c => new CircleLine(c.Evidence, [.. c.Path.Select(n => n.Id == ground.Said(n) ? n.Id : $"{n.Id} {n.Label}")], c.ToOwnArticle))], r.Groundless);

    private sealed record CheckRow
    {
        public string Name { get; init; } = "";
        public string Result { get; init; } = "";
        public string How { get; init; } = "";
        public string Who { get; init; } = "";
        public long? Evidence { get; init; }
        public string? Note { get; init; }
        public long At { get; init; }
    }
}
