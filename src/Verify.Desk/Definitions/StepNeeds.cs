using Verify.Evidence.Policy;
using Verify.Workflow.Definitions;
using Verify.Workflow.Expressions;

namespace Verify.Desk.Definitions;

/// <summary>
/// What a task's payload asks of the evidence:
/// <c>needs: { for: ['corroborated'], minIndependentOrigins: 2, primaryDocument: true, namedSource: true }</c>.
/// </summary>
public static class StepNeeds
{
    public const int MostOrigins = 20;
    private static readonly string[] Flags = ["primaryDocument", "namedSource"];

    /// <returns>Null where the task asks for nothing.</returns>
    public static GroundNeeds? Of(RunTask task) => Read(task) is { } needs && Problem(needs) is null ? Needs(needs) : null;

    /// <returns>Null, or what is wrong with the task's needs.</returns>
    public static string? Problem(RunTask task, IReadOnlyList<string> outcomes)
    {
        if (Read(task) is not { } needs) return null;
        if (Problem(needs) is { } problem) return problem;
        return Needs(needs).For.FirstOrDefault(o => !outcomes.Contains(o)) is { } unknown ? $"payload.needs.for names '{unknown}', which is not an outcome of this task ({string.Join(", ", outcomes)})" : null;
    }

    private static Expression? Read(RunTask task) => (task.Payload as ObjectLiteral)?.Properties.LastOrDefault(p => p.Key == "needs").Value;

    private static string? Problem(Expression needs)
    {
        if (needs is not ObjectLiteral o || o.Properties.Any(p => p.Value.All().Any(e => e is not (Constant or ArrayLiteral)))) return "payload.needs must be an object of plain values";
        if (o.Properties.FirstOrDefault(p => p.Key is not ("for" or "minIndependentOrigins" or "primaryDocument" or "namedSource")).Key is { } key) return $"payload.needs has no '{key}'; it has for, minIndependentOrigins, primaryDocument, namedSource";
        if (Value(o, "for") is not ArrayLiteral { Items.Count: > 0 } list || list.Items.Any(i => i is not Constant { Value: string })) return "payload.needs.for must list the outcomes that it is needed for";
        if (Value(o, "minIndependentOrigins") is { } least && !(least is Constant { Value: double n and >= 0 and <= MostOrigins } && n == Math.Floor(n))) return $"payload.needs.minIndependentOrigins must be a whole number from 0 to {MostOrigins}";
        return Flags.FirstOrDefault(k => Value(o, k) is { } v && v is not Constant { Value: bool }) is { } flag ? $"payload.needs.{flag} must be true or false" : null;
    }

    private static GroundNeeds Needs(Expression needs)
    {
        var o = (ObjectLiteral)needs;
        object? Of(string key) => (Value(o, key) as Constant)?.Value;
        return new([.. ((ArrayLiteral)Value(o, "for")!).Items.Select(i => (string)((Constant)i).Value!)], Of("minIndependentOrigins") is double n ? (int)n : 0, Of("primaryDocument") is true, Of("namedSource") is true);
    }

    private static Expression? Value(ObjectLiteral o, string key) => o.Properties.LastOrDefault(p => p.Key == key).Value;
}
