using Shouldly;
using Verify.Desk.Definitions;
using Verify.Desk.Features.Intake;
using Xunit;

namespace Verify.Desk.Tests;

public sealed class DefinitionVersions
{
    private static void Copy(TestDesk test)
    {
        var folder = Path.Combine(test.Folder, "workflows");
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(Path.Combine(TestDesk.Root, "workflows"))) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        test.Workflows = folder;
    }

    private static void Edit(TestDesk test, string file, string from, string to)
    {
        var path = Path.Combine(test.Workflows, file);
        var text = File.ReadAllText(path);
        text.ShouldContain(from);
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ANewVersion_AppliesToNewItems_AndARunningItemStaysOnItsOwn()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Close();
        Copy(test);
        var old = await test.Check(TestDesk.Standard) + ".1";
        await test.Close();
        Edit(test, "standard.json", "\"version\": 1,\n  \"toolVersion\"", "\"version\": 2,\n  \"toolVersion\"");
        Edit(test, "standard.json", "not-corroborated", "not-found");
        var young = await test.Check("Mayor Pia Lund said the town would open two wells.") + ".1";
        (await test.Claim(old)).Definition.ShouldBe("standard v1");
        (await test.Claim(old)).Open.Single().Outcomes.ShouldContain("not-corroborated");
        (await test.Claim(young)).Definition.ShouldBe("standard v2");
        (await test.Claim(young)).Open.Single().Outcomes.ShouldContain("not-found");
        await test.Complete(old, "corroborate", "not-corroborated", "Ines", "unproven");
    }

    [Fact]
    public async Task AChangedFile_UnderTheSameVersion_IsRefusedAndStoresNothing()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Close();
        Copy(test);
        await test.Check(TestDesk.Standard);
        await test.Close();
        Edit(test, "standard.json", "not-corroborated", "not-found");
        await test.Refused(new CheckArticle("Mayor Pia Lund said the town would open two wells.") { As = "Rolf" }, "definition_changed");
        test.Scalar<long>("SELECT count(*) FROM articles").ShouldBe(1);
    }

    [Theory]
    [InlineData("standard.json", "Elsa.Finish", "Elsa.Nope", "unknown_activity", "finish-dismissed")]
    [InlineData("standard.json", "role: 'editor'", "role: 'boss'", "unknown_role", "approve")]
    [InlineData("standard.json", "kind: 'approval'", "kind: 'wish'", "unknown_kind", "approve")]
    [InlineData("standard.json", "\"definitionId\": \"standard\"", "\"definitionId\": \"social-post\"", "duplicate_id", null)]
    [InlineData("routing.json", "\"default\": \"standard\"", "\"default\": \"other\"", "unknown_definition", null)]
    [InlineData("routing.json", "\"post\"", "\"letter\"", "unknown_kind", null)]
    [InlineData("routing.json", "\"rules\"", "\"rulez\"", "bad_routing", null)]
    public async Task ABrokenFile_IsNamedWithActivityAndReason_AndNothingStarts(string file, string from, string to, string code, string? activity)
    {
        await using var test = await TestDesk.WithUsers();
        await test.Close();
        Copy(test);
        Edit(test, file, from, to);
        var problem = Catalog.Load(test.Workflows).Problems.First(p => p.Code == code);
        if (activity is not null) problem.Activity.ShouldBe(activity);
        var refusal = await test.Refused(new CheckArticle(TestDesk.Standard) { As = "Rolf" }, "broken_definition");
        refusal.Message.ShouldContain(".json");
        test.Scalar<long>("SELECT count(*) FROM articles").ShouldBe(0);
    }
}
