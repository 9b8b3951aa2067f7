using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Verify.Desk;
using Verify.Desk.Requests;
using Verify.Web.Live;
using Verify.Web.Pages;
using Verify.Web.Security;

namespace Verify.Web;

/// <summary>The desk in the browser: pages, forms and live updates over the same requests as the command line.</summary>
public static class DeskServer
{
    /// <summary>Builds the server; the caller starts and stops it, and closes the desk afterwards.</summary>
    public static WebApplication Build(VerifyDesk desk, ServeOptions options, TimeProvider? clock = null, Action<ILoggingBuilder>? logging = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "verify", EnvironmentName = "Production" });
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseUrls([.. options.Urls]);
        builder.WebHost.ConfigureKestrel(k => { k.AddServerHeader = false; k.Limits.MaxRequestBodySize = Forms.MostWithFile; });
        builder.Logging.ClearProviders();
        (logging ?? LogToStandardError)(builder.Logging);
        var services = builder.Services;
        services.AddSingleton(desk);
        services.AddSingleton(options);
        services.AddSingleton(clock ?? TimeProvider.System);
        services.AddSingleton<Notices>();
        services.AddSingleton<ChangeFeed>();
        services.AddHostedService(s => s.GetRequiredService<ChangeFeed>());
        services.AddHostedService<Clockwork>();
        services.AddRazorComponents();
        // How much a form may hold is said where it is mapped, and not field by field.
        services.Configure<FormOptions>(f => f.ValueLengthLimit = (int)Forms.MostWithFile);
        AddSecurity(services, options);
        services.AddResponseCompression(c =>
        {
            c.EnableForHttps = true; // what is secret in a page differs each time that it is sent
            c.Providers.Add<BrotliCompressionProvider>();
            c.Providers.Add<GzipCompressionProvider>();
            c.MimeTypes = ["text/html", "application/json"];
        });
        var app = builder.Build();
        if (options.BehindProxy) app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost });
        app.UseSecurityHeaders();
        app.UseExceptionHandler(e => e.Run(ShowBug));
        app.UseResponseCompression();
        app.UseStatusCodePages(ShowStatus);
        app.Use(app.Services.GetRequiredService<ChangeFeed>().Remember);
        app.UseRouting();
        if (options.RuntimeApi is not null) app.UseCors();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        Map(app);
        if (options.RuntimeApi is { } api) app.MapRuntimeApi(api);
        return app;
    }

    private static void Map(WebApplication app)
    {
        app.MapAssets();
        app.MapGet("/healthz", () => Results.Text("ok")).AllowAnonymous();
        app.MapEntry();
        var desk = app.MapGroup("").RequireAuthorization();
        desk.MapLive();
        desk.MapAccount();
        desk.MapArticles();
        desk.MapReports();
        var work = app.MapGroup("").RequireAuthorization("works");
        work.MapQueue();
        work.MapClaims();
        work.MapClaimWork();
        work.MapEvidence();
        work.MapMending();
        work.MapIntake();
        work.MapSearch();
        work.MapMentions();
        app.MapGroup("").RequireAuthorization("administrator").MapAdmin();
    }

    private static void AddSecurity(IServiceCollection services, ServeOptions options)
    {
        Directory.CreateDirectory(options.Keys);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(options.Keys, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        services.AddDataProtection().SetApplicationName("verify").PersistKeysToFileSystem(new DirectoryInfo(options.Keys));
        services.AddAntiforgery(a =>
        {
            a.FormFieldName = Forms.Field;
            a.Cookie.Name = "verify-form";
            a.Cookie.HttpOnly = true;
            a.Cookie.SameSite = SameSiteMode.Strict;
            a.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            a.SuppressXFrameOptionsHeader = true; // set for every answer
        });
        services.AddAuthentication(SessionCookie.SchemeName).AddScheme<AuthenticationSchemeOptions, SessionCookie>(SessionCookie.SchemeName, null);
        services.AddAuthorizationBuilder()
            .AddPolicy("works", p => p.RequireRole(Roles.All.Where(r => r != Roles.Reader)))
            .AddPolicy("administrator", p => p.RequireRole(Roles.Administrator));
        services.AddRateLimiter(Limits.Configure);
        if (options.RuntimeApi is { } api) services.AddRuntimeApi(api);
    }

    // Standard output is for data alone, as with every command.
    private static void LogToStandardError(ILoggingBuilder logging)
    {
        logging.AddJsonConsole();
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        // Told as a warning by the framework: the keys lie in a folder that only their owner may read.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }

    private static Task ShowBug(HttpContext context)
    {
        var error = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        return Page.Refuse(context, new(RefusalKind.Database, "internal_error", $"{error?.GetType().Name ?? "an error"} — this is a bug in Verify; nothing was half-written. Try again, and tell who runs it"), StatusCodes.Status500InternalServerError).ExecuteAsync(context);
    }

    private static Task ShowStatus(StatusCodeContext status) => status.HttpContext.Response.StatusCode switch
    {
        400 => Page.Refuse(status.HttpContext, new(RefusalKind.Request, "invalid_request", "this address is not one of the desk's: something in it is missing, or is no number where one belongs"), 400).ExecuteAsync(status.HttpContext),
        404 => Page.Refuse(status.HttpContext, new(RefusalKind.NotFound, "not_found", "there is no such page"), 404).ExecuteAsync(status.HttpContext),
        405 => Page.Refuse(status.HttpContext, new(RefusalKind.NotFound, "not_found", "this address only takes forms"), 405).ExecuteAsync(status.HttpContext),
        _ => Task.CompletedTask,
    };
}
