using System.Text.Json;
using Shouldly;
using Xunit;

namespace Verify.Attribution.Tests;

/// <summary>Whole articles of our own writing, each with the claims that a careful reader finds in it.</summary>
public sealed class Samples
{
    private static readonly string Folder = Find();

    public static TheoryData<string> Names => [.. Directory.GetFiles(Folder, "*.claims.jsonl").Select(f => Path.GetFileName(f).Replace(".claims.jsonl", "", StringComparison.Ordinal)).Order()];

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Verify.sln"))) folder = Path.GetDirectoryName(folder)!;
        return Path.Combine(folder, "tests", "samples");
    }

    [Theory, MemberData(nameof(Names))]
    public void Extract_ASampleArticle_FindsWhatAReaderFinds(string name)
    {
        var text = File.ReadAllText(Path.Combine(Folder, name + ".txt"));
        var expected = File.ReadAllLines(Path.Combine(Folder, name + ".claims.jsonl")).Where(l => l.Length > 0).Select(l => Describe(JsonDocument.Parse(l).RootElement)).ToList();
        Extractor.Extract(text).Select(c => Describe(c, text)).ShouldBe(expected);
    }

    private static string Describe(JsonElement e) =>
        $"{string.Join(" > ", e.GetProperty("chain").EnumerateArray().Select(l => l.GetString()))} | {string.Join(" … ", e.GetProperty("content").EnumerateArray().Select(l => l.GetString()))}";

    private static string Describe(AttributedClaim c, string text) =>
        $"{string.Join(" > ", c.Chain.Select(l => $"{l.Role}:{l.Kind}:{l.Resolved}".ToLowerInvariant()))} | {string.Join(" … ", c.Content.Select(s => s.Of(text)))}";
}
