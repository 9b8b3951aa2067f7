using Verify.Evidence.Provenance;

namespace Verify.Evidence.Policy;

/// <summary>What a definition asks of the evidence before certain outcomes may be chosen.</summary>
/// <param name="For">The outcomes that ask for it.</param>
/// <param name="MinIndependentOrigins">How many independent origins must support the claim; 0: none.</param>
/// <param name="PrimaryDocument">A primary document must be attached.</param>
/// <param name="NamedSource">At least one of the origins must have a name.</param>
public sealed record GroundNeeds(IReadOnlyList<string> For, int MinIndependentOrigins = 0, bool PrimaryDocument = false, bool NamedSource = false)
{
    /// <summary>What is missing, as clauses; empty: the ground holds.</summary>
    /// <param name="confirmed">Counted over what checkers have confirmed, never over proposals.</param>
    public IReadOnlyList<string> Missing(IndependenceReport confirmed, bool hasPrimaryDocument)
    {
        var missing = new List<string>();
        if (confirmed.For < MinIndependentOrigins) missing.Add($"{Origins(MinIndependentOrigins)} for the claim {(MinIndependentOrigins == 1 ? "is" : "are")} needed, {(confirmed.For == 0 ? "none is" : confirmed.For == 1 ? "1 is" : $"{confirmed.For} are")} confirmed{Why(confirmed)}");
        if (PrimaryDocument && !hasPrimaryDocument) missing.Add("a primary document has to be attached");
        if (NamedSource && !confirmed.Origins.Any(o => o.For.Count > 0 && o.Node.Named)) missing.Add("an origin with a name is needed");
        return missing;
    }

    /// <summary>For example "corroborated: 2 independent origins, a primary document".</summary>
    public override string ToString()
    {
        var needs = new List<string>();
        if (MinIndependentOrigins > 0) needs.Add(Origins(MinIndependentOrigins));
        if (PrimaryDocument) needs.Add("a primary document");
        if (NamedSource) needs.Add("an origin with a name");
        return $"{string.Join(", ", For)}: {(needs.Count == 0 ? "nothing" : string.Join(", ", needs))}";
    }

    private static string Origins(int n) => n == 1 ? "1 independent origin" : $"{n} independent origins";

    private static string Why(IndependenceReport r)
    {
        var shared = r.Origins.Where(o => o.For.Count > 1).Select(o => $"{string.Join(", ", o.For)} all lead to {o.Node.Label}").ToList();
        shared.AddRange(r.Circles.Select(c => $"{c.Evidence} leads {(c.ToOwnArticle ? "back to the claim's own article" : "round in a loop")}"));
        return shared.Count == 0 ? "" : $" ({string.Join("; ", shared)})";
    }
}
