using System.Text;

namespace Verify.Workflow.Definitions;

/// <summary>A definition as a Mermaid flowchart, for pages and documents.</summary>
public static class Mermaid
{
    public static string Draw(Definition definition)
    {
        var text = new StringBuilder("flowchart TD\n");
        foreach (var a in definition.Activities)
        {
            var (open, close) = a switch
            {
                RunTask => ("[\"", "\"]"),
                FlowSwitch or FlowDecision => ("{\"", "\"}"),
                Start or Finish or End => ("([\"", "\"])"),
                Delay => ("[/\"", "\"/]"),
                FlowFork or FlowJoin => ("[[\"", "\"]]"),
                Fault => ("{{\"", "\"}}"),
                _ => ("(\"", "\")"),
            };
            text.Append("    ").Append(Name(a.Id)).Append(open).Append(Label(a)).Append(close).Append('\n');
        }
        foreach (var c in definition.Connections)
        {
            var back = definition.Graph.IsBackward(c);
            text.Append("    ").Append(Name(definition.Activities[c.Source].Id)).Append(back ? " -." : " --");
            // "Done" says nothing that the arrow does not.
            var label = c.Port is "Done" or "" ? "" : Escape(c.Port);
            text.Append(label.Length == 0 ? back ? "-> " : "> " : back ? $" \"{label}\" .-> " : $" \"{label}\" --> ");
            text.Append(Name(definition.Activities[c.Target].Id)).Append('\n');
        }
        return text.ToString();
    }

    // Mermaid reads some words ("end") as its own; a prefix keeps every id a name.
    private static string Name(string id) => "a_" + string.Concat(id.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    private static string Label(Activity a) => a switch
    {
        Delay d => $"{Escape(d.Id)}<br/>{d.Time:c}",
        FlowJoin j => $"{Escape(j.Id)}<br/>{j.Mode}",
        RunTask { TaskName: Expressions.Constant { Value: string step } } t when step != t.Id => $"{Escape(t.Id)}<br/>{Escape(step)}",
        _ => Escape(a.Id),
    };

    private static string Escape(string s) => s.Replace("\"", "#quot;", StringComparison.Ordinal);
}
