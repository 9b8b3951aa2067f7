using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Verify.Desk.Audit;

/// <summary>How long the history was at a moment and what its tree's root was, signed by the desk.</summary>
/// <param name="Size">Entries.</param>
/// <param name="Root">Root of the Merkle tree over them, in base64url.</param>
/// <param name="At">Milliseconds since 1970 in UTC.</param>
/// <param name="Key">The desk's public key (SubjectPublicKeyInfo of a P-256 key), in base64url.</param>
/// <param name="Signature">ECDSA with SHA-256 over the tree head as RFC 9162, section 4.10 writes it; r and s, in base64url.</param>
public sealed record TreeHead(long Size, string Root, long At, string Key, string Signature)
{
    private const long Latest = 253_402_300_799_999; // the year 9999

    public static TreeHead Sign(TreeFrontier tree, DateTimeOffset at, ECDsa key)
    {
        var (root, ms) = (tree.Root(), at.ToUnixTimeMilliseconds());
        return new(tree.Size, Base64Url.EncodeToString(root), ms, Base64Url.EncodeToString(key.ExportSubjectPublicKeyInfo()), Base64Url.EncodeToString(key.SignData(Signed(tree.Size, root, ms), HashAlgorithmName.SHA256)));
    }

    /// <summary>When it was signed, for people.</summary>
    internal string Time => TimeOf(At);

    // Whatever number somebody has put there.
    internal static DateTimeOffset MomentOf(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(ms, 0, Latest));
    internal static string TimeOf(long ms) => $"{MomentOf(ms):yyyy-MM-dd HH:mm}Z";

    /// <summary>The root as bytes; null when the text is none.</summary>
    public byte[]? RootHash() => Decoded(Root) is { Length: MerkleTree.HashBytes } root ? root : null;

    /// <summary>Whether the holder of <see cref="Key"/> signed exactly this.</summary>
    public bool IsSigned()
    {
        if (RootHash() is not { } root || Decoded(Signature) is not { } signature || Size < 0 || At is < 0 or > Latest) return false;
        try
        {
            using var key = PublicKey(Key);
            return key is not null && key.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(Decoded(Key)) && key.VerifyData(Signed(Size, root, At), signature, HashAlgorithmName.SHA256);
        }
        catch (CryptographicException) { return false; }
    }

    /// <summary>Whether this is a public key as heads name one.</summary>
    public static bool IsKey(string text)
    {
        using var key = PublicKey(text);
        return key is not null;
    }

    // Null when the text is no key; the caller disposes of it.
    private static ECDsa? PublicKey(string text)
    {
        if (Decoded(text) is not { } bytes) return null;
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(bytes, out _);
            return key;
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException)
        {
            key.Dispose();
            return null;
        }
    }

    // TreeHeadDataV2: timestamp, tree size, root with its length, no extensions.
    private static byte[] Signed(long size, byte[] root, long at)
    {
        var data = new byte[8 + 8 + 1 + root.Length + 2];
        BinaryPrimitives.WriteInt64BigEndian(data, at);
        BinaryPrimitives.WriteInt64BigEndian(data.AsSpan(8), size);
        data[16] = (byte)root.Length;
        root.CopyTo(data, 17);
        return data;
    }

    // One text for each value: the last letter's spare bits would else be free to change.
    internal static byte[]? Decoded(string? text)
    {
        try { return text is not null && Base64Url.DecodeFromChars(text) is var bytes && Base64Url.EncodeToString(bytes) == text ? bytes : null; }
        catch (FormatException) { return null; }
    }
}
