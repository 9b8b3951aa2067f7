using System.CommandLine;
using Verify.Desk.Features.Claims;

namespace Verify.Cli.Verbs;

internal static class ClaimVerb
{
    public static readonly Argument<string> Claim = new("claim") { Description = "A claim, for example 12.3, or its id" };

    public static Command Create()
    {
        var command = new Command("claim", """
            Show a claim: content in its context, chain, step, open tasks, verdicts, history.

            Example:
              verify claim 1.2
            """) { Claim };
        command.SetAction((parse, cancellation) => new Invocation(parse, cancellation).Answer(new ShowClaim(parse.GetValue(Claim)!), Print, reads: true));
        return command;
    }

    private static void Print(ClaimView c)
    {
        Output.Line($"Claim {c.Claim}  {c.Status}{(c.Escalated ? ", escalated" : "")}  (version {c.Version}, round {c.Round})");
        Output.Line($"Article {c.Article}: {c.Title}");
        if (c.Parent is not null) Output.Line($"Within claim {c.Parent}");
        Output.Line();
        Output.Line($"  …{OneLine(c.Before)}»{OneLine(string.Join(" … ", c.Content))}«{OneLine(c.After)}…");
        Output.Line();
        Output.Line($"Chain      {Chains.Text(c.Chain.Select(l => (l.Role, l.Kind, l.Resolved)))}");
        foreach (var l in c.Chain)
            Output.Line($"           {l.Role,-8} {l.Kind,-13} {l.Resolved}{(l.Mention is null || l.Mention == l.Resolved ? "" : $" (\"{OneLine(l.Mention)}\")")}{(l.Cue.Count == 0 ? "" : $", cue \"{string.Join("\", \"", l.Cue)}\"")}");
        Output.Line($"Found by   {c.Construction}, {c.Quotation} quotation, confidence {c.Confidence:0.00}");
        Output.Line($"Workflow   {c.Definition}: {c.Route}");
        Output.Line($"Verdicts   attribution {c.AttributionVerdict ?? "open"}, content {c.ContentVerdict ?? "open"}");
        foreach (var t in c.Open)
            Output.Line($"Waits      {t.Task} {t.Step} for {t.Role}{(t.Assignee is null ? "" : $", {t.Assignee}'s")}{(t.DueAt is null ? "" : $", due {Output.Time(t.DueAt)}")}; outcomes: {string.Join(", ", t.Outcomes)}{(t.Asks is null ? "" : $"; asks for the {t.Asks} verdict")}{(t.Needs is null ? "" : $"; needs for {t.Needs}")}");
        Output.Line("History");
        foreach (var h in c.History)
            Output.Line($"  {Output.Time(h.At)}  {h.Who}: {h.What}{(h.Outcome is null ? "" : $" → {h.Outcome}")}{Verdict("attribution", h.AttributionVerdict)}{Verdict("content", h.ContentVerdict)}{(h.Text is null ? "" : $" — {OneLine(h.Text)}")}");
    }

    private static string Verdict(string kind, string? verdict) => verdict is null ? "" : $" [{kind}: {verdict}]";

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Replace("  ", " ", StringComparison.Ordinal);
}
