using System.CommandLine;
using Verify.Desk.Features.Upkeep;

namespace Verify.Cli.Verbs;

/// <summary>backup and doctor.</summary>
internal static class UpkeepVerbs
{
    private static readonly Argument<string> File = new("file") { Description = "Where to; must not exist" };

    public static Command Backup()
    {
        var command = new Command("backup", """
            Copy the database while it is in use: consistent, checked, one file.

            Example:
              verify backup /backups/verify-2026-11-23.db
            """) { File };
        command.SetAction((parse, cancellation) => new Invocation(parse, cancellation).Answer(
            new BackUp(parse.GetValue(File)!), b => Output.Line($"{b.File}: {b.Bytes} bytes, {b.AuditEntries} audit entries"), reads: true, fire: false));
        return command;
    }

    public static Command Doctor()
    {
        var command = new Command("doctor", """
            Examine the database and the definitions.

            Example:
              verify doctor
            """);
        command.SetAction((parse, cancellation) =>
        {
            var run = new Invocation(parse, cancellation);
            return run.OnDesk(async desk =>
            {
                var result = await desk.Send(new Examine(), cancellation);
                if (result.Refusal is { } refusal) return run.Refuse(refusal);
                if (run.Json) Output.Json(result.Value);
                else foreach (var f in result.Value) Output.Line($"{(f.Ok ? "ok     " : "PROBLEM")} {f.Subject,-12} {f.Text}");
                return result.Value.All(f => f.Ok) ? ExitCodes.Done : ExitCodes.Found;
            }, reads: true, fire: false);
        });
        return command;
    }
}
