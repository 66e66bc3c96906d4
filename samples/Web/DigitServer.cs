using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace Microsoft.ML.Spiking.Samples.Web;

/// <summary>The application: four addresses, a page and what keeps both in bounds.</summary>
internal static class DigitServer
{
    private const string Policy = "default-src 'self'; img-src 'self' data: blob:; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";
    private const string Predictions = "predictions";

    /// <param name="model">The network that answers.</param>
    /// <param name="urls">Where to listen, as in "http://localhost:5000".</param>
    /// <param name="hosts">The names that requests may call the server by; none: this machine's own and those in <paramref name="urls"/>.</param>
    public static WebApplication Create(ServedModel model, string urls, params string[] hosts)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        var names = HostNames.Of(builder.Configuration, urls, hosts);
        builder.WebHost.UseUrls(urls);
        // A start that fails is said in a line by the program itself.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.WebHost.ConfigureKestrel(Limit).UseSockets(sockets => sockets.MaxReadBufferSize = Bounds.Unread);
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.AddConcurrencyLimiter(Predictions, at => (at.PermitLimit, at.QueueLimit) = (Bounds.Requests, 0));
            limiter.OnRejected = (_, _) => throw RequestFault.Busy();
        });
        builder.Services.AddRequestTimeouts(timeouts => timeouts.AddPolicy(Predictions, new RequestTimeoutPolicy
        {
            Timeout = Bounds.Request,
            WriteTimeoutResponse = context => RequestFault.TooSlow().AnswerAsync(context),
        }));
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, WebJson.Default);
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        });
        builder.Services.AddProblemDetails();
        builder.Services.AddOpenApi();
        builder.Services.AddSingleton(model);
        builder.Services.AddSingleton(new DigitFrame(model.Height, model.Width));
        builder.Services.AddSingleton<PictureReader>();

        WebApplication app = builder.Build();
        app.Use(Harden);
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.Use(AnswerFaults);
        app.Use(names.Check);
        app.UseDefaultFiles();
        app.UseStaticFiles();
        app.UseRateLimiter();
        app.UseRequestTimeouts();
        app.MapOpenApi();

        app.MapPost("/predict", (HttpRequest request, PictureReader reader) => PredictAsync(model, reader, request, request.Query.ContainsKey("spikes") ? Detail.Spikes : Detail.Counts))
            .Bound("What the network takes a digit for, what each column fired and what that cost; with ?spikes also every spike.");
        app.MapPost("/spikes", (HttpRequest request, PictureReader reader) => PredictAsync(model, reader, request, Detail.Spikes))
            .Bound("What /predict says, the picture as the network saw it, and every spike of every step.");
        app.MapGet("/model", () => model.Card).WithSummary("The network that answers.");
        app.MapGet("/health", () => TypedResults.Text("Healthy")).WithSummary("Healthy, as long as the server answers.");
        return app;
    }

    private static void Limit(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        server.Limits.MaxRequestBodySize = Bounds.Body;
        server.Limits.MaxRequestBufferSize = Bounds.Unread;
        server.Limits.MaxConcurrentConnections = Bounds.Connections;
        // One request a connection at a time: so few connections bound what is read ahead.
        server.ConfigureEndpointDefaults(at => at.Protocols = HttpProtocols.Http1);
    }

    private static async Task<Prediction> PredictAsync(ServedModel model, PictureReader reader, HttpRequest request, Detail detail)
        => model.Predict(await reader.ReadAsync(request), detail);

    /// <summary>A prediction: described, and bounded in number and time.</summary>
    private static void Bound(this RouteHandlerBuilder route, string summary) => route
        .WithSummary(summary)
        .AddOpenApiOperationTransformer((operation, _, _) => PictureBody.DescribeAsync(operation))
        .Produces<Prediction>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status408RequestTimeout)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .RequireRateLimiting(Predictions)
        .WithRequestTimeout(Predictions);

    /// <summary>A request that cannot be served is answered with its status and one sentence (RFC 9457).</summary>
    private static async Task AnswerFaults(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (RequestFault fault) when (!context.Response.HasStarted)
        {
            await fault.AnswerAsync(context);
        }
        catch (BadHttpRequestException fault) when (!context.Response.HasStarted)
        {
            RequestFault said = fault.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => RequestFault.TooLarge(),
                StatusCodes.Status408RequestTimeout => RequestFault.TooSlow(),
                int status => new RequestFault(status, fault.Message),
            };
            await said.AnswerAsync(context);
        }
    }

    /// <summary>Every answer's headers, an error's too: set as it goes out, for an error begins its answer anew.</summary>
    private static Task Harden(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            IHeaderDictionary headers = context.Response.Headers;
            (headers.ContentSecurityPolicy, headers.XContentTypeOptions, headers.CacheControl) = (Policy, "nosniff", "no-cache");
            headers["Referrer-Policy"] = "no-referrer";
            return Task.CompletedTask;
        });
        return next(context);
    }
}
