using Microsoft.AspNetCore.Builder;
using Microsoft.ML.Spiking.Samples.Web;

namespace Microsoft.ML.Spiking.Samples.Tests.Web;

[TestClass]
public sealed class HeaderTests
{
    private static RunningServer s_server = null!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext _)
        => s_server = await RunningServer.StartAsync(app => app.MapGet("/fault", string () => throw new InvalidOperationException("A fault of the program's own.")));

    [ClassCleanup]
    public static async Task StopAsync() => await s_server.DisposeAsync();

    [TestMethod]
    [DataRow("GET", "/", 200)]
    [DataRow("GET", "/health", 200)]
    [DataRow("POST", "/predict", 415)]
    [DataRow("PUT", "/predict", 405)]
    [DataRow("GET", "/nowhere", 404)]
    [DataRow("GET", "/fault", 500)]
    public async Task Every_answer_has_the_headers(string method, string address, int status)
        => await Hardened(new HttpRequestMessage(new HttpMethod(method), address), status);

    [TestMethod]
    public async Task So_has_one_to_another_host() => await Hardened(new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "evil.example" } }, 400);

    [TestMethod]
    public async Task So_has_one_to_broken_pixels() => await Hardened(new HttpRequestMessage(HttpMethod.Post, "/predict") { Content = RunningServer.Json("[") }, 400);

    [TestMethod]
    public async Task So_has_one_to_a_body_too_large()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/predict") { Content = RunningServer.File(new byte[Bounds.Body + 1]) };
        request.Headers.ExpectContinue = true;
        await Hardened(request, 413);
    }

    private static async Task Hardened(HttpRequestMessage request, int status)
    {
        using HttpRequestMessage asked = request;
        using HttpResponseMessage response = await s_server.Client.SendAsync(asked);
        Assert.AreEqual(status, (int)response.StatusCode);
        foreach ((string name, string value) in (ReadOnlySpan<(string, string)>)[("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"), ("Cache-Control", "no-cache")])
            Assert.AreEqual(value, string.Join(',', response.Headers.GetValues(name)), name);
        Assert.StartsWith("default-src 'self'; ", string.Join(',', response.Headers.GetValues("Content-Security-Policy")));
        if (status >= 400) Assert.AreEqual("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }
}
