using System.CommandLine;
using Verify.Desk.Features.Queue;

namespace Verify.Cli.Verbs;

/// <summary>take, release, assign.</summary>
internal static class TaskVerbs
{
    public static readonly Argument<string> Task = new("task") { Description = "A task, for example 12.3-4" };
    private static readonly Option<string> To = new("--to") { Description = "The user who is to do it", Required = true };

    public static Command Take()
    {
        var command = new Command("take", """
            Take an open task for yourself.

            Example:
              verify take 1.2-5 --as Ines
            """) { Task };
        command.SetAction((parse, cancellation) => Send(parse, run => new TakeTask(parse.GetValue(Task)!) { As = run.User, Key = run.Key }, cancellation));
        return command;
    }

    public static Command Release()
    {
        var command = new Command("release", """
            Give a task back to everyone.

            Example:
              verify release 1.2-5 --as Ines
            """) { Task };
        command.SetAction((parse, cancellation) => Send(parse, run => new ReleaseTask(parse.GetValue(Task)!) { As = run.User, Key = run.Key }, cancellation));
        return command;
    }

    public static Command Assign()
    {
        var command = new Command("assign", """
            Give a task to a user; for editors and administrators.

            Example:
              verify assign 1.2-5 --to Ines --as Edda
            """) { Task, To };
        command.SetAction((parse, cancellation) => Send(parse, run => new AssignTask(parse.GetValue(Task)!, parse.GetValue(To)!) { As = run.User, Key = run.Key }, cancellation));
        return command;
    }

    private static Task<int> Send(ParseResult parse, Func<Invocation, MediatR.IRequest<Desk.Requests.Result<TaskHolder>>> request, CancellationToken cancellation)
    {
        var run = new Invocation(parse, cancellation);
        return run.Answer(request(run), holder => Output.Line($"{holder.Task} {holder.Step}: {(holder.Assignee is null ? "free" : holder.Assignee + "'s")}"));
    }
}
