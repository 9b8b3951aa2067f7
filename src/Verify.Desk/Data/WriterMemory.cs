using System.Collections.Concurrent;
using System.Data;
using Dapper;

namespace Verify.Desk.Data;

/// <summary>
/// What the writer knows of the file from its own turns: who acts, and whether what was read before a turn still holds in it. It rests
/// on the history, which names every row that a decision is judged by, and is forgotten whenever another connection has written. Changed in
/// the writer's turn alone; <see cref="Committed"/> and <see cref="Guess"/> are for anybody.
/// </summary>
public sealed class WriterMemory
{
    private const int MostUsers = 1000; // a name is found in any case: more spellings than this are somebody's game
    private const int MostClaims = 4096;

    private readonly ConcurrentDictionary<string, UserRow> _users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _claims = new(StringComparer.Ordinal); // the last entry that wrote a row of the claim's item
    private long _floor = long.MaxValue; // nothing read before this entry is known to hold
    private long _committed;

    /// <summary>Number of the history's last entry on disk: read first, it is the moment that whatever is read after is at least of.</summary>
    public long Committed => Volatile.Read(ref _committed);

    /// <summary>Whether nothing that a decision on this claim rests on was written since that entry. When in doubt, no.</summary>
    public bool Holds(long since, string claimId) => since >= _floor && !(_claims.TryGetValue(claimId, out var last) && last > since);

    /// <summary>The user as last known, if at all; what rests on it has to be compared with who acts when the turn comes.</summary>
    public UserRow? Guess(string name) => _users.GetValueOrDefault(name);

    public async ValueTask<UserRow?> Find(IDbConnection connection, string name)
    {
        if (_users.TryGetValue(name, out var known)) return known;
        var user = await connection.QuerySingleOrDefaultAsync<UserRow?>(UserRow.ByName, new { Name = name });
        if (_users.Count >= MostUsers) _users.Clear();
        if (user is not null) _users[name] = user;
        return user;
    }

    /// <summary>Takes note of a row that this entry says was written. An entry that is undone has been noted in vain, which harms nobody.</summary>
    internal void Note(long entry, IAuditedRow row)
    {
        switch (row)
        {
            // What other claims have from one that is no claim any more, they have from nobody.
            case ClaimRow { Status: "dismissed" }: _floor = entry; break;
            case ClaimRow claim: Note(entry, claim.Id); break;
            case TaskRow task: Note(entry, task.ClaimId); break;
            case DecisionRow decision: Note(entry, decision.ClaimId); break;
            case TimerRow timer: Note(entry, timer.ClaimId); break;
            case CommentRow: break;
            // Evidence and who looked at it, sources, articles, definitions, users: what rests on them is not looked for here.
            default:
                _floor = entry;
                if (row is UserRow) _users.Clear();
                break;
        }
    }

    private void Note(long entry, string claimId)
    {
        if (_claims.Count >= MostClaims)
        {
            _claims.Clear();
            _floor = entry;
        }
        _claims[claimId] = entry;
    }

    internal void Commit(long head) => Volatile.Write(ref _committed, head);

    /// <summary>Another connection has written, perhaps without an entry: what was read up to this head holds no more.</summary>
    internal void Forget(long head)
    {
        _users.Clear();
        _claims.Clear();
        _floor = Math.Max(head, _committed) + 1; // an older file put in its place has a smaller head
        Commit(head);
    }
}
