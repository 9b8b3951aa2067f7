using System.CommandLine;
using Verify.Desk.Features.Origins;

namespace Verify.Cli.Verbs;

/// <summary>origin set, reject, merge, retract; and override.</summary>
internal static class OriginVerbs
{
    private static readonly Argument<string> Of = new("of") { Description = "E4, S2, or a claim's or article's number" };
    private static readonly Argument<string> Source = new("source") { Description = "A source, for example S2" };
    private static readonly Argument<string> Named = new("source") { Description = "A source, for example S2, or its name" };
    private static readonly Option<string?> For = new("--for") { Description = "As to which claim; needed for evidence" };
    private static readonly Option<string> Claim = new("--for") { Description = "As to which claim", Required = true };
    private static readonly Option<string?> From = new("--from") { Description = "original, E4, S2, an article's or a claim's number, or a name (else all that was proposed)" };
    private static readonly Option<string> NotFrom = new("--from") { Description = "What it did not get it from", Required = true };
    private static readonly Option<string> Kind = new("--kind") { Description = "Of a source that is named for the first time: person, organization, group, anonymous, document, post, broadcast", DefaultValueFactory = _ => "unknown" };
    private static readonly Option<string?> Via = new("--via") { Description = "Who passed it on in between" };
    private static readonly Option<bool> Also = new("--also") { Description = "Beside what was confirmed before, not instead of it" };
    private static readonly Option<string> Into = new("--into") { Description = "The source that it is", Required = true };
    private static readonly Option<string> Note = new("--note") { Description = "Why, or how you know; on the record", Required = true };
    private static readonly Option<string?> Article = new("--article") { Description = "The article within which a source without a name of its own is meant" };

    public static Command Create()
    {
        var set = new Command("set", """
            Confirm or correct where something got it from.

            Example:
              verify origin set E4 --for 1.2 --from "ministry cable" --kind document --as Ines
            """) { Of, For, From, Kind, Via, Also };
        set.SetAction((parse, cancellation) =>
        {
            var run = new Invocation(parse, cancellation);
            return run.Answer(new SetOrigin(parse.GetValue(Of)!, parse.GetValue(For), parse.GetValue(From), parse.GetValue(Kind)!, parse.GetValue(Via), parse.GetValue(Also)) { As = run.User, Key = run.Key }, Print);
        });
        var reject = new Command("reject", """
            Say that evidence did not get it from there.

            Example:
              verify origin reject E4 --for 1.2 --from S3 --as Ines
            """) { EvidenceVerbs.Evidence, Claim, NotFrom };
        reject.SetAction((parse, cancellation) =>
        {
            var run = new Invocation(parse, cancellation);
            return run.Answer(new RejectOrigin(parse.GetValue(EvidenceVerbs.Evidence)!, parse.GetValue(Claim)!, parse.GetValue(NotFrom)!) { As = run.User, Key = run.Key }, Print);
        });
        var merge = new Command("merge", """
            Say that two sources are one; claims that lose an independent origin by it are reopened.

            Example:
              verify origin merge S3 --into S1 --note "The memo is the cable under another name" --as Ines
            """) { Source, Into, Note };
        merge.SetAction((parse, cancellation) =>
        {
            var run = new Invocation(parse, cancellation);
            return run.Answer(new MergeSources(parse.GetValue(Source)!, parse.GetValue(Into)!, parse.GetValue(Note)!) { As = run.User, Key = run.Key }, m =>
            {
                Output.Line($"{m.Source} is {m.Into} {m.Name}");
                EvidenceVerbs.Reopened(m.Reopened);
            });
        });
        var retract = new Command("retract", """
            Say that a source took back what it said; every claim that rests on it is reopened.

            Example:
              verify origin retract "Morning Ledger" --note "The Ledger withdrew the story on 3 December" --as Edda
            """) { Named, Note, Article };
        retract.SetAction((parse, cancellation) =>
        {
            var run = new Invocation(parse, cancellation);
            return run.Answer(new RetractSource(parse.GetValue(Named)!, parse.GetValue(Note)!, parse.GetValue(Article)) { As = run.User, Key = run.Key }, r =>
            {
                Output.Line($"{r.Source} {r.Name}: retracted");
                EvidenceVerbs.Reopened(r.Reopened);
            });
        });
        return new Command("origin", "Where evidence comes from, and which sources are one") { set, reject, merge, retract };
    }

    public static Command Override()
    {
        var command = new Command("override", """
            Let a claim go on in this round without the ground that its workflow asks for; for editors, on the record.

            Example:
              verify override 1.2 --note "The second source cannot be named even to us; Sten knows it" --as Edda
            """) { ClaimVerb.Claim, Note };
        command.SetAction((parse, cancellation) =>
        {
            var run = new Invocation(parse, cancellation);
            return run.Answer(new OverrideGround(parse.GetValue(ClaimVerb.Claim)!, parse.GetValue(Note)!) { As = run.User, Key = run.Key }, o => Output.Line($"{o.Claim} may go on without in round {o.Round}"));
        });
        return command;
    }

    private static void Print(OriginSet set)
    {
        Output.Line(set.Of);
        foreach (var o in set.Origins) Output.Line($"  {EvidenceVerbs.Origins(o)}");
        EvidenceVerbs.Reopened(set.Reopened);
    }
}
