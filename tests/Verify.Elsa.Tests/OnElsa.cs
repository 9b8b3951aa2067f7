#if WITH_ELSA
using Verify.Elsa;
#else
using Xunit;
#endif

namespace Verify.Desk.Tests;

/// <summary>The runtime that the scenarios of this project run on.</summary>
internal static class TestRuntime
{
    public const string Name = "elsa";

    /// <summary>A standard claim's first task: only what waits has a number.</summary>
    public static string FirstTask(string claim) => claim + "-1";

    /// <summary>A claim's version after so many decisions: the start and each decision are followed by what Elsa made of them.</summary>
    public static long VersionAfter(int decisions) => 2 * (1 + decisions);

    public static DeskOptions On(DeskOptions options)
    {
#if WITH_ELSA
        return options with
        {
            Runtime = Name,
            Runtimes = new Dictionary<string, Runtimes.OpenRuntime>
            {
                [Name] = ElsaRuntime.Open,
            },
        };
#else
        Assert.Skip(ElsaNotBuiltIn.Why);
        return options;
#endif
    }
}
