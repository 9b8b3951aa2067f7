using Verify.Desk;
using Verify.Desk.Requests;
using Verify.Desk.Runtimes;
#if WITH_ELSA
using Microsoft.AspNetCore.Http;
using Verify.Elsa;
#endif
using Verify.Web;
using Verify.Workflow.Definitions;
using Verify.Workflow.Runtime;

namespace Verify.Cli;

/// <summary>The runtimes that this build has. Elsa's packages cannot be had everywhere: see README, "The two runtimes".</summary>
internal static class Runtimes
{
    public const string Embedded = DeskOptions.Embedded;
    public const string Elsa = "elsa";

    /// <summary>Those that keep a store of their own.</summary>
    /// <param name="managed">Whether they are to be looked at through <see cref="ElsaApi"/>.</param>
    public static IReadOnlyDictionary<string, OpenRuntime> Outside(bool managed = false) => new Dictionary<string, OpenRuntime>
    {
#if WITH_ELSA
        [Elsa] = managed ? ElsaRuntime.OpenManaged : ElsaRuntime.Open,
#endif
    };

    /// <summary>Elsa's own management API, on a desk that was opened for it; null where Elsa is not built in.</summary>
    public static RuntimeApi? ElsaApi(VerifyDesk desk, IReadOnlyList<string> origins)
    {
#if WITH_ELSA
        return new(ElsaRuntime.ManagementPath, async cancellation =>
        {
            var opened = await desk.Runtime(Elsa, cancellation);
            return opened.Refusal is { } refusal ? refusal : Result<RequestDelegate>.Of(((ElsaRuntime)opened.Value).Answer);
        }, origins);
#else
        return null;
#endif
    }

    /// <returns>Null, or why the runtime cannot be chosen.</returns>
    public static Refusal? Refusal(string runtime) => runtime == Embedded || Outside().ContainsKey(runtime) ? null
        : runtime == Elsa ? Refused.RuntimeNotBuiltIn()
        : Refused.Invalid($"there is no runtime '{runtime}'; choose {Embedded} or {Elsa}");

    /// <summary>A runtime that is asked from outside, on definitions given as text.</summary>
    /// <param name="folder">Where a runtime that keeps a file may keep it.</param>
    public static async Task<IWorkflowRuntime> Open(string runtime, IReadOnlyCollection<string> definitions, string folder, CancellationToken cancellation) =>
        Outside().TryGetValue(runtime, out var open)
            ? await open(Path.Combine(folder, "conform.db"), definitions, TimeProvider.System, cancellation)
            : new EmbeddedRuntime(definitions.Select(d => DefinitionReader.Read(d).Definition).OfType<Definition>(), TimeProvider.System);
}
