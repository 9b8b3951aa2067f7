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
public sealed record CheckLink(string Claim, int Link, string Result, string How, string? Evidence = null, string? Note = null) : Command<LinkChecked>
{
    public static readonly IReadOnlyList<string> Results = ["seen", "differs", "not-seen", "unavailable"];
    public override IReadOnlyList<string> AllowedRoles => [Roles.FactChecker, Roles.CrossChecker, Roles.Editor, Roles.StandardsEditor];
}

/// <param name="Left">Links that nobody has recorded anything for yet.</param>
public sealed record LinkChecked(string Claim, int Link, string Name, string Result, IReadOnlyList<string> Left);

public sealed class CheckLinkValidator : AbstractValidator<CheckLink>
{
    public CheckLinkValidator()
    {
        RuleFor(c => c.Result).Must(CheckLink.Results.Contains).WithMessage(c => $"'{c.Result}' is not a result; use one of: {string.Join(", ", CheckLink.Results)}");
        RuleFor(c => c.How).NotEmpty().WithMessage("say with --how it was seen or tried").MaximumLength(4000).WithMessage("--how is longer than 4,000 characters");
        RuleFor(c => c.Note).MaximumLength(20_000).WithMessage("the note is longer than 20,000 characters");
    }
}

public sealed class CheckLinkHandler(Session session) : IRequestHandler<CheckLink, Result<LinkChecked>>
{
    private const string ClaimById = $"SELECT {ClaimRow.Columns} FROM claims WHERE id = @Id";
    private const string Insert = "INSERT INTO link_checks (id, claim_id, link, result, how, evidence_id, note, round, user_id, at) VALUES (@Id, @ClaimId, @Link, @Result, @How, @EvidenceId, @Note, @Round, @UserId, @At)";
    private const string Done = "SELECT DISTINCT link FROM link_checks WHERE claim_id = @Id";

    public async Task<Result<LinkChecked>> Handle(CheckLink command, CancellationToken cancellationToken)
    {
        var id = await References.FindClaim(session.Connection, command.Claim);
        if (id is null) return Refused.NotFound("claim", command.Claim);
        var claim = await session.Connection.QuerySingleAsync<ClaimRow>(ClaimById, new { Id = id });
        var chain = ChainLinks.Of(claim.Chain);
        if (command.Link < 1 || command.Link > chain.Count) return Refused.NotFound("link", command.Link.ToString(System.Globalization.CultureInfo.InvariantCulture));
        EvidenceRow? evidence = null;
        if (command.Evidence is not null && (evidence = await References.FindEvidence(session.Connection, command.Evidence)) is null) return Refused.NotFound("evidence", command.Evidence);
        var row = new LinkCheckRow
        {
            Id = Ids.New(session.Now),
            ClaimId = id,
            Link = command.Link,
            Result = command.Result,
            How = command.How.Trim(),
            EvidenceId = evidence?.Id,
            Note = string.IsNullOrWhiteSpace(command.Note) ? null : command.Note.Trim(),
            Round = claim.Round,
            UserId = session.Actor!.Id,
            At = session.NowMs,
        };
        await session.Connection.ExecuteAsync(Insert, row);
        await SearchIndex.Add(session.Connection, "note", $"link:{row.Id}", id, $"{row.How} {row.Note}");
        await session.Audit.Append(session.ActorName, "LinkChecked", session.NowMs, row, null, new { claim = command.Claim, command.Link, command.Result }, []);
        var done = (await session.Connection.QueryAsync<long>(Done, new { Id = id })).ToHashSet();
        return new LinkChecked(command.Claim, command.Link, chain[command.Link - 1].Resolved, command.Result, [.. chain.Select((l, i) => (l.Resolved, i)).Where(x => !done.Contains(x.i + 1)).Select(x => $"{x.i + 1} {x.Resolved}")]);
    }
}
