namespace Verify.Desk.Data;

/// <summary>Files that were being written when something went wrong.</summary>
internal static class Leftovers
{
    public static void Delete(string path)
    {
        try { File.Delete(path); }
        catch (IOException) { /* harmless: the next try replaces it */ }
    }
}
