using System.CommandLine;
using Verify.Desk.Features.SecondarySource;

namespace Verify.Cli.Verbs;

/// <summary>link and compare: the check of the secondary source.</summary>
internal static class SourceVerbs
{
    private static readonly Argument<int> Link = new("link") { Description = "Its place in the chain, from 1" };
    private static readonly Option<string> Result = new("--result") { Description = string.Join(", ", CheckLink.Results), Required = true };
    private static readonly Option<string> How = new("--how") { Description = "How it was seen or tried: \"read the cable at the ministry\"", Required = true };
    private static readonly Option<string?> Evidence = new("--evidence") { Description = "The piece of evidence that it was seen in" };
    private static readonly Option<string?> Note = new("--note") { Description = "What you found" };
    private static readonly Option<string> With = new("--with") { Description = "The document: a piece of evidence with text, for example E4", Required = true };

    public static Command CreateLink()
    {
        var command = new Command("link", """
            Record whether a source of the chain was itself seen, and how.

            Example:
              verify link 1.2 3 --result seen --how "read the cable at the ministry" --evidence E4 --as Ines
            """) { ClaimVerb.Claim, Link, Result, How, Evidence, Note };
        command.SetAction((parse, cancellation) =>
        {
            var run = new Invocation(parse, cancellation);
            return run.Answer(new CheckLink(parse.GetValue(ClaimVerb.Claim)!, parse.GetValue(Link), parse.GetValue(Result)!, parse.GetValue(How)!, parse.GetValue(Evidence), parse.GetValue(Note)) { As = run.User, Key = run.Key }, c =>
            {
                Output.Line($"{c.Claim} link {c.Link} {c.Name}: {c.Result}");
                EvidenceVerbs.Reopened(c.Reopened);
                if (c.Left.Count > 0) Output.Line($"  not looked at yet: {string.Join(", ", c.Left)}");
            });
        });
        return command;
    }

    public static Command CreateCompare()
    {
        var command = new Command("compare", """
            Hold a claim's quotations against a document, word by word.

            Example:
              verify compare 1.2 --with E4 --as Ines
            """) { ClaimVerb.Claim, With };
        command.SetAction((parse, cancellation) =>
        {
            var run = new Invocation(parse, cancellation);
            return run.Answer(new CompareQuotation(parse.GetValue(ClaimVerb.Claim)!, parse.GetValue(With)!) { As = run.User, Key = run.Key }, Print);
        });
        return command;
    }

    private static void Print(QuotationReport r)
    {
        Output.Line($"{r.Claim} against {r.Evidence} {r.Title}");
        foreach (var q in r.Quotations)
        {
            Output.Line();
            Output.Line($"  »{OneLine(q.Quotation)}«");
            Output.Line($"  {q.Result}{(q.Grave ? ", grave" : "")} ({q.Share:P0} of its words are the document's)");
            foreach (var d in q.Differences)
                Output.Line($"    {(d.Document.Length == 0 ? $"added: {d.Quoted}" : d.Quoted.Length == 0 ? $"dropped: {d.Document}" : $"{d.Document} → {d.Quoted}")}{(d.Why is null ? "" : $"   ({d.Why})")}");
            if (q.Concern is not null) Output.Line($"    {OneLine(q.Concern)}");
            if (q.Matched.Length > 0) Output.Line($"  document: …{OneLine(q.Before)}»{OneLine(q.Matched)}«{OneLine(q.After)}…");
            foreach (var other in q.AlsoFrom) Output.Line($"        and: »{OneLine(other)}«");
        }
        Output.Line();
        Output.Line($"Proposed attribution verdict: {r.ProposedVerdict}");
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
