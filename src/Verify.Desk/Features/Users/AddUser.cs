using Dapper;
using FluentValidation;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Users;

/// <summary>Adds a user; for administrators. The first user needs nobody's leave and must be an administrator.</summary>
/// <param name="Desk">The desk of the newsroom that the user belongs to; null: none.</param>
public sealed record AddUser(string Name, IReadOnlyList<string> WithRoles, string? Desk = null) : Command<UserAdded>
{
    public override bool NeedsUser => false;
    public override IReadOnlyList<string> AllowedRoles => [Roles.Administrator];
}

public sealed record UserAdded(string Name, IReadOnlyList<string> Roles, string? Desk = null);

public sealed class AddUserValidator : AbstractValidator<AddUser>
{
    public AddUserValidator()
    {
        RuleFor(c => c.Name).Matches(@"^[\p{L}\p{N}][\p{L}\p{N}._' -]{0,79}\z").WithMessage("a user's name begins with a letter or digit and has at most 80 letters, digits, spaces, dots, hyphens or apostrophes");
        // Two names that look the same would be two people in the database and one on every page.
        RuleFor(c => c.Name).Must(n => !n.Contains("  ", StringComparison.Ordinal) && !n.EndsWith(' ')).WithMessage("a user's name has single spaces between its words and none at its end");
        RuleFor(c => c.Name).NotEqual("none", StringComparer.OrdinalIgnoreCase).WithMessage("'none' means nobody in the queue's filter; choose another name");
        RuleFor(c => c.WithRoles).SetValidator(new RolesValidator());
        RuleFor(c => c.Desk).Must(Desks.IsName).WithMessage(Desks.Wrong);
    }
}

public sealed class AddUserHandler(Session session) : IRequestHandler<AddUser, Result<UserAdded>>
{
    private const string AnyUser = "SELECT EXISTS (SELECT 1 FROM users)";
    private const string Names = "SELECT name FROM users";

    public async Task<Result<UserAdded>> Handle(AddUser command, CancellationToken cancellationToken)
    {
        var first = await session.Connection.ExecuteScalarAsync<long>(AnyUser) == 0;
        if (first && !command.WithRoles.Contains(Roles.Administrator))
            return new Refusal(RefusalKind.Rule, "first_user_administrator", "the first user must be an administrator, who then adds the others; repeat with --role administrator");
        // SQLite folds the case of ASCII alone; "Åsa" and "åsa" must not be two people either.
        if ((await session.Connection.QueryAsync<string>(Names)).FirstOrDefault(n => string.Equals(n, command.Name, StringComparison.OrdinalIgnoreCase)) is { } taken)
            return new Refusal(RefusalKind.Rule, "user_exists", $"there is a user '{taken}' already; choose another name");
        var roles = command.WithRoles.Distinct().ToList();
        var user = new UserRow { Id = Ids.New(session.Now), Name = command.Name, Roles = string.Join(',', roles), CreatedAt = session.NowMs, Desk = Desks.Blank(command.Desk) };
        await session.Connection.ExecuteAsync(UserRow.Insert, user);
        await session.Audit.Append(session.ActorName, "UserAdded", session.NowMs, user, null, new { user.Name, user.Roles }, []);
        return new UserAdded(user.Name, roles, user.Desk);
    }
}
