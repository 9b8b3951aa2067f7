using Dapper;
using FluentValidation;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.SecondarySource;

/// <summary>Records whether a source of the chain was itself seen, by whom and how.</summary>
/// <param name="Link">Its place in the chain, from 1.</param>
/// <param name="Result">seen, differs (seen, and it says something else), not-seen, unavailable.</param>
/// <param name="How">For example "called the press office", "read the cable at the ministry".</param>
/// <param name="Evidence">The piece of evidence that it was seen in.</param>
public sealed record CheckLink(string Claim, int Link, string Result, string How, string? Evidence = null, string? Note = null, long? Version = null) : Command<LinkChecked>
{
    public static readonly IReadOnlyList<string> Results = ["seen", "differs", "not-seen", "unavailable"];
    public override IReadOnlyList<string> AllowedRoles => Roles.Checkers;
}

/// <param name="Left">Links that nobody has recorded anything for yet.</param>
/// <param name="Reopened">A claim that was approved and whose source now turns out to say something else.</param>
public sealed record LinkChecked(string Claim, int Link, string Name, string Result, IReadOnlyList<string> Left, IReadOnlyList<ReopenedClaim> Reopened);

public sealed class CheckLinkValidator : AbstractValidator<CheckLink>
{
    public CheckLinkValidator()
    {
        RuleFor(c => c.Result).Must(CheckLink.Results.Contains).WithMessage(c => $"'{c.Result}' is not a result; use one of: {string.Join(", ", CheckLink.Results)}");
        RuleFor(c => c.How).NotEmpty().WithMessage("say with --how it was seen or tried").MaximumLength(4000).WithMessage("--how is longer than 4,000 characters");
        RuleFor(c => c.Note).MaximumLength(20_000).WithMessage("the note is longer than 20,000 characters");
    }
}

public sealed class CheckLinkHandler(Session session, GroundWatch watch) : IRequestHandler<CheckLink, Result<LinkChecked>>
{
    private const string Insert = "INSERT INTO link_checks (id, claim_id, link, name, result, how, evidence_id, note, round, user_id, at) VALUES (@Id, @ClaimId, @Link, @Name, @Result, @How, @EvidenceId, @Note, @Round, @UserId, @At)";
    private const string Judged = "SELECT EXISTS (SELECT 1 FROM decisions WHERE claim_id = @Id AND round = @Round AND attribution_verdict IS NOT NULL)";
    private const string Done = "SELECT DISTINCT name FROM link_checks WHERE claim_id = @Id";

    public async Task<Result<LinkChecked>> Handle(CheckLink command, CancellationToken cancellationToken)
    {
        var claim = await References.LoadClaim(session.Connection, command.Claim);
        if (claim is null) return Refused.NotFound("claim", command.Claim);
        if (await MendedClaim.WriterOf(session, claim.Id) is { } conflict) return conflict;
        if (command.Version is { } version && version != claim.Version) return Refused.StaleVersion(version, claim.Version);
        var chain = ChainLinks.Of(claim.Chain);
        if (command.Link < 1 || command.Link > chain.Count) return Refused.NotFound("link", command.Link.ToString(System.Globalization.CultureInfo.InvariantCulture));
        EvidenceRow? evidence = null;
        if (command.Evidence is not null && (evidence = await References.FindEvidence(session.Connection, command.Evidence)) is null) return Refused.NotFound("evidence", command.Evidence);
        if (evidence is { WithdrawnAt: not null }) return Refused.Withdrawn(command.Evidence!);
        if (evidence is not null && !await EvidenceLinks.IsAttached(session.Connection, evidence.Id, claim.Id)) return Refused.NotAttached(command.Evidence!, command.Claim);
        var row = new LinkCheckRow
        {
            Id = Ids.New(session.Now),
            ClaimId = claim.Id,
            Link = command.Link,
            Name = chain[command.Link - 1].Resolved,
            Result = command.Result,
            How = command.How.Trim(),
            EvidenceId = evidence?.Id,
            Note = string.IsNullOrWhiteSpace(command.Note) ? null : command.Note.Trim(),
            Round = claim.Round,
            UserId = session.Actor!.Id,
            At = session.NowMs,
        };
        await session.Connection.ExecuteAsync(Insert, row);
        await SearchIndex.Add(session.Connection, "note", $"link:{row.Id}", claim.Id, $"{row.How} {row.Note}");
        await session.Audit.Append(session.ActorName, "LinkChecked", session.NowMs, row, null, new { claim = command.Claim, command.Link, command.Result }, []);
        var reopened = command.Result != "differs" || claim.Status is not ("approved" or "in-review") || await session.Connection.ExecuteScalarAsync<long>(Judged, new { claim.Id, claim.Round }) == 0 ? []
            : await watch.ReopenAll([claim.Id], new("source", row.Name, $"{row.Name} was looked at and differs: {row.How}", KeepsContent: true));
        var done = (await session.Connection.QueryAsync<string>(Done, new { claim.Id })).ToHashSet(StringComparer.Ordinal);
        return new LinkChecked(command.Claim, command.Link, chain[command.Link - 1].Resolved, command.Result, [.. chain.Select((l, i) => (l.Resolved, i)).Where(x => !done.Contains(x.Resolved)).Select(x => $"{x.i + 1} {x.Resolved}")], reopened);
    }
}
