using Shouldly;
using Xunit;

namespace Verify.Cli.Tests;

/// <summary>SIGKILL in the middle of a command leaves all of it or none.</summary>
public sealed class Killed : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Check_KilledAtAnyMoment_LeavesTheWholeArticleOrNothing()
    {
        (await _cli.Run("doctor", "--db", _cli.Db)).Refused(4, "no_database");
        var random = new Random(20261123);
        for (var round = 0; round < 12; round++)
        {
            var claims = 300;
            var file = _cli.Write($"a{round}.txt", string.Concat(Enumerable.Range(0, claims).Select(i => $"Officials said {round} and {i} people came to the square. ")));
            using (var process = _cli.Start("check", file))
            {
                await Task.Delay(random.Next(60, 700));
                process.Kill();
                await process.WaitForExitAsync();
            }
            if (!File.Exists(_cli.Db)) continue;
            var audit = await _cli.Run("audit", "check", "--json");
            // Killed while the file was being made: it is there and holds nothing yet, which is said of it.
            if (new FileInfo(_cli.Db).Length == 0)
            {
                audit.Exit.ShouldBe(4);
                audit.Err.ShouldContain("\"no_database\"");
            }
            else
            {
                audit.Ok().Json.GetProperty("sound").GetBoolean().ShouldBeTrue();
                (await _cli.Run("doctor")).Ok();
            }
            var again = (await _cli.Run("check", file, "--json")).Ok().Json.GetProperty("articles")[0];
            again.GetProperty("article").GetProperty("claims").GetArrayLength().ShouldBe(claims);
        }
    }

    [Fact]
    public async Task FirstUse_BySeveralProcessesAtOnce_MakesOneDatabase()
    {
        for (var round = 0; round < 4; round++)
        {
            var db = Path.Combine(_cli.Folder, $"new{round}.db");
            var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => _cli.Feed($"Mayor Pia Lund said the town would close {i} wells.", "check", "-", "--db", db)));
            foreach (var run in runs) run.Ok();
            (await _cli.Run("audit", "check", "--db", db)).Ok();
            (await _cli.Run("article", "4", "--db", db)).Ok();
        }
    }

    [Fact]
    public async Task Complete_KilledAtAnyMoment_LeavesTheWholeDecisionOrNothing()
    {
        await _cli.AddUsers();
        (await _cli.Run("check", _cli.Write("a.txt", string.Concat(Enumerable.Range(0, 40).Select(i => $"Mayor Pia Lund said the town would close {i} wells. "))), "--as", "Rolf")).Ok();
        var random = new Random(7);
        for (var round = 1; round <= 12; round++)
        {
            string[] command = ["complete", $"1.{round}-3", "--outcome", "corroborated", "--content-verdict", "true", "--as", "Ines", "--key", $"k{round}"];
            using (var process = _cli.Start(command))
            {
                await Task.Delay(random.Next(40, 400));
                process.Kill();
                await process.WaitForExitAsync();
            }
            (await _cli.Run("audit", "check")).Ok();
            // The same command again has its effect once, whether or not the killed one got through.
            (await _cli.Run(command)).Ok();
            var claim = (await _cli.Run("claim", $"1.{round}", "--json")).Ok().Json;
            claim.GetProperty("version").GetInt32().ShouldBe(2);
            claim.GetProperty("open").GetArrayLength().ShouldBe(1);
        }
        (await _cli.Run("audit", "check")).Ok();
    }

    // Killed anywhere: before Elsa is told, while it runs or commits, before or after what came of it is written down.
    [Fact]
    public async Task OnElsa_CompleteKilledAtAnyMoment_OneDecisionAndOneNextTask()
    {
#if WITH_ELSA
        await _cli.AddUsers();
        const int Rounds = 15;
        (await _cli.Run("check", _cli.Write("a.txt", string.Concat(Enumerable.Range(0, Rounds).Select(i => $"Mayor Pia Lund said the town would close {i} wells. "))), "--as", "Rolf", "--runtime", "elsa")).Ok();
        var random = new Random(20261125);
        for (var round = 1; round <= Rounds; round++)
        {
            string[] command = ["complete", $"1.{round}-1", "--outcome", "corroborated", "--content-verdict", "true", "--as", "Ines", "--key", $"k{round}"];
            using (var process = _cli.Start(command))
            {
                await Task.Delay(random.Next(200, 3000));
                process.Kill();
                await process.WaitForExitAsync();
            }
            (await _cli.Run("audit", "check")).Ok();
            (await _cli.Run(command)).Ok();
            var claim = (await _cli.Run("claim", $"1.{round}", "--json")).Ok().Json;
            claim.GetProperty("open").GetArrayLength().ShouldBe(1);
            claim.GetProperty("open")[0].GetProperty("step").GetString().ShouldBe("check-secondary-source");
            claim.GetProperty("history").EnumerateArray().Count(h => h.GetProperty("outcome").GetString() == "corroborated").ShouldBe(1);
        }
        (await _cli.Run("doctor")).Ok();
#else
        await Task.CompletedTask;
        Assert.Skip(ElsaNotBuiltIn.Why);
#endif
    }
}
