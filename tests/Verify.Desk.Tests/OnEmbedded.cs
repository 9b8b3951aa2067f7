namespace Verify.Desk.Tests;

/// <summary>The runtime that the scenarios of this project run on; Verify.Elsa.Tests runs them on Elsa.</summary>
internal static class TestRuntime
{
    public const string Name = DeskOptions.Embedded;

    /// <summary>A standard claim's first task: what is not a task has a number too.</summary>
    public static string FirstTask(string claim) => claim + "-3";

    /// <summary>A claim's version after so many decisions.</summary>
    public static long VersionAfter(int decisions) => 1 + decisions;

    public static DeskOptions On(DeskOptions options) => options;
}
