using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Audit;

/// <summary>Hands a head to where the desk's own people cannot change it afterwards.</summary>
public static class HeadWitness
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(20) }; // who sends us elsewhere has kept nothing

    // Whatever else lies there, a database or a key, is not written into.
    private static readonly byte[] Begins = "{\"size\":"u8.ToArray();

    /// <returns>Null, or why no head can ever get there; asked before anything depends on it.</returns>
    public static Refusal? Refusal(string where)
    {
        if (where.Length == 0) return Refused.Invalid("name a file or an address for the heads");
        if (Address(where) is not null) return null;
        if (where.Contains("://", StringComparison.Ordinal)) return Refused.Invalid($"{where} is no address that a head can be sent to; give one that begins with http:// or https://, or a file");
        if (Directory.Exists(where)) return Refused.Input("is_directory", $"{where} is a folder; name a file in it");
        return NewFile.NoFolder(Path.GetFullPath(where));
    }

    private static Uri? Address(string where) => Uri.TryCreate(where, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;

    /// <param name="where">A file, to which a line is added; or an http or https address, to which it is posted.</param>
    /// <returns>Null, or why it did not get there.</returns>
    public static async Task<Refusal?> Send(string where, TreeHead head, CancellationToken cancellation)
    {
        if (Refusal(where) is { } never) return never;
        var line = AuditFile.ToLine(head);
        try
        {
            if (Address(where) is { } address)
            {
                using var body = new ByteArrayContent(line);
                body.Headers.ContentType = new("application/json");
                using var answer = await Client.PostAsync(address, body, cancellation);
                return answer.IsSuccessStatusCode ? null : Refused.Input("cannot_write", $"{where} answered {(int)answer.StatusCode} instead of keeping the head");
            }
            await using var file = new FileStream(where, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            if (!file.CanSeek) return Refused.Input("cannot_write", $"{where} is no file that keeps what is written; name one that does");
            // A line that was cut off when it was written spoils itself, and not this one too.
            if (file.Length > 0)
            {
                var begins = new byte[Begins.Length];
                if (file.ReadAtLeast(begins, begins.Length, throwOnEndOfStream: false) < begins.Length || !begins.AsSpan().SequenceEqual(Begins)) return Refused.Input("cannot_write", $"{where} holds something other than heads; name a new file, or one that `verify audit head` wrote");
                file.Seek(-1, SeekOrigin.End);
                if (file.ReadByte() != '\n') file.WriteByte((byte)'\n');
            }
            await file.WriteAsync(line, cancellation);
            file.Flush(flushToDisk: true);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or HttpRequestException || (e is TaskCanceledException && !cancellation.IsCancellationRequested))
        { return Refused.Input("cannot_write", $"the head cannot be sent to {where}: {e.Message}"); }
    }
}
