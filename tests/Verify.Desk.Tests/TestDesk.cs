using Dapper;
using MediatR;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Verify.Desk.Features.Articles;
using Verify.Desk.Features.Claims;
using Verify.Desk.Features.Evidence;
using Verify.Desk.Features.Intake;
using Verify.Desk.Features.Users;
using Verify.Desk.Requests;

namespace Verify.Desk.Tests;

/// <summary>A desk on a fresh file with one user of each role, and a clock that stands until it is moved.</summary>
public sealed class TestDesk : IAsyncDisposable
{
    public const string Standard = "Mayor Pia Lund said the town would close four wells.";
    public const string Leaked = "\"The sum is wrong,\" the Ledger cited Carlo Benassi as saying according to a copy of the internal memo.";
    public const string Anonymous = "Officials said three people died.";
    public const string Post = "In a tweet on Monday Mara Voss said the roof was safe.";

    private readonly string _folder = Directory.CreateTempSubdirectory("verify-desk-").FullName;
    private VerifyDesk? _desk;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));
    public string Path => System.IO.Path.Combine(_folder, "desk.db");
    public string Folder => _folder;
    public string Workflows { get; set; } = System.IO.Path.Combine(Root, "workflows");
    public VerifyDesk Desk => _desk ??= VerifyDesk.Open(TestRuntime.On(new DeskOptions(Path, Workflows)), Clock).Value;

    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(System.IO.Path.Combine(folder, "Verify.sln"))) folder = System.IO.Path.GetDirectoryName(folder)!;
        return folder;
    }

    public static async Task<TestDesk> WithUsers()
    {
        var test = new TestDesk();
        await test.Do(new AddUser("Ada", [Roles.Administrator]));
        foreach (var (name, role) in new[] { ("Rolf", Roles.Reporter), ("Ines", Roles.FactChecker), ("Omar", Roles.CrossChecker), ("Edda", Roles.Editor), ("Emil", Roles.Editor), ("Sten", Roles.StandardsEditor), ("Rita", Roles.Reader) })
            await test.Do(new AddUser(name, [role]) { As = "Ada" });
        await test.Do(new AddUser("Both", [Roles.FactChecker, Roles.CrossChecker, Roles.Editor, Roles.StandardsEditor]) { As = "Ada" });
        return test;
    }

    /// <summary>Sends and expects an answer.</summary>
    public async Task<T> Do<T>(IRequest<Result<T>> request)
    {
        var result = await Desk.Send(request);
        result.Refusal.ShouldBeNull();
        return result.Value;
    }

    /// <summary>Sends and expects this refusal.</summary>
    public async Task<Refusal> Refused<T>(IRequest<Result<T>> request, string code)
    {
        var result = await Desk.Send(request);
        result.Refusal.ShouldNotBeNull();
        result.Refusal.Code.ShouldBe(code, result.Refusal.Message);
        result.Refusal.Message.ShouldNotContain("\n");
        return result.Refusal;
    }

    /// <summary>Stores an article by Rolf; its number.</summary>
    public async Task<string> Check(string text) => (await Do(new CheckArticle(text) { As = "Rolf" })).Number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public async Task<ClaimView> Claim(string reference) => await Do(new ShowClaim(reference));

    /// <summary>Completes the claim's open task of this step.</summary>
    public async Task<TaskCompleted> Complete(string claim, string step, string outcome, string user, string? verdict = null)
    {
        var task = (await Claim(claim)).Open.Single(t => t.Step == step);
        return await Do(new CompleteTask(task.Task, outcome, Note: $"{outcome} by {user}",
            AttributionVerdict: task.Asks == "attribution" ? verdict : null, ContentVerdict: task.Asks == "content" ? verdict : null)
        { As = user });
    }

    /// <summary>Attaches evidence, its text given; its reference.</summary>
    public async Task<EvidenceAdded> Attach(string claim, string text, string kind = "secondary-report", string stance = "supports", string user = "Ines", string? from = null, string? origin = null, string name = "piece.txt") =>
        await Do(new AddEvidence(claim, kind, stance, ObtainedFrom: from, Origin: origin) { As = user, File = (await EvidenceFile.Read(name, System.Text.Encoding.UTF8.GetBytes(text))).Value });

    /// <summary>Takes a standard claim through its three steps.</summary>
    public async Task Approve(string claim)
    {
        await Complete(claim, "corroborate", "corroborated", "Ines", "true");
        await Complete(claim, "check-secondary-source", "confirmed", "Ines", "accurate");
        (await Complete(claim, "approve", "approve", "Edda")).Status.ShouldBe("approved");
    }

    /// <summary>A leaked claim with its document, checked and approved once; it waits for the second approval.</summary>
    public async Task<string> ApprovedOnce()
    {
        var claim = await Check(Leaked) + ".1";
        await Attach(claim, "The memo", "primary-document", user: "Omar");
        await Complete(claim, "corroborate", "corroborated", "Ines", "true");
        await Complete(claim, "authenticate-document", "authentic", "Omar");
        await Complete(claim, "check-secondary-source", "confirmed", "Ines", "accurate");
        await Complete(claim, "approve", "approve", "Edda");
        return claim;
    }

    public async Task<ArticleView> Article(string number) => await Do(new ShowArticle(number));

    /// <summary>Runs SQL on the file beside the desk, as somebody with the database in hand would.</summary>
    public int Sql(string sql)
    {
        using var connection = Connect();
        return connection.Execute(sql);
    }

    public T? Scalar<T>(string sql)
    {
        using var connection = Connect();
        return connection.ExecuteScalar<T>(sql);
    }

    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=false;Foreign Keys=True");
        connection.Open();
        return connection;
    }

    /// <summary>A file's bytes while others have it open.</summary>
    public static async Task<byte[]> ReadShared(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes);
        return bytes;
    }

    public async Task Close()
    {
        if (_desk is not null) await _desk.DisposeAsync();
        _desk = null;
    }

    public async ValueTask DisposeAsync()
    {
        await Close();
        Directory.Delete(_folder, recursive: true);
    }
}
