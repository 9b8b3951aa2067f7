using MediatR;
using Verify.Desk.Data;

namespace Verify.Desk.Requests;

/// <summary>Reads; runs on a connection of its own and never waits for the writer.</summary>
public abstract record Query<T> : IRequest<Result<T>>;

/// <summary>Changes something; runs in the one writer's transaction, all of it or nothing.</summary>
public abstract record Command<T> : IRequest<Result<T>>
{
    /// <summary>Name of the acting user; null where <see cref="NeedsUser"/> is false.</summary>
    public string? As { get; init; }

    /// <summary>Idempotency key: the same command with the same key again has no second effect and the same answer. At most 200 characters.</summary>
    public string? Key { get; init; }

    /// <summary>Roles of which the acting user needs one; empty: any user but a mere reader.</summary>
    public virtual IReadOnlyList<string> AllowedRoles => [];

    /// <summary>Whether a desk with users refuses the command from nobody in particular.</summary>
    public virtual bool NeedsUser => true;

    /// <summary>Whether the desk itself acts, as when a timer is due; then nobody has to be named.</summary>
    public virtual bool IsOfTheDesk => false;

    /// <summary>Whether whoever sends the command sees to it that other runtimes are told of it.</summary>
    public virtual bool IsToldBySender => false;
}

/// <summary>
/// Judges a command while the writer serves others. What comes of it counts only if nothing that it rests on has changed when the
/// command's turn comes; else, and where it could not be judged ahead, the command is judged in its turn as if nothing had been.
/// </summary>
public interface IJudgesAhead<in TRequest>
{
    Task JudgeAhead(TRequest request);
}

/// <summary>A command with work that takes long and needs no turn at writing; it is done before, so that nobody waits for it.</summary>
public interface IPrepares
{
    /// <param name="database">May be read; what is read may have changed when the command's turn comes.</param>
    ValueTask Prepare(DeskDatabase database, DateTimeOffset now);
}
