using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Verify.Desk.Data;

/// <summary>
/// A connection that keeps each statement prepared once it was used. Preparing costs more than running the small
/// statements of a command, and the writer runs the same few dozen for ever.
/// </summary>
internal sealed class PreparedConnection(string connectionString) : SqliteConnection(connectionString)
{
    private const int MostKept = 200; // statements are constants of the program: more than this is a bug, not a load
    // By the very string: to hash a statement's text four times costs as much as a short one's run. A text made anew each time
    // would fill the shelf, which is bounded, and find nothing there.
    private readonly Dictionary<string, SqliteCommand> _idle = new(ReferenceEqualityComparer.Instance);

    // What Dapper calls. A statement in use is away from the shelf, so two uses at once get two.
    protected override DbCommand CreateDbCommand() => new PreparedCommand(this);

    private SqliteCommand Take(string sql)
    {
        if (_idle.Remove(sql, out var command)) return command;
        command = CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private void PutBack(SqliteCommand command)
    {
        command.Parameters.Clear();
        if (_idle.Count >= MostKept || !_idle.TryAdd(command.CommandText, command)) command.Dispose();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var command in _idle.Values) command.Dispose();
            _idle.Clear();
        }
        base.Dispose(disposing);
    }

    // Dapper leaves the sign off a parameter's name; looking for one without it costs as much as a small statement.
    private sealed class NamedParameter : SqliteParameter
    {
        [AllowNull]
        public override string ParameterName
        {
            get => base.ParameterName;
            set => base.ParameterName = value is [not '@', ..] ? $"@{value}" : value;
        }
    }

    /// <summary>Takes its statement from the shelf when it learns its text, and puts it back when it is disposed.</summary>
    private sealed class PreparedCommand(PreparedConnection owner) : DbCommand
    {
        private SqliteCommand? _inner;
        private SqliteCommand Inner => _inner ?? throw new InvalidOperationException("the command has no text yet");

        [AllowNull]
        public override string CommandText
        {
            get => _inner?.CommandText ?? "";
            set
            {
                if (_inner is not null) owner.PutBack(_inner);
                _inner = owner.Take(value ?? "");
            }
        }

        public override int CommandTimeout { get; set; } = 5;
        public override CommandType CommandType { get; set; } = CommandType.Text;
        public override bool DesignTimeVisible { get; set; }
        public override UpdateRowSource UpdatedRowSource { get; set; }
        protected override DbConnection? DbConnection { get; set; } = owner;
        protected override DbParameterCollection DbParameterCollection => Inner.Parameters;
        protected override DbTransaction? DbTransaction { get; set; }

        public override void Cancel() => _inner?.Cancel();
        public override int ExecuteNonQuery() => Inner.ExecuteNonQuery();
        public override object? ExecuteScalar() => Inner.ExecuteScalar();
        public override void Prepare() => Inner.Prepare();
        protected override DbParameter CreateDbParameter() => new NamedParameter();
        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Inner.ExecuteReader(behavior);

        protected override void Dispose(bool disposing)
        {
            if (disposing && _inner is not null) owner.PutBack(_inner);
            _inner = null;
            base.Dispose(disposing);
        }
    }
}
