using Verify.Desk.Data;

namespace Verify.Desk.Audit;

/// <summary>Hashes of rows that were worked out before they were written. By the very object: rows never change, their copies do.</summary>
public sealed class KnownHashes
{
    private readonly Dictionary<IAuditedRow, string> _hashes = new(ReferenceEqualityComparer.Instance);

    public KnownHashes(IEnumerable<IAuditedRow> rows)
    {
        foreach (var row in rows) _hashes[row] = RowHash.Of(row);
    }

    public string? Of(IAuditedRow row) => _hashes.GetValueOrDefault(row);
}
