using System.Security.Cryptography;
using System.Text;
using Verify.Desk.Requests;

namespace Verify.Desk.Audit;

/// <summary>
/// The key that the desk signs its tree heads with: made when it is first needed, in the folder beside the database that
/// only its owner may read.
/// </summary>
internal static class AuditKey
{
    /// <returns>The key; the caller disposes of it.</returns>
    public static Result<ECDsa> OpenOrCreate(string database)
    {
        var folder = database + "-keys";
        var file = Path.Combine(folder, "audit.pem");
        try
        {
            if (!File.Exists(file)) Create(folder, file);
            var key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(file));
            key.SignData([], HashAlgorithmName.SHA256); // a public key alone is read as well
            return key;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return Refused.Input("cannot_write", $"{file}, which signs the history's heads, can be neither read nor made: {e.Message}"); }
        catch (Exception e) when (e is CryptographicException or ArgumentException) { return Refused.Input("damaged", $"{file} holds no key; restore it, or take it away and another is made (heads signed by the old one stay valid)"); }
    }

    private static void Create(string folder, string file)
    {
        Directory.CreateDirectory(folder);
        var unfinished = Path.Combine(folder, $"audit-{Guid.CreateVersion7()}.new");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
        using (var stream = new FileStream(unfinished, options))
        {
            stream.Write(Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
            stream.Flush(flushToDisk: true);
        }
        // Another process may have made one meanwhile: then that is the key.
        try { File.Move(unfinished, file, overwrite: false); }
        catch (IOException) when (File.Exists(file)) { File.Delete(unfinished); }
    }
}
