namespace Verify.Desk.Requests;

/// <summary>Which part of the world refused; page, API and command line each map it to a status of their own.</summary>
public enum RefusalKind
{
    /// <summary>A rule of the desk: roles, four eyes, versions, outcomes.</summary>
    Rule,
    /// <summary>A value in the request is missing or wrong.</summary>
    Request,
    /// <summary>The article or file given cannot be read.</summary>
    Input,
    /// <summary>What the request names does not exist.</summary>
    NotFound,
    /// <summary>The database is locked, full, read-only, damaged or newer.</summary>
    Database,
    /// <summary>A workflow definition or the routing is broken.</summary>
    Definition,
}

/// <summary>An expected refusal.</summary>
/// <param name="Code">Stable; for programs. See the list in the README.</param>
/// <param name="Message">One line: what is wrong and what to do.</param>
public sealed record Refusal(RefusalKind Kind, string Code, string Message);

/// <summary>Lets a pipeline step refuse whatever a request answers with.</summary>
public interface IRefusable<TSelf> where TSelf : IRefusable<TSelf>
{
    static abstract TSelf Refuse(Refusal refusal);
    Refusal? Refusal { get; }
}

/// <summary>What a request answers: a value, or why there is none.</summary>
public sealed class Result<T> : IRefusable<Result<T>>
{
    private readonly T? _value;

    private Result(T? value, Refusal? refusal) => (_value, Refusal) = (value, refusal);

    public Refusal? Refusal { get; }

    /// <exception cref="InvalidOperationException">The request was refused.</exception>
    public T Value => Refusal is null ? _value! : throw new InvalidOperationException($"refused: {Refusal.Code}: {Refusal.Message}");

    public static Result<T> Refuse(Refusal refusal) => new(default, refusal);
    /// <summary>For a value whose type is an interface, which no conversion can be declared for.</summary>
    public static Result<T> Of(T value) => new(value, null);
    public static implicit operator Result<T>(T value) => new(value, null);
    public static implicit operator Result<T>(Refusal refusal) => Refuse(refusal);
}
