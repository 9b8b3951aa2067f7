using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Verify.Desk.Features.Articles;
using Verify.Desk.Features.Mending;
using Verify.Web.Parts;
using Verify.Web.Security;
using static Verify.Web.Pages.ClaimWorkEndpoints;
using static Verify.Web.Visit;

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
        // A link without a name has no row of fields that could be told from an empty one.
        var before = Lines(form.Given("chain")).Where(l => !l.EndsWith(':'));
        return Do(context, form, "mend", new ChangeClaim(Claim(context), words, chain.SequenceEqual(before) ? [] : chain, form.Text("note"), form.Version()) { As = Who(context) }, Told);
    }

    private static async Task<IResult> Add(HttpContext context, IFormCollection form)
    {
        var article = context.Request.RouteValues["article"] as string ?? "";
        // What was marked with the mouse comes as its place as well, which holds as long as those words stand there.
        var words = form.Text("place") is { } place && await Stands(context, article, place, form["words"].ToString()) ? [place] : Lines(form.Given("words"));
        var result = await DeskOf(context).Send(new AddClaim(article, words, ChainFields.Read(form), form.Text("note")) { As = Who(context) });
        if (result.Refusal is { } refusal) return Page.Refuse(context, refusal);
        Notice(context, Told(result.Value));
        return Results.Redirect($"/claims/{result.Value.Claim}");
    }

    private static async Task<bool> Stands(HttpContext context, string article, string place, string words)
    {
        var read = await DeskOf(context).Send(new ReadArticle(article), context.RequestAborted);
        return read.Refusal is null && place.Split('-') is [var from, var to] && int.TryParse(from, CultureInfo.InvariantCulture, out var start) && int.TryParse(to, CultureInfo.InvariantCulture, out var end)
            && start >= 0 && end > start && end <= read.Value.Text.Length && string.Concat(read.Value.Text[start..end].Where(c => !char.IsWhiteSpace(c))) == string.Concat(words.Where(c => !char.IsWhiteSpace(c)));
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Told(ClaimMended m) => $"{m.Claim} {m.What}{(m.Also is null ? "" : $" with {m.Also}")}.{(m.Reopened is null ? "" : " What had been decided on it is set aside.")}{Reopened(m.Elsewhere)}";
}
