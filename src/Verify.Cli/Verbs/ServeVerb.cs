using System.CommandLine;
using System.Net.Sockets;
using Verify.Desk;
using Verify.Desk.Audit;
using Verify.Desk.Features.Accounts;
using Verify.Desk.Features.Audit;
using Verify.Desk.Requests;
using Verify.Web;

namespace Verify.Cli.Verbs;

internal static class ServeVerb
{
    private static readonly Option<string[]> Urls = new("--urls") { Description = $"Addresses to listen on (else {ServeOptions.DefaultUrl})" };
    private static readonly Option<bool> BehindProxy = new("--behind-proxy") { Description = "A proxy on this machine speaks HTTPS to the browsers; what it says of them is believed" };
    private static readonly Option<string?> Backups = new("--backups") { Description = "Folder for backups made in the browser (else backups beside the database)", HelpName = "folder" };

    private static readonly Option<bool> ElsaApi = new("--elsa-api") { Description = "Serve Elsa's management API at /elsa/api too: to administrators, to look at" };
    private static readonly Option<string[]> Studio = new("--studio") { Description = "Address of an Elsa Studio that may use it from a browser, for example https://studio.example", HelpName = "address" };

    private static readonly Option<string?> HeadsTo = new("--heads-to") { Description = "Where the history's signed heads go, every hour in which something happened: a file, or an http or https address", HelpName = "where" };

    public static Command Create()
    {
        var command = new Command("serve", """
            Serve the desk in the browser, until Ctrl+C.

            Example:
              verify serve --urls http://127.0.0.1:5080
            """) { Urls, BehindProxy, Backups, ElsaApi, Studio, HeadsTo };
        command.SetAction((parse, cancellation) =>
        {
            var run = new Invocation(parse, cancellation);
            var managed = parse.GetValue(ElsaApi);
            if (!managed && parse.GetValue(Studio) is { Length: > 0 }) return Task.FromResult(run.Refuse(Refused.Invalid("--studio says who may use Elsa's API from a browser; serve it with --elsa-api")));
            if (parse.GetValue(HeadsTo) is { } heads && HeadWitness.Refusal(heads) is { } nowhere) return Task.FromResult(run.Refuse(nowhere));
            return managed && Runtimes.Refusal(Runtimes.Elsa) is { } missing ? Task.FromResult(run.Refuse(missing)) : run.OnDesk(desk => Serve(run, desk, parse, cancellation), managed: managed);
        });
        return command;
    }

    private static async Task<int> Serve(Invocation run, VerifyDesk desk, ParseResult parse, CancellationToken cancellation)
    {
        var folder = Path.GetDirectoryName(desk.DatabasePath)!;
        var state = await desk.Send(new FindDeskState(), cancellation);
        if (state.Refusal is { } refusal) return run.Refuse(refusal);
        var urls = parse.GetValue(Urls) is { Length: > 0 } given ? [.. given.SelectMany(u => u.Split(';', StringSplitOptions.RemoveEmptyEntries))] : new[] { ServeOptions.DefaultUrl };
        var options = new ServeOptions(urls, parse.GetValue(Backups) ?? Path.Combine(folder, "backups"), desk.DatabasePath + "-keys", parse.GetValue(BehindProxy), state.Value.HasUsers ? null : Passwords.NewToken())
        {
            RuntimeApi = parse.GetValue(ElsaApi) ? Runtimes.ElsaApi(desk, parse.GetValue(Studio) ?? []) : null,
        };
        if (options.Problem() is { } problem) return run.Refuse(new Refusal(RefusalKind.Request, "bad_address", problem));
        try
        {
            await using var server = DeskServer.Build(desk, options);
            await server.StartAsync(cancellation);
            var address = server.Urls.First();
            Output.Remark($"The desk is at {address} (Ctrl+C ends it).");
            Output.Remark($"New items start on the runtime {run.Runtime}; built in: {string.Join(", ", Runtimes.Outside().Keys.Prepend(Runtimes.Embedded))}.");
            if (options.RuntimeApi is { } api) Output.Remark($"Elsa's management API is at {address}{api.Path}, for administrators.");
            if (options.SetupToken is { } token) Output.Remark($"It has no users yet. Make the first administrator, once, at:\n  {address}/set-up?token={token}");
            else if (!state.Value.HasAccounts) Output.Remark("Nobody has a password yet: `verify user invite NAME --as ADMINISTRATOR` makes a one-time link.");
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var witness = parse.GetValue(HeadsTo) is { } where ? SendHeads(desk, where, ending.Token) : Task.CompletedTask;
            // Until Ctrl+C; or until the server itself cannot go on, which whoever watches over it has to know.
            var stopped = new TaskCompletionSource();
            await using (cancellation.Register(() => stopped.TrySetResult()))
            await using (server.Lifetime.ApplicationStopping.Register(() => stopped.TrySetResult())) await stopped.Task;
            var asked = cancellation.IsCancellationRequested;
            await server.StopAsync(CancellationToken.None);
            await ending.CancelAsync();
            await witness;
            return asked ? ExitCodes.Done : run.Refuse(Refused.Database("server_stopped", "the server stopped by itself; its log says why. Start it again"));
        }
        catch (IOException e) when (e.InnerException is not null || e.Message.Contains("address", StringComparison.OrdinalIgnoreCase)) { return run.Refuse(Refused.Input("address_in_use", $"{string.Join(", ", urls)}: {e.Message} Choose another with --urls")); }
        catch (SocketException e) { return run.Refuse(Refused.Input("address_in_use", $"{string.Join(", ", urls)}: {e.Message}. Choose another with --urls")); }
    }

    // At the start, every hour, and at the end: a head more whenever the history has grown since the last that arrived.
    private static async Task SendHeads(VerifyDesk desk, string where, CancellationToken ending)
    {
        var sent = -1L;
        for (var last = false; ;)
        {
            var head = await desk.Send(new SignHead(), CancellationToken.None);
            var unsent = head.Refusal ?? (head.Value.Size == sent ? null : await HeadWitness.Send(where, head.Value, CancellationToken.None));
            if (unsent is not null) Output.Remark($"the history's head was not kept, and is tried again within the hour: {unsent.Message}");
            else sent = head.Value.Size;
            if (last) return;
            try { await Task.Delay(TimeSpan.FromHours(1), ending); }
            catch (OperationCanceledException) { last = true; }
        }
    }
}
