namespace Verify.Web;

/// <summary>How the desk is served.</summary>
/// <param name="Urls">Addresses to listen on, for example <c>http://127.0.0.1:5080</c>.</param>
/// <param name="Backups">Folder for backups that are asked for in the browser; it is created when needed.</param>
/// <param name="Keys">Folder for the keys that sign forms, kept over restarts; only its owner may read it.</param>
/// <param name="BehindProxy">A proxy on this machine speaks HTTPS to the browsers; what it says of them is believed.</param>
/// <param name="SetupToken">The secret of the one-time link by which the first administrator is made; null: nobody can be.</param>
public sealed record ServeOptions(IReadOnlyList<string> Urls, string Backups, string Keys, bool BehindProxy = false, string? SetupToken = null)
{
    /// <summary>A runtime's own interface, served beside the desk; null: none is.</summary>
    public RuntimeApi? RuntimeApi { get; init; }

    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>Null, or why these addresses are not served: passwords do not go over a network in the clear.</summary>
    public string? Problem()
    {
        foreach (var url in Urls)
        {
            if (!Uri.TryCreate(url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
                return $"'{url}' is no address to listen on; write for example {DefaultUrl}";
            if (uri.Scheme == "http" && !uri.IsLoopback && !BehindProxy)
                return $"{url} can be reached from other machines, and would carry passwords in the clear; listen on {DefaultUrl} behind a proxy that speaks HTTPS, or give an https address";
        }
        return RuntimeApi?.Problem();
    }
}
