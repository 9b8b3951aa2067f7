using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Verify.Desk.Data;

namespace Verify.Desk.Audit;

/// <summary>The hash of a row or an entry: SHA-256 over its values as a JSON array, in base64url.</summary>
public static class RowHash
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const int MostKept = 1 << 18; // a whole document's text is not held for the next small row
    [ThreadStatic] private static ArrayBufferWriter<byte>? t_buffer;
    [ThreadStatic] private static Utf8JsonWriter? t_writer;

    public static string Of(IAuditedRow row) => Of(row.Values);

    // SQLite stores half a surrogate pair as another character: a hash over it would never fit the row again.
    private static string WellFormed(string s)
    {
        for (var i = 0; ; i++)
        {
            var next = s.AsSpan(i).IndexOfAnyInRange('\ud800', '\udfff');
            if (next < 0) return s;
            i += next;
            if (i + 1 == s.Length || !char.IsSurrogatePair(s[i], s[i + 1])) throw new ArgumentException("text with half a character in it cannot be recorded", nameof(s));
            i++;
        }
    }

    public static string Of(IEnumerable<object?> values) => Of(Write(values));

    public static string Of(ReadOnlySpan<byte> canonical) => Base64Url.EncodeToString(SHA256.HashData(canonical));

    /// <summary>The bytes that are hashed: the values as a JSON array, without line breaks.</summary>
    public static byte[] Canonical(IEnumerable<object?> values) => Write(values).ToArray();

    // Valid until the thread's next.
    private static ReadOnlySpan<byte> Write(IEnumerable<object?> values)
    {
        if (t_buffer is null or { Capacity: > MostKept }) (t_buffer, t_writer) = (new ArrayBufferWriter<byte>(4096), null);
        var buffer = t_buffer;
        var w = t_writer ??= new Utf8JsonWriter(buffer, Options);
        buffer.ResetWrittenCount();
        w.Reset(); // the last one may have ended half way
        w.WriteStartArray();
        foreach (var value in values)
            switch (value)
            {
                case null: w.WriteNullValue(); break;
                case string s: w.WriteStringValue(WellFormed(s)); break;
                case long n: w.WriteNumberValue(n); break;
                case double d: w.WriteNumberValue(d); break;
                default: throw new ArgumentException($"a {value.GetType().Name} has no canonical form here", nameof(values));
            }
        w.WriteEndArray();
        w.Flush();
        return buffer.WrittenSpan;
    }
}
