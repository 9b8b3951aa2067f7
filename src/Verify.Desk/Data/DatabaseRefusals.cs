using Microsoft.Data.Sqlite;
using Verify.Desk.Requests;

namespace Verify.Desk.Data;

/// <summary>Turns what SQLite reports into refusals with a stable code and something to do.</summary>
public static class DatabaseRefusals
{
    // Primary result codes: https://www.sqlite.org/rescode.html
    private const int Error = 1, Busy = 5, Locked = 6, ReadOnly = 8, IoError = 10, Corrupt = 11, Full = 13, CannotOpen = 14, Constraint = 19, NotADatabase = 26;

    /// <returns>Null when the error is a bug of ours and has to surface as one.</returns>
    public static Refusal? Of(SqliteException e, string path) => e.SqliteErrorCode switch
    {
        Busy or Locked => Refused.Database("database_locked", $"another process holds {path}; try again when it is done"),
        ReadOnly => Refused.Database("database_read_only", $"{path} cannot be written; check its permissions and its folder's"),
        Full => Refused.Database("database_full", $"no room to write {path}; free disk space and repeat the command"),
        IoError => Refused.Database("database_io_error", $"the disk under {path} reported an error; check it, then run `verify doctor`"),
        Corrupt when e.Message.Contains("history", StringComparison.Ordinal) => Refused.Database("database_corrupt", $"the head of the history in {path} does not fit its entries, which another program wrote or somebody changed; `verify audit check` says more"),
        Corrupt => Refused.Database("database_corrupt", $"{path} is damaged; keep it for a look later, and restore the last backup"),
        Error when e.Message.Contains("no such table", StringComparison.Ordinal) || e.Message.Contains("no such column", StringComparison.Ordinal) =>
            Refused.Database("database_corrupt", $"{path} lacks what a Verify database has ({e.Message}); somebody has worked on it by hand: keep it for a look later, and restore the last backup"),
        NotADatabase => Refused.Database("not_a_database", $"{path} is not a Verify database; choose another file with --db"),
        // A write-ahead log needs files beside the database: a read-only folder shows up as "cannot open".
        CannotOpen when File.Exists(path) => Refused.Database("database_read_only", $"{path} cannot be opened for writing; check its permissions and its folder's"),
        CannotOpen => Refused.Database("cannot_open", $"{path} cannot be opened; check that its folder exists and may be written"),
        Constraint => OfRule(e.Message),
        _ => null,
    };

    // The triggers of 0002-rules.sql raise codes as messages.
    private static Refusal? OfRule(string message) =>
        message.Contains("four_eyes", StringComparison.Ordinal) || message.Contains("decisions.claim_id, decisions.round, decisions.user_id", StringComparison.Ordinal)
            ? Refused.FourEyes("nobody approves what they checked, wrote or have approved already", "person")
            : null;
}
