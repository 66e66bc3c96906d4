using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;

namespace Microsoft.ML.Spiking.Samples.Web;

/// <summary>The application: four addresses, a page and what keeps both in bounds.</summary>
internal static class DigitServer
{
    /// <summary>Bytes of a request's body: a photograph of a phone fits.</summary>
    public const int LargestBody = 8 << 20;

    private const string Policy = "default-src 'self'; img-src 'self' data: blob:; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

    /// <param name="model">The network that answers.</param>
    /// <param name="urls">Where to listen, as in "http://localhost:5000".</param>
    public static WebApplication Create(ServedModel model, string urls)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(urls);
        // A start that fails is said in a line by the program itself.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.WebHost.ConfigureKestrel(server => (server.Limits.MaxRequestBodySize, server.AddServerHeader) = (LargestBody, false));
        builder.Services.Configure<FormOptions>(form => form.MultipartBodyLengthLimit = LargestBody);
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
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.Use(AnswerFaults);
        app.Use(Harden);
        app.UseDefaultFiles();
        app.UseStaticFiles();
        app.MapOpenApi();

        app.MapPost("/predict", (HttpRequest request, PictureReader reader) => PredictAsync(model, reader, request, request.Query.ContainsKey("spikes") ? Detail.Spikes : Detail.Counts))
            .Describe("What the network takes a digit for, what each column fired and what that cost; with ?spikes also every spike.");
        app.MapPost("/spikes", (HttpRequest request, PictureReader reader) => PredictAsync(model, reader, request, Detail.Spikes))
            .Describe("What /predict says, the picture as the network saw it, and every spike of every step.");
        app.MapGet("/model", () => model.Card).WithSummary("The network that answers.");
        app.MapGet("/health", () => TypedResults.Text("Healthy")).WithSummary("Healthy, as long as the server answers.");
        return app;
    }

    private static async Task<Prediction> PredictAsync(ServedModel model, PictureReader reader, HttpRequest request, Detail detail)
        => model.Predict(await reader.ReadAsync(request), detail);

    private static void Describe(this RouteHandlerBuilder route, string summary) => route
        .WithSummary(summary)
        .AddOpenApiOperationTransformer((operation, _, _) => PictureBody.DescribeAsync(operation))
        .Produces<Prediction>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);

    /// <summary>A request that cannot be served is answered with its status and one sentence (RFC 9457).</summary>
    private static async Task AnswerFaults(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (RequestFault fault) when (!context.Response.HasStarted)
        {
            await TypedResults.Problem(fault.Message, statusCode: fault.Status).ExecuteAsync(context);
        }
        catch (BadHttpRequestException fault) when (!context.Response.HasStarted)
        {
            string sentence = fault.StatusCode == StatusCodes.Status413PayloadTooLarge ? PictureReader.TooLarge : fault.Message;
            await TypedResults.Problem(sentence, statusCode: fault.StatusCode).ExecuteAsync(context);
        }
    }

    private static Task Harden(HttpContext context, RequestDelegate next)
    {
        IHeaderDictionary headers = context.Response.Headers;
        (headers.ContentSecurityPolicy, headers.XContentTypeOptions, headers.CacheControl) = (Policy, "nosniff", "no-cache");
        headers["Referrer-Policy"] = "no-referrer";
        return next(context);
    }
}
