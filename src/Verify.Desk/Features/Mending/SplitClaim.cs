using FluentValidation;
using MediatR;
using Verify.Attribution;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Mending;

/// <summary>Makes two claims of one that says two things: the second begins where the given words do.</summary>
/// <param name="At">The first words of the second claim, as they stand within the claim; or an offset into the article.</param>
public sealed record SplitClaim(string Claim, string At, string? Note = null) : Command<ClaimMended>
{
    public override IReadOnlyList<string> AllowedRoles => Roles.Checkers;
}

public sealed class SplitClaimValidator : AbstractValidator<SplitClaim>
{
    public SplitClaimValidator()
    {
        RuleFor(c => c.At).NotEmpty().WithMessage("say with --at where the second claim begins");
        RuleFor(c => c.Note).MaximumLength(20_000).WithMessage("the note is longer than 20,000 characters");
    }
}

public sealed class SplitClaimHandler(Session session, ClaimStart start, ClaimAmendment amendment, EvidenceLinks links) : IRequestHandler<SplitClaim, Result<ClaimMended>>
{
    public async Task<Result<ClaimMended>> Handle(SplitClaim command, CancellationToken cancellationToken)
    {
        var found = await MendedClaim.Find(session, command.Claim);
        if (found.Refusal is { } refusal) return refusal;
        var claim = found.Value;
        if (Place(claim, command.At) is not { } at) return new Refusal(RefusalKind.NotFound, "not_in_claim", "the claim does not hold these words once, with words before them; give them as they stand in it");
        var (first, second) = Cut(claim, at);
        var route = await start.Route(claim.As(second, claim.Chain), claim.Text);
        if (route.Refusal is { } unroutable) return unroutable;
        var after = ClaimForm.Describe(claim.Row, claim.As(first, claim.Chain), claim.Text);
        var why = new MovedGround("claim", claim.Reference, "it was split in two");
        var reopened = await amendment.Amend(claim.Row, after, new("split", command.Note?.Trim(), claim.Row.Content, after.Content), why);
        var other = await start.Start(claim.Article, claim.Row.ArticleVersion, claim.Text, claim.As(second, claim.Chain) with { Confidence = 1, Construction = "split by a checker" }, route.Value, await MendedClaim.NextOrdinal(session.Connection, claim.Article.Id), claim.Row.ParentOrdinal);
        var record = await amendment.Record(other.Id, other.Version, new("split", $"from {claim.Reference}", null, other.Content));
        await links.CopyAll(claim.Row.Id, other.Id, References.Claim(claim.Article.Number, other.Ordinal));
        await session.Audit.Append(session.ActorName, "ClaimSplit", session.NowMs, record, null, new { from = claim.Reference }, []);
        return new ClaimMended(claim.Reference, "split", after.Content, ClaimSpec.Text(after.Chain), after.DefinitionId, reopened is null ? claim.Row.Status : "in-review", References.Claim(claim.Article.Number, other.Ordinal), reopened) { Elsewhere = amendment.TakeElsewhere() };
    }

    private static readonly string[] Joints = [" and that", " and", " but that", " but", " that"];

    private static int? Place(MendedClaim claim, string at)
    {
        var places = new List<int>();
        foreach (var s in claim.Spans)
        {
            if (int.TryParse(at, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var offset)) { if (offset > s.Start && offset < s.End && !char.IsLowSurrogate(claim.Text[offset]) || offset == s.Start && s != claim.Spans[0]) places.Add(offset); continue; }
            for (var i = claim.Text.IndexOf(at, s.Start, s.Length, StringComparison.Ordinal); i >= 0; i = i + 1 < s.End ? claim.Text.IndexOf(at, i + 1, s.End - i - 1, StringComparison.Ordinal) : -1) places.Add(i);
        }
        return places is [var one] && one > claim.Spans[0].Start ? one : null;
    }

    private static (List<Span> First, List<Span> Second) Cut(MendedClaim claim, int at)
    {
        var (first, second) = (new List<Span>(), new List<Span>());
        foreach (var s in claim.Spans)
        {
            if (s.End <= at) { first.Add(s); continue; }
            if (s.Start >= at) { second.Add(s); continue; }
            // "… and" before the cut belongs to neither.
            var end = at;
            while (end > s.Start && (char.IsWhiteSpace(claim.Text[end - 1]) || claim.Text[end - 1] is ',' or ';')) end--;
            foreach (var joint in Joints)
                if (end - s.Start > joint.Length && claim.Text.AsSpan(s.Start, end - s.Start).EndsWith(joint, StringComparison.Ordinal)) { end -= joint.Length; break; }
            first.Add(new(s.Start, end));
            second.Add(new(at, s.End));
        }
        return (first, second);
    }
}
