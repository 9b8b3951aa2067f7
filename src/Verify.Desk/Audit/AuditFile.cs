using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Verify.Desk.Audit;

/// <summary>
/// The first line of a file about the history that is checked without the database: a JSON object. The lines after it are
/// entries, each the bytes that its hash covers: a JSON array of the previous entry's hash, number, time, actor, action,
/// subject, detail, the subject's hash before and after, and all rows with their hashes.
/// </summary>
/// <param name="Verify">What the file is: one of the constants.</param>
/// <param name="Head">The tree that it is about.</param>
/// <param name="From">Of a proof of consistency: the earlier tree.</param>
/// <param name="Path">Of a proof: the hashes that lead to the root, in base64url.</param>
public sealed record AuditFile(string Verify, TreeHead Head, TreeHead? From = null, IReadOnlyList<string>? Path = null)
{
    /// <summary>The whole history: every entry follows.</summary>
    public const string Log = "audit-log";
    /// <summary>That an entry is in it: that one entry follows.</summary>
    public const string Inclusion = "audit-inclusion";
    /// <summary>That an earlier history is its beginning: nothing follows.</summary>
    public const string Consistency = "audit-consistency";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public byte[] ToLine() => [.. JsonSerializer.SerializeToUtf8Bytes(this, Json), (byte)'\n'];

    public static byte[] ToLine(TreeHead head) => [.. JsonSerializer.SerializeToUtf8Bytes(head, Json), (byte)'\n'];

    /// <returns>Null when the line is not one that <see cref="ToLine()"/> writes, to the byte.</returns>
    public static AuditFile? Read(ReadOnlySpan<byte> line) => Read<AuditFile>(line) is { Head: not null } file && file.ToLine().AsSpan()[..^1].SequenceEqual(line) ? file : null;

    public static TreeHead? ReadHead(ReadOnlySpan<byte> line) => Read<TreeHead>(line) is { } head && ToLine(head).AsSpan()[..^1].SequenceEqual(line) ? head : null;

    private static T? Read<T>(ReadOnlySpan<byte> line) where T : class
    {
        try { return JsonSerializer.Deserialize<T>(line, Json); }
        catch (JsonException) { return null; }
    }
}
