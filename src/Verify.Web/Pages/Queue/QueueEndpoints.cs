using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Verify.Desk;
using Verify.Desk.Features.Queue;
using Verify.Desk.Features.Users;
using Verify.Desk.Requests;
using Verify.Web.Pages.Queue;
using Verify.Web.Parts;
using Verify.Web.Security;
using Verify.Workflow.Definitions;

namespace Verify.Web.Pages;

internal static class QueueEndpoints
{
    // Each is a command of its own: one that is refused stops none of the others.
    private const int MostAtOnce = 200;

    public static void MapQueue(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/queue", Show);
        routes.MapForm("/queue", Act);
        routes.MapGet("/next", Next);
    }

    private static async Task<IResult> Show(HttpContext context, VerifyDesk desk, string? view, string? step, string? role, string? article, string? assignee, string? order, string? after)
    {
        var viewer = Viewer.SignedIn(context);
        var filter = new QueueFilter(view is "mine" or "desk" or "unassigned" or "overdue" or "all" ? view : "mine", Blank(step), Blank(role), Blank(article), Blank(assignee), order == "latest" ? order : null);
        var counts = await desk.Send(new CountTasks(viewer.Name), context.RequestAborted);
        if (counts.Refusal is { } uncounted) return Page.Refuse(context, uncounted);
        // Who comes without a wish and holds nothing is shown what waits for them.
        if (view is null && counts.Value.Mine == 0) filter = filter with { View = counts.Value.Unassigned > 0 ? "unassigned" : "all" };
        var page = await desk.Send(filter.ToRequest(viewer, after), context.RequestAborted);
        if (page.Refusal is { } refusal) return Page.Refuse(context, refusal);
        var users = viewer.Assigns ? (await desk.Send(new ListUsers(), context.RequestAborted)).Value.Where(u => !u.Disabled && u.Roles.Any(r => r is not (Roles.Reader or Roles.Reporter or Roles.Administrator))).Select(u => u.Name).ToList() : [];
        return Page.Show<QueuePage>(new { Filter = filter, Counts = counts.Value, Tasks = page.Value, Users = users, Steps = StepsOf(desk), First = after is null });
    }

    private static async Task<IResult> Act(HttpContext context, IFormCollection form)
    {
        var viewer = Viewer.SignedIn(context);
        var desk = context.RequestServices.GetRequiredService<VerifyDesk>();
        // A button in a row names its task; the buttons below the list act on what is selected.
        var (act, tasks) = form.Text("take") is { } one ? ("take", [one]) : (form.Given("act"), form["task"].OfType<string>().Distinct().Take(MostAtOnce).ToList());
        var (done, refused) = (new List<TaskHolder>(), new List<string>());
        foreach (var task in tasks)
        {
            var result = act switch
            {
                "release" => await desk.Send(new ReleaseTask(task) { As = viewer.Name }),
                "assign" => await desk.Send(new AssignTask(task, form.Given("to")) { As = viewer.Name }),
                _ => await desk.Send(new TakeTask(task) { As = viewer.Name }),
            };
            if (result.Refusal is { } refusal) refused.Add($"{task}: {Words.Sentence(refusal)}");
            else done.Add(result.Value);
        }
        var notices = context.RequestServices.GetRequiredService<Notices>();
        var did = act switch { "release" => "released", "assign" => $"assigned to {form.Given("to")}", _ => "taken" };
        notices.Leave(context, tasks.Count == 0 ? "Nothing was selected." : $"{Words.Count(done.Count, "task")} {did}.{(refused.Count == 0 ? "" : $" Refused: {string.Join(" ", refused.Take(5))}{(refused.Count > 5 ? $" And {refused.Count - 5} more." : "")}")}");
        if (form.ContainsKey("take") && form.Text("open") is not null && done.Count == 1) return Results.Redirect(Words.ClaimPath(Words.ClaimOf(done[0].Task)));
        return Results.Redirect(Page.Local(form.Text("back"), "/queue"));
    }

    // Where a decision leads on to.
    private static async Task<IResult> Next(HttpContext context, VerifyDesk desk, Notices notices, string? after)
    {
        var next = await desk.Send(new NextTask(Viewer.SignedIn(context).Name, after), context.RequestAborted);
        if (next.Refusal is { } refusal) return Page.Refuse(context, refusal);
        return Results.Redirect(next.Value.Claim is { } claim ? Words.ClaimPath(claim, next.Value.Kind) : "/queue?view=mine");
    }

    private static List<string> StepsOf(VerifyDesk desk) => [.. desk.Catalog.Entries.SelectMany(e => StepList.Of(e.Definition)).Select(s => s.Step).Distinct()];

    private static string? Blank(string? s) => string.IsNullOrWhiteSpace(s) ? null : s.Trim();
}

/// <summary>What of the queue is shown, as its address says it.</summary>
public sealed record QueueFilter(string View, string? Step, string? Role, string? Article, string? Assignee, string? Order)
{
    public ListTasks ToRequest(Viewer viewer, string? after) => new(
        Role: Role, Step: Step, Article: Article, After: after, LatestFirst: Order == "latest", Limit: 50,
        Assignee: View == "mine" ? viewer.Name : View == "unassigned" ? "none" : Assignee,
        For: View == "unassigned" ? viewer.Name : null,
        Desk: View == "desk" ? viewer.Desk ?? "" : null,
        Overdue: View == "overdue");

    public string Address(string? view = null, string? after = null) =>
        QueryHelpers.AddQueryString("/queue", new Dictionary<string, string?> { ["view"] = view ?? View, ["step"] = Step, ["role"] = Role, ["article"] = Article, ["assignee"] = view is null or "all" ? Assignee : null, ["order"] = Order, ["after"] = after }.Where(p => p.Value is not null));
}
