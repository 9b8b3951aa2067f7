using System.CommandLine;
using System.Text;
using Verify.Desk.Data;
using Verify.Desk.Features.Evidence;

namespace Verify.Cli.Verbs;

/// <summary>evidence add, list, show, save, use, detach, withdraw.</summary>
internal static class EvidenceVerbs
{
    public static readonly Argument<string> Evidence = new("evidence") { Description = "A piece of evidence, for example E4" };
    private static readonly Argument<string?> File = new("file") { Description = "Text, HTML, DOCX, PDF, a picture or a recording, up to 50 MB; - reads standard input", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Argument<string> Target = new("file") { Description = "Where to; must not exist" };
    private static readonly Option<string?> Text = new("--text") { Description = "The text itself, instead of a file" };
    private static readonly Option<string> Kind = new("--kind") { Description = string.Join(", ", EvidenceTerms.Kinds), Required = true };
    private static readonly Option<string> Stance = new("--stance") { Description = "supports, refutes or unclear", Required = true };
    private static readonly Option<string?> Title = new("--title") { Description = "What it is (else the file's name)" };
    private static readonly Option<string?> Reference = new("--reference") { Description = "Its address or a citation" };
    private static readonly Option<string> Rules = new("--ground-rules") { Description = string.Join(", ", EvidenceTerms.GroundRules), DefaultValueFactory = _ => "on-the-record" };
    private static readonly Option<string?> From = new("--from") { Description = "Whom you have it from: the publisher, the person" };
    private static readonly Option<string?> How = new("--how") { Description = "How it was obtained" };
    private static readonly Option<string?> Date = new("--date") { Description = "Of the thing itself: yyyy-MM-dd" };
    private static readonly Option<string?> Note = new("--note") { Description = "What you have to say about it" };
    private static readonly Option<string> Why = new("--note") { Description = "Why; on the record", Required = true };
    private static readonly Option<string?> Origin = new("--origin") { Description = "Where it got it from, confirmed at once: original, E4, S2, an article's or a claim's number, or a name" };

    public static Command Create()
    {
        var add = new Command("add", """
            Attach evidence to a claim; where it got it from is proposed by its own words.

            Example:
              verify evidence add 1.2 cable.pdf --kind primary-document --stance supports --how "handed over in Varnes" --as Ines
            """) { ClaimVerb.Claim, File, Text, Kind, Stance, Title, Reference, Rules, From, How, Date, Note, Origin };
        add.SetAction(Add);
        var list = new Command("list", """
            A claim's evidence: where each piece got it from, how many origins are independent, what goes round.

            Example:
              verify evidence list 1.2
            """) { ClaimVerb.Claim };
        list.SetAction((parse, cancellation) => new Invocation(parse, cancellation).Answer(new ListEvidence(parse.GetValue(ClaimVerb.Claim)!), Print, reads: true));
        var show = new Command("show", """
            Print a piece with its text and its custody log; the view is recorded in it.

            Example:
              verify evidence show E4 --as Ines
            """) { Evidence };
        show.SetAction((parse, cancellation) => Send(new Invocation(parse, cancellation), run => new ViewEvidence(parse.GetValue(Evidence)!) { As = run.User, Key = run.Key }, Print));
        var save = new Command("save", """
            Write the file itself somewhere; recorded in its custody log.

            Example:
              verify evidence save E4 cable.pdf --as Ines
            """) { Evidence, Target };
        save.SetAction(Save);
        var use = new Command("use", """
            Attach evidence that the desk has to another claim, or change its stance there.

            Example:
              verify evidence use E4 1.3 --stance supports --as Ines
            """) { Evidence, ClaimVerb.Claim, Stance };
        use.SetAction((parse, cancellation) => Send(new Invocation(parse, cancellation), run => new UseEvidence(parse.GetValue(Evidence)!, parse.GetValue(ClaimVerb.Claim)!, parse.GetValue(Stance)!) { As = run.User, Key = run.Key }, used =>
        {
            Output.Line($"{used.Evidence} {used.Stance} {used.Claim}");
            Reopened(used.Reopened);
        }));
        var detach = new Command("detach", """
            Take evidence from a claim that it was attached to by mistake.

            Example:
              verify evidence detach E4 1.3 --note "It is about another ship" --as Ines
            """) { Evidence, ClaimVerb.Claim, Why };
        detach.SetAction((parse, cancellation) => Send(new Invocation(parse, cancellation), run => new DetachEvidence(parse.GetValue(Evidence)!, parse.GetValue(ClaimVerb.Claim)!, parse.GetValue(Why)!) { As = run.User, Key = run.Key }, d =>
        {
            Output.Line($"detached: {string.Join(", ", d.Evidence)}");
            Reopened(d.Reopened);
        }));
        var withdraw = new Command("withdraw", """
            Withdraw a piece and all with the same content; every claim that rested on it is reopened.

            Example:
              verify evidence withdraw E4 --note "The ministry shows that the signature is forged" --as Edda
            """) { Evidence, Why };
        withdraw.SetAction((parse, cancellation) => Send(new Invocation(parse, cancellation), run => new WithdrawEvidence(parse.GetValue(Evidence)!, parse.GetValue(Why)!) { As = run.User, Key = run.Key }, Print));
        return new Command("evidence", "Evidence for and against claims") { add, list, show, save, use, detach, withdraw };
    }

    private static Task<int> Send<T>(Invocation run, Func<Invocation, MediatR.IRequest<Desk.Requests.Result<T>>> request, Action<T> print) => run.Answer(request(run), print);

    private static async Task<int> Add(ParseResult parse, CancellationToken cancellation)
    {
        var run = new Invocation(parse, cancellation);
        EvidenceFile? file = null;
        var name = parse.GetValue(File);
        if (name is not null && parse.GetValue(Text) is not null) return run.Refuse(Desk.Requests.Refused.Invalid("give a file or --text, not both"));
        if (name is not null || parse.GetValue(Text) is not null)
        {
            var read = name is not null ? await InputFiles.ReadEvidence(name, cancellation) : await EvidenceFile.Read("text", Encoding.UTF8.GetBytes(parse.GetValue(Text)!), cancellation);
            if (read.Refusal is { } unreadable) return run.Refuse(unreadable);
            file = read.Value;
        }
        var title = parse.GetValue(Title) ?? (name is null && file is not null ? Output.Short(parse.GetValue(Text)!.ReplaceLineEndings(" ").Trim(), 60) : null);
        return await run.Answer(new AddEvidence(parse.GetValue(ClaimVerb.Claim)!, parse.GetValue(Kind)!, parse.GetValue(Stance)!, title, parse.GetValue(Reference), parse.GetValue(Rules)!,
            parse.GetValue(From), parse.GetValue(How), parse.GetValue(Date), parse.GetValue(Note), parse.GetValue(Origin))
        { File = file, As = run.User, Key = run.Key }, added =>
        {
            Output.Line($"{added.Evidence} attached to {added.Claim}{(file is not null && !added.HasText ? " (without text: quotations cannot be compared with it)" : "")}");
            if (added.SameContentAs.Count > 0) Output.Line($"  the same content as {string.Join(", ", added.SameContentAs)}");
            foreach (var o in added.Origins) Output.Line($"  {Origins(o)}");
            Reopened(added.Reopened);
        });
    }

    private static Task<int> Save(ParseResult parse, CancellationToken cancellation)
    {
        var run = new Invocation(parse, cancellation);
        var target = Path.GetFullPath(parse.GetValue(Target)!);
        return run.OnDesk(async desk =>
        {
            if (System.IO.File.Exists(target) || Directory.Exists(target)) return run.Refuse(Desk.Requests.Refused.Input("exists", $"{target} exists already; choose another name"));
            var result = await desk.Send(new ViewEvidence(parse.GetValue(Evidence)!, Save: true) { As = run.User }, cancellation);
            if (result.Refusal is { } refusal) return run.Refuse(refusal);
            try { await System.IO.File.WriteAllBytesAsync(target, result.Value.Bytes ?? [], cancellation); }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return run.Refuse(Desk.Requests.Refused.Input("cannot_write", $"{target} cannot be written: {e.Message}")); }
            if (run.Json) Output.Json(new { file = target, result.Value.Evidence, result.Value.Sha256, result.Value.Size });
            else Output.Line($"{target}: {result.Value.Size} bytes, sha256 {result.Value.Sha256}");
            return ExitCodes.Done;
        });
    }

    internal static void Reopened(IReadOnlyList<ReopenedClaim> claims)
    {
        foreach (var c in claims) Output.Line($"  reopened: {c.Claim} (was {c.Status}){string.Concat(c.Opened.Select(t => $", waits: {t}"))}");
    }

    internal static string Origins(OriginLine o) =>
        $"{o.Status}: from {(o.To == "original" ? "nobody else: it is its own origin" : $"{o.To} {Output.Short(o.Name, 60)}")}{(o.Via is null ? "" : $", via {o.Via}")}{(o.Words is null ? "" : $" (\"{o.Words.ReplaceLineEndings(" ")}\")")}";

    private static void Print(EvidenceWithdrawn w)
    {
        Output.Line($"withdrawn: {string.Join(", ", w.Evidence)}");
        Reopened(w.Reopened);
    }

    private static void Print(EvidenceList l)
    {
        foreach (var e in l.Evidence)
        {
            Output.Line($"{e.Evidence,-4} {(e.Withdrawn ? "withdrawn" : e.Stance),-9} {e.Kind}: {Output.Short(e.Title, 80)}{(e.ObtainedFrom is null ? "" : $", from {e.ObtainedFrom}")}{(e.GroundRules == "on-the-record" ? "" : $" [{e.GroundRules}]")}");
            foreach (var o in e.Origins) Output.Line($"     {Origins(o)}");
        }
        if (l.Evidence.Count == 0) Output.Line("No evidence.");
        Count("Independent origins", l.Confirmed);
        if (l.Unconfirmed.Count > 0)
        {
            Output.Line($"Not counted: {string.Join(", ", l.Unconfirmed)} ({(l.Unconfirmed.Count == 1 ? "its" : "their")} origin is not confirmed; `verify origin set`)");
            Count("If the proposals hold", l.IfProposalsHold);
        }
        if (l.Override is not null) Output.Line($"An editor lets it go on without: {l.Override}");
        foreach (var k in l.Links) Output.Line($"Link {k.Link}  {k.Name} ({k.Role}): {(k.Result is null ? "nobody has looked" : $"{k.Result}, {k.How}, by {k.Who} {Output.Time(k.At)}{(k.Evidence is null ? "" : $", in {k.Evidence}")}{(k.Note is null ? "" : $" — {k.Note}")}")}");
    }

    private static void Count(string what, OriginCount c)
    {
        Output.Line($"{what}: {c.For} for, {c.Against} against");
        foreach (var o in c.Origins)
            Output.Line($"  {o.Origin} {Output.Short(o.Name, 50)}: {string.Join(", ", o.For.Concat(o.Against.Select(a => $"{a} (against)")))}{(o.For.Count + o.Against.Count > 1 ? " — one origin" : "")}{(o.OwnSource ? ", the claim's own source" : "")}{(o.OnlyGround.Count > 0 ? $"; if it fell: {o.ForWithout} for, {o.AgainstWithout} against" : "")}");
        foreach (var r in c.Circles) Output.Line($"  circular: {r.Evidence} leads {(r.ToOwnArticle ? "back to the claim's own article" : "round in a loop")}: {string.Join(" → ", r.Path)}");
        if (c.Groundless.Count > 0) Output.Line($"  without an origin that counts: {string.Join(", ", c.Groundless)}");
    }

    private static void Print(EvidenceView v)
    {
        Output.Line($"{v.Evidence} {v.Kind}: {v.Title}{(v.Withdrawn is null ? "" : $"  WITHDRAWN: {v.Withdrawn}")}");
        var about = new[] { v.Reference, v.Date, v.ObtainedFrom is null ? null : $"from {v.ObtainedFrom}", v.ObtainedHow, v.GroundRules, v.Note };
        Output.Line(string.Join("; ", about.OfType<string>()));
        if (v.Sha256 is not null) Output.Line($"{v.MediaType}, {v.Size} bytes, sha256 {v.Sha256}");
        Output.Line($"Claims   {string.Join(", ", v.Claims.Select(c => $"{c.Claim} ({c.Stance})"))}");
        Output.Line("Custody");
        foreach (var c in v.Custody) Output.Line($"  {Output.Time(c.At)}  {c.Who}: {c.Action}{(c.Detail is null ? "" : $" {c.Detail}")}");
        if (v.Text is null) return;
        Output.Line();
        Output.Line(v.Text);
    }
}
