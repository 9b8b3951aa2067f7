using System.Text.Json;
using Verify.Attribution;
using Verify.Workflow.Expressions;

namespace Verify.Desk.Data;

/// <summary>The stored form of a claim's spans and chain.</summary>
public static class ClaimForm
{
    /// <summary>Fills in what is said, where, and by whom.</summary>
    public static ClaimRow Describe(ClaimRow row, AttributedClaim claim, string text) => row with
    {
        Quotation = Lower(claim.Quotation),
        Form = claim.Form == ContentForm.Clause ? "clause" : "np",
        Content = Content(claim, text),
        Spans = Spans(claim),
        Chain = Chain(claim),
        Speaker = claim.Speaker?.Resolved ?? claim.Chain.LastOrDefault()?.Resolved,
    };

    public static string Spans(AttributedClaim claim) => Write(w =>
    {
        w.WriteStartArray();
        foreach (var span in claim.Content) WriteSpan(w, span);
        w.WriteEndArray();
    });

    public static string Chain(AttributedClaim claim) => Write(w =>
    {
        w.WriteStartArray();
        foreach (var link in claim.Chain)
        {
            w.WriteStartObject();
            w.WriteString("role", Lower(link.Role));
            w.WriteString("kind", Lower(link.Kind));
            w.WriteString("resolved", link.Resolved);
            if (link.Mention is { } mention) { w.WritePropertyName("mention"); WriteSpan(w, mention); }
            w.WriteStartArray("cue");
            foreach (var cue in link.Cue) WriteSpan(w, cue);
            w.WriteEndArray();
            w.WriteEndObject();
        }
        w.WriteEndArray();
    });

    /// <summary>The content as one line of text, for lists; stretches are joined by an ellipsis.</summary>
    public static string Content(AttributedClaim claim, string text) => string.Join(" … ", claim.Content.Select(s => s.Of(text)));

    public static string Lower<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static void WriteSpan(Utf8JsonWriter w, Span span)
    {
        w.WriteStartArray();
        w.WriteNumberValue(span.Start);
        w.WriteNumberValue(span.End);
        w.WriteEndArray();
    }

    private static string Write(Action<Utf8JsonWriter> write) => JsonText.Of(write, static (w, go) => go(w));
}
