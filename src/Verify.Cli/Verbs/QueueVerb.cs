using System.CommandLine;
using Verify.Desk.Features.Queue;

namespace Verify.Cli.Verbs;

internal static class QueueVerb
{
    private static readonly Option<string?> Role = new("--role") { Description = "Only tasks for this role" };
    private static readonly Option<string?> Assignee = new("--assignee") { Description = "Only this user's tasks; none: those that nobody has taken" };
    private static readonly Option<string?> Step = new("--step") { Description = "Only this step, for example corroborate" };
    private static readonly Option<string?> Article = new("--article") { Description = "Only this article's (number or id)" };
    private static readonly Option<bool> Overdue = new("--overdue") { Description = "Only tasks past their due time" };
    private static readonly Option<int> Limit = new("--limit") { Description = "Lines on a page, 1 to 1000", DefaultValueFactory = _ => 50 };
    private static readonly Option<string?> After = new("--after") { Description = "The mark of the next page, printed below a full one" };

    public static Command Create()
    {
        var command = new Command("queue", """
            List open tasks, the earliest due first.

            Example:
              verify queue --role fact-checker --assignee none
            """) { Role, Assignee, Step, Article, Overdue, Limit, After };
        command.SetAction((parse, cancellation) => new Invocation(parse, cancellation).Answer(
            new ListTasks(parse.GetValue(Role), parse.GetValue(Assignee), parse.GetValue(Step), parse.GetValue(Article), parse.GetValue(Overdue), parse.GetValue(Limit), parse.GetValue(After)), Print, reads: true));
        return command;
    }

    private static void PrintNarrow(TaskPage page)
    {
        foreach (var t in page.Tasks)
        {
            Output.Line($"{t.Task,-8} {t.Step} ({t.Assignee ?? t.Role}){(t.DueAt is null ? "" : $", due {Output.Time(t.DueAt)}")}{(t.Escalated ? ", escalated" : t.Overdue ? ", overdue" : "")}");
            Output.Line($"         {Output.Short($"{t.Speaker ?? "no source given"}: {t.Content.ReplaceLineEndings(" ")}", Math.Max(20, Output.Width - 10))}");
        }
    }

    private static void Print(TaskPage page)
    {
        if (page.Tasks.Count == 0) { Output.Remark("no open task fits"); return; }
        if (Output.Width < 130) PrintNarrow(page);
        else Output.Table(["Task", "Step", "For", "Taken by", "Due", "", "Source", "Claim"], page.Tasks.Select(t => (IReadOnlyList<string>)
            [t.Task, t.Step, t.Role, t.Assignee ?? "", Output.Time(t.DueAt), t.Escalated ? "escalated" : t.Overdue ? "overdue" : "", Output.Short(t.Speaker ?? "", 30), Output.Short(t.Content, 60)]));
        if (page.Next is not null) Output.Remark($"more: --after {page.Next}");
    }
}
