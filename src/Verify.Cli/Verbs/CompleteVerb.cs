using System.CommandLine;
using Verify.Desk.Features.Claims;

namespace Verify.Cli.Verbs;

/// <summary>complete, and return as its short form.</summary>
internal static class CompleteVerb
{
    private static readonly Option<string> Outcome = new("--outcome") { Description = "What you decided; `verify claim` lists the step's outcomes", Required = true };
    private static readonly Option<string?> Note = new("--note") { Description = "Why; needed to send back or reject" };
    private static readonly Option<string> Reason = new("--note") { Description = "Why it is sent back", Required = true };
    private static readonly Option<string> Why = new("--note") { Description = "Why; on the record", Required = true };
    private static readonly Option<string?> Attribution = new("--attribution-verdict") { Description = $"Where the step asks for it: {string.Join(", ", Desk.Requests.Verdicts.Attribution)}" };
    private static readonly Option<string?> Content = new("--content-verdict") { Description = $"Where the step asks for it: {string.Join(", ", Desk.Requests.Verdicts.Content)}" };
    private static readonly Option<long?> Version = new("--version-seen") { Description = "The claim's version that you decided on; refused if it changed meanwhile" };

    public static Command Create()
    {
        var command = new Command("complete", """
            Decide a task; the claim moves on as its workflow says.

            Example:
              verify complete 1.2-5 --outcome corroborated --content-verdict true --note "Two court filings" --as Ines
            """) { TaskVerbs.Task, Outcome, Note, Attribution, Content, Version };
        command.SetAction((parse, cancellation) =>
        {
            var run = new Invocation(parse, cancellation);
            return run.Answer(new CompleteTask(parse.GetValue(TaskVerbs.Task)!, parse.GetValue(Outcome)!, parse.GetValue(Note), parse.GetValue(Attribution), parse.GetValue(Content), parse.GetValue(Version)) { As = run.User, Key = run.Key }, Print);
        });
        return command;
    }

    public static Command CreateReturn()
    {
        var command = new Command("return", """
            Send a claim back for another round; the same as complete --outcome return.

            Example:
              verify return 1.2-7 --note "The filing is from another case" --as Edda
            """) { TaskVerbs.Task, Reason, Version };
        command.SetAction((parse, cancellation) =>
        {
            var run = new Invocation(parse, cancellation);
            return run.Answer(new CompleteTask(parse.GetValue(TaskVerbs.Task)!, CompleteTaskHandler.Return, parse.GetValue(Reason), Version: parse.GetValue(Version)) { As = run.User, Key = run.Key }, Print);
        });
        return command;
    }

    public static Command CreateReopen()
    {
        var command = new Command("reopen", """
            Set aside an approval or a rejection because an error was found; the claim begins a new round.

            Example:
              verify reopen 1.2 --note "The log is of another year" --as Ines
            """) { ClaimVerb.Claim, Why };
        command.SetAction((parse, cancellation) =>
        {
            var run = new Invocation(parse, cancellation);
            return run.Answer(new ReopenClaim(parse.GetValue(ClaimVerb.Claim)!, parse.GetValue(Why)!) { As = run.User, Key = run.Key }, r => EvidenceVerbs.Reopened(r.Reopened));
        });
        return command;
    }

    private static void Print(TaskCompleted done)
    {
        Output.Line($"{done.Claim} {done.Step} → {done.Outcome}; claim {done.Status} (version {done.Version})");
        foreach (var task in done.Opened) Output.Line($"  waits: {task.Task} {task.Step} ({task.Role})");
    }
}
