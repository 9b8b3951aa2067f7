using System.CommandLine;
using MediatR;
using Verify.Desk;
using Verify.Desk.Requests;

namespace Verify.Cli;

/// <summary>One run of a verb: opens the desk, sends requests, renders answers and refusals alike.</summary>
internal sealed class Invocation(ParseResult parse, CancellationToken cancellation)
{
    public bool Json => parse.GetValue(Options.Json);
    public string? User => Options.UserOf(parse);
    public string? Key => parse.GetValue(Options.Key);
    public string Workflows => Options.WorkflowsOf(parse);
    public string Runtime => Options.RuntimeOf(parse);

    /// <summary>Runs a verb's work on an open desk.</summary>
    /// <param name="reads">Whether the verb only reads: then a missing database is not created, and due timers that cannot be fired now are no reason to refuse.</param>
    /// <param name="fire">Whether timers that are due are fired first; not by verbs that look at a desk in trouble.</param>
    /// <param name="managed">Whether other runtimes are to be looked at through interfaces of their own.</param>
    public async Task<int> OnDesk(Func<VerifyDesk, Task<int>> work, bool reads = false, bool fire = true, bool managed = false)
    {
        if (Runtimes.Refusal(Runtime) is { } missing) return Refuse(missing);
        var opened = VerifyDesk.Open(new DeskOptions(Options.DatabaseOf(parse), Workflows, Create: !reads) { Runtime = Runtime, Runtimes = Runtimes.Outside(managed) });
        if (opened.Refusal is { } refusal) return Refuse(refusal);
        await using var desk = opened.Value;
        // No process has to run for time to pass: whoever comes next finds what has become due.
        if (fire && await desk.CatchUp(cancellation) is { } late)
        {
            // What another runtime has yet to be told is kept and concerns its own items; timers that cannot be fired concern the file.
            if (!reads && late.Code is not ("runtime_failed" or "runtime_not_built_in")) return Refuse(late);
            Output.Remark($"what is due could not be done: {late.Message}");
        }
        return await work(desk);
    }

    /// <summary>Sends one request and prints its answer.</summary>
    public Task<int> Answer<T>(IRequest<Result<T>> request, Action<T> print, bool reads = false, bool fire = true) => OnDesk(async desk =>
    {
        var result = await desk.Send(request, cancellation);
        if (result.Refusal is { } refusal) return Refuse(refusal);
        if (Json) Output.Json(result.Value);
        else print(result.Value);
        return ExitCodes.Done;
    }, reads, fire);

    public int Refuse(Refusal refusal)
    {
        Output.Complain(Json, refusal.Code, refusal.Message);
        return ExitCodes.Of(refusal);
    }
}
