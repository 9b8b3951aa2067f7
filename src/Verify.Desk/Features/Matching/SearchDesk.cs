using System.Data;
using Dapper;
using FluentValidation;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Matching;

/// <summary>Finds words in claims, sources, notes, comments, and evidence with its text; the newest first.</summary>
/// <param name="Words">All of them must be there; words in quotation marks in that order.</param>
/// <param name="Kind">claim, note, comment, evidence, document or source; null: all.</param>
/// <param name="Limit">1 to 200.</param>
public sealed record SearchDesk(string Words, string? Kind = null, int Limit = 20) : Query<SearchHits>
{
    public static readonly IReadOnlyList<string> Kinds = ["claim", "note", "comment", "evidence", "document", "source"];
}

/// <param name="More">There are more than were asked for.</param>
public sealed record SearchHits(string Words, IReadOnlyList<SearchHit> Hits, bool More);

/// <param name="Reference"><c>12.3</c>, <c>E4</c> or <c>S2</c>.</param>
/// <param name="Claim">The claim that it belongs to; null for a source.</param>
/// <param name="ForCheckers">It is evidence that was given off the record, or whom such came from.</param>
public sealed record SearchHit(string Kind, string Reference, string? Claim, string Text, bool ForCheckers = false);

public sealed class SearchDeskValidator : AbstractValidator<SearchDesk>
{
    public SearchDeskValidator()
    {
        RuleFor(q => q.Words).Must(w => FullText.AllOf(w) is not null).WithMessage("there is no word to look for").MaximumLength(1000).WithMessage("the search is longer than 1,000 characters");
        RuleFor(q => q.Kind).Must(k => k is null || SearchDesk.Kinds.Contains(k)).WithMessage(q => $"'{q.Kind}' cannot be searched; use one of: {string.Join(", ", SearchDesk.Kinds)}");
        RuleFor(q => q.Limit).InclusiveBetween(1, 200).WithMessage("--limit must be from 1 to 200");
    }
}

public sealed class SearchDeskHandler(DeskDatabase database) : IRequestHandler<SearchDesk, Result<SearchHits>>
{
    // By age and not by rank: ranking would have to look at every row that has a common word in it.
    private const string All = "SELECT e.kind AS Kind, e.subject AS Subject, e.claim_id AS ClaimId FROM search s CROSS JOIN search_entries e ON e.id = s.rowid WHERE search MATCH @Words ORDER BY s.rowid DESC LIMIT @Limit";
    private const string OfKind = "SELECT e.kind AS Kind, e.subject AS Subject, e.claim_id AS ClaimId FROM search s CROSS JOIN search_entries e ON e.id = s.rowid WHERE search MATCH @Words AND e.kind = @Kind ORDER BY s.rowid DESC LIMIT @Limit";
    private const string ClaimOf = "SELECT a.number AS Article, c.ordinal AS Ordinal, c.content AS Text FROM claims c JOIN articles a ON a.id = c.article_id WHERE c.id = @Id";
    private const string Comment = "SELECT text FROM comments WHERE id = @Id";
    private const string Note = "SELECT note FROM decisions WHERE claim_id = @Id AND token = @Token";
    private const string Override = "SELECT reason FROM overrides WHERE claim_id = @Id AND round = @Round";
    private const string Link = "SELECT how || coalesce('; ' || note, '') FROM link_checks WHERE id = @Id";
    private const string Evidence = $"SELECT e.number AS Number, e.title AS Title, c.text AS Text, e.ground_rules IN {EvidenceRow.WithheldRules} AS ForCheckers FROM evidence e LEFT JOIN contents c ON c.sha256 = e.content WHERE e.id = @Id";
    private const string EvidenceTitle = $"SELECT number AS Number, title || CASE WHEN ground_rules IN {EvidenceRow.WithheldRules} THEN '' ELSE coalesce(' — ' || note, '') END AS Title, ground_rules IN {EvidenceRow.WithheldRules} AS ForCheckers FROM evidence WHERE id = @Id";
    private const string Source = $"""
        SELECT number AS Number, name AS Title,
            EXISTS (SELECT 1 FROM provenance p JOIN evidence e ON e.id = p.from_id WHERE p.to_id = s.id AND e.ground_rules IN {EvidenceRow.WithheldRules}) AS ForCheckers
        FROM sources s WHERE id = @Id
        """;
    private const int Around = 90;

    public async Task<Result<SearchHits>> Handle(SearchDesk query, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        var words = FullText.AllOf(query.Words)!;
        var rows = (await connection.QueryAsync<Entry>(query.Kind is null ? All : OfKind, new { Words = words, query.Kind, Limit = query.Limit + 1 })).DistinctBy(e => (e.Kind, e.Subject)).ToList();
        var hits = new List<SearchHit>();
        foreach (var row in rows.Take(query.Limit)) hits.Add(await Describe(connection, row, query.Words));
        return new SearchHits(query.Words, hits, rows.Count > query.Limit);
    }

    private static async Task<SearchHit> Describe(IDbConnection connection, Entry e, string words)
    {
        var claim = e.ClaimId is null ? null : await connection.QuerySingleAsync<Numbered>(ClaimOf, new { Id = e.ClaimId });
        var reference = claim is null ? null : References.Claim(claim.Article, claim.Ordinal);
        switch (e.Kind)
        {
            case "claim": return new(e.Kind, reference!, reference, Excerpt(claim!.Text, words));
            case "comment": return new(e.Kind, reference!, reference, Excerpt(await connection.QuerySingleAsync<string>(Comment, new { Id = e.Subject }), words));
            case "note": return new(e.Kind, reference!, reference, Excerpt(await NoteText(connection, e.Subject), words));
            case "source":
                var source = await connection.QuerySingleAsync<Numbered>(Source, new { Id = e.Subject });
                return new(e.Kind, $"S{source.Number}", null, source.Title, source.ForCheckers);
            default:
                var piece = await connection.QuerySingleAsync<Numbered>(e.Kind == "document" ? Evidence : EvidenceTitle, new { Id = e.Subject });
                return new(e.Kind, References.Evidence(piece.Number), reference, e.Kind == "document" ? $"{piece.Title}: {Excerpt(piece.Text, words)}" : Excerpt(piece.Title, words), piece.ForCheckers);
        }
    }

    private static async Task<string> NoteText(IDbConnection connection, string subject)
    {
        var parts = subject.Split(':');
        return parts[0] switch
        {
            "link" => await connection.QuerySingleAsync<string>(Link, new { Id = parts[1] }),
            "override" => await connection.QuerySingleAsync<string>(Override, new { Id = parts[1], Round = long.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture) }),
            _ => await connection.QuerySingleAsync<string>(Note, new { Id = parts[0], Token = long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) }),
        };
    }

    // What stands around the first of the words.
    private static string Excerpt(string text, string words)
    {
        var first = words.Split([' ', '"', '“', '”'], StringSplitOptions.RemoveEmptyEntries).Select(w => text.IndexOf(w, StringComparison.OrdinalIgnoreCase)).Where(i => i >= 0).DefaultIfEmpty(0).Min();
        var (from, to) = (Math.Max(0, first - Around), Math.Min(text.Length, first + 2 * Around));
        if (from > 0 && char.IsLowSurrogate(text[from])) from--;
        if (to < text.Length && char.IsLowSurrogate(text[to])) to++;
        return $"{(from > 0 ? "…" : "")}{text[from..to].ReplaceLineEndings(" ")}{(to < text.Length ? "…" : "")}";
    }

    private sealed record Entry
    {
        public string Kind { get; init; } = "";
        public string Subject { get; init; } = "";
        public string? ClaimId { get; init; }
    }

    private sealed record Numbered
    {
        public long Article { get; init; }
        public long Ordinal { get; init; }
        public bool ForCheckers { get; init; }
        public long Number { get; init; }
        public string Title { get; init; } = "";
        public string Text { get; init; } = "";
    }
}
