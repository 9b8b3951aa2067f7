using System.Text.Json;
using Verify.Desk.Data;

namespace Verify.Desk.Runtimes;

/// <summary>
/// The state of an item that runs on a runtime with a store of its own: which instance it is there, and which of the
/// claim's numbers stands for what waits there. It takes the place of the embedded runtime's state in the claim's row.
/// </summary>
/// <param name="Runtime">The runtime that the item began on, and stays on.</param>
/// <param name="Instance">Id of its instance there; a new round is a new instance.</param>
/// <param name="Next">Number of the next task or timer of the claim.</param>
/// <param name="Open">What waited when last heard of.</param>
public sealed record OutsideState(string Runtime, string Instance, int Next, IReadOnlyList<OutsideWait> Open)
{
    /// <summary>Null where the claim's item runs on the embedded runtime.</summary>
    public static OutsideState? Of(ClaimRow claim) => claim.State.StartsWith("{\"Runtime\":", StringComparison.Ordinal) ? JsonSerializer.Deserialize<OutsideState>(claim.State) : null;

    public string ToJson() => JsonSerializer.Serialize(this);

    /// <exception cref="InvalidOperationException">Nothing with this number waits there; a bug.</exception>
    public string WaitOf(long token) => Open.FirstOrDefault(o => o.Token == token)?.Wait ?? throw new InvalidOperationException($"nothing with number {token} waits in {Instance}");
}

/// <param name="Token">The claim's number for it.</param>
/// <param name="Wait">The runtime's id for it.</param>
public sealed record OutsideWait(int Token, string Wait, bool IsTimer);
