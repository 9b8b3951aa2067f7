using System.Text.Json;
using Shouldly;
using Xunit;

namespace Verify.Attribution.Tests;

/// <summary>The seed article of the shared gold: skipped where that folder is absent.</summary>
public sealed class Gold
{
    [Fact]
    public void Extract_TheSeedArticle_FindsElevenOfThirteenAndTheCableChainWhole()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Verify.sln"))) root = Path.GetDirectoryName(root)!;
        var seed = Path.Combine(Environment.GetEnvironmentVariable("VERIFY_SHARED") ?? Path.Combine(root, "..", "shared"), "gold", "seed", "cable");
        Assert.SkipUnless(File.Exists(seed + ".txt"), "the shared gold articles are not on this machine (set VERIFY_SHARED to their folder)");
        var text = File.ReadAllText(seed + ".txt");
        var claims = Extractor.Extract(text);
        var found = File.ReadAllLines(seed + ".gold.jsonl").Where(l => l.Length > 0).Count(line =>
        {
            var spans = JsonDocument.Parse(line).RootElement.GetProperty("content").EnumerateArray().Select(s => s.GetProperty("text").GetString()!);
            var words = Words(spans);
            return claims.Any(c => Words(c.Content.Select(s => s.Of(text))) is var mine && mine.Intersect(words).Count() * 2 >= mine.Union(words).Count());
        });
        found.ShouldBeGreaterThanOrEqualTo(11);
        claims.ShouldContain(c => c.Chain.Select(l => $"{l.Role}:{l.Resolved}").SequenceEqual(new[] { "Relay:CNN", "Speaker:Mike Pompeo", "Medium:cable" }));
    }

    private static HashSet<string> Words(IEnumerable<string> spans) =>
        spans.SelectMany(s => s.Split([' ', '"', ',', '.', '“', '”'], StringSplitOptions.RemoveEmptyEntries)).ToHashSet();
}
