using System.CommandLine;
using Verify.Attribution;

namespace Verify.Cli.Verbs;

internal static class ExtractVerb
{
    private static readonly Argument<string> Source = new("file|folder") { Description = "An article, or a folder of them (*.txt, *.html, *.htm)" };
    private static readonly Option<string?> Out = new("--out") { Description = "Folder for NAME.jsonl files; else one article's lines go to standard output" };
    private static readonly Option<bool> Explain = new("--explain") { Description = "Add how sure the extractor is (0 to 1), which construction it recognised, and by which word" };

    public static Command Create()
    {
        var command = new Command("extract", """
            Find claims only and write them as JSON Lines; nothing is stored. Offsets count Unicode code points of the
            text; for HTML that is the text extracted from it, which is written beside as NAME.txt.

            Example:
              verify extract articles/ --out claims/
            """) { Source, Out, Explain };
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult parse, CancellationToken cancellation)
    {
        var run = new Invocation(parse, cancellation);
        var source = parse.GetValue(Source)!;
        var folder = parse.GetValue(Out);
        if (Directory.Exists(source) && folder is null)
            return run.Refuse(Desk.Requests.Refused.Invalid("a folder's claims need --out FOLDER"));
        string[] files = Directory.Exists(source)
            ? [.. Directory.GetFiles(source).Where(f => Path.GetExtension(f).ToLowerInvariant() is ".txt" or ".html" or ".htm").Order(StringComparer.Ordinal)]
            : [source];
        if (files.GroupBy(Path.GetFileNameWithoutExtension).FirstOrDefault(g => g.Count() > 1) is { } twins)
            return run.Refuse(Desk.Requests.Refused.Invalid($"{string.Join(" and ", twins.Select(Path.GetFileName))} would both be written as {twins.Key}.jsonl; rename one"));
        var (status, written) = (ExitCodes.Done, 0);
        foreach (var file in files)
        {
            var read = await InputFiles.ReadArticle(file, cancellation);
            if (read.Refusal is { } refusal) { status = run.Refuse(refusal); continue; }
            var lines = ClaimLines.Write(read.Value.Text, Extractor.Extract(read.Value.Text), parse.GetValue(Explain));
            if (folder is null) { await Console.Out.WriteAsync(lines); continue; }
            var name = file == "-" ? "stdin" : Path.GetFileNameWithoutExtension(file);
            try
            {
                Directory.CreateDirectory(folder);
                await File.WriteAllTextAsync(Path.Combine(folder, name + ".jsonl"), lines, cancellation);
                written++;
                if (Path.GetExtension(file).StartsWith(".htm", StringComparison.OrdinalIgnoreCase)) await File.WriteAllTextAsync(Path.Combine(folder, name + ".txt"), read.Value.Text, cancellation);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return run.Refuse(Desk.Requests.Refused.Input("cannot_write", $"{folder} cannot be written: {e.Message}")); }
        }
        if (folder is not null) Output.Remark($"{Output.Count(written, "article")} to {folder}");
        return status;
    }
}
