using FluentValidation;
using MediatR;
using Verify.Attribution;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Mending;

/// <summary>Corrects where a claim stands, or who is in its chain. Work that rested on it is done again: all of it for other words, the attribution alone for another chain.</summary>
/// <param name="Words">As for <see cref="AddClaim"/>; empty: stays.</param>
/// <param name="Chain">As for <see cref="AddClaim"/>; empty: stays.</param>
/// <param name="Version">The claim's version that the change was made on; null: whichever it has.</param>
public sealed record ChangeClaim(string Claim, IReadOnlyList<string> Words, IReadOnlyList<string> Chain, string? Note = null, long? Version = null) : Command<ClaimMended>
{
    public override IReadOnlyList<string> AllowedRoles => Roles.Checkers;
}

public sealed class ChangeClaimValidator : AbstractValidator<ChangeClaim>
{
    public ChangeClaimValidator()
    {
        RuleFor(c => c).Must(c => c.Words.Count + c.Chain.Count > 0).WithMessage("say what to change: --words or --link");
        RuleFor(c => c.Words).Must(w => w.Count <= 50).WithMessage("a claim has at most 50 stretches");
        RuleFor(c => c.Chain).Must(l => l.Count <= 20).WithMessage("a chain has at most 20 links");
        RuleFor(c => c.Note).MaximumLength(20_000).WithMessage("the note is longer than 20,000 characters");
    }
}

public sealed class ChangeClaimHandler(Session session, ClaimStart start, ClaimAmendment amendment) : IRequestHandler<ChangeClaim, Result<ClaimMended>>
{
    public async Task<Result<ClaimMended>> Handle(ChangeClaim command, CancellationToken cancellationToken)
    {
        var found = await MendedClaim.Find(session, command.Claim);
        if (found.Refusal is { } refusal) return refusal;
        var claim = found.Value;
        if (command.Version is { } version && version != claim.Row.Version) return Refused.StaleVersion(version, claim.Row.Version);
        IReadOnlyList<Span> spans = claim.Spans;
        if (command.Words.Count > 0)
        {
            var located = ClaimSpec.Locate(claim.Text, command.Words);
            if (located.Refusal is { } nowhere) return nowhere;
            spans = located.Value;
        }
        var chain = command.Chain.Count == 0 ? Result<IReadOnlyList<ChainLink>>.Of(claim.Chain) : ClaimSpec.Chain(command.Chain);
        if (chain.Refusal is { } broken) return broken;
        var mended = claim.As(spans, chain.Value);
        var route = await start.Route(mended, claim.Text);
        if (route.Refusal is { } unroutable) return unroutable;
        var after = ClaimForm.Describe(claim.Row, mended, claim.Text);
        if (after.Spans == claim.Row.Spans && after.Chain == claim.Row.Chain) return Answer(claim, after, "unchanged", null);
        // A chain that asks for more (or less) than the definition that the claim is on moves it to the one that fits.
        if (after.Chain != claim.Row.Chain && route.Value.Definition != claim.Row.DefinitionId)
            after = after with { DefinitionId = route.Value.Definition, DefinitionVersion = start.VersionOf(route.Value.Definition), Route = route.Value.Reason };
        var words = after.Spans != claim.Row.Spans;
        var record = words ? new Amendment("span", command.Note?.Trim(), claim.Row.Content, after.Content) : new Amendment("chain", command.Note?.Trim(), ClaimSpec.Text(claim.Row.Chain), ClaimSpec.Text(after.Chain));
        var why = words ? new MovedGround("claim", claim.Reference, "its words were corrected") : new MovedGround("chain", claim.Reference, "its chain was corrected", KeepsContent: true);
        var reopened = await amendment.Amend(claim.Row, after, record, why);
        return Answer(claim, after, record.Kind, reopened);
    }

    private ClaimMended Answer(MendedClaim claim, ClaimRow after, string what, ReopenedClaim? reopened) =>
        new(claim.Reference, what, after.Content, ClaimSpec.Text(after.Chain), after.DefinitionId, reopened is null ? claim.Row.Status : "in-review", null, reopened) { Elsewhere = amendment.TakeElsewhere() };
}
