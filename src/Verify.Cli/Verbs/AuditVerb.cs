using System.CommandLine;
using Verify.Desk.Features.Audit;

namespace Verify.Cli.Verbs;

internal static class AuditVerb
{
    public static Command Create()
    {
        var check = new Command("check", """
            Prove that no history was altered, removed or reordered; names the first bad entry.

            Example:
              verify audit check
            """);
        check.SetAction(async (parse, cancellation) =>
        {
            var run = new Invocation(parse, cancellation);
            var sound = false;
            // Timers are not fired first: a history in doubt is looked at as it is.
            var opened = Desk.VerifyDesk.Open(new Desk.DeskOptions(Options.DatabaseOf(parse), run.Workflows, Create: false));
            if (opened.Refusal is { } refusal) return run.Refuse(refusal);
            await using var desk = opened.Value;
            var result = await desk.Send(new CheckAudit(), cancellation);
            if (result.Refusal is { } refused) return run.Refuse(refused);
            var report = result.Value;
            sound = report.Sound;
            if (run.Json) Output.Json(report);
            else Output.Line(sound ? $"sound: {report.Entries} entries, {report.Rows} rows" : $"NOT SOUND from entry {report.FirstBad}: {report.Problem}{(report.Entry is null ? "" : $"\n  entry {report.FirstBad}: {report.Entry}")}");
            return sound ? ExitCodes.Done : ExitCodes.Found;
        });
        return new Command("audit", "The history and its proof.") { check };
    }
}
