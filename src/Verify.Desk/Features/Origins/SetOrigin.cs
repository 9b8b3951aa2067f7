using Dapper;
using FluentValidation;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Features.Evidence;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Origins;

/// <summary>
/// Confirms or corrects where something got it from. Of evidence as to a claim: what else was proposed is thereby
/// rejected. Of a source, a claim or an article: in general.
/// </summary>
/// <param name="Of"><c>E4</c>, <c>S2</c>, <c>12.3</c> or <c>12</c>.</param>
/// <param name="Claim">As to which claim; needed for evidence.</param>
/// <param name="From"><c>original</c>, <c>E4</c>, <c>S2</c>, <c>12</c>, <c>12.3</c>, or a name; null: everything that was proposed.</param>
/// <param name="Kind">Kind of a source that is named for the first time.</param>
/// <param name="Via">Who passed it on in between.</param>
/// <param name="Also">Beside what was confirmed before; else instead of it.</param>
public sealed record SetOrigin(string Of, string? Claim, string? From, string Kind = "unknown", string? Via = null, bool Also = false) : Command<OriginSet>
{
    public override bool NeedsUser => false;
    public override IReadOnlyList<string> AllowedRoles => Roles.Checkers;
}

public sealed record OriginSet(string Of, IReadOnlyList<OriginLine> Origins, IReadOnlyList<ReopenedClaim> Reopened);

public sealed class SetOriginValidator : AbstractValidator<SetOrigin>
{
    private static readonly IReadOnlyList<string> Kinds = [.. Enum.GetNames<Attribution.SourceKind>().Select(k => k.ToLowerInvariant())];

    public SetOriginValidator()
    {
        RuleFor(c => c.Of).Must(OriginWriter.IsThing).WithMessage(c => $"'{c.Of}' is not a reference; name E4, S2, a claim or an article");
        RuleFor(c => c.From).Must(f => f is null || f.Trim().Length is > 0 and <= 1000).WithMessage("--from is empty or longer than 1,000 characters");
        RuleFor(c => c.Kind).Must(Kinds.Contains).WithMessage(c => $"'{c.Kind}' is not a kind of source; use one of: {string.Join(", ", Kinds)}");
        RuleFor(c => c.Via).MaximumLength(1000).WithMessage("--via is longer than 1,000 characters");
    }
}

public sealed class SetOriginHandler(Session session, OriginWriter origins, GroundWatch watch) : IRequestHandler<SetOrigin, Result<OriginSet>>
{
    private const string ArticleOf = "SELECT article_id FROM claims WHERE id = @Id";

    public async Task<Result<OriginSet>> Handle(SetOrigin command, CancellationToken cancellationToken)
    {
        var of = await origins.Resolve(command.Of, command.Kind, null, "");
        if (of.Refusal is { } unknown) return unknown;
        var (kind, id) = of.Value;
        var claim = command.Claim is null ? null : await References.FindClaim(session.Connection, command.Claim);
        if (command.Claim is not null && claim is null) return Refused.NotFound("claim", command.Claim);
        if (kind == "evidence" && claim is null) return Refused.Invalid($"say as to which claim with --for: evidence may have one thing from here and another from there");
        if (kind == "evidence" && !await EvidenceLinks.IsAttached(session.Connection, id, claim!)) return Refused.NotAttached(command.Of, command.Claim!);
        var own = kind is "claim" or "article" ? await MendedClaim.WriterOf(session, id) : claim is null ? null : await MendedClaim.WriterOf(session, claim);
        if (own is { } conflict) return conflict;
        if (kind != "evidence" && claim is not null) return Refused.Invalid($"where {command.Of} comes from holds for every claim; leave --for out");
        var measured = await watch.Measure(claim is null ? await watch.ClaimsLeadingTo(kind, id) : await Touched(claim, id));
        var written = await Write(command, kind, id, claim);
        if (written.Refusal is { } refusal) return refusal;
        var rows = written.Value;
        if (rows.Count == 0) return new OriginSet(command.Of, await Lines(claim, id), []);
        var log = kind == "evidence" ? [await Custody.Log(session, id, "origin", $"as to {command.Claim}: {command.From ?? "as proposed"}")] : new List<IAuditedRow>();
        await session.Audit.Append(session.ActorName, "OriginSet", session.NowMs, rows[0].Row, rows[0].Before, new { of = command.Of, claim = command.Claim, from = command.From }, [.. rows.Skip(1).Select(r => r.Row), .. log]);
        var reopened = await watch.ReopenWeaker(measured, new("origin", command.Of, $"where {command.Of} comes from was corrected"));
        return new OriginSet(command.Of, await Lines(claim, id), reopened);
    }

    private async Task<IEnumerable<string>> Touched(string claim, string evidence) => (await watch.ClaimsLeadingTo("evidence", evidence)).Append(claim).Distinct();

    private async Task<Result<List<(ProvenanceRow Row, ProvenanceRow? Before)>>> Write(SetOrigin command, string kind, string id, string? claim)
    {
        var before = (await origins.Of(claim, id)).ToDictionary(r => r.Id);
        List<ProvenanceRow> written = [];
        if (command.From is null)
        {
            if (before.Values.All(r => r.Status == "rejected")) return new Refusal(RefusalKind.Rule, "no_proposal", $"nothing is proposed for {command.Of}; say where it comes from with --from, or --from original");
            foreach (var row in before.Values.Where(r => r.Status == "proposed")) written.Add(await origins.SetStatus(row, "confirmed"));
        }
        else
        {
            var article = claim is null ? null : await session.Connection.QuerySingleAsync<string>(ArticleOf, new { Id = claim });
            var target = await origins.Resolve(command.From.Trim(), command.Kind, article, id);
            if (target.Refusal is { } unknown) return unknown;
            if (target.Value.Kind == kind && target.Value.Id == id) return Refused.Invalid($"{command.Of} cannot be its own source; `--from original` says that nobody stands behind it");
            written = await origins.Confirm(claim, kind, id, target.Value.Kind, target.Value.Id, command.Via, command.Also);
        }
        return written.Select(r => (r, before.GetValueOrDefault(r.Id))).ToList();
    }

    private async Task<IReadOnlyList<OriginLine>> Lines(string? claim, string id)
    {
        var lines = new List<OriginLine>();
        foreach (var row in (await origins.Of(claim, id)).Where(r => r.Status != "rejected")) lines.Add(await OriginLines.Of(session.Connection, row));
        return lines;
    }
}
