using System.Text;
using Shouldly;
using Xunit;

namespace Verify.Cli.Tests;

/// <summary>Evidence, sources, versions and mending from the command line: what works, and each bad input.</summary>
public sealed class EvidenceByCommand : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task AddShowSaveWithdraw_OverSeveralClaims_ReopensAndTellsOfIt()
    {
        await _cli.AddUsers();
        (await _cli.Feed("Mayor Pia Lund said the town would close four wells.\n\nOda Brekke said the quay was safe.", "check", "-", "--as", "Rolf")).Ok();
        var minutes = _cli.Write("minutes.txt", "The town closes four wells. The quay is safe.");
        (await _cli.Run("evidence", "add", "1.1", minutes, "--kind", "primary-document", "--stance", "supports", "--as", "Ines")).Ok().Out.ShouldContain("E1 attached to 1.1");
        (await _cli.Run("evidence", "use", "E1", "1.2", "--stance", "supports", "--as", "Ines")).Ok();
        (await _cli.Run("origin", "set", "E1", "--for", "1.1", "--from", "original", "--as", "Ines")).Ok().Out.ShouldContain("its own origin");
        (await _cli.Run("evidence", "list", "1.1")).Ok().Out.ShouldContain("Independent origins: 1 for, 0 against");
        (await _cli.Run("complete", "1.1-3", "--outcome", "corroborated", "--content-verdict", "true", "--as", "Ines")).Ok();
        var copy = Path.Combine(_cli.Folder, "copy.txt");
        (await _cli.Run("evidence", "save", "E1", copy, "--as", "Omar")).Ok();
        (await File.ReadAllTextAsync(copy)).ShouldBe("The town closes four wells. The quay is safe.");
        (await _cli.Run("evidence", "save", "E1", copy, "--as", "Omar")).Refused(3, "exists");
        (await _cli.Run("evidence", "show", "E1", "--as", "Omar")).Ok().Out.ShouldContain("Omar: saved");
        var withdrawn = (await _cli.Run("evidence", "withdraw", "E1", "--note", "Forged", "--as", "Edda")).Ok().Out;
        withdrawn.ShouldContain("reopened: 1.1 (was in-review)");
        withdrawn.ShouldNotContain("1.2"); // nothing was decided on it
        (await _cli.Run("claim", "1.1")).Ok().Out.ShouldContain("reopened → E1");
        (await _cli.Run("search", "wells", "--json")).Ok().Json.GetProperty("hits").GetArrayLength().ShouldBe(2);
        (await _cli.Run("audit", "check")).Ok();
        (await _cli.Run("doctor")).Ok();
    }

    [Fact]
    public async Task Add_WhatCannotBeEvidence_IsRefused_AndNothingIsStored()
    {
        (await _cli.Feed("Mayor Pia Lund said the town would close four wells.", "check", "-")).Ok();
        Task<Ran> Add(params string[] what) => _cli.Run(["evidence", "add", "1.1", .. what, "--kind", "data", "--stance", "supports"]);
        (await Add("missing.pdf")).Refused(3, "no_file");
        (await Add(_cli.Folder)).Refused(3, "is_directory");
        (await Add(_cli.Write("empty.txt", ""))).Refused(3, "empty");
        (await Add(_cli.Write("no.pdf", "This is text"))).Refused(3, "wrong_type");
        await File.WriteAllBytesAsync(Path.Combine(_cli.Folder, "big.bin"), new byte[100 * 1024 * 1024]);
        (await Add("big.bin")).Refused(3, "too_large");
        await File.WriteAllBytesAsync(Path.Combine(_cli.Folder, "cut.pdf"), Encoding.ASCII.GetBytes("%PDF-1.4\nnothing more"));
        (await Add("cut.pdf")).Refused(3, "damaged");
        (await Add()).Refused(2, "invalid_request");
        (await _cli.Run("evidence", "add", "1.1", "--text", "x", "--stance", "supports")).Refused(2, "usage");
        (await _cli.Run("evidence", "add", "1.1", "--text", "x", "--kind", "rumour", "--stance", "supports")).Refused(2, "invalid_request");
        (await _cli.Run("evidence", "add", "7.1", "--text", "x", "--kind", "data", "--stance", "supports")).Refused(6, "not_found");
        (await _cli.Run("evidence", "show", "E1")).Refused(6, "not_found");
        (await _cli.Run("evidence", "list", "7.1")).Refused(6, "not_found");
        (await _cli.Run("compare", "1.1", "--with", "E1")).Refused(6, "not_found");
        (await _cli.Run("origin", "set", "E1", "--for", "1.1")).Refused(6, "not_found");
        (await _cli.Run("evidence", "list", "1.1")).Ok().Out.ShouldStartWith("No evidence.");
    }

    [Fact]
    public async Task Add_WithTheSameKeyTwice_AttachesOnce()
    {
        (await _cli.Feed("Mayor Pia Lund said the town would close four wells.", "check", "-")).Ok();
        string[] command = ["evidence", "add", "1.1", "--text", "Minutes", "--kind", "data", "--stance", "supports", "--key", "k1"];
        var first = (await _cli.Run(command)).Ok();
        (await _cli.Run(command)).Ok().Out.ShouldBe(first.Out);
        (await _cli.Run("evidence", "add", "1.1", "--text", "Other minutes", "--kind", "data", "--stance", "supports", "--key", "k1")).Refused(1, "key_reused");
    }

    [Fact]
    public async Task ReviseMendSimilarReuse_AsTheHelpShows()
    {
        await _cli.AddUsers();
        (await _cli.Feed("Mayor Pia Lund said the town would close four of its wells until October.\n\nOda Brekke said the quay was safe.", "check", "-", "--as", "Rolf")).Ok();
        (await _cli.Run("evidence", "add", "1.1", "--text", "Minutes", "--kind", "data", "--stance", "supports", "--as", "Ines")).Ok();
        (await _cli.Run("complete", "1.1-3", "--outcome", "corroborated", "--content-verdict", "true", "--as", "Ines")).Ok();
        var revised = (await _cli.Feed("Mayor Pia Lund said the town would close nine of its wells until October.\n\nOda Brekke said the quay was safe.", "revise", "1", "-", "--correction", "--note", "Nine wells", "--as", "Rolf")).Ok().Out;
        revised.ShouldStartWith("Article 1, version 2 (correction): 1 unchanged, 1 changed, 0 lost, 0 new");
        revised.ShouldContain("four → nine");
        (await _cli.Run("mend", "add", "1", "--words", "close nine", "--link", "speaker:person:Pia Lund", "--as", "Ines")).Ok().Out.ShouldStartWith("1.3 added");
        (await _cli.Run("mend", "dismiss", "1.3", "--note", "Half a claim", "--as", "Ines")).Ok();
        (await _cli.Run("mend", "change", "1.2", "--link", "nonsense", "--as", "Ines")).Refused(2, "invalid_request");
        (await _cli.Run("report", "--by", "extraction", "--json")).Ok().Json.GetProperty("reports")[0].GetProperty("lines").GetArrayLength().ShouldBe(2);
        foreach (var (outcome, verdict, value, who) in new[] { ("corroborated", "--content-verdict", "true", "Ines"), ("confirmed", "--attribution-verdict", "accurate", "Ines"), ("approve", "--note", "So be it", "Edda") })
        {
            var open = (await _cli.Run("claim", "1.1", "--json")).Ok().Json.GetProperty("open")[0].GetProperty("task").GetString()!;
            (await _cli.Run("complete", open, "--outcome", outcome, verdict, value, "--as", who)).Ok();
        }
        (await _cli.Feed("Mayor Pia Lund said that the town will close nine of its wells until October.", "check", "-", "--as", "Rolf")).Ok().Out.ShouldContain("1.1 same-words");
        (await _cli.Run("reuse", "2.1", "--from", "1.1", "--as", "Omar")).Ok().Out.ShouldContain("corroborated, content true");
        (await _cli.Run("reopen", "1.1", "--note", "The minutes are of another year", "--as", "Edda")).Ok().Out.ShouldContain("reopened: 2.1"); // it had taken over the finding
        (await _cli.Run("similar", "2.1")).Ok().Out.ShouldContain("1 piece of evidence");
        (await _cli.Run("search", "")).Refused(2, "invalid_request");
        (await _cli.Run("audit", "check")).Ok();
    }
}
