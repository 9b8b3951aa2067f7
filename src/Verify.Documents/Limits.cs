namespace Verify.Documents;

/// <summary>How much of a file is read.</summary>
/// <param name="Characters">Text beyond this is not taken: nobody compares a quotation with ten books at once.</param>
/// <param name="Entries">Files in an archive.</param>
/// <param name="Unpacked">Bytes of an archive once unpacked.</param>
/// <param name="Ratio">Unpacked to packed, counted from 10 MB on: text seldom packs better than 1 to 20.</param>
internal sealed record Limits(int Characters = 20_000_000, int Entries = 5_000, long Unpacked = 200_000_000, int Ratio = 200, int Pages = 5_000);

internal sealed class UnreadableException(int status, string message) : Exception(message)
{
    public const int Encrypted = 10, Damaged = 11, TooLarge = 12;
    public int Status => status;
}
