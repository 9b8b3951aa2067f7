using System.Net;
using Shouldly;
using Xunit;

namespace Verify.Cli.Tests;

/// <summary>The server on a disk that becomes full, and has room again. Where nobody may mount a disk, this is skipped.</summary>
public sealed class FullDisk : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Serve_RefusesWhatItCannotKeep_GoesOnShowing_AndRecoversByItself()
    {
        await _cli.AddUsers();
        (await _cli.Run("check", Cli.Sample("stadium-post.txt"), "--as", "Rolf")).Ok();
        var invitation = (await _cli.Run("user", "invite", "Ines", "--as", "Ada", "--json")).Ok().Json.GetProperty("token").GetString()!;
        var disk = Directory.CreateDirectory(Path.Combine(_cli.Folder, "disk")).FullName;
        var database = Path.Combine(disk, Path.GetFileName(_cli.Db));
        Served served;
        try { served = await Served.StartOnDisk(disk, megabytes: 6, _cli.Db, Path.Combine(Cli.Root, "workflows")); }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception || (e is InvalidOperationException && e.Message.Contains("unshare", StringComparison.Ordinal))) { Assert.Skip("this machine lets no test mount a file system of its own"); return; }
        using var server = served;
        using var ines = new Visitor(server.Address);
        await ines.SignIn(invitation, "seven harbour lights");
        var (said, number, page) = (new List<string>(), 0, "");
        async Task<HttpStatusCode> Say()
        {
            using var answer = await ines.Post("/claims/1.1/comment", ("text", $"word {++number} " + new string('x', 5000)));
            page = await answer.Content.ReadAsStringAsync();
            answer.Headers.Location?.ToString().ShouldStartWith("/claims/1.1");
            return answer.StatusCode;
        }
        (await Say()).ShouldBe(HttpStatusCode.Redirect);
        said.Add($"word {number} ");

        var filler = server.Seen(Path.Combine(disk, "filler"));
        await using (var rest = new FileStream(filler, FileMode.CreateNew))
            try { for (; ; ) { await rest.WriteAsync(new byte[64 * 1024]); await rest.FlushAsync(); } }
            catch (IOException) { } // full
        HttpStatusCode answer;
        // What the log has taken already it can take again; then there is no room.
        while ((answer = await Say()) == HttpStatusCode.Redirect)
        {
            said.Add($"word {number} ");
            number.ShouldBeLessThan(2000);
        }
        answer.ShouldBe(HttpStatusCode.ServiceUnavailable);
        page.ShouldContain("no room to write");
        (await ines.Read("/queue")).ShouldContain("<h1");
        (await Say()).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await ines.Read("/claims/1.1")).ShouldNotContain($"word {number} ");

        File.Delete(filler);
        (await Say()).ShouldBe(HttpStatusCode.Redirect);
        said.Add($"word {number} ");
        // What it has now, as a copy: every word that it answered, none that it refused.
        foreach (var end in new[] { "", "-wal" }) File.Copy(server.Seen(database + end), _cli.Db + end, overwrite: true);
        (await _cli.Run("audit", "check")).Ok();
        var history = (await _cli.Run("claim", "1.1", "--json")).Ok().Out;
        for (var n = 1; n <= number; n++) history.Contains($"word {n} ", StringComparison.Ordinal).ShouldBe(said.Contains($"word {n} "), $"word {n}");
    }
}
