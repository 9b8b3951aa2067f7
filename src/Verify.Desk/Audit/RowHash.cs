using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Verify.Desk.Data;
using Verify.Workflow.Expressions;

namespace Verify.Desk.Audit;

/// <summary>The hash of a row or an entry: SHA-256 over its values as a JSON array, in base64url.</summary>
public static class RowHash
{
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

    private static ReadOnlySpan<byte> Write(IEnumerable<object?> values) => JsonText.Bytes(values, Write);

    private static void Write(Utf8JsonWriter w, IEnumerable<object?> values)
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
}
