using Dapper;
using FluentValidation;
using MediatR;
using Verify.Desk.Audit;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Audit;

/// <summary>Entries of the history with their numbers, the latest last: what <see cref="ProveAudit"/> is asked for.</summary>
/// <param name="Claim">Only those that wrote to this claim or of it; null: all.</param>
/// <param name="Last">At most so many, the latest of them.</param>
public sealed record ListEntries(string? Claim = null, int Last = ListEntries.Usual) : Query<IReadOnlyList<HistoryEntry>>
{
    public const int Usual = 50;
    public const int Most = 10_000;
}

/// <param name="About">The claim's reference, or what the command called it; else table and key of the row that it is about.</param>
/// <param name="Detail">JSON.</param>
public sealed record HistoryEntry(long Entry, DateTimeOffset At, string Who, string What, string About, string Detail);

public sealed class ListEntriesValidator : AbstractValidator<ListEntries>
{
    public ListEntriesValidator() => RuleFor(q => q.Last).InclusiveBetween(1, ListEntries.Most).WithMessage($"--last is from 1 to {ListEntries.Most}");
}

public sealed class ListEntriesHandler(DeskDatabase database) : IRequestHandler<ListEntries, Result<IReadOnlyList<HistoryEntry>>>
{
    private const string Columns = """
        SELECT e.seq AS Seq, e.at AS At, e.actor AS Actor, e.action AS Action, e.detail AS Detail,
            coalesce(a.number || '.' || c.ordinal, CASE WHEN json_valid(e.detail) THEN json_extract(e.detail, '$.claim') END, e.subject) AS About
        FROM audit e LEFT JOIN claims c ON e.subject LIKE 'claim:%' AND c.id = substr(e.subject, 7) LEFT JOIN articles a ON a.id = c.article_id
        """;
    private const string All = $"{Columns} ORDER BY e.seq DESC LIMIT @Last";
    // A claim's own rows have its id in their keys, other rows of it are found by theirs, and what it was named for has its name in the
    // detail. There is no index for it: this is asked now and then, and entries are written always.
    private const string OfClaim = $"""
        {Columns} WHERE instr(e.rows, @Id) > 0 OR instr(e.detail, @Id) > 0 OR instr(e.detail, '"claim":"' || @Name || '"') > 0 OR instr(e.detail, '"from":"' || @Name || '"') > 0
            OR e.subject IN (SELECT 'comment:' || id FROM comments WHERE claim_id = @Id UNION ALL SELECT 'amendment:' || id FROM amendments WHERE claim_id = @Id
                UNION ALL SELECT 'link-check:' || id FROM link_checks WHERE claim_id = @Id UNION ALL SELECT 'provenance:' || id FROM provenance WHERE claim_id = @Id
                UNION ALL SELECT 'reuse:' || id FROM reuses WHERE @Id IN (claim_id, from_claim_id))
        ORDER BY e.seq DESC LIMIT @Last
        """;
    private const string NameOf = "SELECT a.number || '.' || c.ordinal FROM claims c JOIN articles a ON a.id = c.article_id WHERE c.id = @Id";

    public async Task<Result<IReadOnlyList<HistoryEntry>>> Handle(ListEntries query, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        var id = query.Claim is null ? null : await References.FindClaim(connection, query.Claim);
        if (query.Claim is not null && id is null) return Refused.NotFound("claim", query.Claim);
        var name = id is null ? null : await connection.ExecuteScalarAsync<string>(NameOf, new { Id = id });
        var rows = (await connection.QueryAsync<Row>(id is null ? All : OfClaim, new { Id = id, Name = name, query.Last })).AsList();
        rows.Reverse();
        return Result<IReadOnlyList<HistoryEntry>>.Of([.. rows.Select(r => new HistoryEntry(r.Seq, TreeHead.MomentOf(r.At), r.Actor, r.Action, r.About, r.Detail))]);
    }

    private sealed record Row
    {
        public long Seq { get; init; }
        public long At { get; init; }
        public string Actor { get; init; } = "";
        public string Action { get; init; } = "";
        public string Detail { get; init; } = "";
        public string About { get; init; } = "";
    }
}
