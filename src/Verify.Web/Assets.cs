using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Verify.Web;

/// <summary>The style sheet, scripts and icon, embedded, compressed once, under names that change with their content.</summary>
internal static class Assets
{
    private sealed record Asset(string Name, string Path, string Type, byte[] Bytes, byte[] Brotli);

    private static readonly FrozenDictionary<string, Asset> All = Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(n => TypeOf(n) is not null).Select(Load).ToFrozenDictionary(a => a.Name, StringComparer.Ordinal);

    /// <summary>The address of an asset; it may be kept for ever.</summary>
    public static string Path(string name) => All[name].Path;

    public static void MapAssets(this IEndpointRouteBuilder routes)
    {
        foreach (var asset in All.Values)
            routes.MapGet(asset.Path, (HttpContext context) => Send(context, asset)).AllowAnonymous();
        routes.MapGet("/favicon.ico", () => Results.Redirect(Path("icon.svg"))).AllowAnonymous();
    }

    private static async Task Send(HttpContext context, Asset asset)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = "Accept-Encoding";
        context.Response.ContentType = asset.Type;
        var compressed = context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        if (compressed) headers.ContentEncoding = "br";
        var bytes = compressed ? asset.Brotli : asset.Bytes;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private static Asset Load(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, new BrotliCompressionOptions { Quality = 9 }, leaveOpen: true)) brotli.Write(bytes);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];
        return new(name, $"/assets/{System.IO.Path.GetFileNameWithoutExtension(name)}.{hash}{System.IO.Path.GetExtension(name)}", TypeOf(name)!, bytes, compressed.ToArray());
    }

    private static string? TypeOf(string name) => System.IO.Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => null,
    };
}
