using System.CommandLine;
using Verify.Desk.Definitions;
using Verify.Desk.Requests;
using Verify.Workflow.Definitions;

namespace Verify.Cli.Verbs;

internal static class WorkflowsVerbs
{
    private static readonly Argument<string?> File = new("file") { Description = "A definition file; else the whole folder", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Argument<string> Id = new("id") { Description = "A definition's id, for example standard" };
    private static readonly Option<bool> AsMermaid = new("--mermaid") { Description = "Print it as a Mermaid flowchart" };

    public static Command Create()
    {
        var list = new Command("list", """
            List the definitions and how claims are routed to them.

            Example:
              verify workflows list
            """);
        list.SetAction((parse, cancellation) => Task.FromResult(List(new Invocation(parse, cancellation))));
        var check = new Command("check", """
            Check the definitions and the routing, or one file: whether it runs on both runtimes and what stands in the way,
            and every way through it, with the way on which work would be lost.

            Example:
              verify workflows check workflows/standard.json
            """) { File };
        check.SetAction((parse, cancellation) => Task.FromResult(Check(new Invocation(parse, cancellation), parse.GetValue(File))));
        var show = new Command("show", """
            Show a definition's steps, or draw it.

            Example:
              verify workflows show leaked-document --mermaid
            """) { Id, AsMermaid };
        show.SetAction((parse, cancellation) => Task.FromResult(Show(new Invocation(parse, cancellation), parse.GetValue(Id)!, parse.GetValue(AsMermaid))));
        var subset = new Command("subset", """
            Print what of Elsa's workflow definitions Verify runs: activities, inputs, expressions, refusals; as Markdown.

            Example:
              verify workflows subset
            """);
        subset.SetAction(_ => Console.Out.Write(Subset.Page()));
        return new Command("workflows", "List, check and show workflow definitions; hold a runtime against recorded runs.") { list, check, show, ConformVerb.Create(), subset };
    }

    private static int List(Invocation run)
    {
        var catalog = Catalog.Load(run.Workflows);
        if (catalog.Refusal is { } refusal) return run.Refuse(refusal);
        if (run.Json) Output.Json(catalog.Entries.Select(e => new { id = e.Definition.Id, version = e.Definition.Version, name = e.Definition.Name, description = e.Definition.Description, file = e.File, sha256 = e.Sha256, steps = Steps(e.Definition) }));
        else
        {
            Output.Table(["Id", "Version", "Steps", "For claims whose chain"], catalog.Entries.Select(e => (IReadOnlyList<string>)
                [e.Definition.Id, $"{e.Definition.Version}", string.Join(", ", Steps(e.Definition).Distinct()), string.Join("; ", catalog.Routing!.Rules.Where(r => r.Definition == e.Definition.Id).Select(r => r.Reason).Append(catalog.Routing.Default == e.Definition.Id ? "anything else" : "").Where(r => r.Length > 0))]));
        }
        return ExitCodes.Done;
    }

    private static int Check(Invocation run, string? file)
    {
        IReadOnlyList<CatalogProblem> problems;
        string subject;
        if (file is not null)
        {
            if (!System.IO.File.Exists(file)) return run.Refuse(Refused.Input("no_file", $"{file} does not exist; check the name"));
            var (entry, found) = Catalog.ReadFile(file, thorough: true);
            (problems, subject) = (found, entry is null ? file : $"{file}: {entry.Definition}");
        }
        else
        {
            var catalog = Catalog.Load(run.Workflows, thorough: true);
            (problems, subject) = (catalog.Problems, $"{catalog.Entries.Count} definitions in {catalog.Folder}");
        }
        if (run.Json) Output.Json(new { ok = problems.Count == 0, problems });
        else if (problems.Count == 0) Output.Line($"{subject}: sound; runs alike on the embedded runtime and on Elsa");
        else foreach (var p in problems) Output.Line($"{p.File}{(p.Activity is null ? "" : $", activity '{p.Activity}'")}: {p.Reason} [{p.Code}]");
        return problems.Count == 0 ? ExitCodes.Done : ExitCodes.Definition;
    }

    private static int Show(Invocation run, string id, bool mermaid)
    {
        var catalog = Catalog.Load(run.Workflows);
        if (catalog.Find(id) is not { } entry) return catalog.Refusal is { } broken ? run.Refuse(broken) : run.Refuse(Refused.NotFound("definition", id));
        var d = entry.Definition;
        if (mermaid) { Console.Out.Write(Mermaid.Draw(d)); return ExitCodes.Done; }
        var tasks = StepList.Of(d).ToList();
        if (run.Json) { Output.Json(new { id = d.Id, version = d.Version, name = d.Name, description = d.Description, tasks }); return ExitCodes.Done; }
        Output.Line($"{d}: {d.Name}. {d.Description}");
        Output.Table(["Activity", "Step", "For", "Kind", "Due in hours", "Asks for verdict", "Outcomes"], tasks.Select(t => (IReadOnlyList<string>)[t.Activity, t.Step, t.Role, t.Kind, t.DueHours, t.Verdict, string.Join(", ", t.Outcomes)]));
        return ExitCodes.Done;
    }

    private static IEnumerable<string> Steps(Definition d) => StepList.Of(d).Select(s => s.Step);
}
