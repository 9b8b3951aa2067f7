using Dapper;
using FluentValidation;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Claims;

/// <summary>Adds a comment; comments are never changed or removed.</summary>
public sealed record CommentOnClaim(string Claim, string Text) : Command<CommentAdded>;

public sealed record CommentAdded(string Claim, string Id);

public sealed class CommentOnClaimValidator : AbstractValidator<CommentOnClaim>
{
    public CommentOnClaimValidator()
    {
        RuleFor(c => c.Text).NotEmpty().WithMessage("the comment has no text").MaximumLength(20_000).WithMessage("the comment is longer than 20,000 characters");
    }
}

public sealed class CommentOnClaimHandler(Session session) : IRequestHandler<CommentOnClaim, Result<CommentAdded>>
{
    private const string Insert = "INSERT INTO comments (id, claim_id, user_id, text, created_at) VALUES (@Id, @ClaimId, @UserId, @Text, @CreatedAt)";

    public async Task<Result<CommentAdded>> Handle(CommentOnClaim command, CancellationToken cancellationToken)
    {
        var claim = await References.FindClaim(session.Connection, command.Claim);
        if (claim is null) return Refused.NotFound("claim", command.Claim);
        var comment = new CommentRow { Id = Ids.New(session.Now), ClaimId = claim, UserId = session.Actor!.Id, Text = command.Text.Trim(), CreatedAt = session.NowMs };
        await session.Connection.ExecuteAsync(Insert, comment);
        await SearchIndex.Add(session.Connection, "comment", comment.Id, claim, comment.Text);
        await session.Audit.Append(session.ActorName, "CommentAdded", session.NowMs, comment, null, new { claim = command.Claim }, []);
        return new CommentAdded(command.Claim, comment.Id);
    }
}
