using System.Text;
using Shouldly;
using Verify.Desk.Features.Intake;
using Verify.Desk.Requests;
using Xunit;

namespace Verify.Desk.Tests;

public sealed class Intake
{
    [Fact]
    public async Task Check_AnArticle_StoresItVerbatimAndStartsAnItemForEachClaim()
    {
        await using var test = await TestDesk.WithUsers();
        const string Text = "  " + TestDesk.Standard + "\r\n\n" + TestDesk.Anonymous + "\n";
        var number = await test.Check(Text);
        test.Scalar<string>("SELECT text FROM snapshots").ShouldBe(Text);
        var article = await test.Article(number);
        article.Claims.Select(c => c.Definition).ShouldBe(["standard", "anonymous-source"]);
        article.Claims.ShouldAllBe(c => c.Waiting.Count == 1);
        article.Clear.ShouldBeFalse();
        article.Writer.ShouldBe("Rolf");
    }

    [Theory]
    [InlineData(TestDesk.Standard, "standard")]
    [InlineData(TestDesk.Leaked, "leaked-document")]
    [InlineData(TestDesk.Anonymous, "anonymous-source")]
    [InlineData(TestDesk.Post, "social-post")]
    [InlineData("It was reported that two schools had closed.", "anonymous-source")]
    [InlineData("The report found that nine wells were poisoned.", "standard")]
    public async Task Check_AClaim_IsRoutedByItsChain(string text, string definition)
    {
        await using var test = await TestDesk.WithUsers();
        (await test.Article(await test.Check(text))).Claims.ShouldHaveSingleItem().Definition.ShouldBe(definition);
    }

    [Fact]
    public async Task Check_TheSameTextAgain_IsRecognisedAndStartsNothing()
    {
        await using var test = await TestDesk.WithUsers();
        var first = await test.Do(new CheckArticle(TestDesk.Standard) { As = "Rolf" });
        var entries = test.Scalar<long>("SELECT count(*) FROM audit");
        var second = await test.Do(new CheckArticle(TestDesk.Standard, Title: "Another title") { As = "Ines" });
        second.ShouldBe(first with { AlreadyKnown = true });
        test.Scalar<long>("SELECT count(*) FROM audit").ShouldBe(entries);
    }

    [Fact]
    public async Task Check_OnADeskWithoutUsers_NeedsNobody()
    {
        await using var test = new TestDesk();
        (await test.Do(new CheckArticle(TestDesk.Standard))).Claims.ShouldBe(1);
        await test.Do(new Features.Users.AddUser("Ada", [Roles.Administrator]));
        await test.Refused(new CheckArticle(TestDesk.Anonymous), "user_required");
    }

    [Fact]
    public async Task Check_WrongValues_AreRefusedAndStoreNothing()
    {
        await using var test = await TestDesk.WithUsers();
        await test.Refused(new CheckArticle(" \n") { As = "Rolf" }, "invalid_request");
        await test.Refused(new CheckArticle("x", Date: "23.11.2026") { As = "Rolf" }, "invalid_request");
        await test.Refused(new CheckArticle("x", Url: "javascript:alert(1)") { As = "Rolf" }, "invalid_request");
        await test.Refused(new CheckArticle("x", Writer: "Nobody") { As = "Rolf" }, "unknown_user");
        await test.Refused(new CheckArticle("x") { As = "Rita" }, "wrong_role");
        test.Scalar<long>("SELECT count(*) FROM articles").ShouldBe(0);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData(" \n\t", "empty")]
    [InlineData("text\0more", "binary")]
    [InlineData("<!doctype html><html><body><nav><a href=/>Home</a></nav></body></html>", "no_article")]
    public void Read_WhatIsNoArticle_IsRefused(string content, string code) =>
        ArticleText.Read("story", Encoding.UTF8.GetBytes(content)).Refusal.ShouldNotBeNull().Code.ShouldBe(code);

    [Fact]
    public void Read_InvalidUtf8_NamesTheByte()
    {
        byte[] bytes = [.. "Grüße "u8, 0xFF, .. " end"u8];
        var refusal = ArticleText.Read("story", bytes).Refusal.ShouldNotBeNull();
        refusal.Code.ShouldBe("invalid_utf8");
        refusal.Message.ShouldContain("byte 8 (0xFF)");
    }

    [Fact]
    public void Read_MoreThanTenMegabytes_IsRefused() =>
        ArticleText.Read("story", new byte[ArticleText.MaxBytes + 1]).Refusal.ShouldNotBeNull().Code.ShouldBe("too_large");

    [Fact]
    public void Read_WithAByteOrderMark_LeavesItOut()
    {
        ArticleText.Read("story", [0xEF, 0xBB, 0xBF, .. "Grüße"u8]).Value.Text.ShouldBe("Grüße");
        ArticleText.Read("story", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("Grüße")]).Value.Text.ShouldBe("Grüße");
    }

    [Fact]
    public async Task Check_Html_TakesTheArticleAndLeavesTheFurniture()
    {
        var read = ArticleText.Read("water", await File.ReadAllBytesAsync(Path.Combine(TestDesk.Root, "tests", "samples", "water-report.html"))).Value;
        read.Outlet.ShouldBe("The Eldmoor Observer");
        read.Title.ShouldNotBeNull().ShouldStartWith("Town's wells");
        foreach (var furniture in new[] { "Subscribe", "Most read", "Copyright", "oldest in town", "Sport" }) read.Text.ShouldNotContain(furniture);
        read.Text.ShouldContain("Carlo Benassi, warned that levels");
        await using var test = await TestDesk.WithUsers();
        (await test.Article(await test.Check(read.Text))).Claims.Count.ShouldBe(9);
    }
}
