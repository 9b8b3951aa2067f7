using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Verify.Desk.Features.Evidence;
using Verify.Desk.Requests;

namespace Verify.Web.Security;

/// <summary>Every form carries a token that only our own pages could have put there.</summary>
internal static class Forms
{
    public const string Field = "_form";
    /// <summary>A form with a file, in bytes: the largest evidence and something for the other fields.</summary>
    public const long MostWithFile = EvidenceFile.MaxBytes + 1024 * 1024;
    private const long Most = 1024 * 1024;

    /// <summary>Refuses a forged form before anything is done with it, and a form that is too large before it is read.</summary>
    public static RouteHandlerBuilder MapForm(this IEndpointRouteBuilder routes, string pattern, Func<HttpContext, IFormCollection, Task<IResult>> handle, long most = Most) =>
        routes.MapPost(pattern, async (HttpContext context) =>
        {
            if (context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = most;
            if (context.Request.ContentLength > most) return TooLarge(context, most);
            if (!context.Request.HasFormContentType) return Forged(context);
            IFormCollection form;
            // Read first and by us: what cannot be read is a bad request, and no bug of the check of its token.
            try { form = await context.Request.ReadFormAsync(context.RequestAborted); }
            catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge) { return TooLarge(context, most); }
            catch (InvalidDataException e) when (e.Message.Contains("limit", StringComparison.OrdinalIgnoreCase)) { return TooLarge(context, most); }
            catch (Exception e) when (e is InvalidDataException or BadHttpRequestException or ArgumentException) { return Forged(context); }
            if (!await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context)) return Forged(context);
            return await handle(context, form);
        });

    private static IResult Forged(HttpContext context) => Page.Refuse(context, new(RefusalKind.Request, "forged_form", "this form did not come from a page of this desk, or is older than your sign-in; go back, reload the page and send it again"));

    private static IResult TooLarge(HttpContext context, long most) => Page.Refuse(context, Refused.Input("too_large", $"what was sent is too large; up to {most / 1024 / 1024} MB are taken"));

    /// <summary>The field's text without the spaces around it; null when it is empty or missing.</summary>
    public static string? Text(this IFormCollection form, string name) => form[name].ToString() is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim().ReplaceLineEndings("\n") : null;

    /// <summary>The version of the claim that the form was made for; null: the form does not say.</summary>
    public static long? Version(this IFormCollection form) => long.TryParse(form.Given("version"), CultureInfo.InvariantCulture, out var version) ? version : null;

    /// <summary>The same where an empty field is for the request to refuse.</summary>
    public static string Given(this IFormCollection form, string name) => form.Text(name) ?? "";
}
