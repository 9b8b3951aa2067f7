using System.Text.Json;
using Verify.Attribution;

namespace Verify.Desk.Definitions;

/// <param name="Reason">Why a claim goes this way, as a clause: "a source in the chain is unnamed".</param>
public sealed record RoutingRule(string Definition, string Reason, bool EmptyChain, IReadOnlySet<string> Kinds, IReadOnlySet<string> Words);

public sealed record Route(string Definition, string Reason);

/// <summary>Picks a definition for a claim by its chain: the first rule that fits, else the default.</summary>
public sealed class Routing
{
    private static readonly HashSet<string> Kinds = Enum.GetNames<SourceKind>().Select(k => k.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);

    private Routing(string defaultDefinition, IReadOnlyList<RoutingRule> rules) => (Default, Rules) = (defaultDefinition, rules);

    public string Default { get; }
    public IReadOnlyList<RoutingRule> Rules { get; }

    public Route Of(AttributedClaim claim, string text)
    {
        foreach (var rule in Rules)
            if (rule.EmptyChain ? claim.Chain.Count == 0 : claim.Chain.Any(l => Fits(rule, l, text))) return new(rule.Definition, rule.Reason);
        return new(Default, "nothing in the chain asks for more");
    }

    private static bool Fits(RoutingRule rule, ChainLink link, string text)
    {
        if (rule.Kinds.Count > 0 && !rule.Kinds.Contains(link.Kind.ToString().ToLowerInvariant())) return false;
        if (rule.Words.Count == 0) return true;
        var mention = link.Mention?.Of(text) ?? link.Resolved;
        return mention.Split([' ', '-', ',', '\'', '’', '"'], StringSplitOptions.RemoveEmptyEntries).Any(w => rule.Words.Contains(w.ToLowerInvariant()));
    }

    public static Routing? Read(string path, IReadOnlySet<string> definitions, List<CatalogProblem> problems)
    {
        void Problem(string code, string reason) => problems.Add(new(Catalog.RoutingFile, null, code, reason));
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            var root = document.RootElement;
            var start = root.GetProperty("default").GetString() ?? "";
            var rules = root.GetProperty("rules").EnumerateArray().Select(ReadRule).ToList();
            foreach (var id in rules.Select(r => r.Definition).Append(start).Distinct().Where(d => !definitions.Contains(d)))
                Problem("unknown_definition", $"'{id}' is not among the definitions of this folder");
            foreach (var kind in rules.SelectMany(r => r.Kinds).Where(k => !Kinds.Contains(k)))
                Problem("unknown_kind", $"'{kind}' is not a kind of source ({string.Join(", ", Kinds)})");
            return new Routing(start, rules);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { Problem("no_routing", "routing.json is missing; without it no claim finds its definition"); }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException) { Problem("bad_routing", $"routing.json needs 'default' and 'rules' with 'definition', 'reason' and 'anyLink' or 'emptyChain': {e.Message}"); }
        return null;
    }

    private static RoutingRule ReadRule(JsonElement e)
    {
        var empty = e.TryGetProperty("emptyChain", out var emptyChain) && emptyChain.GetBoolean();
        var link = empty ? default : e.GetProperty("anyLink");
        IReadOnlySet<string> Set(string name) => link.ValueKind == JsonValueKind.Object && link.TryGetProperty(name, out var list)
            ? list.EnumerateArray().Select(x => x.GetString()!).ToHashSet(StringComparer.Ordinal) : [];
        return new(e.GetProperty("definition").GetString()!, e.GetProperty("reason").GetString()!, empty, Set("kind"), Set("words"));
    }
}
