using Verify.Workflow.Expressions;

namespace Verify.Workflow.Definitions;

/// <summary>
/// The answers to a task that a definition's expressions tell apart: for each property that is compared with a literal, that
/// literal, its neighbours if it is a number, and something else.
/// </summary>
internal sealed class Answers
{
    private const int MostOfOne = 24; // combinations of a task's properties; more would tell apart what few expressions do
    private readonly Dictionary<string, SortedDictionary<string, List<object?>>> _properties = new(StringComparer.Ordinal);
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly Definition? _routedOnly;

    /// <param name="routedOnly">Whether a task ends with one of the outcomes that the definition routes, as on a desk, which refuses others.</param>
    public Answers(Definition definition, bool routedOnly)
    {
        _routedOnly = routedOnly ? definition : null;
        foreach (var node in definition.Activities.Where(a => a is FlowSwitch or FlowDecision or SetVariable).SelectMany(a => a.Expressions).SelectMany(e => e.All()))
        {
            if (node is VariableRead v) _read.Add(v.Name);
            if (node is Property { Target: VariableRead of, Name: var name }) Values(of.Name, name);
            if (node is not Binary b) continue;
            Compare(b.Left, b.Right);
            Compare(b.Right, b.Left);
        }
        Input = new([.. definition.Inputs.Select(i => KeyValuePair.Create(i, (object?)"1"))]);
    }

    public FlowObject Input { get; }

    /// <summary>Whether anything that decides reads the variable.</summary>
    public bool IsRead(string variable) => _read.Contains(variable);

    public IReadOnlyList<FlowObject> Of(RunTask task)
    {
        IEnumerable<IReadOnlyList<KeyValuePair<string, object?>>> all = [[]];
        if (task.ResultVariable is { } variable && _properties.TryGetValue(variable, out var properties))
            foreach (var (name, told) in properties)
            {
                var values = name == "outcome" && _routedOnly is { } d ? TaskOutcomes.Of(d, task).Cast<object?>() : told;
                all = all.SelectMany(before => values.Distinct().Select(v => (IReadOnlyList<KeyValuePair<string, object?>>)[.. before, new(name, v)]));
            }
        return [.. all.Take(MostOfOne).Select(p => new FlowObject(p))];
    }

    private List<object?> Values(string variable, string property)
    {
        if (!_properties.TryGetValue(variable, out var properties)) _properties[variable] = properties = new(StringComparer.Ordinal);
        if (!properties.TryGetValue(property, out var values)) properties[property] = values = [true, false];
        return values;
    }

    private void Compare(Expression read, Expression literal)
    {
        if (read is not Property { Target: VariableRead of, Name: var name } || literal is not Constant { Value: { } value }) return;
        var values = Values(of.Name, name);
        // Compared with a text or a number it is one: true and false were only a guess.
        if (value is not bool) values.RemoveAll(v => v is bool);
        if (value is double d) values.AddRange([d, d - 1, d + 1]);
        else if (value is string) values.AddRange([value, "something else"]);
    }
}
