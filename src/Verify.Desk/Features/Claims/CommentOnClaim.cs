using System.Text.RegularExpressions;
using Dapper;
using FluentValidation;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Claims;

/// <summary>Adds a comment; comments are never changed or removed. Who is named in it as @Name is told.</summary>
public sealed record CommentOnClaim(string Claim, string Text) : Command<CommentAdded>;

/// <param name="Mentioned">Names of the users who are told.</param>
public sealed record CommentAdded(string Claim, string Id, IReadOnlyList<string> Mentioned);

public sealed class CommentOnClaimValidator : AbstractValidator<CommentOnClaim>
{
    public CommentOnClaimValidator()
    {
        RuleFor(c => c.Text).NotEmpty().WithMessage("the comment has no text").MaximumLength(20_000).WithMessage("the comment is longer than 20,000 characters");
    }
}

public sealed class CommentOnClaimHandler(Session session) : IRequestHandler<CommentOnClaim, Result<CommentAdded>>
{
    private const string Users = $"SELECT {UserRow.Columns} FROM users WHERE disabled_at IS NULL AND id <> @Id ORDER BY length(name) DESC";
    private const string InsertMention = "INSERT INTO mentions (user_id, comment_id, claim_id, seen_at) VALUES (@UserId, @CommentId, @ClaimId, NULL)";
    private const string Insert = "INSERT INTO comments (id, claim_id, user_id, text, created_at) VALUES (@Id, @ClaimId, @UserId, @Text, @CreatedAt)";

    public async Task<Result<CommentAdded>> Handle(CommentOnClaim command, CancellationToken cancellationToken)
    {
        var claim = await References.FindClaim(session.Connection, command.Claim);
        if (claim is null) return Refused.NotFound("claim", command.Claim);
        var comment = new CommentRow { Id = Ids.New(session.Now), ClaimId = claim, UserId = session.Actor!.Id, Text = command.Text.Trim(), CreatedAt = session.NowMs };
        await session.Connection.ExecuteAsync(Insert, comment);
        await SearchIndex.Add(session.Connection, "comment", comment.Id, claim, comment.Text);
        await session.Audit.Append(session.ActorName, "CommentAdded", session.NowMs, comment, null, new { claim = command.Claim }, []);
        return new CommentAdded(command.Claim, comment.Id, await Mention(comment));
    }

    // The longest names first, each place counted once: "@Ines Auer" does not also call Ines.
    private async Task<IReadOnlyList<string>> Mention(CommentRow comment)
    {
        if (!comment.Text.Contains('@', StringComparison.Ordinal)) return [];
        var (text, mentioned) = (comment.Text, new List<string>());
        foreach (var user in await session.Connection.QueryAsync<UserRow>(Users, new { session.Actor!.Id }))
        {
            var without = Regex.Replace(text, $@"@{Regex.Escape(user.Name)}(?![\p{{L}}\p{{N}}])", " ", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
            if (without == text) continue;
            text = without;
            mentioned.Add(user.Name);
            await session.Connection.ExecuteAsync(InsertMention, new { UserId = user.Id, CommentId = comment.Id, comment.ClaimId });
        }
        return mentioned;
    }
}
