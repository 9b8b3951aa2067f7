using System.Diagnostics;
using System.Text;
using Shouldly;
using Xunit;

namespace Verify.Cli.Tests;

/// <summary>What the documents say is what the program does.</summary>
public sealed class Documents
{
    [Fact]
    public async Task Readme_ItsScript_RunsAsItStands()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Cli.Root, "README.md"));
        var start = readme.IndexOf("```bash", readme.IndexOf("<!-- script", StringComparison.Ordinal), StringComparison.Ordinal) + "```bash".Length;
        var script = readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];
        using var cli = new Cli();
        var run = new ProcessStartInfo("bash", ["-euc", script]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Cli.Root };
        run.Environment["PATH"] = $"{AppContext.BaseDirectory}:{Environment.GetEnvironmentVariable("PATH")}";
        run.Environment["VERIFY_DB"] = cli.Db;
        using var process = Process.Start(run)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await error);
        // The excerpts that the README shows, but for their dates.
        foreach (var line in readme.Split('\n').Where(l => l.StartsWith("    ", StringComparison.Ordinal)).Select(l => l.Trim()).Where(l => l.StartsWith("Chain ", StringComparison.Ordinal) || l.StartsWith("Claim 1.2", StringComparison.Ordinal) || l.StartsWith("sound:", StringComparison.Ordinal) || l.StartsWith("waits:", StringComparison.Ordinal) || l.StartsWith("1.2 ", StringComparison.Ordinal)))
            (await output).ShouldContain(line);
    }

    [Fact]
    public async Task Subset_ItsPage_IsThatOfTheCode_AndNamesEveryReasonToRefuse()
    {
        using var cli = new Cli();
        var text = (await cli.Run("workflows", "subset")).Ok().Out;
        var path = Path.Combine(Cli.Root, ".github", "docs", "workflow-subset.md");
        if (Environment.GetEnvironmentVariable("VERIFY_WRITE_DOCS") == "1") await File.WriteAllTextAsync(path, text);
        (await File.ReadAllTextAsync(path)).ShouldBe(text);
        var source = string.Concat(Directory.GetFiles(Path.Combine(Cli.Root, "src", "Verify.Workflow"), "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/")).Select(File.ReadAllText));
        foreach (System.Text.RegularExpressions.Match code in System.Text.RegularExpressions.Regex.Matches(source, """(?:Problem(?:<\w+(?:\[\])?>)?|Mishap|Refused|new)\("([a-z]+(?:_[a-z]+)*)", (?!\w+, now)"""))
            if (code.Groups[1].Value.Contains('_')) text.ShouldContain($"`{code.Groups[1].Value}`");
    }

    /// <summary>Set VERIFY_WRITE_DOCS=1 to write the document anew.</summary>
    [Fact]
    public async Task Lifecycle_ItsDiagrams_AreThoseOfTheDefinitions()
    {
        using var cli = new Cli();
        var text = new StringBuilder("""
            # The lifecycle of a claim

            Drawn from the definitions in `workflows/`; a test fails when they differ. Dotted arrows lead back.

            """);
        foreach (var id in new[] { "standard", "leaked-document", "anonymous-source", "social-post" })
            text.Append($"\n## {id}\n\n```mermaid\n{(await cli.Run("workflows", "show", id, "--mermaid", "--workflows", Path.Combine(Cli.Root, "workflows"))).Ok().Out}```\n");
        var path = Path.Combine(Cli.Root, ".github", "docs", "lifecycle.md");
        if (Environment.GetEnvironmentVariable("VERIFY_WRITE_DOCS") == "1") await File.WriteAllTextAsync(path, text.ToString());
        (await File.ReadAllTextAsync(path)).ShouldBe(text.ToString());
    }
}
