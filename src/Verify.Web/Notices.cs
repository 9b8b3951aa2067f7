using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Verify.Web.Security;

namespace Verify.Web;

/// <summary>One line for the next page that a user sees: what was just done. Held in memory: losing one loses nothing.</summary>
internal sealed class Notices
{
    private const int Most = 10_000;
    private readonly ConcurrentDictionary<string, string> _waiting = new(StringComparer.Ordinal);

    public void Leave(HttpContext context, string text)
    {
        if (SessionCookie.TokenOf(context) is not { } session) return;
        if (_waiting.Count >= Most) _waiting.Clear();
        _waiting[session] = text;
    }

    public string? Take(HttpContext context) => SessionCookie.TokenOf(context) is { } session && _waiting.TryRemove(session, out var text) ? text : null;
}
