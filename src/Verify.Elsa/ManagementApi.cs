using System.Diagnostics;
using System.Security.Claims;
using Elsa.Extensions;
using FastEndpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Verify.Elsa;

/// <summary>
/// Elsa's management API over a running Elsa: it shows definitions and instances and changes nothing. What moves an item
/// is decided on the desk, by whom it concerns and on the record; Elsa knows neither.
/// </summary>
internal sealed class ManagementApi
{
    public const string Path = "/elsa/api";

    // Elsa's names of what may be read; the endpoints that ask for one of them write nothing, but for the one below.
    private static readonly string[] Reading =
    [
        "read:*", "read:workflow-definitions", "read:workflow-instances", "read:activity-execution", "read:commit-strategies",
        "read:incident-strategies", "read:log-persistence-strategies", "read:workflow-activation-strategies",
    ];

    // With ?refresh it takes every activity out of the registry and puts them in again, while items run on it.
    private const string RefreshesActivities = "Elsa.Workflows.Api.Endpoints.ActivityDescriptors.List.List";

    private readonly RequestDelegate _answer;
    private readonly IServiceProvider _services;

    public ManagementApi(IServiceProvider services)
    {
        _services = services;
        var app = new ApplicationBuilder(services);
        app.UseJsonSerializationErrorHandler();
        app.UseRouting();
        app.Use(OnlyLook);
        app.UseAuthorization();
        app.UseEndpoints(endpoints => 
        {
            endpoints.MapWorkflowsApi(Path.TrimStart('/'));
            Endpoints = [.. endpoints.DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>()];
        });
        _answer = app.Build();
    }

    internal IReadOnlyList<RouteEndpoint> Endpoints { get; private set; } = [];

    /// <summary>What the API needs besides Elsa itself, where no web server has brought it.</summary>
    public static void AddServices(IServiceCollection services)
    {
        var listener = new DiagnosticListener("Verify.Elsa");
        services.AddSingleton(listener);
        services.AddSingleton<DiagnosticSource>(listener);
        services.AddRouting();
        services.AddAuthentication();
        services.AddAuthorization();
    }

    /// <summary>Answers a request of somebody who may look.</summary>
    public async Task Answer(HttpContext context)
    {
        var (services, endpoint, user) = (context.RequestServices, context.GetEndpoint(), context.User);
        await using var scope = _services.CreateAsyncScope();
        try
        {
            context.RequestServices = scope.ServiceProvider;
            context.SetEndpoint(null); // that of the server that passed the request on; else Elsa's own are not looked for
            context.User = new ClaimsPrincipal(new ClaimsIdentity([.. Reading.Select(p => new Claim("permissions", p)), new(ClaimTypes.Name, user.Identity?.Name ?? "-")], "verify"));
            await _answer(context);
        }
        finally
        {
            context.RequestServices = services;
            context.SetEndpoint(endpoint);
            context.User = user;
        }
    }

    // Elsa leaves some of its endpoints open to everybody, and resumes by a link; so none passes that does not ask for a right to read.
    private static Task OnlyLook(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is not { } endpoint)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return context.Response.WriteAsJsonAsync(new { code = "not_found", message = "Elsa's API has no such address" });
        }
        // Without anything on it: routing's own, which answers that the method or the content type is not taken.
        if (endpoint.Metadata.Count == 0) return next(context);
        if (OnlyShows(endpoint))
        {
            if (endpoint.Metadata.GetMetadata<EndpointDefinition>()!.EndpointType.FullName == RefreshesActivities) context.Request.QueryString = QueryString.Empty;
            return next(context);
        }
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsJsonAsync(new { code = "elsa_is_read_only", message = "Elsa's API shows items and definitions here and changes neither; decide on the desk, and change definitions in the folder of workflows" });
    }

    internal static bool OnlyShows(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<EndpointDefinition>() is { } definition
        && (definition.AllowedPermissions?.Any(Reading.Contains) == true || definition.EndpointType.Namespace == "Elsa.Workflows.Api.Endpoints.Package");
}
