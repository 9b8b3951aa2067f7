using System.CommandLine;
using Verify.Desk.Features.Articles;

namespace Verify.Cli.Verbs;

internal static class ReviseVerb
{
    private static readonly Argument<string> Article = new("article") { Description = "Its number, or its id" };
    private static readonly Argument<string> File = new("file") { Description = "The new text, plain or HTML; - reads standard input" };
    private static readonly Option<bool> Correction = new("--correction") { Description = "It corrects an error" };
    private static readonly Option<string?> Note = new("--note") { Description = "What is new; needed for a correction" };

    public static Command Create()
    {
        var command = new Command("revise", """
            Store a new version of an article: unchanged claims keep their work, changed ones are reopened.

            Example:
              verify revise 1 story-2.txt --correction --note "The minister's first name" --as Rolf
            """) { Article, File, Correction, Note };
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult parse, CancellationToken cancellation)
    {
        var run = new Invocation(parse, cancellation);
        var read = await InputFiles.ReadArticle(parse.GetValue(File)!, cancellation);
        if (read.Refusal is { } unreadable) return run.Refuse(unreadable);
        return await run.Answer(new ReviseArticle(parse.GetValue(Article)!, read.Value.Text, parse.GetValue(Correction), parse.GetValue(Note)) { As = run.User, Key = run.Key }, Print);
    }

    private static void Print(RevisedArticle r)
    {
        Output.Line($"Article {r.Article}, version {r.Version} ({r.Kind}): {r.Unchanged.Count} unchanged, {r.Changed.Count} changed, {r.Lost.Count} lost, {r.Added.Count} new");
        foreach (var c in r.Changed)
        {
            Output.Line($"  changed: {c.Claim}{(c.Reopened is null ? "" : $", reopened (was {c.Reopened.Status}){string.Concat(c.Reopened.Opened.Select(t => $", waits: {t}"))}")}");
            if (c.Source is not null) Output.Line($"    {c.Source}");
            if (c.Differences.Count > 0) Output.Line($"    {string.Join("; ", c.Differences)}");
        }
        foreach (var l in r.Lost) Output.Line($"  lost: {l.Claim} (was {l.Status}): {Output.Short(l.Content.ReplaceLineEndings(" "), 120)}");
        EvidenceVerbs.Reopened(r.Elsewhere);
        foreach (var a in r.Added) Output.Line($"  new: {a}");
    }
}
