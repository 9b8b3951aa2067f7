using System.Data;
using System.Globalization;
using Dapper;
using Verify.Desk.Data;

namespace Verify.Desk.Features.Evidence;

/// <summary>Provenance as people read it.</summary>
internal static class OriginLines
{
    private const string EvidenceById = $"SELECT {EvidenceRow.Columns} FROM evidence WHERE id = @Id";
    private const string ArticleById = $"SELECT {ArticleRow.Columns} FROM articles WHERE id = @Id";
    private const string ClaimById = "SELECT a.number AS Number, c.ordinal AS Ordinal, c.content AS Content FROM claims c JOIN articles a ON a.id = c.article_id WHERE c.id = @Id";

    public static async Task<OriginLine> Of(IDbConnection connection, ProvenanceRow row)
    {
        var (to, name) = await Target(connection, row.ToKind, row.ToId);
        return new(to, name, row.Via, row.Words, row.Status);
    }

    private static async Task<(string To, string Name)> Target(IDbConnection connection, string kind, string id)
    {
        switch (kind)
        {
            case "original": return ("original", "itself");
            case "source":
                var s = await SourceBook.Canonical(connection, id);
                return (SourceBook.Reference(s), s.Name + (s.RetractedAt is null ? "" : " (retracted)"));
            case "evidence":
                var e = await connection.QuerySingleAsync<EvidenceRow>(EvidenceById, new { Id = id });
                return (References.Evidence(e.Number), e.Withheld ? References.Evidence(e.Number) : e.Title);
            case "article":
                var a = await connection.QuerySingleAsync<ArticleRow>(ArticleById, new { Id = id });
                return (a.Number.ToString(CultureInfo.InvariantCulture), a.Title);
            default:
                var c = await connection.QuerySingleAsync<Named>(ClaimById, new { Id = id });
                return (References.Claim(c.Number, c.Ordinal), c.Content);
        }
    }

    private sealed record Named
    {
        public long Number { get; init; }
        public long Ordinal { get; init; }
        public string Content { get; init; } = "";
    }
}
