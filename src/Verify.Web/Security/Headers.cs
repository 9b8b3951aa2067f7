using Microsoft.AspNetCore.Builder;

namespace Verify.Web.Security;

internal static class Headers
{
    // No script, style, picture or frame from anywhere else, and none in the page itself.
    private const string Policy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    /// <summary>What keeps a browser from being turned against its user, on every answer.</summary>
    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        // At the last moment: an answer that turns into a page of a bug begins anew, without what was set before.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.TryAdd("Content-Security-Policy", Policy);
            headers.TryAdd("X-Content-Type-Options", "nosniff");
            headers.TryAdd("X-Frame-Options", "DENY");
            headers.TryAdd("Referrer-Policy", "same-origin");
            headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
            headers.TryAdd("Cross-Origin-Resource-Policy", "same-origin");
            headers.TryAdd("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
            // What a page shows is for who is signed in: nothing of it stays in a browser that others use too.
            headers.TryAdd("Cache-Control", "no-cache, no-store");
            headers.TryAdd("Pragma", "no-cache");
            return Task.CompletedTask;
        });
        return next(context);
    });
}
