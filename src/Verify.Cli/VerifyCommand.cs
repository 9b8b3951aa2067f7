using System.CommandLine;
using System.CommandLine.Parsing;
using Verify.Cli.Verbs;

namespace Verify.Cli;

/// <summary>The command line: one verb a file under <c>Verbs/</c>.</summary>
internal static class VerifyCommand
{
    public static async Task<int> Run(string[] args)
    {
        var root = new RootCommand("""
            Verify: every attributed claim in an article becomes a workflow item, through to approval.

            Exit status: 0 done; 1 refused by a rule of the desk; 2 wrong command line or value; 3 the input cannot be
            read; 4 the database; 5 the workflow definitions; 6 not found; 7 a check found something; 70 a bug in Verify.
            """);
        foreach (var option in Options.Global) root.Options.Add(option);
        foreach (var verb in new[]
        {
            CheckVerb.Create(), ExtractVerb.Create(), QueueVerb.Create(), TaskVerbs.Take(), TaskVerbs.Release(), TaskVerbs.Assign(), ClaimVerb.Create(),
            CompleteVerb.Create(), CompleteVerb.CreateReturn(), CompleteVerb.CreateReopen(), CommentVerb.Create(),
            EvidenceVerbs.Create(), OriginVerbs.Create(), OriginVerbs.Override(), SourceVerbs.CreateLink(), SourceVerbs.CreateCompare(),
            MatchingVerbs.Similar(), MatchingVerbs.Reuse(), MatchingVerbs.Search(), ArticleVerb.Create(), ReviseVerb.Create(), MendVerbs.Create(), ReportVerb.Create(), UserVerbs.Create(),
            WorkflowsVerbs.Create(), AuditVerb.Create(), UpkeepVerbs.Backup(), UpkeepVerbs.Doctor(), ServeVerb.Create(),
        }) root.Subcommands.Add(verb);
        var parse = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (parse.Errors.Count > 0)
        {
            Output.Complain(args.Contains(Options.Json.Name), "usage", $"{Explain(parse)} (verify {VerbOf(parse)}--help shows how)");
            return ExitCodes.Usage;
        }
        try
        {
            return await parse.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (OperationCanceledException) { return ExitCodes.Cancelled; }
        // Everything else that is read or written is guarded where it is.
        catch (IOException e) when (e.StackTrace?.Contains("ConsoleStream", StringComparison.Ordinal) == true)
        {
            Output.Complain(parse.GetValue(Options.Json), "cannot_write", $"the answer cannot be written: {e.Message}");
            return ExitCodes.Input;
        }
#pragma warning disable CA1031 // the outermost frame: a bug is told in one line, with its trace, and with a status of its own
        catch (Exception e)
        {
            Output.Complain(parse.GetValue(Options.Json), "internal_error", $"{e.GetType().Name}: {e.Message} — this is a bug in Verify; nothing was half-written");
            await Console.Error.WriteLineAsync(e.StackTrace);
            return ExitCodes.Bug;
        }
#pragma warning restore CA1031
    }

    // The parser's own messages name types of the runtime and not what was mistyped.
    private static string Explain(ParseResult parse)
    {
        var command = parse.CommandResult.Command;
        if (command.Subcommands.Count > 0)
            return parse.UnmatchedTokens.Count > 0 ? $"'{parse.UnmatchedTokens[0]}' is not a command{Similar(parse.UnmatchedTokens[0], command)}" : $"a command is missing: {string.Join(", ", command.Subcommands.Select(c => c.Name))}";
        if (parse.UnmatchedTokens.Count > 0) return $"'{parse.UnmatchedTokens[0]}' is not understood here";
        foreach (var argument in command.Arguments)
            if (argument.Arity.MinimumNumberOfValues > 0 && parse.GetResult(argument) is not { Tokens.Count: > 0 }) return $"<{argument.Name}> is missing";
        foreach (var option in parse.CommandResult.Children.OfType<OptionResult>().Where(o => o.Errors.Any()))
            return option.Tokens.Count == 0 ? $"{option.Option.Name} needs a value" : $"'{option.Tokens[0].Value}' is not a value for {option.Option.Name}";
        return parse.Errors[0].Message.Split('\n')[0].Trim();
    }

    private static string Similar(string word, Command command) =>
        command.Subcommands.Select(c => c.Name).Where(n => n.Length > 2 && word.Length > 1 && (n[0] == word[0] && n[^1] == word[^1] || n.StartsWith(word[..2], StringComparison.Ordinal))).FirstOrDefault() is { } near ? $"; did you mean {near}?" : "";

    private static string VerbOf(ParseResult parse) =>
        string.Concat(parse.CommandResult.Command is RootCommand ? [] : Path(parse.CommandResult).Select(n => n + " "));

    private static IEnumerable<string> Path(CommandResult result) =>
        result.Parent is CommandResult { Command: not RootCommand } parent ? Path(parent).Append(result.Command.Name) : [result.Command.Name];
}
