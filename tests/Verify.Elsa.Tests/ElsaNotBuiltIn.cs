namespace Verify;

/// <summary>Why a test on Elsa is skipped; linked into every project that has some.</summary>
internal static class ElsaNotBuiltIn
{
    public const string Why = "Elsa is not built in: its packages are not in the package cache (README, \"The two runtimes\")";
}
