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
        // Timers are not fired first: a history in doubt is looked at as it is.
        check.SetAction((parse, cancellation) =>
        {
            var run = new Invocation(parse, cancellation);
            return run.OnDesk(async desk =>
            {
                var result = await desk.Send(new CheckAudit(), cancellation);
                if (result.Refusal is { } refusal) return run.Refuse(refusal);
                if (run.Json) Output.Json(result.Value);
                else Print(result.Value);
                return result.Value.Sound ? ExitCodes.Done : ExitCodes.Found;
            }, reads: true, fire: false);
        });
        return new Command("audit", "The history and its proof.") { check };
    }

    private static void Print(AuditReport report)
    {
        if (report.Sound)
        {
            Output.Line($"sound: {report.Entries} entries, {report.Rows} rows");
            return;
        }
        Output.Line($"NOT SOUND from entry {report.FirstBad}: {report.Problem}");
        if (report.Entry is not null) Output.Line($"  entry {report.FirstBad}: {report.Entry}");
    }
}
