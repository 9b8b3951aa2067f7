using Dapper;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Live;

/// <summary>The newest comments that name a user, those not seen yet first.</summary>
public sealed record ListMentions(string User) : Query<IReadOnlyList<MentionLine>>;

public sealed record MentionLine(string Claim, string By, string Text, DateTimeOffset At, bool Seen);

public sealed class ListMentionsHandler(DeskDatabase database) : IRequestHandler<ListMentions, Result<IReadOnlyList<MentionLine>>>
{
    private const string Sql = """
        SELECT a.number AS Article, c.ordinal AS Ordinal, w.name AS By, o.text AS Text, o.created_at AS At, m.seen_at AS SeenAt
        FROM users u JOIN mentions m ON m.user_id = u.id JOIN comments o ON o.id = m.comment_id JOIN users w ON w.id = o.user_id
            JOIN claims c ON c.id = m.claim_id JOIN articles a ON a.id = c.article_id
        WHERE u.name = @User ORDER BY m.seen_at IS NULL DESC, m.comment_id DESC LIMIT 50
        """;

    public async Task<Result<IReadOnlyList<MentionLine>>> Handle(ListMentions query, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        var rows = await connection.QueryAsync<Row>(Sql, new { query.User });
        return rows.Select(r => new MentionLine(References.Claim(r.Article, r.Ordinal), r.By, r.Text, DateTimeOffset.FromUnixTimeMilliseconds(r.At), r.SeenAt is not null)).ToList();
    }

    private sealed record Row
    {
        public long Article { get; init; }
        public long Ordinal { get; init; }
        public string By { get; init; } = "";
        public string Text { get; init; } = "";
        public long At { get; init; }
        public long? SeenAt { get; init; }
    }
}
