using Verify.Desk.Requests;

namespace Verify.Desk.Audit;

/// <param name="Kind">What the file is: one of <see cref="AuditFile"/>'s constants.</param>
/// <param name="Entries">Entries that were read.</param>
/// <param name="Heads">Earlier heads that it tells of, and agrees with where it is sound.</param>
/// <param name="Problem">Null when all holds, else what does not.</param>
/// <param name="Shows">What the file shows, if it holds.</param>
public sealed record AuditFileReport(string Kind, long Entries, TreeHead? Head, int Heads, string? Problem, string Shows)
{
    public bool Sound => Problem is null;
}

/// <summary>Holds an exported history or a proof against its own signed head, with nothing but the file.</summary>
public static class AuditFileCheck
{
    private const int MaxLine = 16 * 1024 * 1024;

    /// <param name="earlier">Heads that were kept elsewhere: the history must begin with each.</param>
    /// <param name="key">The desk's public key as it was given to whoever checks; null: whichever the file names.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Result<AuditFileReport> Check(Stream file, IReadOnlyList<TreeHead> earlier, string? key)
    {
        var lines = new Lines(file);
        if (!lines.Next() || AuditFile.Read(lines.Line) is not { } header) return Refused.Input("wrong_type", "the file is no exported history and no proof, or its first line was altered");
        var held = new EarlierHeads(earlier);
        var shown = "an entry";
        var problem = OfHead(header.Head, key) ?? OfKeys(header.Head, earlier, key) ?? held.TooLongFor(header.Head.Size) ?? header switch
        {
            { Verify: AuditFile.Log, From: null, Path: null } => OfLog(lines, header.Head, held),
            { Verify: AuditFile.Inclusion, From: null } when PathOf(header) is { } path => OfInclusion(lines, header.Head, path, ref shown) ?? held.Contradicts(header.Head),
            { Verify: AuditFile.Consistency, From: { } from } when PathOf(header) is { } path => OfConsistency(lines, from, header.Head, path, key) ?? held.Contradicts(from, header.Head),
            _ => $"the first line has not what a file of the kind '{header.Verify}' has",
        };
        var whole = $"the history of {header.Head.Size} entries of {header.Head.Time}";
        var shows = header.Verify switch
        {
            AuditFile.Inclusion => $"{shown} is in {whole}",
            AuditFile.Consistency => $"{whole} begins with that of {header.From?.Size} entries of {header.From?.Time}",
            _ => whole,
        };
        return new AuditFileReport(header.Verify, lines.Entries, header.Head, header.Verify == AuditFile.Log ? earlier.Count : header.From is { } start ? held.Among(header.Head, start) : held.Among(header.Head), problem, shows);
    }

    private static string? OfHead(TreeHead head, string? key) =>
        !head.IsSigned() ? $"the head of {head.Size} entries was not signed like this by its key"
        : key is not null && head.Key != key ? $"the head of {head.Size} entries was signed by another key: {head.Key}"
        : null;

    // A tail that somebody else has added begins with all earlier heads, and is not the desk's.
    private static string? OfKeys(TreeHead head, IReadOnlyList<TreeHead> earlier, string? key) =>
        earlier.FirstOrDefault(e => !e.IsSigned()) is { } unsigned ? $"of the earlier heads that of {unsigned.Size} entries was not signed by its key"
        : key is null && earlier.Count > 0 && earlier.All(e => e.Key != head.Key) ? $"this head was signed by {head.Key}, and no earlier one was; if the desk has a new key, name it with --signed-by"
        : null;

    private static string? OfLog(Lines lines, TreeHead head, EarlierHeads earlier)
    {
        var (tree, previous) = (new TreeFrontier(), "");
        while (lines.Next())
        {
            if (EntryLine.Read(lines.Line) is not { } entry || entry.Seq != tree.Size + 1 || entry.Previous != previous) return $"entry {tree.Size + 1} does not follow the one before it: it, or that one, was altered, removed or moved";
            previous = RowHash.Of(lines.Line);
            tree.Append(AuditEntry.LeafOf(previous));
            if (earlier.Against(tree) is { } rewritten) return rewritten;
        }
        if (!lines.Whole) return $"the file was cut off within entry {tree.Size + 1}";
        if (tree.Size != head.Size) return $"the head names {head.Size} entries, the file holds {tree.Size}";
        return tree.Root().AsSpan().SequenceEqual(head.RootHash()) ? null : "the entries are not those that the head was signed for";
    }

    private static string? OfInclusion(Lines lines, TreeHead head, IReadOnlyList<byte[]> path, ref string shown)
    {
        if (!lines.Next() || !lines.Whole) return "the entry is missing, or was cut off";
        if (EntryLine.Read(lines.Line) is not { } entry) return "the entry is none";
        var line = lines.Line.ToArray();
        var leaf = AuditEntry.LeafOf(RowHash.Of(line));
        if (lines.Next() || !lines.Whole) return "more than one entry follows";
        if (!MerkleTree.Includes(leaf, entry.Seq - 1, head.Size, path, head.RootHash())) return $"entry {entry.Seq} is not in the history that the head was signed for";
        shown = EntryLine.Describe(line);
        return null;
    }

    private static string? OfConsistency(Lines lines, TreeHead from, TreeHead head, IReadOnlyList<byte[]> path, string? key)
    {
        if (OfHead(from, key) is { } problem) return problem;
        if (lines.Next() || !lines.Whole) return "something follows the proof";
        return MerkleTree.BeginsWith(from.Size, from.RootHash(), head.Size, head.RootHash(), path) ? null : $"the history of {head.Size} entries does not begin with that of {from.Size}";
    }

    private static List<byte[]>? PathOf(AuditFile header)
    {
        var path = header.Path?.Select(TreeHead.Decoded).OfType<byte[]>().Where(h => h.Length == MerkleTree.HashBytes).ToList();
        return path?.Count == header.Path?.Count ? path : null;
    }

    // Reads lines as bytes; the last one, too, has to end.
    private sealed class Lines(Stream file)
    {
        private byte[] _buffer = new byte[1 << 20];
        private int _start, _end, _length;

        /// <summary>Lines after the first.</summary>
        public long Entries { get; private set; } = -1;
        /// <summary>False when the file ended within a line.</summary>
        public bool Whole { get; private set; } = true;
        public ReadOnlySpan<byte> Line => _buffer.AsSpan(_start - _length - 1, _length);

        public bool Next()
        {
            var looked = 0;
            while (true)
            {
                var at = _buffer.AsSpan(_start + looked, _end - _start - looked).IndexOf((byte)'\n');
                if (at >= 0)
                {
                    _length = looked + at;
                    _start += _length + 1;
                    Entries++;
                    return true;
                }
                looked = _end - _start;
                if (_start > 0)
                {
                    _buffer.AsSpan(_start, looked).CopyTo(_buffer);
                    (_start, _end) = (0, looked);
                }
                if (_end == _buffer.Length)
                {
                    if (_end >= MaxLine) { Whole = false; return false; }
                    Array.Resize(ref _buffer, _buffer.Length * 2);
                }
                var read = file.Read(_buffer, _end, _buffer.Length - _end);
                if (read == 0) { Whole = looked == 0; return false; }
                _end += read;
            }
        }
    }
}
