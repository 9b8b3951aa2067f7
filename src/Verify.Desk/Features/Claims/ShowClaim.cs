using System.Data;
using Dapper;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Definitions;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Claims;

/// <summary>All that the desk knows of one claim.</summary>
/// <param name="Claim">Its reference, for example <c>12.3</c>, or its id.</param>
public sealed record ShowClaim(string Claim) : Query<ClaimView>;

public sealed record ClaimView
{
    public required string Claim { get; init; }
    public required string Id { get; init; }
    public required long Version { get; init; }
    public required string Article { get; init; }
    /// <summary>The version of the article that its words stand in.</summary>
    public required long ArticleVersion { get; init; }
    public required string? Writer { get; init; }
    public required string Title { get; init; }
    public required IReadOnlyList<string> Content { get; init; }
    /// <summary>Up to 160 characters of the article before and after the content.</summary>
    public required string Before { get; init; }
    public required string After { get; init; }
    public required string Quotation { get; init; }
    public required string? Parent { get; init; }
    public required IReadOnlyList<LinkView> Chain { get; init; }
    public required double Confidence { get; init; }
    public required string Construction { get; init; }
    public required string Definition { get; init; }
    public required string Route { get; init; }
    public required string Status { get; init; }
    public required long Round { get; init; }
    public required bool Escalated { get; init; }
    public required string? AttributionVerdict { get; init; }
    public required string? ContentVerdict { get; init; }
    public required IReadOnlyList<OpenTaskView> Open { get; init; }
    public required IReadOnlyList<HistoryLine> History { get; init; }
}

public sealed record LinkView(string Role, string Kind, string Resolved, string? Mention, IReadOnlyList<string> Cue);

/// <param name="Asks">Which verdict it asks for; null: none.</param>
/// <param name="Needs">What its definition asks of the evidence, and for which outcomes; null: nothing.</param>
/// <param name="NoVerdictFor">Outcomes with which it does not ask for one.</param>
public sealed record OpenTaskView(string Task, string Step, string Kind, string Role, string? Assignee, DateTimeOffset? DueAt, IReadOnlyList<string> Outcomes, string? Asks, string? Needs, IReadOnlyList<string> NoVerdictFor);

/// <param name="What">The step decided, or <c>comment</c>, or <c>started</c>.</param>
public sealed record HistoryLine(DateTimeOffset At, string Who, string What, string? Outcome, string? Text, string? AttributionVerdict, string? ContentVerdict);

public sealed class ShowClaimHandler(DeskDatabase database, KnownDefinitions definitions) : IRequestHandler<ShowClaim, Result<ClaimView>>
{
    private const int Context = 160;
    private const string Article = $"SELECT {ArticleRow.Columns} FROM articles WHERE id = @ArticleId";
    private const string Text = "SELECT text FROM snapshots WHERE article_id = @ArticleId AND version = @ArticleVersion";
    private const string OpenTasks = $"SELECT {TaskRow.Columns} FROM tasks WHERE claim_id = @Id AND status = 'open' ORDER BY token";
    private const string Name = "SELECT name FROM users WHERE id = @Id";
    private const string Names = "SELECT id AS Id, name AS Name FROM users";
    private const string Decisions = $"""
        SELECT d.decided_at AS At, u.name AS Who, t.step AS What, d.outcome AS Outcome, d.note AS Text, d.attribution_verdict AS AttributionVerdict, d.content_verdict AS ContentVerdict, d.token AS Place
        FROM decisions d JOIN tasks t ON t.claim_id = d.claim_id AND t.token = d.token JOIN users u ON u.id = d.user_id WHERE d.claim_id = @Id
        UNION ALL
        SELECT c.created_at, u.name, 'comment', NULL, c.text, NULL, NULL, 1000000 FROM comments c JOIN users u ON u.id = c.user_id WHERE c.claim_id = @Id
        UNION ALL
        SELECT c.created_at, coalesce(u.name, '-'), 'started', NULL, NULL, NULL, NULL, 0 FROM claims c LEFT JOIN users u ON u.id = c.started_by WHERE c.id = @Id
        UNION ALL
        SELECT escalated_at, 'the clock', 'escalated', NULL, NULL, NULL, NULL, 1000000 FROM claims WHERE id = @Id AND escalated_at IS NOT NULL
        UNION ALL
        SELECT r.at, coalesce(u.name, '-'), 'reopened', r.reference, r.reason, NULL, NULL, 2000000 FROM reopenings r LEFT JOIN users u ON u.id = r.user_id WHERE r.claim_id = @Id
        UNION ALL
        SELECT o.at, u.name, 'override', NULL, o.reason, NULL, NULL, 1000000 FROM overrides o JOIN users u ON u.id = o.user_id WHERE o.claim_id = @Id
        UNION ALL
        SELECT e.created_at, coalesce(u.name, '-'), 'evidence', 'E' || v.number || ' ' || e.stance, CASE WHEN v.ground_rules IN {EvidenceRow.WithheldRules} THEN NULL ELSE v.title END, NULL, NULL, 1000000
        FROM evidence_claims e JOIN evidence v ON v.id = e.evidence_id LEFT JOIN users u ON u.id = e.added_by WHERE e.claim_id = @Id
        UNION ALL
        SELECT k.at, coalesce(u.name, '-'), 'evidence', 'E' || v.number || ' withdrawn', CASE WHEN v.ground_rules IN {EvidenceRow.WithheldRules} THEN NULL ELSE k.detail END, NULL, NULL, 1000000
        FROM evidence_claims e JOIN evidence v ON v.id = e.evidence_id JOIN custody k ON k.evidence_id = v.id AND k.action = 'withdrawn' LEFT JOIN users u ON u.id = k.user_id WHERE e.claim_id = @Id
        UNION ALL
        SELECT p.decided_at, coalesce(u.name, '-'), 'origin', 'E' || v.number || ' ' || p.status, NULL, NULL, NULL, 1000000
        FROM provenance p JOIN evidence v ON v.id = p.from_id LEFT JOIN users u ON u.id = p.decided_by WHERE p.claim_id = @Id AND p.decided_at IS NOT NULL
        UNION ALL
        SELECT l.at, u.name, 'link ' || l.link, l.result, l.how || coalesce('; ' || l.note, ''), NULL, NULL, 1000000 FROM link_checks l JOIN users u ON u.id = l.user_id WHERE l.claim_id = @Id
        UNION ALL
        SELECT m.at, coalesce(u.name, '-'), 'amended', m.kind, CASE WHEN m.before IS NULL AND m.after IS NULL THEN m.note ELSE coalesce(m.note || ': ', '') || coalesce(m.before, '') || ' → ' || coalesce(m.after, '') END, NULL, NULL, 1500000
        FROM amendments m LEFT JOIN users u ON u.id = m.user_id WHERE m.claim_id = @Id
        UNION ALL
        SELECT r.at, u.name, 'reused', a.number || '.' || c.ordinal, NULL, NULL, NULL, 1000000
        FROM reuses r JOIN users u ON u.id = r.user_id JOIN claims c ON c.id = r.from_claim_id JOIN articles a ON a.id = c.article_id WHERE r.claim_id = @Id
        ORDER BY 1, Place
        """;

    public async Task<Result<ClaimView>> Handle(ShowClaim query, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        var claim = await References.LoadClaim(connection, query.Claim);
        if (claim is null) return Refused.NotFound("claim", query.Claim);
        var article = await connection.QuerySingleAsync<ArticleRow>(Article, new { claim.ArticleId });
        var text = await connection.QuerySingleAsync<string>(Text, new { claim.ArticleId, claim.ArticleVersion });
        var spans = ChainLinks.Spans(claim.Spans);
        var (start, end) = (spans[0].Start, spans[^1].End);
        return new ClaimView
        {
            Claim = References.Claim(article.Number, claim.Ordinal),
            Id = claim.Id,
            Version = claim.Version,
            Article = article.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ArticleVersion = claim.ArticleVersion,
            Writer = article.Writer is null ? null : await connection.QuerySingleAsync<string>(Name, new { Id = article.Writer }),
            Title = article.Title,
            Content = [.. spans.Select(s => s.Of(text))],
            Before = text[Math.Max(0, start - Context)..start],
            After = text[end..Math.Min(text.Length, end + Context)],
            Quotation = claim.Quotation,
            Parent = claim.ParentOrdinal is { } parent ? References.Claim(article.Number, parent) : null,
            Chain = [.. ChainLinks.Of(claim.Chain).Select(l => new LinkView(l.Role, l.Kind, l.Resolved, l.Mention?.Of(text), [.. l.Cue.Select(c => c.Of(text))]))],
            Confidence = claim.Confidence,
            Construction = claim.Construction,
            Definition = $"{claim.DefinitionId} v{claim.DefinitionVersion}",
            Route = claim.Route,
            Status = claim.Status,
            Round = claim.Round,
            Escalated = claim.EscalatedAt is not null,
            AttributionVerdict = claim.AttributionVerdict,
            ContentVerdict = claim.ContentVerdict,
            Open = await OpenOf(connection, claim, article.Number),
            History = [.. (await connection.QueryAsync<HistoryRow>(Decisions, new { claim.Id })).Select(h => h.ToLine())],
        };
    }

    private async Task<IReadOnlyList<OpenTaskView>> OpenOf(IDbConnection connection, ClaimRow claim, long number)
    {
        var definition = await definitions.Get(connection, claim.DefinitionId, claim.DefinitionVersion);
        var names = (await connection.QueryAsync<UserRow>(Names)).ToDictionary(u => u.Id, u => u.Name);
        return
        [
            .. (await connection.QueryAsync<TaskRow>(OpenTasks, new { claim.Id })).Select(t => new OpenTaskView(
                References.Task(number, claim.Ordinal, t.Token), t.Step, t.Kind, t.Role, t.Assignee is null ? null : names[t.Assignee],
                t.DueAt == ItemChange.Never ? null : DateTimeOffset.FromUnixTimeMilliseconds(t.DueAt),
                definition.OutcomesOf(t.Activity), t.Asks?.Split(' ')[0], definition.NeedsOf(t.Activity)?.ToString(), t.Asks?.Split(' ')[1..] ?? [])),
        ];
    }

    private sealed record HistoryRow
    {
        public long At { get; init; }
        public string Who { get; init; } = "";
        public string What { get; init; } = "";
        public string? Outcome { get; init; }
        public string? Text { get; init; }
        public string? AttributionVerdict { get; init; }
        public string? ContentVerdict { get; init; }
        public HistoryLine ToLine() => new(DateTimeOffset.FromUnixTimeMilliseconds(At), Who, What, Outcome, Text, AttributionVerdict, ContentVerdict);
    }
}
