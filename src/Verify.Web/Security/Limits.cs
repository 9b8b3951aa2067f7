using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Verify.Desk.Requests;

namespace Verify.Web.Security;

/// <summary>How often what is dear may be asked for.</summary>
internal static class Limits
{
    public const string SignIn = "sign-in";
    public const string Intake = "intake";

    // Whoever has one address of IPv6 has a whole network of them.
    private static string Network(IPAddress? address) => address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address?.ToString() ?? "-";

    public static void Configure(RateLimiterOptions options)
    {
        // By address and not by name: guessing one password for many names is the commoner attack. Wide enough for a newsroom behind
        // one address; each name has its own, growing wait besides.
        options.AddPolicy(SignIn, c => RateLimitPartition.GetTokenBucketLimiter(Network(c.Connection.RemoteIpAddress), _ => new() { TokenLimit = 60, TokensPerPeriod = 30, ReplenishmentPeriod = TimeSpan.FromMinutes(1), QueueLimit = 0 }));
        options.AddPolicy(Intake, c => RateLimitPartition.GetTokenBucketLimiter(Viewer.Of(c)?.Name ?? "-", _ => new() { TokenLimit = 60, TokensPerPeriod = 30, ReplenishmentPeriod = TimeSpan.FromMinutes(1), QueueLimit = 0 }));
        options.OnRejected = async (context, _) =>
        {
            context.HttpContext.Response.Headers.RetryAfter = "60";
            var refusal = new Refusal(RefusalKind.Rule, "too_often", "too many tries in a short time; wait a minute and try again");
            await (context.HttpContext.Request.HasJsonContentType()
                ? ApiAnswers.Refuse(context.HttpContext, refusal, StatusCodes.Status429TooManyRequests)
                : Page.Refuse(context.HttpContext, refusal, StatusCodes.Status429TooManyRequests).ExecuteAsync(context.HttpContext));
        };
    }
}
