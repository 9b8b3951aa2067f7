using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Verify.Desk;
using Verify.Desk.Features.Accounts;
using Verify.Web.Security;

namespace Verify.Web.Live;

internal static class LiveEndpoint
{
    // Shorter than what proxies close an idle connection after; and how long a session that has ended may go on listening.
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(20);

    /// <summary>Server-sent events: <c>changes</c> on the desk, and who is <c>here</c> on the same claim.</summary>
    public static void MapLive(this IEndpointRouteBuilder routes) => routes.MapGet("/live", async (HttpContext context, string? claim, ChangeFeed feed, VerifyDesk desk, TimeProvider clock, IHostApplicationLifetime life) =>
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping);
        var token = SessionCookie.TokenOf(context)!;
        var viewer = Viewer.SignedIn(context);
        if (feed.Listen(viewer.Name, viewer.Works && claim is { Length: < 40 } ? claim : null, viewer.Works) is not { } listener)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        var known = clock.GetUtcNow();
        try
        {
            await Send(context, $"event: hello\ndata: {feed.Last ?? 0}\n\n", end.Token);
            while (!end.IsCancellationRequested)
            {
                using var beat = new CancellationTokenSource(Beat, clock);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, beat.Token);
                // Who was disabled meanwhile hears nothing more, however much happens.
                if (clock.GetUtcNow() - known >= Beat)
                {
                    if ((await desk.Send(new FindSession(token), end.Token)).Refusal is not null) return;
                    known = clock.GetUtcNow();
                }
                try
                {
                    if (!await listener.Messages.WaitToReadAsync(either.Token)) return;
                    var messages = new StringBuilder();
                    while (listener.Messages.TryRead(out var message)) messages.Append(message);
                    await Send(context, messages.ToString(), end.Token);
                }
                catch (OperationCanceledException) when (!end.IsCancellationRequested)
                {
                    await Send(context, ": still here\n\n", end.Token);
                }
            }
        }
        catch (OperationCanceledException) { /* the browser has gone, or the server stops */ }
        finally { feed.Leave(listener); }
    });

    private static async Task Send(HttpContext context, string text, CancellationToken cancellation)
    {
        await context.Response.WriteAsync(text, cancellation);
        await context.Response.Body.FlushAsync(cancellation);
    }
}
