using Verify.Workflow.Expressions;

namespace Verify.Workflow.Definitions;

/// <summary>The steps of a definition as people read them.</summary>
public static class StepList
{
    /// <param name="DueHours">As text; empty: it is due at no time.</param>
    /// <param name="Verdict">Which verdict it asks for; empty: none.</param>
    public sealed record StepLine(string Activity, string Step, string Role, string Kind, string DueHours, string Verdict, IReadOnlyList<string> Outcomes);

    public static IEnumerable<StepLine> Of(Definition definition) => definition.Activities.OfType<RunTask>().Select(t => new StepLine(
        t.Id, (t.TaskName as Constant)?.Value as string ?? t.Id, Text(t, "role"), Text(t, "kind"), Text(t, "dueHours"), Text(t, "verdict"), TaskOutcomes.Of(definition, t)));

    private static string Text(RunTask task, string name) =>
        (task.Payload as ObjectLiteral)?.Properties.FirstOrDefault(p => p.Key == name).Value is Constant { Value: { } value } ? FlowValue.ToText(value) : "";
}
