using System.CommandLine;
using Verify.Desk.Features.Users;

namespace Verify.Cli.Verbs;

internal static class UserVerbs
{
    private static readonly Argument<string> Name = new("name") { Description = "The user's name" };
    private static readonly Option<string[]> Role = new("--role") { Description = $"One of {string.Join(", ", Desk.Requests.Roles.All)}; repeat the option for more" };

    public static Command Create()
    {
        var add = new Command("add", """
            Add a user; for administrators. The first user must be an administrator and needs nobody's leave.

            Example:
              verify user add Ines --role fact-checker --as Ada
            """) { Name, Role };
        add.SetAction((parse, cancellation) =>
        {
            var run = new Invocation(parse, cancellation);
            return run.Answer(new AddUser(parse.GetValue(Name)!, parse.GetValue(Role) ?? []) { As = run.User, Key = run.Key }, user => Output.Line($"{user.Name}: {string.Join(", ", user.Roles)}"));
        });
        var list = new Command("list", """
            List the users with their roles.

            Example:
              verify user list
            """);
        list.SetAction((parse, cancellation) => new Invocation(parse, cancellation).Answer(new ListUsers(), users =>
            Output.Table(["Name", "Roles", "", "Holds"], users.Select(u => (IReadOnlyList<string>)[u.Name, string.Join(", ", u.Roles), u.Disabled ? "disabled" : "", $"{u.Holds}"])), reads: true));
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
        return new Command("user", "Add, list and disable users.") { add, list, disable };
    }
}
