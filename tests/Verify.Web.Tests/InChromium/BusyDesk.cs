using System.Net;
using Shouldly;
using Verify.Desk.Features.Articles;
using Verify.Desk.Features.Claims;
using Verify.Desk.Features.Intake;
using Verify.Desk.Features.Mending;
using Verify.Desk.Features.Origins;

namespace Verify.Web.Tests.InChromium;

/// <summary>A desk on which something of everything has happened, so that each page has something to show.</summary>
public sealed class BusyDesk : ServedDesk
{
    // Hebrew and Arabic read from the right, Chinese without spaces between its words.
    public const string Elsewhere = """
        דובר העירייה: הגשר ייסגר

        "הגשר ייסגר עד סוף החודש," אמר דובר העירייה יואב לב.

        Mayor Yusuf Demir said the bridge, called جسر الميناء by those who live there, would open again in May.

        港务局发言人 陈伟 said that "大桥将于五月重新开放", according to the port's own paper.
        """;

    protected override async Task Fill()
    {
        var ines = await As("Ines");
        await Attach(ines, "1.2", "primary-document", "supports", "The ministry's cable", "cable.txt", "original");
        await Attach(ines, "1.2", "secondary-report", "supports", "Gazette: ports told to refuse ships", "gazette.txt", "E1");
        await Attach(ines, "1.2", "secondary-report", "refutes", "Courier, later edition", "courier.txt", null);
        await Do(new SetOrigin("E3", "1.2", "1.2") { As = "Ines" });
        await ines.Post("/claims/1.2", "/claims/1.2/comment", ("text", "@Edda who else has the cable? @Ines asks"));
        await Do(new CommentOnClaim("1.3", "@Ines see the second paragraph") { As = "Omar" });
        await Decided("1.4", "approve");
        await Decided("1.5", "reject");
        await Decided("1.6", null);
        await Do(new DismissClaim("1.7", "a headline, and nobody's claim") { As = "Ines" });
        var text = await File.ReadAllTextAsync(Path.Combine(Root, "tests", "samples", "harbour-cable.txt"));
        await Do(new ReviseArticle("1", text.Replace("three ships left Varnes", "four ships left Varnes", StringComparison.Ordinal), Correction: true, Note: "the union counted again") { As = "Rolf" });
        await Do(new CheckArticle(Elsewhere, Desk: "Cities") { As = "Rolf" });
        await Do(new CheckArticle(text.Replace("Varnes", "Nordfjord", StringComparison.Ordinal), Outlet: "Nordfjord Post") { As = "Rolf" });
    }

    private static async Task Attach(Browser ines, string claim, string kind, string stance, string title, string file, string? origin)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Root, "tests", "samples", "evidence", file));
        var answer = await ines.Post($"/claims/{claim}", $"/claims/{claim}/evidence", ("text", text), ("kind", kind), ("stance", stance), ("ground_rules", "on-the-record"), ("title", title), ("origin", origin ?? ""));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, title);
    }

    // Through both checkers' steps, and the editor's when an outcome is given.
    private async Task Decided(string claim, string? end)
    {
        for (var i = 0; i < 6 && (await Do(new ShowClaim(claim))).Open is [var task, ..]; i++)
        {
            if (task.Role == "editor" && end is null) return;
            var outcome = task.Role == "editor" ? end! : task.Outcomes[0];
            await Do(new CompleteTask(task.Task, outcome, task.Role == "editor" ? "looked at with the desk" : null,
                task.Asks == "attribution" ? "accurate" : null, task.Asks == "content" ? "true" : null)
            { As = task.Role switch { "editor" => "Edda", "cross-checker" => "Omar", _ => "Ines" } });
        }
    }
}
