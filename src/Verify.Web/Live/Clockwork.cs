using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Verify.Desk;
using Verify.Desk.Features.Timers;

namespace Verify.Web.Live;

/// <summary>Fires what becomes due while the server runs.</summary>
internal sealed partial class Clockwork(VerifyDesk desk, TimeProvider clock, ILogger<Clockwork> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, clock);
        do
        {
            var now = clock.GetUtcNow();
            while (await desk.Send(new AnyTimerDue(now), stoppingToken) is { Refusal: null, Value: true })
            {
                var fired = await desk.Send(new FireDueTimers(now), stoppingToken);
                if (fired.Refusal is { } refusal) CannotFire(refusal.Message);
                if (fired.Refusal is not null || fired.Value == 0) break;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Timers that are due could not be fired: {Reason}")]
    private partial void CannotFire(string reason);
}
