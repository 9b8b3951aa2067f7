using Microsoft.AspNetCore.Http;
using Verify.Desk.Requests;

namespace Verify.Web;

/// <summary>A runtime's own interface for programs, served under the desk's address to administrators who sign in to it.</summary>
/// <param name="Path">Where it lies, for example <c>/elsa/api</c>; it is given the whole path.</param>
/// <param name="Open">
/// What answers a request once its sender is known; asked with each request, so that a runtime which cannot be opened now
/// can be later.
/// </param>
/// <param name="Origins">The addresses whose pages may use it from a browser, for example <c>https://studio.example</c>.</param>
public sealed record RuntimeApi(string Path, Func<CancellationToken, Task<Result<RequestDelegate>>> Open, IReadOnlyList<string> Origins)
{
    /// <summary>The origins as browsers name them.</summary>
    public IEnumerable<string> AllowedOrigins => Origins.Select(o => OriginOf(o) ?? throw new InvalidOperationException($"'{o}' is no origin"));

    /// <summary>Null, or why these origins cannot be allowed.</summary>
    public string? Problem() => Origins.FirstOrDefault(o => OriginOf(o) is null) is { } wrong ? $"'{wrong}' is no address of a Studio; write its scheme, host and port, for example https://studio.example:8443" : null;

    private static string? OriginOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", PathAndQuery: "/", Fragment: "", UserInfo: "" } ? uri.GetLeftPart(UriPartial.Authority) : null;
}
