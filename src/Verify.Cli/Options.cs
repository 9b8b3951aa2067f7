using System.CommandLine;

namespace Verify.Cli;

/// <summary>Options that every verb understands, with their environment variables.</summary>
internal static class Options
{
    public static readonly Option<string?> Db = new("--db") { Description = "The database file (else VERIFY_DB, else verify.db here)", Recursive = true, HelpName = "file" };
    public static readonly Option<string?> As = new("--as") { Description = "Act as this user (else VERIFY_USER)", Recursive = true, HelpName = "name" };
    public static readonly Option<bool> Json = new("--json") { Description = "Print JSON", Recursive = true };
    public static readonly Option<string?> Workflows = new("--workflows") { Description = "Folder of workflow definitions (else VERIFY_WORKFLOWS, else the shipped ones)", Recursive = true, HelpName = "folder" };
    public static readonly Option<string?> Key = new("--key") { Description = "Idempotency key: the same command with it again has one effect and the same answer", Recursive = true, HelpName = "key" };

    public static readonly Option<string?> Runtime = new("--runtime") { Description = "Runtime that new items start on: embedded or elsa (else VERIFY_RUNTIME, else embedded)", Recursive = true, HelpName = "name" };

    public static readonly Option[] Global = [Db, As, Json, Workflows, Key, Runtime];

    public static string DatabaseOf(ParseResult p) => p.GetValue(Db) ?? Environment("VERIFY_DB") ?? "verify.db";
    public static string? UserOf(ParseResult p) => p.GetValue(As) ?? Environment("VERIFY_USER");
    public static string WorkflowsOf(ParseResult p) => p.GetValue(Workflows) ?? Environment("VERIFY_WORKFLOWS") ?? Path.Combine(AppContext.BaseDirectory, "workflows");

    public static string RuntimeOf(ParseResult p) => p.GetValue(Runtime) ?? Environment("VERIFY_RUNTIME") ?? Environment("Verify__Runtime") ?? Runtimes.Embedded;

    private static string? Environment(string name) => System.Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
