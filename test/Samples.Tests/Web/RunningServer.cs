using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.ML.Spiking.Samples.Web;

namespace Microsoft.ML.Spiking.Samples.Tests.Web;

/// <summary>The application on a free port of this machine, and a client of it.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningServer(WebApplication app)
    {
        _app = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Client { get; }

    /// <param name="hosts">The names that requests may call it by.</param>
    public static Task<RunningServer> StartAsync(params string[] hosts) => StartAsync(_ => { }, hosts);

    /// <param name="add">Adds addresses of a test's own.</param>
    /// <param name="hosts">The names that requests may call it by.</param>
    public static async Task<RunningServer> StartAsync(Action<WebApplication> add, params string[] hosts)
    {
        WebApplication app = DigitServer.Create(TestModel.Served, "http://127.0.0.1:0", hosts);
        add(app);
        await app.StartAsync();
        return new RunningServer(app);
    }

    public async Task<JsonElement> AskAsync(string address, HttpContent content)
    {
        using HttpResponseMessage response = await Client.PostAsync(new Uri(address, UriKind.Relative), content);
        Assert.AreEqual(HttpStatusCode.OK, response.StatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>The status and the sentence of a request that is turned away.</summary>
    public async Task<(int Status, string Sentence)> RefuseAsync(HttpContent content, string address = "/predict")
    {
        using HttpResponseMessage response = await Client.PostAsync(new Uri(address, UriKind.Relative), content);
        Assert.AreEqual("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.AreEqual((int)response.StatusCode, problem.GetProperty("status").GetInt32());
        return ((int)response.StatusCode, problem.GetProperty("detail").GetString()!);
    }

    public static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    public static StringContent Json(float[] pixels) => Json(JsonSerializer.Serialize(new { pixels }));

    public static ByteArrayContent File(byte[] bytes, string type = "image/png")
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
