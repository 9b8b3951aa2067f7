using System.Text.Json;
using Verify.Attribution;

namespace Verify.Desk.Data;

/// <summary>A link of a stored chain.</summary>
public sealed record StoredLink(string Role, string Kind, string Resolved, Span? Mention, IReadOnlyList<Span> Cue)
{
    /// <param name="keeps">Which of its places are still good; the others are left out.</param>
    public ChainLink ToLink(Func<Span, bool> keeps) => new(Enum.Parse<LinkRole>(Role, true), Enum.Parse<SourceKind>(Kind, true), Mention is { } m && keeps(m) ? m : null, Resolved, [.. Cue.Where(keeps)]);
}

/// <summary>Reads the stored form of a chain and of spans; <see cref="ClaimForm"/> writes it.</summary>
public static class ChainLinks
{
    // By hand: every `check` reads chains, and the reflection behind a deserialiser costs a new process tens of milliseconds.
    public static IReadOnlyList<StoredLink> Of(string chain)
    {
        using var document = JsonDocument.Parse(chain);
        return
        [
            .. document.RootElement.EnumerateArray().Select(l => new StoredLink(l.GetProperty("role").GetString()!, l.GetProperty("kind").GetString()!, l.GetProperty("resolved").GetString()!,
                l.TryGetProperty("mention", out var mention) ? At(mention) : null, [.. l.GetProperty("cue").EnumerateArray().Select(At)])),
        ];
    }

    /// <summary>A claim's stretches, as stored.</summary>
    public static IReadOnlyList<Span> Spans(string spans)
    {
        using var document = JsonDocument.Parse(spans);
        return [.. document.RootElement.EnumerateArray().Select(At)];
    }

    private static Span At(JsonElement span) => new(span[0].GetInt32(), span[1].GetInt32());
}
