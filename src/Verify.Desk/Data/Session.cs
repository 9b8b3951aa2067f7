using System.Data;
using Microsoft.Data.Sqlite;
using Verify.Desk.Audit;

namespace Verify.Desk.Data;

/// <summary>What a command's handler works with: the writer's connection within its transaction, who acts, and when.</summary>
public sealed class Session
{
    private readonly HashSet<string> _toBeTold = new(StringComparer.Ordinal);
    private readonly List<Func<IDbConnection, Task>> _afterwards = [];
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

    /// <summary>Claims whose runtime has to be told of this command, once it is on disk.</summary>
    public IReadOnlyCollection<string> ToBeTold => _toBeTold;

    /// <summary>Amends what the command answers when every runtime has been told and followed.</summary>
    public void Afterwards(Func<IDbConnection, Task> amend) => _afterwards.Add(amend);

    /// <summary>What was judged before the turn came was judged then, and everything that follows from it is of that moment.</summary>
    internal void ActedAt(DateTimeOffset moment) => _work = Current with { Now = moment };

    internal void HasToBeTold(string claimId) => _toBeTold.Add(claimId);

    internal async Task AmendAnswer(IDbConnection reader)
    {
        foreach (var amend in _afterwards) await amend(reader);
    }

    private Work Current => _work ?? throw new InvalidOperationException("a command's session was used outside its transaction");

    internal void Begin(SqliteConnection connection, AuditLog audit, DateTimeOffset now, UserRow? actor)
    {
        _work = new(connection, audit, now, actor);
        _toBeTold.Clear();
        _afterwards.Clear();
    }
}
