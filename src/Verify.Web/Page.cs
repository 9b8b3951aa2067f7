using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Verify.Desk.Requests;
using Verify.Web.Pages;

namespace Verify.Web;

/// <summary>Answers a request with a page.</summary>
internal static class Page
{
    public static IResult Show<TPage>(object? parameters = null, int status = StatusCodes.Status200OK) where TPage : IComponent =>
        new RazorComponentResult<TPage>(parameters ?? new { }) { StatusCode = status, PreventStreamingRendering = true };

    /// <summary>A page that says why not, and what to do.</summary>
    public static IResult Refuse(HttpContext context, Refusal refusal, int? status = null) => Show<RefusedPage>(new { Refusal = refusal, Back = BackFrom(context) }, status ?? StatusOf(refusal));

    public static int StatusOf(Refusal refusal) => refusal.Code switch
    {
        "wrong_role" or "four_eyes" => StatusCodes.Status403Forbidden,
        "too_large" => StatusCodes.Status413PayloadTooLarge,
        "forged_form" => StatusCodes.Status400BadRequest,
        _ => refusal.Kind switch
        {
            RefusalKind.Rule => StatusCodes.Status409Conflict,
            RefusalKind.Request or RefusalKind.Input => StatusCodes.Status422UnprocessableEntity,
            RefusalKind.NotFound => StatusCodes.Status404NotFound,
            RefusalKind.Database => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status500InternalServerError,
        },
    };

    /// <summary>Where the browser came from, if that was a page of ours.</summary>
    public static string BackFrom(HttpContext context) =>
        Uri.TryCreate(context.Request.Headers.Referer.ToString(), UriKind.Absolute, out var from) && from.Authority == context.Request.Host.Value && from.AbsolutePath != context.Request.Path ? Local(from.PathAndQuery, "/") : "/";

    /// <summary>The address if it is one of ours, else the given one: a link of another site must not lead through us.</summary>
    public static string Local(string? address, string otherwise) =>
        address is { Length: > 0 and < 2000 } && address[0] == '/' && (address.Length == 1 || address[1] is not ('/' or '\\')) && !address.Any(char.IsControl) ? address : otherwise;
}
