using Microsoft.AspNetCore.Http;
using Verify.Desk.Requests;

namespace Verify.Web;

/// <summary>Answers for programs, where a person would be shown a page.</summary>
internal static class ApiAnswers
{
    public static readonly Refusal NotAnAdministrator = new(RefusalKind.Rule, "wrong_role", "only administrators look at a runtime; ask one of them");

    public static Task Refuse(HttpContext context, Refusal refusal, int? status = null)
    {
        context.Response.StatusCode = status ?? Page.StatusOf(refusal);
        return context.Response.WriteAsJsonAsync(new { code = refusal.Code, message = refusal.Message });
    }
}
