using Verify.Desk.Requests;

namespace Verify.Desk.Data;

/// <summary>A file that somebody asked for: it gets its name when it is whole, and never takes another's place.</summary>
internal static class NewFile
{
    /// <returns>Null, or why nothing can be written there.</returns>
    /// <param name="what">What it is to be: <c>a backup</c>.</param>
    public static Refusal? Refusal(string path, string what)
    {
        if (File.Exists(path) || Directory.Exists(path)) return Refused.Input("exists", $"{path} exists already; {what} never overwrites, choose another name");
        return NoFolder(path);
    }

    /// <returns>Null, or the refusal where the folder that the file would lie in is not there.</returns>
    public static Refusal? NoFolder(string path) =>
        Path.GetDirectoryName(path) is { } folder && !Directory.Exists(folder) ? Refused.Input("no_folder", $"the folder {folder} does not exist; create it first") : null;

    public static Refusal CannotWrite(string path, Exception e) => Refused.Input("cannot_write", $"{path} cannot be written: {e.Message}");

    /// <summary>Takes away what was being written when something went wrong.</summary>
    public static void Delete(string unfinished)
    {
        try { File.Delete(unfinished); }
        catch (IOException) { /* harmless: the next try replaces it */ }
    }
}
