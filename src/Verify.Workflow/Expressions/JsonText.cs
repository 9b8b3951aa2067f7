using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Verify.Workflow.Expressions;

/// <summary>Writes JSON as text, in a buffer that each thread keeps: an item's state is written at every step.</summary>
internal static class JsonText
{
    // The text goes into a database and to people, never into a page's markup: escape only what JSON demands.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const int MostKept = 1 << 16; // bytes; one huge state is not held for the next small one
    [ThreadStatic] private static ArrayBufferWriter<byte>? t_buffer;
    [ThreadStatic] private static Utf8JsonWriter? t_writer;

    public static string Of<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        if (t_buffer is null or { Capacity: > MostKept }) (t_buffer, t_writer) = (new ArrayBufferWriter<byte>(1024), null);
        var writer = t_writer ??= new Utf8JsonWriter(t_buffer, Plain);
        t_buffer.ResetWrittenCount();
        writer.Reset(); // the last one may have ended half way
        write(writer, value);
        writer.Flush();
        return Encoding.UTF8.GetString(t_buffer.WrittenSpan);
    }
}
