using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Verify.Attribution.Syntax;

/// <summary>
/// The weights of the tagger and the parser. They are learnt by <c>Verify.Training</c> and embedded in this assembly;
/// nothing is read from disk or network.
/// </summary>
internal sealed class Model
{
    public const int TagBits = 17, ArcBits = 19, LabelBits = 16, WordBits = 14;

    /// <summary>One row of scores (one byte a tag) for each hashed feature.</summary>
    public sbyte[] TagWeights { get; } = new sbyte[(1 << TagBits) * Weights.Width];
    /// <summary>Scores of shift, left and right for each hashed feature.</summary>
    public int[] ArcWeights { get; } = new int[1 << ArcBits];
    /// <summary>Scores of each relation for each hashed feature.</summary>
    public sbyte[] LabelWeights { get; } = new sbyte[(1 << LabelBits) * Weights.Width];
    /// <summary>One more than the move that always follows where three tags meet (top of the stack, next word, the one behind); 0 where it has to be weighed.</summary>
    public byte[] CertainMoves { get; } = new byte[1 << 18];
    /// <summary>The relation that an arc between two tags always bears; 0 where it has to be weighed.</summary>
    public byte[] CertainRelations { get; } = new byte[1 << 13];

    public static int MovePlace(Tag top, Tag next, Tag behind) => (int)top << 12 | (int)next << 6 | (int)behind;
    public static int RelationPlace(Tag child, Tag head, bool before) => (int)child << 7 | (int)head << 1 | (before ? 1 : 0);

    /// <summary>Words that always bear one tag: their hash, and the tag at the same place; 0 where the slot is free.</summary>
    public uint[] Words { get; } = new uint[1 << WordBits];
    public byte[] WordTags { get; } = new byte[1 << WordBits];

    private static readonly Lazy<Model> Embedded = new(() =>
    {
        using var stream = typeof(Model).Assembly.GetManifestResourceStream("syntax.model")
            ?? throw new InvalidOperationException("The language model is missing from this build; see src/Verify.Training.");
        return Read(stream);
    });

    public static Model Default => Embedded.Value;

    public Tag AlwaysTagged(uint word)
    {
        for (var at = word & ((1 << WordBits) - 1); Words[at] != 0; at = (at + 1) & ((1 << WordBits) - 1))
            if (Words[at] == word) return (Tag)WordTags[at];
        return Tag.None;
    }

    public void AddWord(uint word, Tag tag)
    {
        var at = word & ((1 << WordBits) - 1);
        while (Words[at] != 0) at = (at + 1) & ((1 << WordBits) - 1);
        (Words[at], WordTags[at]) = (word, (byte)tag);
    }

    public static Model Read(Stream compressed)
    {
        var model = new Model();
        using var plain = new BrotliStream(compressed, CompressionMode.Decompress);
        foreach (var part in model.Parts()) plain.ReadExactly(part.AsSpan());
        return model;
    }

    public void Write(Stream to)
    {
        using var plain = new BrotliStream(to, CompressionLevel.SmallestSize, leaveOpen: true);
        foreach (var part in Parts()) plain.Write(part.AsSpan());
    }

    private IEnumerable<Part> Parts() =>
    [
        Part.Of(CertainMoves), Part.Of(CertainRelations), Part.Of(TagWeights), Part.Of(ArcWeights), Part.Of(LabelWeights), Part.Of(Words), Part.Of(WordTags),
    ];

    // The bytes behind an array, whatever its elements are.
    private delegate Span<byte> Bytes();
    private sealed record Part(Bytes AsSpan)
    {
        public static Part Of<T>(T[] array) where T : unmanaged => new(() => MemoryMarshal.AsBytes(array.AsSpan()));
    }
}
