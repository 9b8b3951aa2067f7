using System.Data;
using Microsoft.Data.Sqlite;
using Verify.Desk.Audit;

namespace Verify.Desk.Data;

/// <summary>What a command's handler works with: the writer's connection within its transaction, who acts, and when.</summary>
public sealed class Session
{
    private Work? _work;

    private sealed record Work(SqliteConnection Connection, AuditLog Audit, DateTimeOffset Now, UserRow? Actor);

    public IDbConnection Connection => Current.Connection;
    public AuditLog Audit => Current.Audit;
    public DateTimeOffset Now => Current.Now;
    /// <summary>Now in Unix milliseconds, as stored.</summary>
    public long NowMs => Current.Now.ToUnixTimeMilliseconds();
    /// <summary>Null when nobody in particular acts, on a desk without users.</summary>
    public UserRow? Actor => Current.Actor;
    public string ActorName => Current.Actor?.Name ?? "-";

    private Work Current => _work ?? throw new InvalidOperationException("a command's session was used outside its transaction");

    internal void Begin(SqliteConnection connection, AuditLog audit, DateTimeOffset now, UserRow? actor) => _work = new(connection, audit, now, actor);
}
