using System.CommandLine;
using System.Text.Json;
using Verify.Desk.Requests;
using Verify.Workflow.Conformance;
using Verify.Workflow.Definitions;

namespace Verify.Cli.Verbs;

internal static class ConformVerb
{
    private static readonly Argument<string> Folder = new("folder") { Description = "Folder with *.trace.json and the definitions that they name" };

    public static Command Create()
    {
        var verb = new Command("conform", """
            Run recorded traces on a runtime and hold each of its answers against the recorded one. Prints the first
            difference of each trace that fails and why a definition is refused, and last: passed N, refused N, failed N.

            Example:
              verify workflows conform traces --runtime embedded
            """) { Folder };
        verb.SetAction((parse, cancellation) => Run(new Invocation(parse, cancellation), parse.GetValue(Folder)!, cancellation));
        return verb;
    }

    private sealed record Case(string File, Trace Trace, string Json, Definition? Definition, IReadOnlyList<DefinitionProblem> Problems, string Id, int Version);

    private static async Task<int> Run(Invocation run, string folder, CancellationToken cancellation)
    {
        if (Runtimes.Refusal(run.Runtime) is { } missing) return run.Refuse(missing);
        if (!Directory.Exists(folder)) return run.Refuse(Refused.Input("no_file", $"the folder {folder} does not exist; check the name"));
        var read = Directory.GetFiles(folder, "*.trace.json").Order(StringComparer.Ordinal).Select(f => Read(folder, f)).ToList();
        if (read.FirstOrDefault(r => r.Refusal is not null).Refusal is { } bad) return run.Refuse(bad);
        var cases = read.Select(r => r.Case!).ToList();
        if (cases.Count == 0) return run.Refuse(Refused.Input("no_file", $"{folder} holds no *.trace.json"));
        if (cases.GroupBy(c => (c.Id, c.Version)).FirstOrDefault(g => g.Select(c => c.Json).Distinct().Count() > 1) is { } twin)
            return run.Refuse(Refused.Input("bad_trace", $"{twin.First().File} and {twin.Last().File} rest on two different definitions called '{twin.Key.Id}' v{twin.Key.Version}; give one another id"));

        var scratch = Directory.CreateTempSubdirectory("verify-conform-");
        try
        {
            await using var runtime = await Runtimes.Open(run.Runtime, [.. cases.Select(c => c.Json).Distinct()], scratch.FullName, cancellation);
            var (passed, refused, failed) = (0, 0, 0);
            foreach (var c in cases)
            {
                // Elsa refuses nothing: it is what the recordings are of.
                if (run.Runtime == Runtimes.Embedded && c.Problems.Count > 0) { refused++; Tell(run, c.File, "refused", Said(c.Problems[0])); continue; }
                var difference = await TraceRun.FirstDifference(runtime, Path.GetFileName(c.File), c.Id, c.Version, c.Trace, cancellation);
                if (difference is null) { passed++; continue; }
                failed++;
                Tell(run, c.File, "failed", difference);
            }
            if (run.Json) Output.Json(new { passed, refused, failed });
            else Output.Line($"passed {passed}, refused {refused}, failed {failed}");
            return failed == 0 ? ExitCodes.Done : ExitCodes.Found;
        }
        finally { scratch.Delete(recursive: true); }
    }

    private static void Tell(Invocation run, string file, string how, string why)
    {
        if (run.Json) Output.JsonLine(new { trace = file, result = how, why });
        else Output.Line($"{file}: {how}: {why}");
    }

    private static string Said(DefinitionProblem p) => $"{(p.Activity is null ? "" : $"activity '{p.Activity}': ")}{p.Reason} [{p.Code}]";

    private static (Case? Case, Refusal? Refusal) Read(string folder, string path)
    {
        var file = Path.GetFileName(path);
        try
        {
            var trace = Trace.Read(File.ReadAllText(path));
            var json = File.ReadAllText(Path.Combine(folder, trace.Definition));
            var reading = DefinitionReader.Read(json);
            var problems = reading.Definition is { } d ? Soundness.Check(d) : reading.Problems;
            using var document = JsonDocument.Parse(json);
            return (new(file, trace, json, reading.Definition, problems, document.RootElement.GetProperty("definitionId").GetString()!, document.RootElement.GetProperty("version").GetInt32()), null);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException) { return (null, Refused.Input("bad_trace", $"{file}: {e.Message}")); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return (null, Refused.Input("no_file", $"{file}: {e.Message}")); }
    }
}
