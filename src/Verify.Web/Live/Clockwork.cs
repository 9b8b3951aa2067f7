using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Verify.Desk;

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
            try
            {
                if (await desk.CatchUp(stoppingToken) is { } refusal) CannotFire(refusal.Message);
            }
            // What is due stays due: the next beat tries again.
            catch (Exception e) when (e is not OperationCanceledException) { CannotFire(e.Message); }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What is due could not be done: {Reason}")]
    private partial void CannotFire(string reason);
}
