using Dapper;
using FluentValidation;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Evidence;

/// <summary>Withdraws a piece of evidence, and every other piece with the same content: it is forged, retracted, or not what it seemed.</summary>
/// <param name="Note">Why; on the record.</param>
public sealed record WithdrawEvidence(string Evidence, string Note) : Command<EvidenceWithdrawn>
{
    public override bool NeedsUser => false;
    public override IReadOnlyList<string> AllowedRoles => Roles.Checkers;
}

/// <param name="Evidence">The pieces that were withdrawn.</param>
/// <param name="Reopened">The claims that rested on them.</param>
public sealed record EvidenceWithdrawn(IReadOnlyList<string> Evidence, IReadOnlyList<ReopenedClaim> Reopened);

public sealed class WithdrawEvidenceValidator : AbstractValidator<WithdrawEvidence>
{
    public WithdrawEvidenceValidator() => RuleFor(c => c.Note).NotEmpty().WithMessage("say why with --note: evidence is not withdrawn without a reason").MaximumLength(20_000).WithMessage("the note is longer than 20,000 characters");
}

public sealed class WithdrawEvidenceHandler(Session session, GroundWatch watch) : IRequestHandler<WithdrawEvidence, Result<EvidenceWithdrawn>>
{
    private const string WroteOne = "SELECT EXISTS (SELECT 1 FROM evidence_claims l JOIN claims c ON c.id = l.claim_id JOIN articles a ON a.id = c.article_id WHERE l.evidence_id = @Id AND l.detached_at IS NULL AND a.writer = @UserId)";
    private const string Twins = $"SELECT {EvidenceRow.Columns} FROM evidence WHERE withdrawn_at IS NULL AND (id = @Id OR content = @Content) ORDER BY number";
    private const string Update = "UPDATE evidence SET withdrawn_at = @WithdrawnAt, withdrawn_why = @WithdrawnWhy WHERE id = @Id";
    // What was decided before the evidence came cannot rest on it.
    internal const string Resting = """
        SELECT l.claim_id FROM evidence_claims l JOIN claims c ON c.id = l.claim_id
        WHERE l.evidence_id = @Id AND l.detached_at IS NULL AND (l.stance <> 'unclear' OR (SELECT kind FROM evidence WHERE id = @Id) = 'primary-document')
            AND EXISTS (SELECT 1 FROM decisions d WHERE d.claim_id = l.claim_id AND d.round = c.round AND d.decided_at >= l.created_at)
        """;

    internal const string SeenIn = "SELECT DISTINCT l.claim_id FROM link_checks l JOIN claims c ON c.id = l.claim_id AND c.round = l.round WHERE l.evidence_id = @Id AND l.result = 'seen'";

    public async Task<Result<EvidenceWithdrawn>> Handle(WithdrawEvidence command, CancellationToken cancellationToken)
    {
        var evidence = await References.FindEvidence(session.Connection, command.Evidence);
        if (evidence is null) return Refused.NotFound("evidence", command.Evidence);
        var name = References.Evidence(evidence.Number);
        if (evidence.WithdrawnAt is not null) return Refused.Withdrawn(name);
        if (session.Actor is { } actor && await session.Connection.ExecuteScalarAsync<long>(WroteOne, new { evidence.Id, UserId = actor.Id }) == 1) return Refused.FourEyes($"{actor.Name} wrote an article that it is attached to", "person");
        var pieces = (await session.Connection.QueryAsync<EvidenceRow>(Twins, new { evidence.Id, evidence.Content })).ToList();
        var seenIn = new HashSet<string>(StringComparer.Ordinal);
        var resting = new HashSet<string>(StringComparer.Ordinal);
        var leading = new HashSet<string>(StringComparer.Ordinal);
        foreach (var piece in pieces)
        {
            resting.UnionWith(await session.Connection.QueryAsync<string>(Resting, new { piece.Id }));
            seenIn.UnionWith(await session.Connection.QueryAsync<string>(SeenIn, new { piece.Id }));
            leading.UnionWith(await watch.ClaimsLeadingTo("evidence", piece.Id));
        }
        // Claims with other evidence that got it from here are reopened only if they lose an origin by it.
        var measured = await watch.Measure(leading.Except(resting));
        foreach (var piece in pieces) await Withdraw(piece, command.Note.Trim());
        var why = new MovedGround("evidence", name, $"{evidence.Called} was withdrawn: {command.Note.Trim()}");
        var reopened = await watch.ReopenAll(resting, why);
        // A source that was seen in it was not seen.
        reopened.AddRange(await watch.ReopenAll(seenIn.Except(resting), why with { KeepsContent = true }));
        reopened.AddRange(await watch.ReopenWeaker(measured, why));
        return new EvidenceWithdrawn([.. pieces.Select(p => References.Evidence(p.Number))], reopened);
    }

    private async Task Withdraw(EvidenceRow piece, string why)
    {
        var gone = piece with { WithdrawnAt = session.NowMs, WithdrawnWhy = why };
        await session.Connection.ExecuteAsync(Update, gone);
        await session.Audit.Append(session.ActorName, "EvidenceWithdrawn", session.NowMs, gone, piece, new { evidence = References.Evidence(piece.Number), why }, [await Custody.Log(session, piece.Id, "withdrawn", why)]);
    }
}
