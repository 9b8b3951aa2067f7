using System.CommandLine;
using Verify.Desk.Features.Mending;

namespace Verify.Cli.Verbs;

/// <summary>mend add, change, split, merge, dismiss: what the extractor got wrong.</summary>
internal static class MendVerbs
{
    private static readonly Argument<string> Article = new("article") { Description = "Its number, or its id" };
    private static readonly Option<string[]> Words = new("--words") { Description = "The content as it stands in the article, or offsets such as 120-180; again for each stretch" };
    private static readonly Option<string[]> Link = new("--link") { Description = "A link of the chain, role:kind:name, from the reader to the origin; again for each: relay:organization:CNN" };
    private static readonly Option<string?> Note = new("--note") { Description = "Why" };
    private static readonly Option<string> Why = new("--note") { Description = "Why it is no claim", Required = true };
    private static readonly Option<string> At = new("--at") { Description = "The first words of the second claim", Required = true };
    private static readonly Option<string> With = new("--with") { Description = "The other claim; it is ended", Required = true };

    public static Command Create()
    {
        var add = new Command("add", """
            Add a claim that was missed.

            Example:
              verify mend add 1 --words "the quay would stay closed" --link speaker:person:"Oda Brekke" --as Ines
            """) { Article, Words, Link, Note };
        add.SetAction((p, c) => Send(new Invocation(p, c), run => new AddClaim(p.GetValue(Article)!, p.GetValue(Words) ?? [], p.GetValue(Link) ?? [], p.GetValue(Note)) { As = run.User, Key = run.Key }));
        var change = new Command("change", """
            Correct where a claim stands, or who is in its chain.

            Example:
              verify mend change 1.2 --link relay:organization:Courier --link speaker:person:"Oda Brekke" --as Ines
            """) { ClaimVerb.Claim, Words, Link, Note };
        change.SetAction((p, c) => Send(new Invocation(p, c), run => new ChangeClaim(p.GetValue(ClaimVerb.Claim)!, p.GetValue(Words) ?? [], p.GetValue(Link) ?? [], p.GetValue(Note)) { As = run.User, Key = run.Key }));
        var split = new Command("split", """
            Make two claims of one.

            Example:
              verify mend split 1.2 --at "the quay would" --as Ines
            """) { ClaimVerb.Claim, At, Note };
        split.SetAction((p, c) => Send(new Invocation(p, c), run => new SplitClaim(p.GetValue(ClaimVerb.Claim)!, p.GetValue(At)!, p.GetValue(Note)) { As = run.User, Key = run.Key }));
        var merge = new Command("merge", """
            Make one claim of two.

            Example:
              verify mend merge 1.2 --with 1.3 --as Ines
            """) { ClaimVerb.Claim, With, Note };
        merge.SetAction((p, c) => Send(new Invocation(p, c), run => new MergeClaims(p.GetValue(ClaimVerb.Claim)!, p.GetValue(With)!, p.GetValue(Note)) { As = run.User, Key = run.Key }));
        var dismiss = new Command("dismiss", """
            Say that what was found is no claim.

            Example:
              verify mend dismiss 1.4 --note "The title of a play" --as Ines
            """) { ClaimVerb.Claim, Why };
        dismiss.SetAction((p, c) => Send(new Invocation(p, c), run => new DismissClaim(p.GetValue(ClaimVerb.Claim)!, p.GetValue(Why)!) { As = run.User, Key = run.Key }));
        return new Command("mend", "Correct what the extractor found; on the record, and counted in the report") { add, change, split, merge, dismiss };
    }

    private static Task<int> Send(Invocation run, Func<Invocation, MediatR.IRequest<Desk.Requests.Result<ClaimMended>>> request)
    {
        return run.Answer(request(run), m =>
        {
            Output.Line($"{m.Claim} {m.What}{(m.Also is null ? "" : $", {m.Also}")}: {m.Status} ({m.Definition})");
            Output.Line($"  {(m.Chain.Length == 0 ? "no source given" : m.Chain)}");
            Output.Line($"  {Output.Short(m.Content.ReplaceLineEndings(" "), 150)}");
            if (m.Reopened is not null) EvidenceVerbs.Reopened([m.Reopened]);
            EvidenceVerbs.Reopened(m.Elsewhere);
        });
    }
}
