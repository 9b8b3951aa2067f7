using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Verify.Desk;
using Verify.Web.Security;

namespace Verify.Web;

/// <summary>What an endpoint needs of a request, whichever page it serves.</summary>
internal static class Visit
{
    public static string Who(HttpContext context) => Viewer.SignedIn(context).Name;

    public static VerifyDesk DeskOf(HttpContext context) => context.RequestServices.GetRequiredService<VerifyDesk>();

    public static void Notice(HttpContext context, string text) => context.RequestServices.GetRequiredService<Notices>().Leave(context, text);

    // The form's own number and its sender: sent twice by an impatient finger, it has one effect and one answer.
    public static string? KeyOf(HttpContext context, IFormCollection form) => form.Text("once") is { Length: <= 60 } once ? $"web/{Who(context)}/{once}" : null;
}
