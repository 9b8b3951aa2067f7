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
    /// <param name="reads">Whether the verb only reads: then a missing database is not created, and due timers that cannot be fired now are no reason to refuse.</param>
    /// <param name="fire">Whether timers that are due are fired first; not by verbs that look at a desk in trouble.</param>
    public async Task<int> OnDesk(Func<VerifyDesk, Task<int>> work, bool reads = false, bool fire = true)
    {
        var opened = VerifyDesk.Open(new DeskOptions(Options.DatabaseOf(parse), Workflows, Create: !reads));
        if (opened.Refusal is { } refusal) return Refuse(refusal);
        await using var desk = opened.Value;
        if (fire && await FireTimers(desk) is { } late)
        {
            if (!reads) return Refuse(late);
            Output.Remark($"timers that are due could not be fired: {late.Message}");
        }
        return await work(desk);
    }

    // No process has to run for time to pass: whoever comes next finds what has become due. What becomes due while it
    // is at work is left to the next.
    private async Task<Refusal?> FireTimers(VerifyDesk desk)
    {
        var now = TimeProvider.System.GetUtcNow();
        while (await desk.Send(new AnyTimerDue(now), cancellation) is { Refusal: null, Value: true })
        {
            var fired = await desk.Send(new FireDueTimers(now), cancellation);
            if (fired.Refusal is not null || fired.Value == 0) return fired.Refusal;
        }
        return null;
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
