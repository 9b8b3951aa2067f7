using Shouldly;
using Verify.Workflow.Definitions;
using Xunit;

namespace Verify.Workflow.Tests;

public sealed class Definitions
{
    private static string Broken(string from, string to) =>
        Given.Json("start:Start", "check:Task", "route:Switch(check)", "end:Finish", "start.Done>check", "check.Done>route", "route.ok>end").Replace(from, to, StringComparison.Ordinal);

    [Theory]
    [InlineData("Elsa.Finish", "Elsa.HttpEndpoint", "unknown_activity", "end")]
    [InlineData("variables.check.outcome", "variables.nobody.outcome", "unknown_variable", "route")]
    [InlineData("\"JavaScript\"", "\"Python\"", "unknown_language", "route")]
    [InlineData("outcome ===", "outcome ==", "bad_expression", "route")]
    [InlineData("\"typeName\":\"String\"", "\"typeName\":\"Strin\"", "bad_input", "check")]
    [InlineData("\"storageDriverTypeName\"", "\"storage\"", "not_stored", null)]
    [InlineData("\"definitionId\":\"flow\"", "\"definitionId\":\"\"", "no_id", null)]
    [InlineData("\"version\":1", "\"version\":0", "no_version", null)]
    [InlineData("Elsa.Flowchart", "Elsa.Sequence", "no_flowchart", null)]
    [InlineData("\"id\":\"end\"", "\"id\":\"start\"", "duplicate_id", "start")]
    [InlineData("\"activity\":\"end\"", "\"activity\":\"nowhere\"", "unknown_target", "route")]
    [InlineData("\"memoryReference\":{\"id\":\"check\"}", "\"memoryReference\":{\"id\":\"x\"}", "unknown_variable", "check")]
    [InlineData("\"cases\"", "\"casez\"", "unknown_input", "route")]
    [InlineData("{\"definitionId\"", "{{\"definitionId\"", "not_json", null)]
    public void Read_ABrokenDefinition_NamesCodeActivityAndReason(string from, string to, string code, string? activity)
    {
        var reading = DefinitionReader.Read(Broken(from, to));
        reading.Definition.ShouldBeNull();
        reading.Problems.ShouldContain(p => p.Code == code && p.Activity == activity);
        reading.Problems.ShouldAllBe(p => p.Reason.Length > 10 && !p.Reason.Contains('\n'));
    }

    [Theory]
    [InlineData("unreachable", "lost:Task", "lost.Done>end")]
    [InlineData("unconnected_outcome", "lost:Task", "check.Done>lost")]
    [InlineData("unknown_port", "check.Maybe>end")]
    public void Check_WhatWouldLoseWork_IsRefused(string code, params string[] extra)
    {
        var d = Given.Flow(["start:Start", "check:Task", "route:Switch(check)", "end:Finish", "start.Done>check", "check.Done>route", "route.ok>end", .. extra]);
        DefinitionChecks.Check(d).ShouldContain(p => p.Code == code);
    }

    [Fact]
    public void Check_AWayBackThatIsNotSound_IsRefused()
    {
        // From b back to a, although c leads to b without passing a.
        var d = Given.Flow("start:Start", "fork:Fork(A,C)", "a:Task", "c:Task", "b:Task", "route:Switch(b)", "end:Finish",
            "start.Done>fork", "fork.A>a", "fork.C>c", "a.Done>b", "c.Done>b", "b.Done>route", "route.ok>end", "route.back>a");
        DefinitionChecks.Check(d).ShouldContain(p => p.Code == "unsound_back" && p.Activity == "route");
    }

    [Fact]
    public void Check_ASendBackInsideASendBack_IsRefusedBecauseTheSecondRoundWouldBeLost()
    {
        var d = Given.Flow("start:Start", "one:Task", "two:Task", "r2:Switch(two)", "three:Task", "r3:Switch(three)", "end:Finish",
            "start.Done>one", "one.Done>two", "two.Done>r2", "r2.ok>three", "three.Done>r3", "r3.ok>end", "r3.retry>two", "r3.return>one");
        DefinitionChecks.Check(d).ShouldContain(p => p.Code == "nested_back" && p.Activity == "two");
    }

    [Fact]
    public void Check_ASoundDefinition_HasNoProblem() =>
        DefinitionChecks.Check(Given.Definition(Broken("x", "x"))).ShouldBeEmpty();
}
