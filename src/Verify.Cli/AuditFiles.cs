using Verify.Desk.Audit;
using Verify.Desk.Requests;

namespace Verify.Cli;

/// <summary>Files about the history that the command line is given.</summary>
internal static class AuditFiles
{
    public static Result<FileStream> Open(string path)
    {
        if (path.Length == 0) return Refused.Invalid("the name of the file is empty");
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
        var (heads, number, spoiled) = (new List<TreeHead>(), 0, new List<int>());
        try
        {
            for (; reader.ReadLine() is { } line; number++)
                if (AuditFile.ReadHead(System.Text.Encoding.UTF8.GetBytes(line)) is { } head && head.IsSigned()) heads.Add(head);
                else spoiled.Add(number + 1);
        }
        catch (IOException e) { return Refused.Input("cannot_read", $"{path} cannot be read: {e.Message}"); }
        if (number == 0) return Refused.Input("empty", $"{path} holds no heads");
        if (heads.Count == 0) return Refused.Input("damaged", $"line {spoiled[0]} of {path} is no head as `verify audit head` signs it, and no other is");
        if (spoiled.Count > 0) Output.Remark($"of {path} these lines are no heads as `verify audit head` signs them, and are left out: {string.Join(", ", spoiled)}");
        return Result<IReadOnlyList<TreeHead>>.Of(heads);
    }
}
