using System.CommandLine;
using Verify.Attribution;
using Verify.Desk;
using Verify.Desk.Definitions;
using Verify.Desk.Features.Articles;
using Verify.Desk.Features.Intake;
using Verify.Desk.Features.Matching;

namespace Verify.Cli.Verbs;

internal static class CheckVerb
{
    private static readonly Argument<string[]> Files = new("file") { Description = "Article files, plain text or HTML; - reads standard input", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string?> Title = new("--title") { Description = "Its title (else from the HTML, else the first line)" };
    private static readonly Option<string?> Outlet = new("--outlet") { Description = "Who publishes it" };
    private static readonly Option<string?> Url = new("--url") { Description = "Its address" };
    private static readonly Option<string?> Date = new("--date") { Description = "When it was published: yyyy-MM-dd" };
    private static readonly Option<string?> Writer = new("--writer") { Description = "The user who wrote it and so may not approve it; none: nobody here (else the acting user)" };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Show what would be started; store nothing" };

    public static Command Create()
    {
        var command = new Command("check", """
            Store articles and start a workflow item for each attributed claim found in them.

            Example:
              verify check story.txt --outlet "The Morning Ledger" --date 2026-11-20
            """) { Files, Title, Outlet, Url, Date, Writer, DryRun };
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult parse, CancellationToken cancellation)
    {
        var run = new Invocation(parse, cancellation);
        _ = Task.Run(Extractor.Prepare, CancellationToken.None); // beside the opening of the desk: both take their time
        if (parse.GetValue(DryRun)) return await Preview(run, parse.GetValue(Files)!, cancellation);
        return await run.OnDesk(async desk =>
        {
            var status = ExitCodes.Done;
            var views = new List<object>();
            foreach (var name in parse.GetValue(Files)!)
            {
                var failed = await CheckOne(run, desk, parse, name, views, cancellation);
                if (status == ExitCodes.Done) status = failed;
            }
            if (run.Json) Output.Json(new { articles = views });
            return status;
        });
    }

    private static async Task<int> CheckOne(Invocation run, VerifyDesk desk, ParseResult parse, string name, List<object> views, CancellationToken cancellation)
    {
        var read = await InputFiles.ReadArticle(name, cancellation);
        if (read.Refusal is { } unreadable) return run.Refuse(unreadable);
        var article = read.Value;
        var key = run.Key is null ? null : parse.GetValue(Files)!.Length == 1 ? run.Key : $"{run.Key}/{name}";
        var result = await desk.Send(new CheckArticle(article.Text, parse.GetValue(Title) ?? article.Title, parse.GetValue(Outlet) ?? article.Outlet,
            parse.GetValue(Url), parse.GetValue(Date) ?? article.Date, parse.GetValue(Writer))
        { As = run.User, Key = key }, cancellation);
        if (result.Refusal is { } refused) return run.Refuse(refused);
        var view = await desk.Send(new ShowArticle(result.Value.Id), cancellation);
        if (view.Refusal is { } unseen) return run.Refuse(unseen);
        if (result.Value.AlreadyKnown) Output.Remark($"{name}: the same text is article {result.Value.Number} already; nothing was started anew, and its title, outlet and writer stay as they were");
        var seen = result.Value.AlreadyKnown || result.Value.Number == 1 ? [] : await SeenBefore(desk, view.Value, cancellation);
        if (run.Json) views.Add(new { file = name, result.Value.AlreadyKnown, article = view.Value, seenBefore = seen });
        else
        {
            ArticleVerb.Print(view.Value);
            Print(seen);
        }
        return ExitCodes.Done;
    }

    private static async Task<List<SimilarClaims>> SeenBefore(VerifyDesk desk, ArticleView article, CancellationToken cancellation)
    {
        var seen = new List<SimilarClaims>();
        foreach (var claim in article.Claims)
            if (await desk.Send(new FindSimilar(claim.Claim, 3), cancellation) is { Refusal: null, Value.Earlier.Count: > 0 } found) seen.Add(found.Value);
        return seen;
    }

    private static void Print(List<SimilarClaims> seen)
    {
        if (seen.Count == 0) return;
        Output.Line();
        Output.Line("Seen before (`verify reuse CLAIM --from EARLIER` takes over what was found):");
        foreach (var s in seen)
        {
            Output.Line($"  {s.Claim}");
            foreach (var e in s.Earlier) MatchingVerbs.Print(e, "    ");
        }
    }

    private static async Task<int> Preview(Invocation run, IEnumerable<string> names, CancellationToken cancellation)
    {
        var catalog = Catalog.Load(run.Workflows);
        var status = ExitCodes.Done;
        var all = new List<object>();
        foreach (var name in names)
        {
            var read = await InputFiles.ReadArticle(name, cancellation);
            var refusal = read.Refusal;
            var claims = refusal is null ? new PreviewArticle(read.Value.Text).Answer(catalog) : null;
            if ((refusal ?? claims!.Refusal) is { } refused) { status = status == ExitCodes.Done ? run.Refuse(refused) : status; continue; }
            if (run.Json) { all.Add(new { file = name, claims = claims!.Value }); continue; }
            Output.Line($"{name}: {Output.Count(claims!.Value.Count, "claim")} (dry run, nothing stored)");
            foreach (var c in claims.Value)
            {
                Output.Line();
                Output.Line($"  {Chains.Text(c.Chain.Select(l => (l.Role, l.Kind, l.Resolved)))}   [{c.Definition}: {c.Reason}]");
                Output.Line($"  {Output.Short(c.Content, 200)}");
            }
        }
        if (run.Json) Output.Json(new { articles = all });
        return status;
    }
}
