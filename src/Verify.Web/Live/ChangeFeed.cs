using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Verify.Desk;
using Verify.Desk.Features.Live;

namespace Verify.Web.Live;

/// <summary>
/// Tells open pages what happens on the desk. It reads the history and not the commands of this process: what the command
/// line does to the same database is told alike.
/// </summary>
internal sealed partial class ChangeFeed(VerifyDesk desk, TimeProvider clock, ILogger<ChangeFeed> logger) : BackgroundService
{
    // Fast enough to be there within a second, and cheap: one row is read by its key.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private const int MostOfOne = 30;

    private readonly ConcurrentDictionary<Listener, byte> _listeners = new();

    /// <summary>The newest entry of the history that was told; null before the first look.</summary>
    public long? Last { get; private set; }

    /// <summary>What had been told when this request began: whatever a page shows, it shows at least that.</summary>
    public static long? SeenBy(HttpContext context) => context.Items[typeof(ChangeFeed)] as long?;

    public Task Remember(HttpContext context, RequestDelegate next)
    {
        context.Items[typeof(ChangeFeed)] = Last;
        return next(context);
    }

    /// <param name="page">What is open there, for example <c>1.2</c>: a claim; null: something else.</param>
    /// <param name="everything">Hears who did what; else only that something happened.</param>
    /// <returns>Null when this user listens in too many places already.</returns>
    public Listener? Listen(string user, string? page, bool everything)
    {
        if (_listeners.Keys.Count(l => l.User == user) >= MostOfOne) return null;
        var listener = new Listener(user, page, everything);
        _listeners[listener] = 0;
        TellWhoIsThere(page);
        return listener;
    }

    public void Leave(Listener listener)
    {
        _listeners.TryRemove(listener, out _);
        listener.Close();
        TellWhoIsThere(listener.Page);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, clock);
        do
        {
            try { await Look(stoppingToken); }
            // Whatever it was, the next look may succeed; a loop that ends would leave every page as it is.
            catch (Exception e) when (e is not OperationCanceledException) { CannotRead(e.Message); }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Look(CancellationToken cancellation)
    {
        var changes = await desk.Send(new ListChanges(Last), cancellation);
        if (changes.Refusal is { } refusal)
        {
            CannotRead(refusal.Message);
            return;
        }
        Last = changes.Value.Last;
        if (!changes.Value.Many && changes.Value.Entries.Count == 0) return;
        Tell("changes", changes.Value, l => l.Everything);
        Tell("changes", changes.Value with { Many = true, Entries = [] }, l => !l.Everything);
    }

    // Two people on one claim see each other.
    private void TellWhoIsThere(string? page)
    {
        if (page is null) return;
        var there = _listeners.Keys.Where(l => l.Page == page).Select(l => l.User).Distinct().Order(StringComparer.Ordinal).ToList();
        Tell("here", new { page, users = there }, l => l.Page == page);
    }

    private void Tell(string what, object data, Func<Listener, bool> whom)
    {
        var message = $"event: {what}\ndata: {JsonSerializer.Serialize(data, Json)}\n\n";
        foreach (var listener in _listeners.Keys.Where(whom)) listener.Tell(message);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The history cannot be read: {Reason}")]
    private partial void CannotRead(string reason);

    /// <summary>One open page.</summary>
    internal sealed class Listener(string user, string? page, bool everything)
    {
        // A browser that does not keep up gets the newest: each message only says that it is time to look again.
        private readonly Channel<string> _messages = Channel.CreateBounded<string>(new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.DropOldest });

        public string User => user;
        public string? Page => page;
        public bool Everything => everything;
        public ChannelReader<string> Messages => _messages.Reader;
        public void Tell(string message) => _messages.Writer.TryWrite(message);
        public void Close() => _messages.Writer.TryComplete();
    }
}
