using Verify.Desk.Requests;
using Verify.Workflow.Definitions;
using Verify.Workflow.Runtime;

namespace Verify.Cli;

/// <summary>The runtimes that this build has. Elsa's packages cannot be had everywhere: see README, "The two runtimes".</summary>
internal static class Runtimes
{
    public const string Embedded = "embedded";
    public const string Elsa = "elsa";

#if WITH_ELSA
    public static readonly string[] BuiltIn = [Embedded, Elsa];
#else
    public static readonly string[] BuiltIn = [Embedded];
#endif

    /// <returns>Null, or why the runtime cannot be chosen.</returns>
    public static Refusal? Refusal(string runtime) => BuiltIn.Contains(runtime) ? null
        : runtime == Elsa ? Refused.RuntimeNotBuiltIn()
        : Refused.Invalid($"there is no runtime '{runtime}'; choose {Embedded} or {Elsa}");

    /// <summary>A runtime that is asked from outside, on definitions given as text.</summary>
    /// <param name="folder">Where a runtime that keeps a file may keep it.</param>
    public static async Task<IWorkflowRuntime> Open(string runtime, IReadOnlyCollection<string> definitions, string folder, CancellationToken cancellation)
    {
#if WITH_ELSA
        if (runtime == Elsa) return await Verify.Elsa.ElsaRuntime.Open(new(Path.Combine(folder, "elsa.db"), definitions), TimeProvider.System, cancellation);
#endif
        await Task.CompletedTask;
        return new EmbeddedRuntime(definitions.Select(d => DefinitionReader.Read(d).Definition).OfType<Definition>(), TimeProvider.System);
    }
}
