using System.CommandLine;
using Verify.Desk.Features.Accounts;
using Verify.Desk.Features.Users;

namespace Verify.Cli.Verbs;

internal static class UserVerbs
{
    private static readonly Argument<string> Name = new("name") { Description = "The user's name" };
    private static readonly Option<string[]> Role = new("--role") { Description = $"One of {string.Join(", ", Desk.Requests.Roles.All)}; repeat the option for more" };

    private static readonly Option<string?> OfDesk = new("--desk") { Description = "The desk of the newsroom, for example Politics" };
    private static readonly Option<string?> Address = new("--url") { Description = $"Where the desk is served (else {Web.ServeOptions.DefaultUrl})" };

    public static Command Create()
    {
        var add = new Command("add", """
            Add a user; for administrators. The first user must be an administrator and needs nobody's leave.

            Example:
              verify user add Ines --role fact-checker --as Ada
            """) { Name, Role, OfDesk };
        add.SetAction((parse, cancellation) =>
        {
            var run = new Invocation(parse, cancellation);
            return run.Answer(new AddUser(parse.GetValue(Name)!, parse.GetValue(Role) ?? [], parse.GetValue(OfDesk)) { As = run.User, Key = run.Key }, user => Output.Line($"{user.Name}: {string.Join(", ", user.Roles)}"));
        });
        var list = new Command("list", """
            List the users with their roles.

            Example:
              verify user list
            """);
        list.SetAction((parse, cancellation) => new Invocation(parse, cancellation).Answer(new ListUsers(), users =>
            Output.Table(["Name", "Roles", "Desk", "", "Holds"], users.Select(u => (IReadOnlyList<string>)[u.Name, string.Join(", ", u.Roles), u.Desk ?? "", u.Disabled ? "disabled" : "", $"{u.Holds}"])), reads: true));
        var disable = new Command("disable", """
            Disable a user; what they hold goes back to everyone, what they did stays.

            Example:
              verify user disable Ines --as Ada
            """) { Name };
        disable.SetAction((parse, cancellation) =>
        {
            var run = new Invocation(parse, cancellation);
            return run.Answer(new DisableUser(parse.GetValue(Name)!) { As = run.User, Key = run.Key }, user => Output.Line($"{user.Name} is disabled; {Output.Count(user.Released, "task")} released"));
        });
        var change = new Command("change", """
            Give a user other roles, or another desk of the newsroom; their sessions in the browser end.

            Example:
              verify user change Ines --role fact-checker --role editor --desk Politics --as Ada
            """) { Name, Role, OfDesk };
        change.SetAction((parse, cancellation) =>
        {
            var run = new Invocation(parse, cancellation);
            return run.Answer(new ChangeUser(parse.GetValue(Name)!, parse.GetValue(Role) ?? [], parse.GetValue(OfDesk)) { As = run.User, Key = run.Key },
                user => Output.Line($"{user.Name}: {string.Join(", ", user.Roles)}{(user.Desk is null ? "" : $" ({user.Desk})")}; {Output.Count(user.Released, "task")} released"));
        });
        var invite = new Command("invite", """
            Make a one-time link by which a user chooses a password for the desk in the browser.

            Example:
              verify user invite Ines --as Ada
            """) { Name, Address };
        invite.SetAction((parse, cancellation) =>
        {
            var run = new Invocation(parse, cancellation);
            return run.Answer(new InviteUser(parse.GetValue(Name)!) { As = run.User, Key = run.Key }, user =>
            {
                Output.Remark($"For {user.Name}, once, until {Output.Time(user.Until)}:");
                Output.Line($"{(parse.GetValue(Address) ?? Web.ServeOptions.DefaultUrl).TrimEnd('/')}/invitation?token={user.Token}");
            });
        });
        return new Command("user", "Add, change, invite, list and disable users.") { add, change, invite, list, disable };
    }
}
