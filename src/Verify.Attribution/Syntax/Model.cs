using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Verify.Attribution.Syntax;

/// <summary>
/// The weights of the tagger and the parser. They are learnt by <c>Verify.Training</c> and embedded in this assembly;
/// nothing is read from disk or network.
/// </summary>
internal sealed class Model
{
    public const int TagBits = 17, ArcBits = 20, LabelBits = 17, WordBits = 14;
    public const int TagWidth = 48, ArcWidth = 4, LabelWidth = 48;

    public Features TagFeatures { get; } = new(TagBits, 22);
    public Features ArcFeatures { get; } = new(ArcBits, 24);
    public Features LabelFeatures { get; } = new(LabelBits, 22);

    /// <summary>One row of scores (one byte a tag) for each hashed feature.</summary>
    public sbyte[] TagWeights { get; } = new sbyte[(1 << TagBits) * TagWidth];
    /// <summary>Scores of shift, left and right for each hashed feature.</summary>
    public sbyte[] ArcWeights { get; } = new sbyte[(1 << ArcBits) * ArcWidth];
    /// <summary>Scores of each relation for each hashed feature.</summary>
    public sbyte[] LabelWeights { get; } = new sbyte[(1 << LabelBits) * LabelWidth];
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
        Part.Of(TagFeatures.Known), Part.Of(ArcFeatures.Known), Part.Of(LabelFeatures.Known),
        Part.Of(TagWeights), Part.Of(ArcWeights), Part.Of(LabelWeights), Part.Of(Words), Part.Of(WordTags),
    ];

    // The bytes behind an array, whatever its elements are.
    private delegate Span<byte> Bytes();
    private sealed record Part(Bytes AsSpan)
    {
        public static Part Of<T>(T[] array) where T : unmanaged => new(() => MemoryMarshal.AsBytes(array.AsSpan()));
    }
}
