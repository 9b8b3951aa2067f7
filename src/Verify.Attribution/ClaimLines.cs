using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Verify.Attribution;

/// <summary>
/// Claims as JSON Lines, one claim a line. Offsets are half-open and counted in Unicode code points, so that tools in
/// other languages read the same spans; <see cref="Span"/> itself counts UTF-16 code units.
/// </summary>
public static class ClaimLines
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="explain">Adds <c>confidence</c> (0 to 1), <c>construction</c> and the deciding <c>cue</c> to each line.</param>
    public static string Write(string text, IReadOnlyList<AttributedClaim> claims, bool explain = false)
    {
        var points = CodePoints(text);
        using var buffer = new MemoryStream();
        for (var i = 0; i < claims.Count; i++)
        {
            using (var w = new Utf8JsonWriter(buffer, Options)) WriteClaim(w, text, points, claims[i], i, explain);
            buffer.WriteByte((byte)'\n');
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void WriteClaim(Utf8JsonWriter w, string text, int[]? points, AttributedClaim claim, int index, bool explain)
    {
        w.WriteStartObject();
        w.WriteString("id", Id(index));
        if (claim.Parent is { } parent) w.WriteString("parent", Id(parent)); else w.WriteNull("parent");
        w.WriteString("quotation", claim.Quotation switch { Quotation.Direct => "direct", Quotation.Mixed => "mixed", _ => "indirect" });
        w.WriteString("form", claim.Form == ContentForm.Clause ? "clause" : "np");
        w.WriteStartArray("content");
        foreach (var span in claim.Content) WriteSpan(w, text, points, span);
        w.WriteEndArray();
        w.WriteStartArray("chain");
        foreach (var link in claim.Chain)
        {
            w.WriteStartObject();
            w.WriteString("role", Lower(link.Role));
            w.WriteString("kind", Lower(link.Kind));
            w.WriteString("resolved", link.Resolved);
            w.WritePropertyName("mention");
            if (link.Mention is { } mention) WriteSpan(w, text, points, mention); else w.WriteNullValue();
            w.WriteStartArray("cue");
            foreach (var cue in link.Cue) WriteSpan(w, text, points, cue);
            w.WriteEndArray();
            w.WriteEndObject();
        }
        w.WriteEndArray();
        if (explain)
        {
            w.WriteNumber("confidence", Math.Round(claim.Confidence, 3));
            w.WriteString("construction", claim.Construction);
            if (claim.Cue is { } cue)
            {
                w.WritePropertyName("cue");
                WriteSpan(w, text, points, cue);
            }
        }
        w.WriteEndObject();
    }

    private static void WriteSpan(Utf8JsonWriter w, string text, int[]? points, Span span)
    {
        w.WriteStartObject();
        w.WriteNumber("start", points is null ? span.Start : points[span.Start]);
        w.WriteNumber("end", points is null ? span.End : points[span.End]);
        w.WriteString("text", text.AsSpan(span.Start, span.Length));
        w.WriteEndObject();
    }

    private static string Id(int index) => $"c{index + 1:00}";

    private static string Lower<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    // Null where each code point is one code unit: then both offsets are the same.
    private static int[]? CodePoints(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDBFF')) return null;
        var points = new int[text.Length + 1];
        for (var i = 0; i < text.Length; i++)
            points[i + 1] = points[i] + (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? 0 : 1);
        return points;
    }
}
