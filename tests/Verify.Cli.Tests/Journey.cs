using System.Text.Json;
using Shouldly;
using Xunit;

namespace Verify.Cli.Tests;

public sealed class JourneyOnEmbedded() : Journey("embedded");

public sealed class JourneyOnElsa : Journey
{
    public JourneyOnElsa() : base("elsa")
    {
#if !WITH_ELSA
        Assert.Skip(ElsaNotBuiltIn.Why);
#endif
    }
}

/// <summary>What a newsroom does in a day, from the command line to the database and back; the same on each runtime that is built in.</summary>
public abstract class Journey(string runtime) : IDisposable
{
    private readonly Cli _cli = new(runtime);

    public void Dispose()
    {
        _cli.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task AnArticle_ThroughEveryStepASendBackAndTwoApprovals_ToReportAndAudit()
    {
        await _cli.AddUsers();
        var check = (await _cli.Run("check", Cli.Sample("harbour-cable.txt"), "--as", "Rolf", "--json")).Ok().Json;
        var claims = check.GetProperty("articles")[0].GetProperty("article").GetProperty("claims").EnumerateArray().ToList();
        claims.Count.ShouldBe(14);
        claims[1].GetProperty("chain").EnumerateArray().Select(l => l.GetProperty("resolved").GetString()).ShouldBe(["Courier", "Oda Brekke", "cable"]);
        claims[1].GetProperty("definition").GetString().ShouldBe("leaked-document");

        // 1.2 rests on a leaked cable: two checks side by side, a send-back, two approvals.
        (await _cli.Run("complete", await Open("1.2", "authenticate-document"), "--outcome", "authentic", "--as", "Omar")).Refused(1, "ground_missing").Err.ShouldContain("a primary document has to be attached");
        (await _cli.Run("evidence", "add", "1.2", Path.Combine(Cli.Root, "tests", "samples", "evidence", "cable.txt"), "--kind", "primary-document", "--stance", "supports", "--as", "Omar")).Ok().Out.ShouldContain("proposed: from S1 cable");
        (await _cli.Run("compare", "1.2", "--with", "E1", "--as", "Ines")).Ok().Out.ShouldContain("verbatim");
        for (var round = 1; round <= 2; round++)
        {
            await Complete("1.2", "corroborate", "corroborated", "Ines", "--content-verdict", "mostly-true", "--note", "Two harbour logs");
            await Complete("1.2", "authenticate-document", "authentic", "Omar", "--note", "Header and routing codes match");
            await Complete("1.2", "check-secondary-source", "confirmed", "Ines", "--attribution-verdict", "accurate");
            if (round == 1)
            {
                var task = await Open("1.2", "approve");
                (await _cli.Run("return", task, "--note", "Which logs?", "--as", "Edda")).Ok().Out.ShouldContain("waits: ");
            }
        }
        await Complete("1.2", "approve", "approve", "Edda");
        (await _cli.Run("complete", await Open("1.2", "approve"), "--outcome", "approve", "--as", "Edda")).Refused(1, "wrong_role");
        await Complete("1.2", "approve", "approve", "Sten");
        (await _cli.Run("comment", "1.2", "Filed with the legal desk", "--as", "Sten")).Ok();

        var claim = (await _cli.Run("claim", "1.2", "--json")).Ok().Json;
        claim.GetProperty("status").GetString().ShouldBe("approved");
        claim.GetProperty("round").GetInt64().ShouldBe(2);
        claim.GetProperty("history").GetArrayLength().ShouldBe(12);
        var text = (await _cli.Run("claim", "1.2")).Ok().Out;
        text.ShouldContain("»Harbour masters are to give no reason in writing«");
        text.ShouldContain("Courier (relay) → Oda Brekke → cable (document)");

        var report = (await _cli.Run("report", "--by", "status", "--json")).Ok().Json;
        report.GetProperty("reports")[0].GetProperty("lines").EnumerateArray().ToDictionary(l => l.GetProperty("group").GetString()!, l => l.GetProperty("claims").GetInt32())
            .ShouldBe(new Dictionary<string, int> { ["in-review"] = 13, ["approved"] = 1 });
        (await _cli.Run("article", "1")).Ok().Out.ShouldContain("Not clear: 13 in-review");
        (await _cli.Run("audit", "check")).Ok().Out.ShouldStartWith("sound: ");
        (await _cli.Run("doctor")).Ok();
    }

    private async Task<string> Open(string claim, string step) =>
        (await _cli.Run("claim", claim, "--json")).Ok().Json.GetProperty("open").EnumerateArray().Single(t => t.GetProperty("step").GetString() == step).GetProperty("task").GetString()!;

    private async Task Complete(string claim, string step, string outcome, string user, params string[] more) =>
        (await _cli.Run(["complete", await Open(claim, step), "--outcome", outcome, "--as", user, .. more])).Ok();

    [Fact]
    public async Task Check_TheSameArticleTwice_SaysSoAndAnswersTheSame()
    {
        var first = (await _cli.Run("check", Cli.Sample("stadium-post.txt"))).Ok();
        var second = (await _cli.Run("check", Cli.Sample("stadium-post.txt"))).Ok();
        second.Out.ShouldBe(first.Out);
        second.Err.ShouldContain("article 1 already");
    }

    [Fact]
    public async Task Check_FromStandardInputAndDryRun_StoreOrDoNot()
    {
        var dry = (await _cli.Feed("Officials said three people died.", "check", "-", "--dry-run", "--json")).Ok().Json;
        dry.GetProperty("articles")[0].GetProperty("claims")[0].GetProperty("definition").GetString().ShouldBe("anonymous-source");
        File.Exists(_cli.Db).ShouldBeFalse();
        (await _cli.Feed("Officials said three people died.", "check", "-", "--title", "Storm")).Ok().Out.ShouldStartWith("Article 1: Storm");
    }

    [Fact]
    public async Task Extract_AFolder_WritesLinesWithCodePointOffsets()
    {
        var articles = Directory.CreateDirectory(Path.Combine(_cli.Folder, "articles")).FullName;
        await File.WriteAllTextAsync(Path.Combine(articles, "a.txt"), "🎈 Mayor Pia Lund said the town was open.");
        File.Copy(Cli.Sample("water-report.html"), Path.Combine(articles, "b.html"));
        var target = Path.Combine(_cli.Folder, "claims");
        (await _cli.Run("extract", articles, "--out", target, "--explain")).Ok().Out.ShouldBe("");
        var line = JsonDocument.Parse((await File.ReadAllLinesAsync(Path.Combine(target, "a.jsonl"))).Single()).RootElement;
        line.GetProperty("content")[0].GetProperty("start").GetInt32().ShouldBe(22); // the balloon is one code point
        line.GetProperty("construction").GetString().ShouldBe("reported");
        var text = await File.ReadAllTextAsync(Path.Combine(target, "b.txt"));
        foreach (var claim in await File.ReadAllLinesAsync(Path.Combine(target, "b.jsonl")))
        {
            var span = JsonDocument.Parse(claim).RootElement.GetProperty("content")[0];
            text[span.GetProperty("start").GetInt32()..span.GetProperty("end").GetInt32()].ShouldBe(span.GetProperty("text").GetString());
        }
        (await _cli.Run("extract", Path.Combine(articles, "a.txt"))).Ok().Out.ShouldContain("\"resolved\":\"Pia Lund\"");
        File.Exists(_cli.Db).ShouldBeFalse();
    }

    [Fact]
    public async Task Report_AsCsv_KeepsASpreadsheetFromRunningATitle()
    {
        (await _cli.Feed("=HYPERLINK(\"x\") is a title\n\nOfficials said three people died.", "check", "-", "--title", "=1+1")).Ok();
        var lines = (await _cli.Run("report", "--by", "article", "--csv")).Ok().Out.Trim().Split('\n');
        lines[0].Trim().ShouldBe("by,group,claims,in_review,approved,rejected,dismissed,overdue");
        lines[1].Trim().ShouldBe("article,1 =1+1,1,1,0,0,0,0"); // begins with the article's number, so it is no formula
        (await _cli.Run("report", "--by", "colour")).Refused(2, "invalid_request");
    }

    [Fact]
    public async Task Output_OfAnArticleWithControlCharacters_CannotSteerTheTerminal()
    {
        (await _cli.Feed("Officials said \u001b[31mthree people\u0007 died.", "check", "-")).Ok().Out.ShouldNotContain("\u001b");
        (await _cli.Run("queue")).Ok().Out.ShouldNotContain("\u001b");
    }

    [Fact]
    public async Task Help_OfEveryVerb_HasAnExample()
    {
        foreach (var verb in new[] { "check", "extract", "queue", "take", "release", "assign", "claim", "complete", "return", "reopen", "comment", "article", "report", "evidence add", "evidence list", "evidence show", "evidence save", "evidence use", "evidence detach", "evidence withdraw", "origin set", "origin reject", "origin merge", "origin retract", "override", "link", "compare", "similar", "reuse", "search", "revise", "mend add", "mend change", "mend split", "mend merge", "mend dismiss", "user add", "user list", "user disable", "workflows list", "workflows check", "workflows show", "audit check", "audit list", "audit head", "audit export", "audit prove", "backup", "doctor" })
            (await _cli.Run([.. verb.Split(' '), "--help"])).Ok().Out.ShouldContain("Example:", customMessage: verb);
    }

    [Fact]
    public async Task Workflows_ListCheckShow_TellOfTheShippedDefinitions()
    {
        (await _cli.Run("workflows", "list")).Ok().Out.ShouldContain("leaked-document");
        (await _cli.Run("workflows", "check")).Ok().Out.ShouldContain("4 definitions");
        (await _cli.Run("workflows", "show", "standard", "--mermaid")).Ok().Out.ShouldStartWith("flowchart TD\n");
        (await _cli.Run("workflows", "show", "standard", "--json")).Ok().Json.GetProperty("tasks").GetArrayLength().ShouldBe(3);
        (await _cli.Run("workflows", "show", "nothing")).Refused(6, "not_found");
        var broken = _cli.Write("broken.json", (await File.ReadAllTextAsync(Path.Combine(Cli.Root, "workflows", "standard.json"))).Replace("Elsa.FlowFork", "Elsa.Spoon", StringComparison.Ordinal));
        var ran = await _cli.Run("workflows", "check", broken);
        ran.Exit.ShouldBe(5);
        ran.Out.ShouldContain("activity 'clock'");
        ran.Out.ShouldContain("Elsa.Spoon");
    }
}
