using Shouldly;
using Verify.Attribution;
using Verify.Evidence.Anchoring;
using Xunit;

namespace Verify.Evidence.Tests;

public sealed class Anchoring
{
    private const string Before = "The mayor said the town would close four wells by June. \"We had no choice,\" she said. Officials said the water was safe, and later that nobody had fallen ill.";

    private static Span Of(string words)
    {
        var at = Before.IndexOf(words, StringComparison.Ordinal);
        return new(at, at + words.Length);
    }

    private static Anchor Find(string after, params string[] words) => new Anchors(Before, after).Find([.. words.Select(Of)]);

    [Fact]
    public void AtTheSamePlace_IsFoundByPosition()
    {
        var a = Find(Before.Replace("ill.", "sick.", StringComparison.Ordinal), "the town would close four wells by June");
        a.Kind.ShouldBe(AnchorKind.Position);
        a.Spans.ShouldBe([Of("the town would close four wells by June")]);
    }

    [Fact]
    public void Moved_IsFoundWordForWord_WhereItsSurroundingsAre()
    {
        var after = "An update. We had no choice but to write. " + Before;
        var a = Find(after, "We had no choice");
        a.Kind.ShouldBe(AnchorKind.Exact);
        after[(a.Spans[0].Start - 1)..a.Spans[0].End].ShouldBe("\"We had no choice");
    }

    [Fact]
    public void Changed_IsFoundFuzzily_WithTheDifference()
    {
        var after = Before.Replace("four wells by June", "nine wells by the end of June", StringComparison.Ordinal);
        var a = Find(after, "the town would close four wells by June");
        a.Kind.ShouldBe(AnchorKind.Fuzzy);
        a.Spans.ShouldHaveSingleItem().Of(after).ShouldBe("the town would close nine wells by the end of June");
        a.Differences.ShouldContain(d => d.Grave && d.Quoted == "four" && d.Document == "nine");
    }

    [Fact]
    public void TwoStretches_KeepTheirOrder()
    {
        var a = Find("A new first line.\n" + Before, "the water was safe", "nobody had fallen ill");
        a.Kind.ShouldBe(AnchorKind.Exact);
        a.Spans.Count.ShouldBe(2);
    }

    [Fact]
    public void TakenOut_IsLost()
    {
        Find("The council met on Tuesday and talked about the library's roof for three hours.", "the town would close four wells by June").Kind.ShouldBe(AnchorKind.Lost);
        Find("", "We had no choice").Kind.ShouldBe(AnchorKind.Lost);
    }
}
