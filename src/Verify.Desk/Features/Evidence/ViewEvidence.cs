using System.Text.Json.Serialization;
using Dapper;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Evidence;

/// <summary>A piece of evidence with its text, its claims and its custody log. A command, because each view is recorded there.</summary>
/// <param name="Save">The bytes are asked for, to be kept elsewhere; recorded as such.</param>
public sealed record ViewEvidence(string Evidence, bool Save = false) : Command<EvidenceView>
{
    public override bool NeedsUser => false;
}

public sealed record EvidenceView
{
    public required string Evidence { get; init; }
    public required string Kind { get; init; }
    public required string Title { get; init; }
    public required string? Reference { get; init; }
    public required string GroundRules { get; init; }
    public required string? ObtainedFrom { get; init; }
    public required string? ObtainedHow { get; init; }
    public required string? Date { get; init; }
    public required string? Note { get; init; }
    public required string? Sha256 { get; init; }
    public required string? MediaType { get; init; }
    public required long? Size { get; init; }
    public required string? Withdrawn { get; init; }
    public required IReadOnlyList<EvidenceUse> Claims { get; init; }
    public required IReadOnlyList<CustodyLine> Custody { get; init; }
    /// <summary>What it says; null where it cannot be read.</summary>
    public required string? Text { get; init; }
    /// <summary>The file itself; only when it was asked for.</summary>
    [JsonIgnore]
    public byte[]? Bytes { get; init; }
}

public sealed record EvidenceUse
{
    public string Claim => References.Claim(Article, Ordinal);
    public string Stance { get; init; } = "";
    [JsonIgnore] public long Article { get; init; }
    [JsonIgnore] public long Ordinal { get; init; }
}

public sealed record CustodyLine(DateTimeOffset At, string Who, string Action, string? Detail);

public sealed class ViewEvidenceHandler(Session session) : IRequestHandler<ViewEvidence, Result<EvidenceView>>
{
    private const string Content = "SELECT media_type AS MediaType, size AS Size, text AS Text FROM contents WHERE sha256 = @Content";
    private const string Bytes = "SELECT bytes FROM contents WHERE sha256 = @Content";
    private const string Uses = "SELECT a.number AS Article, c.ordinal AS Ordinal, l.stance AS Stance FROM evidence_claims l JOIN claims c ON c.id = l.claim_id JOIN articles a ON a.id = c.article_id WHERE l.evidence_id = @Id AND l.detached_at IS NULL ORDER BY 1, 2";
    private const string Log = "SELECT l.at AS At, coalesce(u.name, '-') AS Who, l.action AS Action, l.detail AS Detail FROM custody l LEFT JOIN users u ON u.id = l.user_id WHERE l.evidence_id = @Id ORDER BY l.seq";

    public async Task<Result<EvidenceView>> Handle(ViewEvidence query, CancellationToken cancellationToken)
    {
        var e = await References.FindEvidence(session.Connection, query.Evidence);
        if (e is null) return Refused.NotFound("evidence", query.Evidence);
        var name = References.Evidence(e.Number);
        if (query.Save && e.Content is null) return new Refusal(RefusalKind.Rule, "no_content", $"{name} is a reference without content; nothing can be saved");
        var content = e.Content is null ? null : await session.Connection.QuerySingleAsync<ContentRow>(Content, new { e.Content });
        var view = await Custody.Log(session, e.Id, query.Save ? "saved" : "viewed", null);
        await session.Audit.Append(session.ActorName, query.Save ? "EvidenceSaved" : "EvidenceViewed", session.NowMs, view, null, new { evidence = name }, []);
        return new EvidenceView
        {
            Evidence = name,
            Kind = e.Kind,
            Title = e.Title,
            Reference = e.Reference,
            GroundRules = e.GroundRules,
            ObtainedFrom = e.ObtainedFrom,
            ObtainedHow = e.ObtainedHow,
            Date = e.DatedOn,
            Note = e.Note,
            Sha256 = e.Content,
            MediaType = content?.MediaType,
            Size = content?.Size,
            Withdrawn = e.WithdrawnWhy,
            Claims = [.. await session.Connection.QueryAsync<EvidenceUse>(Uses, new { e.Id })],
            Custody = [.. (await session.Connection.QueryAsync<LogRow>(Log, new { e.Id })).Select(l => new CustodyLine(DateTimeOffset.FromUnixTimeMilliseconds(l.At), l.Who, l.Action, l.Detail))],
            Text = content?.Text,
            Bytes = query.Save ? await session.Connection.QuerySingleAsync<byte[]>(Bytes, new { e.Content }) : null,
        };
    }

    private sealed record LogRow
    {
        public long At { get; init; }
        public string Who { get; init; } = "";
        public string Action { get; init; } = "";
        public string? Detail { get; init; }
    }
}
