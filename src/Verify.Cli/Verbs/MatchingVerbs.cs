using System.CommandLine;
using Verify.Desk.Features.Matching;

namespace Verify.Cli.Verbs;

/// <summary>similar, reuse, search.</summary>
internal static class MatchingVerbs
{
    private static readonly Option<int> Limit = new("--limit") { Description = "How many at most", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Lines = new("--limit") { Description = "How many at most", DefaultValueFactory = _ => 20 };
    private static readonly Option<string> From = new("--from") { Description = "The earlier claim, for example 3.1", Required = true };
    private static readonly Option<bool> EvidenceOnly = new("--evidence-only") { Description = "Take over the evidence; decide nothing" };
    private static readonly Argument<string[]> Words = new("words") { Description = "All of them must be there; in quotation marks: in that order", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string?> Kind = new("--kind") { Description = string.Join(", ", SearchDesk.Kinds) };

    public static Command Similar()
    {
        var command = new Command("similar", """
            Earlier claims that say the same, with their verdicts, best first.

            Example:
              verify similar 5.2
            """) { ClaimVerb.Claim, Limit };
        command.SetAction((parse, cancellation) => new Invocation(parse, cancellation).Answer(new FindSimilar(parse.GetValue(ClaimVerb.Claim)!, parse.GetValue(Limit)), s =>
        {
            if (s.Earlier.Count == 0) Output.Line("No earlier claim says the same.");
            foreach (var e in s.Earlier) Print(e, "");
        }, reads: true));
        return command;
    }

    internal static void Print(SimilarClaim e, string indent)
    {
        Output.Line($"{indent}{e.Claim} {e.Why} {e.Score:0.00}: {e.Status}{(e.ContentVerdict is null ? "" : $", content {e.ContentVerdict}")}{(e.AttributionVerdict is null ? "" : $", attribution {e.AttributionVerdict}")}{(e.Evidence == 0 ? "" : $", {Output.Count(e.Evidence, "piece")} of evidence")}{(e.Differs is null ? "" : $"; look twice: {e.Differs}")}");
        Output.Line($"{indent}  {e.Speaker}: {Output.Short(e.Content.ReplaceLineEndings(" "), 140)}");
    }

    public static Command Reuse()
    {
        var command = new Command("reuse", """
            Take over the evidence and the decision of an earlier claim that says the same; it is named on the record.

            Example:
              verify reuse 5.2 --from 3.1 --as Ines
            """) { ClaimVerb.Claim, From, EvidenceOnly };
        command.SetAction((parse, cancellation) =>
        {
            var run = new Invocation(parse, cancellation);
            return run.Answer(new ReuseClaim(parse.GetValue(ClaimVerb.Claim)!, parse.GetValue(From)!, !parse.GetValue(EvidenceOnly)) { As = run.User, Key = run.Key }, r =>
            {
                Output.Line($"{r.Claim} as {r.From}: {(r.Evidence.Count == 0 ? "no evidence to take over" : string.Join(", ", r.Evidence))}");
                if (r.Decided is not null) Output.Line($"  {r.Decided} → {r.Outcome}{(r.ContentVerdict is null ? "" : $", content {r.ContentVerdict}")}; claim {r.Status}{string.Concat(r.Opened.Select(t => $", waits: {t}"))}");
                else Output.Line("  nothing was decided: no step that waits here was decided there");
            });
        });
        return command;
    }

    public static Command Search()
    {
        var command = new Command("search", """
            Look for words in claims, sources, notes, comments and evidence; the newest first.

            Example:
              verify search harbour "survey ships"
            """) { Words, Kind, Lines };
        command.SetAction((parse, cancellation) => new Invocation(parse, cancellation).Answer(new SearchDesk(string.Join(' ', parse.GetValue(Words)!.Select(w => w.Contains(' ', StringComparison.Ordinal) ? $"\"{w}\"" : w)), parse.GetValue(Kind), parse.GetValue(Lines)), s =>
        {
            foreach (var h in s.Hits) Output.Line($"{h.Reference,-7} {h.Kind}{(h.Claim is null || h.Claim == h.Reference ? "" : $" of {h.Claim}")}: {h.Text}");
            if (s.Hits.Count == 0) Output.Line("Nothing found.");
            if (s.More) Output.Remark("there is more; narrow it down, or ask for more with --limit");
        }, reads: true));
        return command;
    }
}
