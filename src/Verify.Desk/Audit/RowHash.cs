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

    public static string Of(IAuditedRow row) => Of(row.Values);

    // SQLite stores half a surrogate pair as another character: a hash over it would never fit the row again.
    private static string WellFormed(string s)
    {
        for (var i = 0; i < s.Length; i++)
        {
            if (!char.IsSurrogate(s[i])) continue;
            if (i + 1 == s.Length || !char.IsSurrogatePair(s[i], s[i + 1])) throw new ArgumentException("text with half a character in it cannot be recorded", nameof(s));
            i++;
        }
        return s;
    }

    public static string Of(IEnumerable<object?> values)
    {
        using var buffer = Canonical(values);
        return Of(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    public static string Of(ReadOnlySpan<byte> canonical) => Base64Url.EncodeToString(SHA256.HashData(canonical));

    /// <summary>The bytes that are hashed: the values as a JSON array, without line breaks.</summary>
    public static MemoryStream Canonical(IEnumerable<object?> values)
    {
        var buffer = new MemoryStream(512);
        using (var w = new Utf8JsonWriter(buffer, Options))
        {
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
        }
        return buffer;
    }
}
