using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Verify.Desk;
using Verify.Desk.Features.Accounts;
using Verify.Desk.Features.Audit;
using Verify.Desk.Features.Upkeep;
using Verify.Desk.Features.Users;
using Verify.Desk.Requests;
using Verify.Web.Pages.Admin;
using Verify.Web.Parts;
using Verify.Web.Security;
using static Verify.Web.Visit;

namespace Verify.Web.Pages;

/// <summary>Users, definitions, the audit and backups; for administrators.</summary>
internal static class AdminEndpoints
{
    public static void MapAdmin(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/admin", async (HttpContext c, VerifyDesk _) => await ShowUsers(c));
        routes.MapForm("/admin/users", AddUser);
        routes.MapForm("/admin/users/change", (c, f) => Do(c, new ChangeUser(f.Given("name"), [.. f["role"].OfType<string>()], f.Text("desk")) { As = Who(c) },
            u => $"{u.Name}: {string.Join(", ", u.Roles.Select(Words.Plain))}.{(u.Released > 0 ? $" {Words.Count(u.Released, "task")} released." : "")}"));
        routes.MapForm("/admin/users/disable", (c, f) => Do(c, new DisableUser(f.Given("name")) { As = Who(c) }, u => $"{u.Name} is disabled; {Words.Count(u.Released, "task")} released."));
        routes.MapForm("/admin/users/invite", async (c, f) => await Invite(c, f.Given("name")));
        routes.MapGet("/admin/definitions", (VerifyDesk desk) => Page.Show<DefinitionsPage>(new { desk.Catalog }));
        routes.MapGet("/admin/definitions/{id}", (HttpContext c, VerifyDesk desk, string id) => desk.Catalog.Find(id) is { } entry ? Page.Show<DefinitionPage>(new { Entry = entry }) : Page.Refuse(c, Refused.NotFound("definition", id)));
        routes.MapGet("/admin/upkeep", async (HttpContext c, VerifyDesk _) => await ShowUpkeep(c));
        routes.MapForm("/admin/audit", async (c, _) => await ShowUpkeep(c, await DeskOf(c).Send(new CheckAudit(), c.RequestAborted)));
        routes.MapForm("/admin/examine", async (c, _) => await ShowUpkeep(c, findings: await DeskOf(c).Send(new Examine(), c.RequestAborted)));
        routes.MapForm("/admin/backup", BackUp);
    }

    private static async Task<IResult> ShowUsers(HttpContext context, Refusal? problem = null, UserInvited? invited = null)
    {
        var users = await DeskOf(context).Send(new ListUsers(), context.RequestAborted);
        if (users.Refusal is { } refusal) return Page.Refuse(context, refusal);
        var link = invited is null ? null : $"{context.Request.Scheme}://{context.Request.Host}/invitation?token={invited.Token}";
        return Page.Show<UsersPage>(new { Users = users.Value, Problem = problem, Invited = invited, Link = link }, problem is null ? 200 : Page.StatusOf(problem));
    }

    private static async Task<IResult> AddUser(HttpContext context, IFormCollection form)
    {
        var added = await DeskOf(context).Send(new AddUser(form.Given("name"), [.. form["role"].OfType<string>()], form.Text("desk")) { As = Who(context) });
        return added.Refusal is { } refusal ? await ShowUsers(context, refusal) : await Invite(context, added.Value.Name);
    }

    // The link is shown once, on the answer itself: it is kept nowhere.
    private static async Task<IResult> Invite(HttpContext context, string name)
    {
        var invited = await DeskOf(context).Send(new InviteUser(name) { As = Who(context) });
        return invited.Refusal is { } refusal ? await ShowUsers(context, refusal) : await ShowUsers(context, null, invited.Value);
    }

    private static async Task<IResult> Do<T>(HttpContext context, IRequest<Result<T>> command, Func<T, string> done)
    {
        var result = await DeskOf(context).Send(command);
        if (result.Refusal is { } refusal) return await ShowUsers(context, refusal);
        Notice(context, done(result.Value));
        return Results.Redirect("/admin");
    }

    private static async Task<IResult> ShowUpkeep(HttpContext context, Result<AuditReport>? audit = null, Result<IReadOnlyList<Finding>>? findings = null)
    {
        if ((findings?.Refusal ?? audit?.Refusal) is { } refusal) return Page.Refuse(context, refusal);
        var folder = context.RequestServices.GetRequiredService<ServeOptions>().Backups;
        var backups = Directory.Exists(folder) ? new DirectoryInfo(folder).GetFiles("verify-*.db").OrderByDescending(f => f.Name, StringComparer.Ordinal).Take(20).Select(f => (f.Name, f.Length)).ToList() : [];
        return Page.Show<UpkeepPage>(new { Findings = findings?.Value, Audit = audit?.Value, Folder = folder, Backups = backups });
    }

    private static async Task<IResult> BackUp(HttpContext context, IFormCollection form)
    {
        var folder = context.RequestServices.GetRequiredService<ServeOptions>().Backups;
        try
        {
            // A copy of everything is for nobody but who runs the desk.
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return Page.Refuse(context, Refused.Input("cannot_write", $"{folder} cannot be made: {e.Message}")); }
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var result = await DeskOf(context).Send(new BackUp(Path.Combine(folder, $"verify-{now.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.db")));
        if (result.Refusal is { } refusal) return Page.Refuse(context, refusal);
        Notice(context, $"Backed up to {result.Value.File}: history up to entry {result.Value.AuditEntries}. Keep a copy where nobody who has the database can change it.");
        return Results.Redirect("/admin/upkeep");
    }
}
