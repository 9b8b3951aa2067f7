using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Verify.Workflow.Expressions;

/// <summary>Writes JSON in a buffer that each thread keeps: an item's state and the rows that are hashed are written at every step.</summary>
public static class JsonText
{
    // The text goes into a database and to people, never into a page's markup: escape only what JSON demands.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const int MostKept = 1 << 18; // bytes; a whole document's text is not held for the next small row
    [ThreadStatic] private static ArrayBufferWriter<byte>? t_buffer;
    [ThreadStatic] private static Utf8JsonWriter? t_writer;

    public static string Of<T>(T value, Action<Utf8JsonWriter, T> write) => Encoding.UTF8.GetString(Bytes(value, write));

    /// <summary>As UTF-8; valid until the thread's next call. What <paramref name="write"/> does must not call here.</summary>
    public static ReadOnlySpan<byte> Bytes<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        if (t_buffer is null or { Capacity: > MostKept }) (t_buffer, t_writer) = (new ArrayBufferWriter<byte>(4096), null);
        var writer = t_writer ??= new Utf8JsonWriter(t_buffer, Plain);
        t_buffer.ResetWrittenCount();
        writer.Reset(); // the last one may have ended half way
        write(writer, value);
        writer.Flush();
        return t_buffer.WrittenSpan;
    }
}
