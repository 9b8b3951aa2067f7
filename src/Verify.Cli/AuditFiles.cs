using Verify.Desk.Audit;
using Verify.Desk.Requests;

namespace Verify.Cli;

/// <summary>Files about the history that the command line is given.</summary>
internal static class AuditFiles
{
    public static Result<FileStream> Open(string path)
    {
        if (Directory.Exists(path)) return Refused.Input("is_directory", $"{path} is a folder; name a file");
        try { return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1); }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException) { return Refused.Input("no_file", $"there is no file {path}"); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return Refused.Input("cannot_read", $"{path} cannot be read: {e.Message}"); }
    }

    /// <summary>The heads in a file, a line each; none when no file is named.</summary>
    public static Result<IReadOnlyList<TreeHead>> ReadHeads(string? path)
    {
        if (path is null) return Result<IReadOnlyList<TreeHead>>.Of([]);
        var opened = Open(path);
        if (opened.Refusal is { } refusal) return refusal;
        using var file = opened.Value;
        using var reader = new StreamReader(file);
        var heads = new List<TreeHead>();
        while (reader.ReadLine() is { } line)
            if (AuditFile.ReadHead(System.Text.Encoding.UTF8.GetBytes(line)) is { } head && head.IsSigned()) heads.Add(head);
            else return Refused.Input("damaged", $"line {heads.Count + 1} of {path} is no head as `verify audit head` signs it");
        return heads.Count == 0 ? Refused.Input("empty", $"{path} holds no heads") : Result<IReadOnlyList<TreeHead>>.Of(heads);
    }
}
