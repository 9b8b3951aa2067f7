using System.Globalization;
using Dapper;
using FluentValidation;
using MediatR;
using Microsoft.Data.Sqlite;
using Verify.Desk.Data;
using Verify.Desk.Requests;
using Verify.Evidence.Matching;

namespace Verify.Desk.Features.Matching;

/// <summary>Earlier claims of other articles that say the same as this one, best first.</summary>
/// <param name="Limit">1 to 50.</param>
public sealed record FindSimilar(string Claim, int Limit = 5) : Query<SimilarClaims>;

public sealed record SimilarClaims(string Claim, IReadOnlyList<SimilarClaim> Earlier);

/// <param name="Why">same-words, near-words, same-quotation.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Differs">What should make one look twice; null: nothing.</param>
/// <param name="Evidence">How many pieces are attached to it.</param>
public sealed record SimilarClaim(string Claim, string Content, string? Speaker, string Status, string? AttributionVerdict, string? ContentVerdict, string Why, double Score, string? Differs, long Evidence, DateTimeOffset At);

public sealed class FindSimilarValidator : AbstractValidator<FindSimilar>
{
    public FindSimilarValidator() => RuleFor(q => q.Limit).InclusiveBetween(1, 50).WithMessage("--limit must be from 1 to 50");
}

public sealed class FindSimilarHandler(DeskDatabase database) : IRequestHandler<FindSimilar, Result<SimilarClaims>>
{
    // However common a key is ("he declined to comment"), the newest few with it are enough: what says the same shares
    // many keys, and is met again under the others.
    private const int MostPerKey = 60;
    private const int MostCompared = 150;

    private const string ByKey = "SELECT rowid FROM claim_keys WHERE claim_keys MATCH @Key ORDER BY rowid DESC LIMIT @Most";
    private const string Candidate = "SELECT c.id, c.content FROM search_entries e JOIN claims c ON c.id = e.subject WHERE e.id = @Entry AND c.article_id <> @ArticleId";
    private const string Earlier = """
        SELECT c.id AS Id, a.number AS Article, c.ordinal AS Ordinal, c.content AS Content, c.speaker AS Speaker, c.status AS Status,
            c.attribution_verdict AS AttributionVerdict, c.content_verdict AS ContentVerdict, c.created_at AS CreatedAt
        FROM claims c JOIN articles a ON a.id = c.article_id WHERE c.id = @Id
        """;
    private const string EvidenceOf = "SELECT count(*) FROM evidence_claims WHERE claim_id = @Id AND detached_at IS NULL";

    public async Task<Result<SimilarClaims>> Handle(FindSimilar query, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        var claim = await References.LoadClaim(connection, query.Claim);
        if (claim is null) return Refused.NotFound("claim", query.Claim);
        var found = new List<(Row Row, ClaimMatch Match)>();
        foreach (var (other, match) in Alike(connection, claim)) found.Add((await connection.QuerySingleAsync<Row>(Earlier, new { Id = other }), match));
        var lines = new List<SimilarClaim>();
        // Of claims alike, one that was decided helps more than one that waits, and a newer one more than an older.
        foreach (var (row, match) in found.OrderByDescending(f => f.Match.Score).ThenByDescending(f => f.Row.ContentVerdict is not null).ThenByDescending(f => f.Row.CreatedAt).Take(query.Limit))
            lines.Add(new(References.Claim(row.Article, row.Ordinal), row.Content, row.Speaker, row.Status, row.AttributionVerdict, row.ContentVerdict, Name(match.Likeness), Math.Round(match.Score, 3), match.Differs,
                await connection.ExecuteScalarAsync<long>(EvidenceOf, new { row.Id }), DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt)));
        return new SimilarClaims(query.Claim, lines);
    }

    private static string Name(Likeness likeness) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(likeness.ToString());

    private static Dictionary<string, ClaimMatch> Alike(SqliteConnection connection, ClaimRow claim)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Candidate;
        var entry = command.Parameters.Add("@Entry", SqliteType.Integer);
        command.Parameters.AddWithValue("@ArticleId", claim.ArticleId);
        var compare = ClaimSimilarity.To(claim.Content);
        var alike = new Dictionary<string, ClaimMatch>(StringComparer.Ordinal);
        foreach (var candidate in Candidates(connection, claim))
        {
            entry.Value = candidate;
            using var reader = command.ExecuteReader();
            if (!reader.Read()) continue;
            var match = compare(reader.GetString(1));
            // A claim that was mended stands in the index as it was and as it is: one of it.
            if (match.Likeness != Likeness.None) alike.TryAdd(reader.GetString(0), match);
        }
        return alike;
    }

    // Entries that share keys with the claim, those that share most first. One statement, run once a key.
    private static List<long> Candidates(SqliteConnection connection, ClaimRow claim)
    {
        using var command = connection.CreateCommand();
        command.CommandText = ByKey;
        var parameter = command.Parameters.Add("@Key", SqliteType.Text);
        command.Parameters.AddWithValue("@Most", MostPerKey);
        var shared = new Dictionary<long, int>();
        foreach (var key in ClaimKeys.Of(claim.Content, claim.Quotation == "direct"))
        {
            parameter.Value = $"\"{key.ToString("x", CultureInfo.InvariantCulture)}\"";
            using var reader = command.ExecuteReader();
            while (reader.Read()) shared[reader.GetInt64(0)] = shared.GetValueOrDefault(reader.GetInt64(0)) + 1;
        }
        return [.. shared.OrderByDescending(s => s.Value).ThenByDescending(s => s.Key).Take(MostCompared).Select(s => s.Key)];
    }

    private sealed record Row
    {
        public string Id { get; init; } = "";
        public long Article { get; init; }
        public long Ordinal { get; init; }
        public string Content { get; init; } = "";
        public string? Speaker { get; init; }
        public string Status { get; init; } = "";
        public string? AttributionVerdict { get; init; }
        public string? ContentVerdict { get; init; }
        public long CreatedAt { get; init; }
    }
}
