using System.Buffers.Binary;
using System.Globalization;

namespace Verify.Desk.Requests;

/// <summary>UUIDv7 that rise strictly within this process, so that what is made together stands together and in order.</summary>
public static class Ids
{
    private static readonly Lock Gate = new();
    private static UInt128 _last;

    /// <summary>The smallest id that could be made at this time: where those of a stretch of time begin.</summary>
    public static string First(DateTimeOffset at)
    {
        var ms = at.ToUnixTimeMilliseconds().ToString("x12", CultureInfo.InvariantCulture);
        return $"{ms[..8]}-{ms[8..]}";
    }

    /// <param name="now">Goes into the first 48 bits, in milliseconds.</param>
    public static string New(DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (Gate)
        {
            Guid.CreateVersion7(now).TryWriteBytes(bytes, bigEndian: true, out _);
            var id = BinaryPrimitives.ReadUInt128BigEndian(bytes);
            // Within one millisecond, or after the clock went back, the next number follows the last one given.
            _last = id > _last ? id : _last + 1;
            BinaryPrimitives.WriteUInt128BigEndian(bytes, _last);
        }
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
