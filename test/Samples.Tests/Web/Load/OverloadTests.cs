using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.ML.Spiking.Samples.Web;
using SkiaSharp;

namespace Microsoft.ML.Spiking.Samples.Tests.Web;

[TestClass]
public sealed class OverloadTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Beyond_the_requests_that_are_served_at_once_the_next_is_refused_at_once_and_told_when_to_come_again()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        List<HalfRequest> halves = [.. await Task.WhenAll(Enumerable.Range(0, Bounds.Requests).Select(_ => HalfRequest.SendAsync(server.Client.BaseAddress!)))];
        // On a busy machine the first of them is given up before the last has come; so one more comes for each that is still served.
        async Task SendAnotherAsync() => halves.Add(await HalfRequest.SendAsync(server.Client.BaseAddress!));
        using (HttpResponseMessage refused = await AskUntilAsync(server, HttpStatusCode.ServiceUnavailable, SendAnotherAsync))
        {
            Assert.AreEqual(Bounds.Wait, refused.Headers.RetryAfter?.Delta);
            Assert.Contains("The server has as much to do as it can; ask again in a moment.", await refused.Content.ReadAsStringAsync());
        }
        Assert.AreEqual("Healthy", await server.Client.GetStringAsync("/health"));

        foreach (HalfRequest half in halves) half.Dispose();
        (await AskUntilAsync(server, HttpStatusCode.OK)).Dispose();
    }

    [TestMethod]
    [DataRow("application/json")]
    [DataRow("image/png")]
    [DataRow("multipart/form-data")]
    public async Task Sixty_bodies_of_eight_megabytes_at_once_take_a_bounded_memory(string type)
    {
        await using RunningProgram program = await RunningProgram.StartAsync();
        await AskAsync(program.Client, RunningServer.Json(TestModel.Digits[0]));
        long before = program.Memory;
        byte[] body = new byte[Bounds.Body - 1000];
        for (int i = 0; i < body.Length; i++) body[i] = (byte)(i % 2 == 0 ? '0' : ',');
        body[0] = (byte)'[';
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => AskAsync(program.Client, Body(body, type))));

        Assert.IsTrue(answers.All(answer => answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.ServiceUnavailable), string.Join(", ", answers.Select(answer => answer.Status).Distinct()));
        TestContext.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{type}: {before >> 20} MB before, {program.MostMemory >> 20} MB at most, {program.Memory >> 20} MB afterwards; {Told(answers)}"));
        Assert.IsLessThan(400L << 20, program.MostMemory - before);
    }

    [TestMethod]
    public async Task Of_five_hundred_large_images_at_once_some_are_answered_and_none_waits_long()
    {
        await using RunningProgram program = await RunningProgram.StartAsync();
        using var paper = new SKBitmap(PictureFile.LargestSide, PictureFile.LargestSide, SKColorType.Gray8, SKAlphaType.Opaque);
        paper.Erase(SKColors.White);
        paper.SetPixel(2000, 2000, SKColors.Black);
        byte[] image = Pictures.Encode(paper);
        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => AskAsync(program.Client, RunningServer.File(image))));

        Assert.IsTrue(answers.All(answer => answer.Status is HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.ServiceUnavailable));
        Assert.IsTrue(answers.Any(answer => answer.Status is not HttpStatusCode.ServiceUnavailable));
        TestContext.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{image.Length} bytes each; {program.MostMemory >> 20} MB at most; {Told(answers)}"));
        Assert.IsLessThan(s_patience, answers.Max(answer => answer.Wait));
    }

    [TestMethod]
    public async Task A_body_that_stops_half_way_is_given_up()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HalfRequest half = await HalfRequest.SendAsync(server.Client.BaseAddress!);
        var clock = Stopwatch.StartNew();
        string answer = await half.AnswerAsync();
        Assert.StartsWith("HTTP/1.1 408 ", answer);
        Assert.Contains("The request comes too slowly; send it faster, or a smaller image.", answer);
        Assert.IsLessThan(Bounds.Request + TimeSpan.FromSeconds(15), clock.Elapsed);
    }

    private static async Task<HttpResponseMessage> AskUntilAsync(RunningServer server, HttpStatusCode status, Func<Task>? meanwhile = null)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            HttpResponseMessage response = await server.Client.PostAsync(new Uri("/predict", UriKind.Relative), RunningServer.Json(TestModel.Digits[0]));
            if (response.StatusCode == status) return response;
            response.Dispose();
            Assert.IsLessThan(s_patience, clock.Elapsed, $"{response.StatusCode} instead of {status}");
            if (meanwhile is not null) await meanwhile();
        }
    }

    private static async Task<(HttpStatusCode Status, TimeSpan Wait)> AskAsync(HttpClient client, HttpContent content)
    {
        var clock = Stopwatch.StartNew();
        using HttpResponseMessage response = await client.PostAsync(new Uri("/predict", UriKind.Relative), content);
        if (response.StatusCode is HttpStatusCode.ServiceUnavailable) Assert.AreEqual(Bounds.Wait, response.Headers.RetryAfter?.Delta);
        return (response.StatusCode, clock.Elapsed);
    }

    private static HttpContent Body(byte[] body, string type)
        => type == MediaTypes.Form ? new MultipartFormDataContent { { RunningServer.File(body), "file", "large.png" } } : RunningServer.File(body, type);

    private static string Told((HttpStatusCode Status, TimeSpan Wait)[] answers) => string.Create(CultureInfo.InvariantCulture,
        $"{string.Join(", ", answers.CountBy(answer => (int)answer.Status).Select(count => $"{count.Value} times {count.Key}"))}; the slowest after {answers.Max(answer => answer.Wait).TotalSeconds:F1} s");
}
