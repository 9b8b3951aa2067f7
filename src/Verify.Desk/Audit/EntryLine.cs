using System.Text.Json;
using System.Text.Unicode;

namespace Verify.Desk.Audit;

/// <summary>An entry as it stands in an export: <see cref="AuditEntry.Values"/> as a JSON array.</summary>
internal static class EntryLine
{
    // Previous hash, number, time, actor, action, subject, detail, hash before and after (where there was one), rows.
    private const string Fields = "snnssssoos";

    /// <returns>Hash of the entry before it and its own number; null when the line is no entry.</returns>
    public static (string Previous, long Seq)? Read(ReadOnlySpan<byte> line)
    {
        if (!Utf8.IsValid(line)) return null;
        // The reader itself takes "\ud800" for text; whoever wants to read it finds that it is half a character.
        var mayBeHalf = line.IndexOf("\\u"u8) >= 0;
        var reader = new Utf8JsonReader(line);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray) return null;
            var (previous, seq, at) = ("", 0L, 0);
            for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; at++)
            {
                if (at == Fields.Length || !Fits(reader.TokenType, Fields[at])) return null;
                if (at == 0) previous = reader.GetString()!;
                else if (mayBeHalf && reader.TokenType == JsonTokenType.String) _ = reader.GetString();
                else if (at == 1) seq = reader.GetInt64();
            }
            return at == Fields.Length && !reader.Read() ? (previous, seq) : null;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException) { return null; }
    }

    /// <summary>An entry that was read, for people: its number, what happened, by whom and when.</summary>
    public static string Describe(byte[] line)
    {
        using var entry = JsonDocument.Parse(line);
        var e = entry.RootElement;
        return $"entry {e[1]} ({e[4]} by {e[3]} at {TreeHead.TimeOf(e[2].TryGetInt64(out var at) ? at : 0)}: {e[6]})";
    }

    private static bool Fits(JsonTokenType token, char field) => token switch
    {
        JsonTokenType.String => field is 's' or 'o',
        JsonTokenType.Null => field == 'o',
        JsonTokenType.Number => field == 'n',
        _ => false,
    };
}
