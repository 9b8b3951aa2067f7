using System.CommandLine;
using Verify.Desk.Features.Articles;

namespace Verify.Cli.Verbs;

internal static class ArticleVerb
{
    private static readonly Argument<string> Article = new("article") { Description = "Its number, or its id" };

    private static readonly Option<bool> ByDoubt = new("--by-doubt") { Description = "The claims that the extractor is least sure of first, each with its confidence (0 to 1)" };

    public static Command Create()
    {
        var command = new Command("article", """
            Show an article with all its claims, and whether it is clear to publish.

            Example:
              verify article 1
            """) { Article, ByDoubt };
        command.SetAction((parse, cancellation) => new Invocation(parse, cancellation).Answer(new ShowArticle(parse.GetValue(Article)!, parse.GetValue(ByDoubt)), a => Print(a, parse.GetValue(ByDoubt)), reads: true));
        return command;
    }

    internal static void Print(ArticleView a) => Print(a, doubt: false);

    private static void Print(ArticleView a, bool doubt)
    {
        Output.Line($"Article {a.Article}: {a.Title}");
        var about = new[] { a.Outlet, a.PublishedOn, a.Url, a.Writer is null ? null : $"by {a.Writer}" }.Where(x => x is not null);
        Output.Line($"{string.Concat(about.Select(x => x + "  "))}{(a.Version == 1 ? "" : $"version {a.Version}  ")}stored {Output.Time(a.StoredAt)}  sha256 {a.Sha256[..12]}…");
        Output.Line(a.Claims.Count == 0 ? "No attributed claim found." : a.Clear ? $"{Output.Count(a.Claims.Count, "claim")}. Clear to publish."
            : $"{Output.Count(a.Claims.Count, "claim")}. Not clear: {string.Join(", ", a.InTheWay.Select(x => $"{x.Value} {x.Key}"))}.");
        if (a.Doubts.Count > 0) Output.Line($"Approved against or without a verdict: {string.Join(", ", a.Doubts)}.");
        foreach (var c in a.Claims)
        {
            Output.Line();
            Output.Line($"{c.Claim,-6} {(doubt ? $"{c.Confidence:0.00}  " : "")}{Chains.Text(c.Chain.Select(l => (l.Role, l.Kind, l.Resolved)))}{(c.Parent is null ? "" : $"  (within {c.Parent})")}");
            Output.Line($"       {Output.Short(c.Content.ReplaceLineEndings(" "), 150)}");
            Output.Line($"       {c.Definition} ({c.Route}): {c.Status}{(c.ContentVerdict is null ? "" : $", content {c.ContentVerdict}")}{(c.AttributionVerdict is null ? "" : $", attribution {c.AttributionVerdict}")}");
            foreach (var t in c.Waiting) Output.Line($"       waits: {t.Task} {t.Step} ({t.Assignee ?? t.Role})");
        }
    }
}
