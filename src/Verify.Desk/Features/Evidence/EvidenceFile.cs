using System.Security.Cryptography;
using System.Text;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Evidence;

/// <summary>A file or text as it will be stored: what it is, and what it says as far as that can be read.</summary>
public sealed record EvidenceFile(string Name, byte[] Bytes, string MediaType, string? Text)
{
    /// <summary>The largest file that is taken, in bytes.</summary>
    public const int MaxBytes = 50 * 1024 * 1024;
    /// <summary>How long reading a file's text may take.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(30);
    /// <summary>How much memory the reader may use, in bytes.</summary>
    public const long MaxMemory = 600L * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private static readonly Dictionary<string, string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        [".pdf"] = "application/pdf",
        [".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [".html"] = "text/html",
        [".htm"] = "text/html",
        [".txt"] = "text/plain",
        [".md"] = "text/plain",
        [".eml"] = "text/plain",
        [".csv"] = "text/csv",
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".mp3"] = "audio/mpeg",
        [".wav"] = "audio/wav",
        [".mp4"] = "video/mp4",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };

    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Bytes));

    /// <summary>Says what kind of file it is by its bytes, and takes its text in a process of its own.</summary>
    /// <param name="name">What the user called it; its ending must fit what it is.</param>
    public static async Task<Result<EvidenceFile>> Read(string name, byte[] bytes, CancellationToken cancellation = default)
    {
        if (bytes.Length > MaxBytes) return Refused.Input("too_large", $"{name} has more than {MaxBytes / 1024 / 1024} MB; attach the pages that matter, or a reference to where it is kept");
        if (bytes.Length == 0) return Refused.Input("empty", $"{name} is empty; attach the file itself");
        var named = Known.GetValueOrDefault(Path.GetExtension(name));
        var found = Sniff(bytes);
        // Old files are not always UTF-8; what is called a text and holds no zero byte is one.
        if (found == "application/octet-stream" && named is not null && Family(named) == "text" && Array.IndexOf(bytes, (byte)0) < 0) found = named == "text/html" ? "text/html" : "text/plain";
        if (named == "text/html" && found == "text/plain") found = "text/html";
        if (named is not null && Family(named) != Family(found)) return Refused.Input("wrong_type", $"{name} is not what its ending says ({found}); name it for what it is, or get the right file");
        switch (found)
        {
            case "application/pdf": return await WithText(name, bytes, found, "pdf", cancellation);
            case "application/zip" when named?.Contains("wordprocessing", StringComparison.Ordinal) == true: return await WithText(name, bytes, named, "docx", cancellation);
            case "application/msword-encrypted" when named?.Contains("wordprocessing", StringComparison.Ordinal) == true: return Refused.Input("encrypted", $"{name} is encrypted, or in the format before .docx; save it as .docx without a password");
            case "text/html": return await WithText(name, bytes, found, "html", cancellation);
            case "text/plain" when Decode(bytes) is { } blank && string.IsNullOrWhiteSpace(blank): return Refused.Input("empty", $"{name} has no text in it; attach the file itself");
            case "text/plain": return new EvidenceFile(name, bytes, named ?? found, Decode(bytes) ?? Encoding.Latin1.GetString(bytes));
            default: return new EvidenceFile(name, bytes, named ?? found, null);
        }
    }

    // By what the bytes are, not by what the file is called.
    private static string Sniff(byte[] b) => b switch
    {
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "application/pdf",
        [0x50, 0x4B, 0x03, 0x04, ..] or [0x50, 0x4B, 0x05, 0x06, ..] => "application/zip",
        [0xD0, 0xCF, 0x11, 0xE0, ..] => "application/msword-encrypted",
        [0x89, 0x50, 0x4E, 0x47, ..] => "image/png",
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [0x49, 0x44, 0x33, ..] or [0xFF, 0xFB or 0xFA or 0xF3 or 0xF2, ..] => "audio/mpeg",
        [0x52, 0x49, 0x46, 0x46, _, _, _, _, 0x57, 0x41, 0x56, 0x45, ..] => "audio/wav",
        [_, _, _, _, 0x66, 0x74, 0x79, 0x70, ..] => "video/mp4",
        _ => Decode(b) is not { } text ? "application/octet-stream" : LooksLikeHtml(text) ? "text/html" : "text/plain",
    };

    private static string Family(string type) => type switch
    {
        _ when type.StartsWith("text/", StringComparison.Ordinal) => "text",
        _ when type.Contains("openxml", StringComparison.Ordinal) || type is "application/zip" or "application/msword-encrypted" => "office",
        _ => type,
    };

    private static string? Decode(byte[] bytes)
    {
        try
        {
            if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) return new UnicodeEncoding(bytes[0] == 0xFE, true, true).GetString(bytes, 2, bytes.Length - 2);
            if (Array.IndexOf(bytes, (byte)0) >= 0) return null;
            return Strict.GetString(bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes.AsSpan(3) : bytes);
        }
        catch (DecoderFallbackException) { return null; }
    }

    private static bool LooksLikeHtml(string text)
    {
        var head = text.AsSpan(0, Math.Min(text.Length, 2000)).TrimStart();
        return head.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase) || head.StartsWith("<html", StringComparison.OrdinalIgnoreCase) || head.StartsWith("<body", StringComparison.OrdinalIgnoreCase) || head.StartsWith("<head", StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<Result<EvidenceFile>> WithText(string name, byte[] bytes, string type, string kind, CancellationToken cancellation)
    {
        var (status, output, why) = await DocumentProcess.Run(kind, bytes, cancellation);
        return status switch
        {
            0 => new EvidenceFile(name, bytes, type, output),
            10 => Refused.Input("encrypted", $"{name}: {why}; remove the password and attach it again"),
            12 => Refused.Input("too_large", $"{name}: {why}; attach the pages that matter"),
            DocumentProcess.TooSlow => Refused.Input("too_slow", $"{name} took longer than {MaxTime.TotalSeconds:0} s to read; attach the pages that matter, or its text"),
            DocumentProcess.TooMuchMemory => Refused.Input("too_large", $"{name} needs more than {MaxMemory / 1024 / 1024} MB of memory to read; attach the pages that matter"),
            DocumentProcess.Missing => Refused.Input("no_reader", "the program verify-documents is not beside verify; reinstall, or attach the text"),
            _ => Refused.Input("damaged", $"{name}: {(why.Length > 0 ? why : "it cannot be read")}; get an undamaged copy, or attach its text"),
        };
    }
}
