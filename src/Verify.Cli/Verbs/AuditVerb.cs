using System.CommandLine;
using Verify.Desk.Audit;
using Verify.Desk.Features.Audit;
using Verify.Desk.Requests;

namespace Verify.Cli.Verbs;

internal static class AuditVerb
{
    private static readonly Option<string?> Heads = new("--heads") { Description = "File of heads that were kept elsewhere; the history must begin with each", HelpName = "file" };
    private static readonly Option<string?> Key = new("--signed-by") { Description = "The desk's public key, as `audit head` prints it; else whichever the file names", HelpName = "key" };

    public static Command Create() => new("audit", "The history and its proof.") { Check(), List(), Head(), Export(), Prove() };

    private static Command Check()
    {
        var file = new Argument<string?>("file") { Description = "An export or a proof, checked without any database; without it the desk's own history is", Arity = ArgumentArity.ZeroOrOne };
        var check = new Command("check", """
            Prove that no history was altered, removed or reordered; names the first bad entry.

            Example:
              verify audit check
              verify audit check history.log --heads heads.jsonl
            """) { file, Heads, Key };
        check.SetAction((parse, cancellation) =>
        {
            var run = new Invocation(parse, cancellation);
            var heads = AuditFiles.ReadHeads(parse.GetValue(Heads));
            if (heads.Refusal is { } unread) return Task.FromResult(run.Refuse(unread));
            if (parse.GetValue(Key) is { } key && !TreeHead.IsKey(key)) return Task.FromResult(run.Refuse(Refused.Invalid("--signed-by is no public key; give it as `verify audit head` prints it")));
            if (parse.GetValue(file) is null && parse.GetValue(Key) is not null) return Task.FromResult(run.Refuse(Refused.Invalid("--signed-by is for a file: the desk's own history bears no signature")));
            return parse.GetValue(file) is { } path ? Task.FromResult(CheckFile(run, path, heads.Value, parse.GetValue(Key))) : CheckDesk(run, heads.Value, cancellation);
        });
        return check;
    }

    // Timers are not fired first: a history in doubt is looked at as it is.
    private static Task<int> CheckDesk(Invocation run, IReadOnlyList<TreeHead> heads, CancellationToken cancellation) => run.OnDesk(async desk =>
    {
        var result = await desk.Send(new CheckAudit(heads), cancellation);
        if (result.Refusal is { } refusal) return run.Refuse(refusal);
        if (run.Json) Output.Json(result.Value);
        else Print(result.Value, heads);
        return result.Value.Sound ? ExitCodes.Done : ExitCodes.Found;
    }, reads: true, fire: false);

    private static string BeginsWith(IReadOnlyList<TreeHead> heads) => heads.Count == 0 ? "" : $"; agrees with {Output.Count(heads.Count, "head")} kept elsewhere, the longest of {heads.Max(h => h.Size)} entries";

    private static void Print(AuditReport report, IReadOnlyList<TreeHead> heads)
    {
        if (report.Sound)
        {
            Output.Line($"sound: {report.Entries} entries, {report.Rows} rows{BeginsWith(heads)}");
            return;
        }
        Output.Line($"NOT SOUND from entry {report.FirstBad}: {report.Problem}");
        if (report.Entry is not null) Output.Line($"  entry {report.FirstBad}: {report.Entry}");
    }

    private static int CheckFile(Invocation run, string path, IReadOnlyList<TreeHead> heads, string? key)
    {
        var opened = AuditFiles.Open(path);
        if (opened.Refusal is { } missing) return run.Refuse(missing);
        using var file = opened.Value;
        Result<AuditFileReport> result;
        try { result = AuditFileCheck.Check(file, heads, key); }
        catch (IOException e) { return run.Refuse(Refused.Input("cannot_read", $"{path} cannot be read: {e.Message}")); }
        if (result.Refusal is { } refusal) return run.Refuse(refusal);
        var report = result.Value;
        if (run.Json) Output.Json(report);
        else if (!report.Sound) Output.Line($"NOT SOUND: {report.Problem}");
        else
        {
            Output.Line($"sound: {report.Shows}{(report.Heads == heads.Count ? BeginsWith(heads) : $"; agrees with {report.Heads} of {heads.Count} heads kept elsewhere, and tells nothing of the others")}");
            Output.Line($"signed by {report.Head!.Key}{(key is null ? " (as the file says; hold it against the desk's with --signed-by)" : "")}");
        }
        return report.Sound ? ExitCodes.Done : ExitCodes.Found;
    }

    private static Command List()
    {
        var claim = new Argument<string?>("claim") { Description = "Only entries about this claim, for example 12.3", Arity = ArgumentArity.ZeroOrOne };
        var last = new Option<int>("--last") { Description = "At most so many, the latest", DefaultValueFactory = _ => ListEntries.Usual, HelpName = "entries" };
        var list = new Command("list", """
            The history's entries with their numbers: who did what when, the latest last.

            Example:
              verify audit list 1.2
              verify audit list --last 10
            """) { claim, last };
        list.SetAction((parse, cancellation) => new Invocation(parse, cancellation).Answer(new ListEntries(parse.GetValue(claim), parse.GetValue(last)), entries =>
        {
            foreach (var e in entries) Output.Line($"{e.Entry,6}  {Output.Time(e.At)}  {e.Who,-12} {e.What,-16} {e.About,-8} {e.Detail}");
        }, reads: true, fire: false));
        return list;
    }

    private static Command Head()
    {
        var to = new Option<string?>("--to") { Description = "File to add it to, or an http or https address to send it to", HelpName = "where" };
        var head = new Command("head", """
            Sign how long the history is and what its root is, as of now. Kept where nobody of the desk can change it, it shows later whether the past was rewritten.

            Example:
              verify audit head --to /mnt/elsewhere/heads.jsonl
            """) { to };
        head.SetAction((parse, cancellation) =>
        {
            var run = new Invocation(parse, cancellation);
            return run.OnDesk(async desk =>
            {
                var result = await desk.Send(new SignHead(), cancellation);
                if (result.Refusal is { } refusal) return run.Refuse(refusal);
                if (parse.GetValue(to) is { } where && await HeadWitness.Send(where, result.Value, cancellation) is { } unsent) return run.Refuse(unsent);
                if (run.Json) Output.Json(result.Value);
                else Output.Line($"{result.Value.Size} entries, root {result.Value.Root}, signed by {result.Value.Key}");
                return ExitCodes.Done;
            }, reads: true, fire: false);
        });
        return head;
    }

    private static Command Export()
    {
        var file = new Argument<string>("file") { Description = "Where to; must not exist" };
        var export = new Command("export", """
            Write the whole history with its signed head to a file that anybody can check without the database.

            Example:
              verify audit export history.log
            """) { file };
        export.SetAction((parse, cancellation) => new Invocation(parse, cancellation).Answer(new ExportAudit(parse.GetValue(file)!), e => Output.Line($"{e.Entries} entries, {e.Bytes} bytes in {e.File}"), reads: true, fire: false));
        return export;
    }

    private static Command Prove()
    {
        var entry = new Argument<string?>("entry") { Description = "Number of an entry of the history", Arity = ArgumentArity.ZeroOrOne };
        var since = new Option<string?>("--since") { Description = "File of earlier heads: proves that the history begins with that of the last of them", HelpName = "file" };
        var prove = new Command("prove", """
            Prove that an entry is in the history, or that the history begins with an earlier one; `audit check` checks the proof without the database.

            Example:
              verify audit prove 17 > entry-17.proof
            """) { entry, since };
        prove.SetAction((parse, cancellation) =>
        {
            var run = new Invocation(parse, cancellation);
            var heads = AuditFiles.ReadHeads(parse.GetValue(since));
            if (heads.Refusal is { } unread) return Task.FromResult(run.Refuse(unread));
            long? number = long.TryParse(parse.GetValue(entry), System.Globalization.CultureInfo.InvariantCulture, out var n) ? n : null;
            if (number is null && parse.GetValue(entry) is { } text) return Task.FromResult(run.Refuse(Refused.Invalid($"'{text}' is no number of an entry; `verify audit list` prints the entries with their numbers")));
            return run.OnDesk(async desk =>
            {
                var result = await desk.Send(new ProveAudit(number, heads.Value.Count > 0 ? heads.Value[^1] : null), cancellation);
                if (result.Refusal is { } refusal) return run.Refuse(refusal);
                await using var output = Console.OpenStandardOutput();
                await output.WriteAsync(result.Value, cancellation);
                return ExitCodes.Done;
            }, reads: true, fire: false);
        });
        return prove;
    }
}
