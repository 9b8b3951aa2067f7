using System.Diagnostics;
using System.Text.Json;
using Shouldly;

namespace Verify.Cli.Tests;

/// <summary>What a run of the program printed and returned.</summary>
public sealed record Ran(int Exit, string Out, string Err)
{
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    public Ran Ok()
    {
        Exit.ShouldBe(0, Err);
        return this;
    }

    /// <summary>Refused: this status, this code, one line on standard error and nothing on standard output.</summary>
    public Ran Refused(int exit, string code)
    {
        Exit.ShouldBe(exit, Err);
        Err.Trim().Split('\n').Length.ShouldBe(1, Err);
        Err.ShouldStartWith($"verify: {code}: ");
        Out.ShouldBe("");
        return this;
    }
}

/// <summary>The real program as a process of its own, on a folder of its own.</summary>
public sealed class Cli(string runtime = "embedded") : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("verify-cli-").FullName;
    public string Db => Path.Combine(Folder, "desk.db");
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "verify");
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Verify.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    public static string Sample(string name) => Path.Combine(Root, "tests", "samples", name);

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public Process Start(params string[] args)
    {
        var start = new ProcessStartInfo(Program, args) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = Folder };
        start.Environment["VERIFY_DB"] = Db;
        start.Environment.Remove("VERIFY_USER");
        start.Environment.Remove("VERIFY_WORKFLOWS");
        start.Environment["VERIFY_RUNTIME"] = runtime;
        return Process.Start(start)!;
    }

    public async Task<Ran> Run(params string[] args) => await Feed(null, args);

    public async Task<Ran> Feed(string? input, params string[] args)
    {
        using var process = Start(args);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (input is not null) await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await error);
    }

    public async Task AddUsers()
    {
        (await Run("user", "add", "Ada", "--role", "administrator")).Ok();
        foreach (var (name, role) in new[] { ("Rolf", "reporter"), ("Ines", "fact-checker"), ("Omar", "cross-checker"), ("Edda", "editor"), ("Sten", "standards-editor") })
            (await Run("user", "add", name, "--role", role, "--as", "Ada")).Ok();
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
