using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.ML.Spiking.Samples.Web;

namespace Microsoft.ML.Spiking.Samples.Tests.Web;

[TestClass]
public sealed class PredictionTests
{
    private static RunningServer s_server = null!;

    public TestContext TestContext { get; set; } = null!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext _) => s_server = await RunningServer.StartAsync();

    [ClassCleanup]
    public static async Task StopAsync() => await s_server.DisposeAsync();

    [TestMethod]
    public async Task Pixels_are_answered_as_the_prediction_engine_answers_them()
    {
        foreach (float[] digit in TestModel.Digits)
        {
            JsonElement answer = await s_server.AskAsync("/predict", RunningServer.Json(digit));
            DigitAnswer expected = TestModel.Ask(digit);
            Assert.AreEqual(expected.PredictedClass, answer.GetProperty("label").GetString());
            CollectionAssert.AreEqual(expected.Score, Scores(answer));
            CollectionAssert.AreEqual(Enumerable.Range(0, 10).Select(d => $"{d}").ToArray(), answer.GetProperty("scores").EnumerateArray().Select(s => s.GetProperty("label").GetString()).ToArray());
        }
    }

    [TestMethod]
    public async Task The_bare_array_is_answered_as_the_object_is()
    {
        JsonElement bare = await s_server.AskAsync("/predict", RunningServer.Json(JsonSerializer.Serialize(TestModel.Digits[1])));
        CollectionAssert.AreEqual(TestModel.Ask(TestModel.Digits[1]).Score, Scores(bare));
    }

    [TestMethod]
    public async Task An_image_is_answered_as_its_framed_pixels_are_as_body_and_as_file_of_a_form()
    {
        byte[] png = Pictures.Png(TestModel.Digits[2], times: 5);
        float[] expected = TestModel.Ask(new DigitFrame(28, 28).Fit(PictureFile.Decode(png))).Score;
        CollectionAssert.AreEqual(expected, Scores(await s_server.AskAsync("/predict", RunningServer.File(png))));
        using var form = new MultipartFormDataContent { { RunningServer.File(png), "file", "digit.png" } };
        CollectionAssert.AreEqual(expected, Scores(await s_server.AskAsync("/predict", form)));
    }

    [TestMethod]
    public async Task Counts_and_cost_are_those_of_the_spikes_that_are_told()
    {
        float[] digit = TestModel.Digits[3];
        JsonElement answer = await s_server.AskAsync("/spikes", RunningServer.Json(digit)), recording = answer.GetProperty("recording");
        int neurons = recording.GetProperty("neuronsPerColumn").GetInt32();
        int[][] fired = recording.GetProperty("fired").Deserialize<int[][]>()!;
        Assert.HasCount(8, fired);
        Assert.AreEqual((16, 64, 51), (recording.GetProperty("columns").GetInt32(), neurons, recording.GetProperty("excitatoryNeurons").GetInt32()));
        CollectionAssert.AreEqual(digit, recording.GetProperty("pixels").Deserialize<float[]>());

        int[] counts = new int[16];
        foreach (int neuron in fired.SelectMany(step => step)) counts[neuron / neurons]++;
        CollectionAssert.AreEqual(counts, answer.GetProperty("spikeCounts").Deserialize<int[]>());
        Assert.AreEqual(counts.Sum(), answer.GetProperty("cost").GetProperty("spikes").GetInt64());
        Assert.IsGreaterThan(0, counts.Sum());
        foreach (int[] step in fired) CollectionAssert.AreEqual(step.Order().Distinct().ToArray(), step);
    }

    [TestMethod]
    public async Task Spikes_are_told_where_they_are_asked_for_and_nowhere_else()
    {
        Assert.IsFalse((await s_server.AskAsync("/predict", RunningServer.Json(TestModel.Digits[0]))).TryGetProperty("recording", out _));
        Assert.IsTrue((await s_server.AskAsync("/predict?spikes", RunningServer.Json(TestModel.Digits[0]))).TryGetProperty("recording", out _));
    }

    [TestMethod]
    public async Task The_model_tells_what_it_is()
    {
        JsonElement card = await s_server.Client.GetFromJsonAsync<JsonElement>("/model");
        Assert.AreEqual((28, 28, 16, 64, 8), (Number("height"), Number("width"), Number("columns"), Number("neuronsPerColumn"), Number("steps")));
        Assert.AreEqual(10, card.GetProperty("classes").GetArrayLength());
        Assert.IsInRange(0.8, 1.0, card.GetProperty("accuracy").GetDouble());
        Assert.IsLessThan(TimeSpan.FromHours(1), DateTimeOffset.UtcNow - card.GetProperty("trained").GetDateTimeOffset());
        int Number(string name) => card.GetProperty(name).GetInt32();
    }

    [TestMethod]
    public async Task The_server_is_healthy_and_describes_itself()
    {
        Assert.AreEqual("Healthy", await s_server.Client.GetStringAsync("/health"));
        JsonElement document = await s_server.Client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        JsonElement body = document.GetProperty("paths").GetProperty("/predict").GetProperty("post").GetProperty("requestBody").GetProperty("content");
        CollectionAssert.AreEquivalent(new[] { "image/png", "image/jpeg", "multipart/form-data", "application/json" }, body.EnumerateObject().Select(type => type.Name).ToArray());
    }

    [TestMethod]
    public async Task An_address_that_is_nowhere_is_a_problem_and_not_a_page()
    {
        using HttpResponseMessage response = await s_server.Client.GetAsync("/digits");
        Assert.AreEqual(HttpStatusCode.NotFound, response.StatusCode);
        Assert.AreEqual("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [TestMethod]
    public async Task Two_thousand_requests_at_32_at_a_time_are_each_answered_rightly()
    {
        float[][] scores = [.. TestModel.Digits.Select(digit => TestModel.Ask(digit).Score)];
        byte[][] images = [.. TestModel.Digits.Select(digit => Pictures.Png(digit, times: 4))];
        var frame = new DigitFrame(28, 28);
        float[][] framed = [.. images.Select(image => TestModel.Ask(frame.Fit(PictureFile.Decode(image))).Score)];

        var clock = Stopwatch.StartNew();
        await Parallel.ForAsync(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) =>
        {
            // Pixels and images, with spikes and without, in turn.
            int digit = i % TestModel.Digits.Length;
            bool image = i % 4 < 2;
            JsonElement answer = await s_server.AskAsync(i % 2 == 0 ? "/predict" : "/spikes", image ? RunningServer.File(images[digit]) : RunningServer.Json(TestModel.Digits[digit]));
            CollectionAssert.AreEqual(image ? framed[digit] : scores[digit], Scores(answer));
        });
        TestContext.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{2000 / clock.Elapsed.TotalSeconds:F0} requests a second"));
    }

    private static float[] Scores(JsonElement answer) => [.. answer.GetProperty("scores").EnumerateArray().Select(score => score.GetProperty("score").GetSingle())];
}
