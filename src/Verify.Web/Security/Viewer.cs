using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Verify.Web.Security;

/// <summary>Who looks at a page, and what is shown to them. What they may do, the desk decides with each request.</summary>
public sealed record Viewer(string Name, IReadOnlyList<string> Roles, string? Desk, long Mentions)
{
    public bool IsAdministrator => Roles.Contains(Verify.Desk.Requests.Roles.Administrator);
    /// <summary>Checks and approves; sees what was given off the record.</summary>
    public bool Checks => Verify.Desk.Requests.Roles.Checkers.Any(Roles.Contains);
    public bool Edits => Roles.Contains(Verify.Desk.Requests.Roles.Editor) || Roles.Contains(Verify.Desk.Requests.Roles.StandardsEditor);
    public bool Assigns => Edits || IsAdministrator;
    /// <summary>Works on claims; who is only a reader sees reports and where claims stand.</summary>
    public bool Works => Roles.Any(r => r != Verify.Desk.Requests.Roles.Reader);

    public static Viewer? Of(HttpContext context) => context.Items[typeof(Viewer)] as Viewer;

    /// <exception cref="InvalidOperationException">Nobody is signed in: the endpoint forgot to ask for it.</exception>
    public static Viewer SignedIn(HttpContext context) => Of(context) ?? throw new InvalidOperationException("nobody is signed in");

    internal ClaimsPrincipal ToPrincipal(string scheme)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, Name)], scheme);
        identity.AddClaims(Roles.Select(r => new Claim(ClaimTypes.Role, r)));
        return new(identity);
    }
}
