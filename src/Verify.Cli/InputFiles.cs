using Verify.Desk.Features.Evidence;
using Verify.Desk.Features.Intake;
using Verify.Desk.Requests;

namespace Verify.Cli;

/// <summary>Reads articles and evidence from files and from standard input.</summary>
internal static class InputFiles
{
    public static async Task<Result<ArticleText>> ReadArticle(string name, CancellationToken cancellation)
    {
        var read = await ReadBytes(name, ArticleText.MaxBytes, cancellation);
        return read.Refusal is { } refusal ? refusal : ArticleText.Read(name == "-" ? "standard input" : name, read.Value);
    }

    public static async Task<Result<EvidenceFile>> ReadEvidence(string name, CancellationToken cancellation)
    {
        var read = await ReadBytes(name, EvidenceFile.MaxBytes, cancellation);
        return read.Refusal is { } refusal ? refusal : await EvidenceFile.Read(name == "-" ? "standard input" : Path.GetFileName(name), read.Value, cancellation);
    }

    private static async Task<Result<byte[]>> ReadBytes(string name, int most, CancellationToken cancellation)
    {
        try
        {
            if (name == "-") return await ReadAll(Console.OpenStandardInput(), most, cancellation);
            if (Directory.Exists(name)) return Refused.Input("is_directory", $"{name} is a folder; name a file");
            if (!File.Exists(name)) return Refused.Input("no_file", $"{name} does not exist; check the name");
            await using var file = File.OpenRead(name);
            return await ReadAll(file, most, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return Refused.Input("cannot_read", $"{name} cannot be read: {e.Message}"); }
    }

    // Stops just past the limit: a file of any size, or a pipe without end, costs no more than that.
    private static async Task<byte[]> ReadAll(Stream stream, int most, CancellationToken cancellation)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[81920];
        while (buffer.Length <= most && await stream.ReadAsync(chunk, cancellation) is var read and > 0) buffer.Write(chunk, 0, read);
        return buffer.ToArray();
    }
}
