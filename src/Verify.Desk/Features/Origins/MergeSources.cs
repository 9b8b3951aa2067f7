using Dapper;
using FluentValidation;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Origins;

/// <summary>Says that two sources are one: "the memo" is "the cable". Claims that thereby lose an independent origin are reopened.</summary>
public sealed record MergeSources(string Source, string Into, string Note) : Command<SourcesMerged>
{
    public override bool NeedsUser => false;
    public override IReadOnlyList<string> AllowedRoles => Roles.Checkers;
}

public sealed record SourcesMerged(string Source, string Into, string Name, IReadOnlyList<ReopenedClaim> Reopened);

public sealed class MergeSourcesValidator : AbstractValidator<MergeSources>
{
    public MergeSourcesValidator() => RuleFor(c => c.Note).NotEmpty().WithMessage("say with --note how you know that they are one").MaximumLength(20_000).WithMessage("the note is longer than 20,000 characters");
}

public sealed class MergeSourcesHandler(Session session, GroundWatch watch) : IRequestHandler<MergeSources, Result<SourcesMerged>>
{
    private const string Update = "UPDATE sources SET merged_into = @MergedInto, why = @Why WHERE id = @Id";

    public async Task<Result<SourcesMerged>> Handle(MergeSources command, CancellationToken cancellationToken)
    {
        if (await SourceBook.Find(session.Connection, command.Source) is not { } found) return Refused.NotFound("source", command.Source);
        if (await SourceBook.Find(session.Connection, command.Into) is not { } target) return Refused.NotFound("source", command.Into);
        var (source, into) = (await SourceBook.Canonical(session.Connection, found), await SourceBook.Canonical(session.Connection, target));
        if (found.Id == target.Id) return Refused.Invalid("a source is itself already; name two");
        if (source.Id == into.Id) return new SourcesMerged(command.Source, SourceBook.Reference(into), into.Name, []);
        if (source.RetractedAt is null != into.RetractedAt is null) return new Refusal(RefusalKind.Rule, "source_retracted", $"{SourceBook.Reference(source.RetractedAt is null ? into : source)} was retracted; retract the other too before they are made one");
        var leading = (await watch.ClaimsLeadingTo("source", source.Id)).Union(await watch.ClaimsLeadingTo("source", into.Id));
        var measured = await watch.Measure(leading);
        var merged = source with { MergedInto = into.Id, Why = command.Note.Trim() };
        await session.Connection.ExecuteAsync(Update, merged);
        await session.Audit.Append(session.ActorName, "SourcesMerged", session.NowMs, merged, source, new { source = SourceBook.Reference(source), into = SourceBook.Reference(into), why = merged.Why }, []);
        var reopened = await watch.ReopenWeaker(measured, new("origin", SourceBook.Reference(into), $"{source.Name} ({SourceBook.Reference(source)}) and {into.Name} ({SourceBook.Reference(into)}) are one: {merged.Why}"));
        return new SourcesMerged(SourceBook.Reference(source), SourceBook.Reference(into), into.Name, reopened);
    }
}
