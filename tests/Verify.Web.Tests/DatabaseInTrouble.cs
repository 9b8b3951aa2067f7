using System.Net;
using Microsoft.Data.Sqlite;
using Shouldly;
using Verify.Desk.Features.Claims;
using Xunit;

namespace Verify.Web.Tests;

/// <summary>The desk while its database cannot be written, and afterwards.</summary>
public sealed class DatabaseInTrouble(ServedDesk served) : IClassFixture<ServedDesk>
{
    [Fact]
    public async Task HeldByAnother_PagesGoOn_DecisionsAreRefused_AndItRecoversByItself()
    {
        var ines = await served.As("Ines");
        async Task<int> Comments() => (await served.Do(new ShowClaim("1.3"))).History.Count;
        var before = await Comments();
        await using (var other = new SqliteConnection($"Data Source={served.Desk.DatabasePath};Pooling=false"))
        {
            await other.OpenAsync();
            await using var hold = other.CreateCommand();
            hold.CommandText = "BEGIN IMMEDIATE";
            await hold.ExecuteNonQueryAsync();
            var refused = await ines.Post("/claims/1.3", "/claims/1.3/comment", ("text", "while it is held"));
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await refused.Content.ReadAsStringAsync()).ShouldContain("another process holds");
            (await ines.Read("/queue")).ShouldContain("<h1");
            (await ines.Read("/claims/1.3")).ShouldContain("<h1");
        }
        (await Comments()).ShouldBe(before);
        (await ines.Post("/claims/1.3", "/claims/1.3/comment", ("text", "afterwards"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Comments()).ShouldBe(before + 1);
    }
}
