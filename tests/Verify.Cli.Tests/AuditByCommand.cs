using System.Net;
using System.Text;
using Shouldly;
using Xunit;

namespace Verify.Cli.Tests;

/// <summary>The history's proofs from the command line, as files that change hands.</summary>
public sealed class AuditByCommand : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    private string At(string name) => Path.Combine(_cli.Folder, name);

    [Fact]
    public async Task HeadsExportAndProofs_AreCheckedWithoutTheDatabase()
    {
        await _cli.AddUsers();
        (await _cli.Run("audit", "head", "--to", At("heads.jsonl"))).Ok();
        (await _cli.Run("check", Cli.Sample("stadium-post.txt"), "--as", "Rolf")).Ok();
        var key = (await _cli.Run("audit", "head", "--to", At("heads.jsonl"), "--json")).Ok().Json.GetProperty("key").GetString()!;
        File.ReadAllLines(At("heads.jsonl")).Length.ShouldBe(2);
        (await _cli.Run("comment", "1.1", "--as", "Ines", "later")).Ok();
        (await _cli.Run("audit", "export", At("history.log"))).Ok();
        var proof = (await _cli.Run("audit", "prove", "3")).Ok().Out;
        File.WriteAllText(At("entry.proof"), proof);
        File.WriteAllText(At("since.proof"), (await _cli.Run("audit", "prove", "--since", At("heads.jsonl"))).Ok().Out);
        (await _cli.Run("audit", "check", "--heads", At("heads.jsonl"))).Ok();
        File.Delete(_cli.Db);

        (await _cli.Run("audit", "check", At("history.log"), "--heads", At("heads.jsonl"), "--signed-by", key)).Ok().Out.ShouldContain("agrees with 2 heads kept elsewhere");
        (await _cli.Run("audit", "check", At("entry.proof"))).Ok().Out.ShouldStartWith("sound: entry 3 (UserAdded by Ada at ");
        (await _cli.Run("audit", "check", At("since.proof"))).Ok().Out.ShouldContain(" begins with that of ");
        // A proof from the last of them, held against both: it tells of the one, and nothing of the other.
        (await _cli.Run("audit", "check", At("since.proof"), "--heads", At("heads.jsonl"), "--signed-by", key)).Ok().Out.ShouldContain("agrees with 1 of 2 heads kept elsewhere");
        (await _cli.Run("audit", "check", At("entry.proof"), "--heads", At("heads.jsonl"), "--signed-by", key)).Exit.ShouldBe(7);
        File.Exists(_cli.Db).ShouldBeFalse();

        File.WriteAllText(At("forged.proof"), proof.Replace("Ada", "Adi", StringComparison.Ordinal));
        var forged = await _cli.Run("audit", "check", At("forged.proof"));
        forged.Exit.ShouldBe(7);
        forged.Out.ShouldStartWith("NOT SOUND: entry 3 is not in the history");
        using var another = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        (await _cli.Run("audit", "check", At("history.log"), "--signed-by", System.Buffers.Text.Base64Url.EncodeToString(another.ExportSubjectPublicKeyInfo()))).Exit.ShouldBe(7);
        (await _cli.Run("audit", "check", At("history.log"), "--signed-by", "x")).Refused(2, "invalid_request");
    }

    [Fact]
    public async Task List_GivesTheNumbersThatProofsAreAskedBy()
    {
        await _cli.AddUsers();
        (await _cli.Run("check", Cli.Sample("stadium-post.txt"), "--as", "Rolf")).Ok();
        (await _cli.Run("comment", "1.1", "--as", "Ines", "later")).Ok();
        (await _cli.Run("comment", "1.2", "--as", "Ines", "of another")).Ok();
        var all = (await _cli.Run("audit", "list")).Ok().Out.TrimEnd().Split('\n');
        all[0].ShouldContain("UserAdded");
        all[^1].ShouldContain("1.2");
        (await _cli.Run("audit", "list", "--last", "1")).Ok().Out.Trim().ShouldBe(all[^1].Trim());
        var ofClaim = (await _cli.Run("audit", "list", "1.1", "--json")).Ok().Json;
        ofClaim.EnumerateArray().Select(e => e.GetProperty("what").GetString()).ShouldBe(["ClaimStarted", "CommentAdded"]);
        var number = ofClaim[1].GetProperty("entry").GetInt64();
        File.WriteAllText(At("entry.proof"), (await _cli.Run("audit", "prove", $"{number}")).Ok().Out);
        (await _cli.Run("audit", "check", At("entry.proof"))).Ok().Out.ShouldContain($"entry {number} (CommentAdded by Ines");
        (await _cli.Run("audit", "list", "9.9")).Refused(6, "not_found");
        (await _cli.Run("audit", "list", "--last", "0")).Refused(2, "invalid_request");
    }

    [Fact]
    public async Task BadInputs_AreRefusedInOneLine()
    {
        await _cli.AddUsers();
        (await _cli.Run("audit", "check", At("none"))).Refused(3, "no_file");
        foreach (var command in new[] { new[] { "audit", "check", "" }, ["audit", "check", "--heads", ""], ["audit", "export", ""], ["audit", "head", "--to", ""], ["serve", "--heads-to", ""], ["serve", "--heads-to", "ftp://example.org/heads"], ["audit", "head", "--to", "ftp://example.org/heads"], ["audit", "check", "--signed-by", "x"] })
            (await _cli.Run(command)).Refused(2, "invalid_request");
        (await _cli.Run("audit", "check", "/proc/self/mem")).Refused(3, "cannot_read");
        (await _cli.Run("audit", "check", "--heads", "/proc/self/mem")).Refused(3, "cannot_read");
        (await _cli.Run("audit", "check", _cli.Folder)).Refused(3, "is_directory");
        (await _cli.Run("audit", "check", Cli.Sample("stadium-post.txt"))).Refused(3, "wrong_type");
        (await _cli.Run("audit", "check", _cli.Write("empty", ""))).Refused(3, "wrong_type");
        (await _cli.Run("audit", "check", "--heads", _cli.Write("heads", "{}\n"))).Refused(3, "damaged");
        (await _cli.Run("audit", "check", "--heads", _cli.Write("no-heads", ""))).Refused(3, "empty");
        (await _cli.Run("audit", "prove")).Refused(2, "invalid_request");
        (await _cli.Run("audit", "prove", "999")).Refused(6, "not_found");
        (await _cli.Run("audit", "prove", "1.2")).Refused(2, "invalid_request");
        // Nothing but heads is gone on with.
        foreach (var file in new[] { _cli.Db, Cli.Sample("stadium-post.txt") })
        {
            var before = await File.ReadAllBytesAsync(file);
            (await _cli.Run("audit", "head", "--to", file)).Refused(3, "cannot_write");
            (await File.ReadAllBytesAsync(file)).ShouldBe(before);
        }
        (await _cli.Run("audit", "export", _cli.Db)).Refused(3, "exists");
        foreach (var command in new[] { new[] { "audit", "head", "--to" }, ["serve", "--heads-to"] })
        {
            (await _cli.Run([.. command, At("no/such/folder")])).Refused(3, "no_folder");
            (await _cli.Run([.. command, _cli.Folder])).Refused(3, "is_directory");
        }
        (await _cli.Run("audit", "head", "--to", "http://127.0.0.1:1/heads")).Refused(3, "cannot_write");
        File.WriteAllText(Path.Combine(_cli.Db + "-keys", "audit.pem"), "no key");
        (await _cli.Run("audit", "head")).Refused(3, "damaged");
        using (var key = System.Security.Cryptography.ECDsa.Create()) File.WriteAllText(Path.Combine(_cli.Db + "-keys", "audit.pem"), key.ExportSubjectPublicKeyInfoPem());
        (await _cli.Run("audit", "head")).Refused(3, "damaged");
    }

    private static int FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    [Fact]
    public async Task HeadsFile_WithALineCutOff_IsGoneOnWith()
    {
        await _cli.AddUsers();
        (await _cli.Run("audit", "head", "--to", At("heads.jsonl"))).Ok();
        File.WriteAllText(At("heads.jsonl"), File.ReadAllText(At("heads.jsonl"))[..100]);
        (await _cli.Run("audit", "check", "--heads", At("heads.jsonl"))).Refused(3, "damaged");
        (await _cli.Run("audit", "head", "--to", At("heads.jsonl"))).Ok();
        (await _cli.Run("audit", "check", "--heads", At("heads.jsonl"))).Ok().Err.ShouldContain("left out: 1");
    }

    [Fact]
    public async Task Serve_SendsAHeadAtItsStartAndEnd()
    {
        await _cli.AddUsers();
        // Sends whoever posts on to nowhere when asked to: a redirect is no receipt.
        using var listener = new HttpListener();
        var port = FreePort();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        var lost = _cli.Run("audit", "head", "--to", $"http://127.0.0.1:{port}/heads");
        var redirected = await listener.GetContextAsync().WaitAsync(TimeSpan.FromSeconds(30));
        redirected.Response.Redirect($"http://127.0.0.1:{port}/sign-in");
        redirected.Response.Close();
        (await lost).Refused(3, "cannot_write");
        using var server = _cli.Start("serve", "--urls", "http://127.0.0.1:0", "--heads-to", $"http://127.0.0.1:{port}/heads");
        async Task<string> Next()
        {
            var context = await listener.GetContextAsync().WaitAsync(TimeSpan.FromSeconds(30));
            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            var body = await reader.ReadToEndAsync();
            context.Response.Close();
            return body;
        }
        File.WriteAllText(At("heads.jsonl"), await Next());
        (await _cli.Run("audit", "check", "--heads", At("heads.jsonl"))).Ok();
        (await _cli.Run("user", "disable", "Sten", "--as", "Ada")).Ok();
        using (var end = System.Diagnostics.Process.Start("kill", ["-TERM", $"{server.Id}"])) await end.WaitForExitAsync();
        File.AppendAllText(At("heads.jsonl"), await Next());
        await server.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        File.ReadAllLines(At("heads.jsonl")).Length.ShouldBe(2);
        (await _cli.Run("audit", "check", "--heads", At("heads.jsonl"))).Ok();
    }
}
