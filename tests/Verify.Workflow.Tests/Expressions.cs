using CsCheck;
using Shouldly;
using Verify.Workflow.Expressions;
using Xunit;

namespace Verify.Workflow.Tests;

public sealed class Expressions : IScope
{
    object? IScope.Variable(string name) => name switch
    {
        "n" => 3d,
        "note" => "ann",
        "none" => null,
        "review" => new FlowObject([new("outcome", "ok"), new("score", 7d)]),
        _ => Undefined.Value,
    };

    object? IScope.Input(string name) => "claim-1";

    [Theory]
    [InlineData("return variables.n + 1;", "4")]
    [InlineData("variables.n * 2 - 1", "5")]
    [InlineData("return variables.note + '|' + variables.n;", "\"ann|3\"")]
    [InlineData("return variables.none + '|a';", "\"null|a\"")]
    [InlineData("return variables.review.outcome === 'ok' && variables.review.score > 6;", "true")]
    [InlineData("return variables.review.missing;", "null")]
    [InlineData("return !(!variables.review.score) || false;", "true")]
    [InlineData("return variables.n >= 3 ? 'yes' : 'no';", "\"yes\"")]
    [InlineData("return { claim: getInput('ClaimId'), 'a b': [1, 'x'], n: variables.n };", "{\"claim\":\"claim-1\",\"a b\":[1,\"x\"],\"n\":3}")]
    [InlineData("return { outer: { inner: variables.note } };", "{\"outer\":{\"inner\":\"ann\"}}")]
    [InlineData("return 'it\\'s';", "\"it's\"")]
    [InlineData("return 0.1 + 0.2 + '';", "\"0.30000000000000004\"")]
    [InlineData("return 1e3;", null)]
    [InlineData("return 1 - 2 - 3;", "-4")]
    [InlineData("return null === undefined;", "false")]
    [InlineData("return 'a' < 'b';", "true")]
    public void Evaluate_InsideTheSubset_MeansWhatJavaScriptMeans(string text, string? expected)
    {
        if (expected is null) Should.Throw<ExpressionSyntaxError>(() => ExpressionParser.Parse(text));
        else FlowValue.ToJson(ExpressionParser.Parse(text).Evaluate(this)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("return variables.n == 3;", "===")]
    [InlineData("return variables['n'];", "'.' is expected")]
    [InlineData("return getN();", "'getN' is not known")]
    [InlineData("return fetch('http://x');", "'fetch' is not known")]
    [InlineData("var x = 1; return x;", "'var' is not known")]
    [InlineData("return variables.n +;", "not understood")]
    [InlineData("return 'open", "not closed")]
    [InlineData("return", "missing")]
    [InlineData("", "ends too early")]
    [InlineData("return variables.note.charAt(0);", "function")]
    [InlineData("return 1; return 2;", "not understood")]
    [InlineData("x => x", "'x' is not known")]
    public void Parse_OutsideTheSubset_SaysWhatAndWhere(string text, string reason)
    {
        var error = Should.Throw<ExpressionSyntaxError>(() => ExpressionParser.Parse(text));
        error.Message.ShouldContain(reason);
        error.Message.ShouldContain("at character");
    }

    [Fact]
    public void Parse_NestedBeyondMeasure_IsRefusedInsteadOfOverflowing()
    {
        Should.Throw<ExpressionSyntaxError>(() => ExpressionParser.Parse(new string('(', 100_000) + "1" + new string(')', 100_000)));
        Should.Throw<ExpressionSyntaxError>(() => ExpressionParser.Parse(new string('!', 100_000) + "1"));
        Should.Throw<ExpressionSyntaxError>(() => ExpressionParser.Parse(string.Concat(Enumerable.Repeat("1+", 100_000)) + "1"));
        // The deepest that is let through can be evaluated.
        var deep = "";
        for (var i = 0; i < 30; i++) deep = $"(1+{(i == 0 ? "1" : deep)}{string.Concat(Enumerable.Repeat("+1", 60))})";
        ExpressionParser.Parse(deep).Evaluate(this).ShouldBe(30 * 61 + 1d);
    }

    [Theory]
    [InlineData("return variables.none.outcome;")]
    [InlineData("return variables.review + 'x';")]
    [InlineData("return variables.note * 2;")]
    public void Evaluate_OnValuesWithoutARule_Faults(string text) =>
        Should.Throw<ExpressionFault>(() => ExpressionParser.Parse(text).Evaluate(this));

    [Fact]
    public void Parse_AnyText_NeverFailsOtherwiseThanBySyntaxError() =>
        Gen.String[Gen.Char["variables.getInput('\"){}[]:,?&|=!<>+-*/%. n1\\\n;"], 0, 60].Sample(text =>
        {
            try { ExpressionParser.Parse(text).Evaluate(this); }
            catch (ExpressionSyntaxError) { }
            catch (ExpressionFault) { }
        });
}
