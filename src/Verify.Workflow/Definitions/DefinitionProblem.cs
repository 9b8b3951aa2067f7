namespace Verify.Workflow.Definitions;

/// <summary>Why a definition cannot be used.</summary>
/// <param name="Code">Stable code, for example <c>unknown_activity</c>.</param>
/// <param name="Activity">Id of the activity at fault; null when it is the definition as a whole.</param>
/// <param name="Reason">One line that says what is wrong and what to do.</param>
public sealed record DefinitionProblem(string Code, string? Activity, string Reason);

/// <summary>A definition, or the reasons why there is none.</summary>
public sealed record DefinitionReading(Definition? Definition, IReadOnlyList<DefinitionProblem> Problems);
