using CsCheck;
using Shouldly;
using Xunit;

namespace Verify.Attribution.Tests;

public sealed class AnyText
{
    private static readonly string[] Pieces =
    [
        "said ", "told ", "according to ", "cited ", "as saying ", "\"", "“", "”", "'", "’", "«", "»", "‘", ", ", ". ", "; ", ": ", " — ", "--", "(", ")", "[", "]",
        "Pompeo ", "the minister ", "She ", "a copy of the cable ", "in a tweet ", "that ", "which ", "reported ", "was ", "reportedly ", "and ", "it ", "by ",
        "\n", "\n\n", "\r\n", "🎈", "\u2028", "\0", "é", "中文", "U.S. ", "Mr. ", "3.5 ", "1,000 ", "Workers' ", "denied ", "adding ", "Warning that ", "citing ", "announcing ", "ordered them to go ", "with ",
    ];

    private static readonly Gen<string> Newsy = Gen.Int[0, Pieces.Length - 1].Array[0, 60].Select(ix => string.Concat(ix.Select(i => Pieces[i])));

    private static void Holds(string text)
    {
        var claims = Extractor.Extract(text);
        foreach (var (claim, index) in claims.Select((c, i) => (c, i)))
        {
            claim.Content.ShouldNotBeEmpty();
            claim.Confidence.ShouldBeInRange(0, 1);
            foreach (var span in claim.Content.Concat(claim.Chain.SelectMany(l => l.Cue)).Concat(claim.Chain.Where(l => l.Mention is not null).Select(l => l.Mention!.Value)))
            {
                span.Start.ShouldBeGreaterThanOrEqualTo(0);
                span.End.ShouldBeLessThanOrEqualTo(text.Length);
                span.Length.ShouldBeGreaterThan(0);
            }
            if (claim.Parent is { } parent) parent.ShouldBeLessThan(index);
            claim.Chain.Count(l => l.Role == LinkRole.Speaker).ShouldBeLessThanOrEqualTo(1);
        }
        ClaimLines.Write(text, claims).ShouldBe(ClaimLines.Write(text, Extractor.Extract(text)));
    }

    [Fact]
    public void Extract_PiecesOfNews_SpansStayInsideAndTheAnswerIsTheSameTwice() => Newsy.Sample(Holds, iter: 60_000);

    [Fact]
    public void Extract_AnyString_SpansStayInsideAndTheAnswerIsTheSameTwice() => Gen.String.Sample(Holds, iter: 20_000);

    /// <summary>Text made to be slow is bounded by its length: what is found stays shallow, and the whole stays small.</summary>
    [Theory]
    [InlineData("he said ")]
    [InlineData("Bob cited Ann as saying ")]
    [InlineData("according to ")]
    [InlineData("\u201che said \u2018")]
    [InlineData("\"")]
    [InlineData("citing officials, ")]
    public void Extract_AHostileSentence_StaysShallow(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 20_000)) + ".";
        var claims = Extractor.Extract(text);
        claims.ShouldAllBe(c => c.Chain.Count <= 24);
        claims.Sum(c => c.Chain.Count + c.Content.Count).ShouldBeLessThan(text.Length);
    }
}
