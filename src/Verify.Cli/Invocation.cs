using System.CommandLine;
using MediatR;
using Verify.Desk;
using Verify.Desk.Features.Timers;
using Verify.Desk.Requests;

namespace Verify.Cli;

/// <summary>One run of a verb: opens the desk, sends requests, renders answers and refusals alike.</summary>
internal sealed class Invocation(ParseResult parse, CancellationToken cancellation)
{
    public bool Json => parse.GetValue(Options.Json);
    public string? User => Options.UserOf(parse);
    public string? Key => parse.GetValue(Options.Key);
    public string Workflows => Options.WorkflowsOf(parse);

    /// <summary>Runs a verb's work on an open desk.</summary>
    public async Task<int> OnDesk(Func<VerifyDesk, Task<int>> work, bool create = true)
    {
        var opened = VerifyDesk.Open(new DeskOptions(Options.DatabaseOf(parse), Workflows, create));
        if (opened.Refusal is { } refusal) return Refuse(refusal);
        await using var desk = opened.Value;
        // No process has to run for time to pass: whoever comes next finds what has become due.
        while (await desk.Send(new AnyTimerDue(), cancellation) is { Refusal: null, Value: true })
        {
            var fired = await desk.Send(new FireDueTimers(), cancellation);
            if (fired.Refusal is { } late) return Refuse(late);
            if (fired.Value == 0) break; // another process was faster
        }
        return await work(desk);
    }

    /// <summary>Sends one request and prints its answer.</summary>
    public Task<int> Answer<T>(IRequest<Result<T>> request, Action<T> print, bool create = true) => OnDesk(async desk =>
    {
        var result = await desk.Send(request, cancellation);
        if (result.Refusal is { } refusal) return Refuse(refusal);
        if (Json) Output.Json(result.Value);
        else print(result.Value);
        return ExitCodes.Done;
    }, create);

    public int Refuse(Refusal refusal)
    {
        Output.Complain(Json, refusal.Code, refusal.Message);
        return ExitCodes.Of(refusal);
    }
}
