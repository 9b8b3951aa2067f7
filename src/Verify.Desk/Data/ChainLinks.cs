using System.Text.Json;

namespace Verify.Desk.Data;

/// <summary>A link of a stored chain.</summary>
public sealed record StoredLink(string Role, string Kind, string Resolved, int[]? Mention, int[][] Cue);

public static class ChainLinks
{
    // By hand: every `check` reads chains, and the reflection behind a deserialiser costs a new process tens of milliseconds.
    public static IReadOnlyList<StoredLink> Of(string chain)
    {
        using var document = JsonDocument.Parse(chain);
        return
        [
            .. document.RootElement.EnumerateArray().Select(l => new StoredLink(l.GetProperty("role").GetString()!, l.GetProperty("kind").GetString()!, l.GetProperty("resolved").GetString()!,
                l.TryGetProperty("mention", out var mention) ? Span(mention) : null, [.. l.GetProperty("cue").EnumerateArray().Select(Span)])),
        ];
    }

    /// <summary>Where a claim's first stretch begins.</summary>
    public static int FirstPlace(string spans)
    {
        using var document = JsonDocument.Parse(spans);
        return document.RootElement[0][0].GetInt32();
    }

    private static int[] Span(JsonElement span) => [span[0].GetInt32(), span[1].GetInt32()];
}
