namespace Verify.Cli;

internal static class Chains
{
    /// <summary>A chain on one line: <c>CNN (relay) → Mike Pompeo → cable (document)</c>.</summary>
    public static string Text(IEnumerable<(string Role, string Kind, string Resolved)> chain)
    {
        var links = chain.Select(l => (l.Resolved.Length == 0 ? "somebody" : l.Resolved) + (l.Role == "relay" ? " (relay)" : l.Kind is "document" or "post" or "broadcast" or "anonymous" && !l.Resolved.EndsWith(l.Kind, StringComparison.Ordinal) ? $" ({l.Kind})" : ""));
        var text = string.Join(" → ", links);
        return text.Length == 0 ? "no source given" : text;
    }
}
