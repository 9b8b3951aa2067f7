using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Verify.Desk.Features.Mending;
using Verify.Web.Parts;
using Verify.Web.Security;
using static Verify.Web.Pages.ClaimWorkEndpoints;

namespace Verify.Web.Pages;

/// <summary>Correcting what the extractor found.</summary>
internal static class MendEndpoints
{
    public static void MapMending(this IEndpointRouteBuilder routes)
    {
        routes.MapForm("/claims/{claim}/mend/change", Change);
        routes.MapForm("/claims/{claim}/mend/split", (c, f) => Do(c, f, "mend", new SplitClaim(Claim(c), f.Given("words"), f.Text("note")) { As = Who(c) }, Told));
        routes.MapForm("/claims/{claim}/mend/merge", (c, f) => Do(c, f, "mend", new MergeClaims(Claim(c), f.Given("with"), f.Text("note")) { As = Who(c) }, Told));
        routes.MapForm("/claims/{claim}/mend/dismiss", (c, f) => Do(c, f, "mend", new DismissClaim(Claim(c), f.Given("note")) { As = Who(c) }, Told));
        routes.MapForm("/articles/{article}/claims", Add);
    }

    // The form holds the whole claim; only what was changed in it is sent on.
    private static Task<IResult> Change(HttpContext context, IFormCollection form)
    {
        var words = form.Given("words") == form.Given("content") ? [] : Lines(form.Given("words"));
        var chain = ChainFields.Read(form);
        return Do(context, form, "mend", new ChangeClaim(Claim(context), words, chain.SequenceEqual(Lines(form.Given("chain"))) ? [] : chain, form.Text("note")) { As = Who(context) }, Told);
    }

    private static async Task<IResult> Add(HttpContext context, IFormCollection form)
    {
        var article = context.Request.RouteValues["article"] as string ?? "";
        // What was marked with the mouse comes as its place, what was typed as its words.
        var words = form.Text("place") is { } place ? [place] : Lines(form.Given("words"));
        var result = await DeskOf(context).Send(new AddClaim(article, words, ChainFields.Read(form), form.Text("note")) { As = Who(context) });
        if (result.Refusal is { } refusal) return Page.Refuse(context, refusal);
        Notice(context, Told(result.Value));
        return Results.Redirect($"/claims/{result.Value.Claim}");
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Told(ClaimMended m) => $"{m.Claim} {m.What}{(m.Also is null ? "" : $" with {m.Also}")}.{(m.Reopened is null ? "" : " What had been decided on it is set aside.")}{Reopened(m.Elsewhere)}";
}
