using Dapper;
using FluentValidation;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Users;

/// <summary>
/// Gives a user other roles or another desk; for administrators. With other roles, their sessions end at once and the open
/// tasks that they may not do any more go back to everyone.
/// </summary>
public sealed record ChangeUser(string Name, IReadOnlyList<string> WithRoles, string? Desk = null) : Command<UserChanged>
{
    public override IReadOnlyList<string> AllowedRoles => [Roles.Administrator];
}

/// <param name="Released">How many open tasks went back.</param>
public sealed record UserChanged(string Name, IReadOnlyList<string> Roles, string? Desk, int Released);

public sealed class ChangeUserValidator : AbstractValidator<ChangeUser>
{
    public ChangeUserValidator()
    {
        RuleFor(c => c.WithRoles).SetValidator(new RolesValidator());
        RuleFor(c => c.Desk).Must(Desks.IsName).WithMessage(Desks.Wrong);
    }
}

public sealed class ChangeUserHandler(Session session) : IRequestHandler<ChangeUser, Result<UserChanged>>
{
    private const string Update = "UPDATE users SET roles = @Roles, desk = @Desk WHERE id = @Id";
    private const string Held = $"SELECT {TaskRow.Columns} FROM tasks WHERE status = 'open' AND assignee = @Id";

    public async Task<Result<UserChanged>> Handle(ChangeUser command, CancellationToken cancellationToken)
    {
        var user = await session.Connection.QuerySingleOrDefaultAsync<UserRow>(UserRow.ByName, new { command.Name });
        if (user is null) return Refused.UnknownUser(command.Name);
        if (user.DisabledAt is not null) return Refused.UserDisabled(user.Name);
        var roles = command.WithRoles.Distinct().ToList();
        if (!roles.Contains(Roles.Administrator) && await DisableUserHandler.IsLastAdministrator(session, user) is { } last) return last;
        var changed = user with { Roles = string.Join(',', roles), Desk = Desks.Blank(command.Desk) };
        if (changed == user) return new UserChanged(user.Name, roles, user.Desk, 0);
        await session.Connection.ExecuteAsync(Update, changed);
        var released = (await session.Connection.QueryAsync<TaskRow>(Held, new { user.Id })).Where(t => !changed.HasOneOf(Roles.Satisfying(t.Role))).Select(t => t with { Assignee = null }).ToList();
        foreach (var task in released) await session.Connection.ExecuteAsync(Items.UpdateTask, task);
        await session.Audit.Append(session.ActorName, "UserChanged", session.NowMs, changed, user, new { user.Name, changed.Roles, changed.Desk, released = released.Count }, released);
        return new UserChanged(user.Name, roles, changed.Desk, released.Count);
    }
}
