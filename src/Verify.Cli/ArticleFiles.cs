using Verify.Desk.Features.Intake;
using Verify.Desk.Requests;

namespace Verify.Cli;

/// <summary>Reads articles from files and from standard input.</summary>
internal static class ArticleFiles
{
    public static async Task<Result<ArticleText>> Read(string name, CancellationToken cancellation)
    {
        try
        {
            if (name == "-") return ArticleText.Read("standard input", await ReadAll(Console.OpenStandardInput(), cancellation));
            if (Directory.Exists(name)) return Refused.Input("is_directory", $"{name} is a folder; name the article's file");
            if (!File.Exists(name)) return Refused.Input("no_file", $"{name} does not exist; check the name");
            await using var file = File.OpenRead(name);
            return ArticleText.Read(name, await ReadAll(file, cancellation));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return Refused.Input("cannot_read", $"{name} cannot be read: {e.Message}"); }
    }

    // Stops just past the limit: a file of any size, or a pipe without end, costs no more than that.
    private static async Task<byte[]> ReadAll(Stream stream, CancellationToken cancellation)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[81920];
        while (buffer.Length <= ArticleText.MaxBytes && await stream.ReadAsync(chunk, cancellation) is var read and > 0) buffer.Write(chunk, 0, read);
        return buffer.ToArray();
    }
}
