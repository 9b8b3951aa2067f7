using System.Text;

namespace Verify.Workflow.Definitions;

/// <summary>What of Elsa's definitions both runtimes run alike. The reader holds to these tables, and the page on the subset is printed from them.</summary>
public static class Subset
{
    /// <param name="Form">As a person would write it.</param>
    public sealed record Input(string Name, string Form);

    public sealed record ActivityType(string Name, string Does, string Outcomes, params Input[] Inputs);

    public static readonly IReadOnlyList<ActivityType> Activities =
    [
        new("Start", "Begins the flowchart; else the first activity that nothing leads to.", "Done"),
        new("RunTask", "A person's step: waits until its task is completed, and writes the answer to a variable.", "Done",
            Of("taskName", "String, any expression"), Of("payload", "ObjectDictionary, any expression; evaluated when the task is opened and when it is completed"),
            Of("result", "a declared variable, by `memoryReference.id`"), Of("taskId", "null")),
        new("FlowSwitch", "Routes by conditions. All of them are evaluated, also after the first that is met.", "the labels of its cases, Default",
            Of("cases", "list of `label` and `condition`"), Of("mode", "literal MatchFirst (default) or MatchAny")),
        new("FlowDecision", "Routes by one condition.", "True, False", Of("condition", "Boolean, any expression")),
        new("FlowFork", "Goes on along several branches.", "its branches", Of("branches", "String[], an Object expression holding a JSON list of names")),
        new("FlowJoin", "Waits for branches; when it goes on, whatever is open before it is withdrawn.", "Done",
            Of("mode", "literal WaitAny (default: the first that arrives), WaitAllActive (all that were taken), WaitAll (all, and it is skipped where one was not taken)")),
        new("SetVariable", "Writes a variable.", "Done", Of("variable", "a declared variable, by id or name"), Of("value", "Object, any expression")),
        new("Delay", "Waits for a length of time; the clock is the desk's.", "Done", Of("timeSpan", "literal [d.]hh:mm:ss")),
        new("Finish", "Ends the workflow; what is open is withdrawn.", "none"),
        new("End", "Ends the flowchart; what is open is withdrawn.", "none"),
        new("Fault", "Ends the workflow with an incident (or the branch, under ContinueWithIncidentsStrategy).", "none",
            Of("code", "String, any expression"), Of("category", "String"), Of("faultType", "String"), Of("message", "String, any expression")),
    ];

    /// <summary>Why a definition is refused, by code: first what cannot be read, then what would lose or double work, last what a desk asks beyond that.</summary>
    public static readonly IReadOnlyList<(string Codes, string Why)> Refusals =
    [
        ("not_json, not_a_definition, no_id, no_version, no_name, no_flowchart, empty, too_large, duplicate_id", "It is no definition, or nothing in it can be told apart from something else."),
        ("unknown_activity, unknown_input, unknown_mode, unknown_strategy, unknown_type, bad_default", "Outside the subset: Elsa would fault when it comes to it, or ignore it."),
        ("unknown_language, bad_input, missing_input, bad_expression", "Elsa reads an unknown language, or an input without its type, as null; a condition is then False without a word."),
        ("not_stored", "A variable or input without a storage driver is lost at the first wait."),
        ("unknown_variable, unknown_target", "A name that nothing has."),
        ("skipped_join", "A WaitAll join to which one way is not taken is skipped, and with it all that had arrived."),
        ("doubled_join, doubled_task", "A WaitAny join fires twice, or a task is opened while it is open: what is behind is done twice."),
        ("work_after_end", "A task waits after an End; what is decided on it goes nowhere."),
        ("faults", "An expression fails on a value that it can meet (a property of an unset variable, a condition that is neither true nor false, a number that cannot be stored), or a way back is taken whose target can be avoided."),
        ("stuck", "Under ContinueWithIncidentsStrategy, a branch that has faulted leaves the item waiting for nothing, for ever."),
        ("unreachable, unknown_port, unconnected_outcome, no_end, ends_unseen, no_end_ahead", "Desks only: every activity is reached, every outcome leads somewhere, every way ends, by an End or a Finish."),
        ("unsound_back, nested_back", "Desks only: ways back that are refused when they are taken, or whose second round is skipped."),
    ];

    private const string Expressions = """
        | Form | For example |
        | --- | --- |
        | variable, property | `variables.check.outcome`, `getVariable('check').outcome` (not `variables['check']`, which Elsa leaves undefined) |
        | input | `getInput('ClaimId')` |
        | literal | `'text'`, `"text"`, `3.5`, `true`, `null`, `undefined`, `[1, 2]`, `{ role: 'editor' }` |
        | comparison | `===` `!==` `<` `<=` `>` `>=` (not `==`, `!=`) |
        | logic | `&&` <code>&#124;&#124;</code> `!` `a ? b : c` |
        | arithmetic, joining text | `+` `-` `*` `/` `%` |
        | as JSON | `toJson(variables.check)` |

        An expression is written `return …;` or bare. There are no assignments, loops or calls; its cost is bounded by its length (4,000 characters, 64 levels).
        """;

    private static Input Of(string name, string form) => new(name, form);

    internal static bool IsInput(string type, string name) => Activities.Any(a => $"Elsa.{a.Name}" == type && a.Inputs.Any(i => i.Name == name));

    /// <summary>The page, as Markdown.</summary>
    public static string Page()
    {
        var page = new StringBuilder("# What of Elsa's workflow definitions Verify runs\n\nPrinted by `verify workflows subset`; a test fails when the two differ. What is not here is refused when the file is loaded, with file, activity and reason.\n\n## Activities\n\n| Activity | What it does | Outcomes | Inputs |\n| --- | --- | --- | --- |\n");
        foreach (var a in Activities) page.Append($"| `Elsa.{a.Name}` | {a.Does} | {a.Outcomes} | {string.Join("<br>", a.Inputs.Select(i => $"`{i.Name}`: {i.Form}"))} |\n");
        page.Append($"\n## Expressions\n\nLanguages: `Literal`, `Object` (JSON), `JavaScript`, of which this part means the same under Elsa:\n\n{Expressions}\n\n## What is refused\n\n| Code | Why |\n| --- | --- |\n");
        foreach (var (codes, why) in Refusals) page.Append($"| {string.Join(" ", codes.Split(", ").Select(c => $"`{c}`"))} | {why} |\n");
        return page.Append($"\nWhat loses or doubles work is found by walking every way through the definition (up to {Soundness.MaxStates:N0} states), with every answer that its expressions tell apart; the reason shows the way.\n").ToString();
    }
}
