using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Microsoft.ML.Spiking.Samples.Tests.Web;

[TestClass]
public sealed class SoakTests
{
    private const int Parts = 20, RequestsPerSecond = 25;

    /// <summary>How long: SPIKING_SOAK names minutes, 1440 of them a day; else ten seconds.</summary>
    private static readonly TimeSpan s_time = double.TryParse(Environment.GetEnvironmentVariable("SPIKING_SOAK"), CultureInfo.InvariantCulture, out double minutes)
        ? TimeSpan.FromMinutes(minutes) : TimeSpan.FromSeconds(10);

    private static readonly byte[] s_image = Pictures.Png(TestModel.Digits[3], times: 10);

    private static readonly (string Address, Func<HttpContent> Content, HttpStatusCode Status)[] s_requests =
    [
        ("/predict", () => RunningServer.Json(TestModel.Digits[0]), HttpStatusCode.OK),
        ("/spikes", () => RunningServer.Json(TestModel.Digits[1]), HttpStatusCode.OK),
        ("/predict", () => RunningServer.File(s_image), HttpStatusCode.OK),
        ("/predict", () => new MultipartFormDataContent { { RunningServer.File(s_image), "file", "digit.png" } }, HttpStatusCode.OK),
        ("/predict", () => RunningServer.Json(TestModel.Digits[2]), HttpStatusCode.OK),
        ("/predict", () => RunningServer.Json("[0, 1"), HttpStatusCode.BadRequest),
        ("/predict", () => RunningServer.File(s_image[..(s_image.Length / 2)]), HttpStatusCode.BadRequest),
        ("/predict", () => RunningServer.File(s_image, "image/gif"), HttpStatusCode.UnsupportedMediaType),
        ("/nowhere", () => RunningServer.Json("[]"), HttpStatusCode.NotFound),
    ];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task However_long_the_server_runs_memory_and_waits_stay_what_they_are()
    {
        await using RunningProgram program = await RunningProgram.StartAsync();
        var memory = new List<long>();
        var typical = new List<double>();
        int asked = 0;
        var clock = Stopwatch.StartNew();
        for (int part = 1; part <= Parts; part++)
        {
            var waits = new List<double>();
            while (clock.Elapsed < s_time * part / Parts)
            {
                (string address, Func<HttpContent> content, HttpStatusCode status) = s_requests[asked++ % s_requests.Length];
                long start = Stopwatch.GetTimestamp();
                using HttpContent body = content();
                using HttpResponseMessage response = await program.Client.PostAsync(new Uri(address, UriKind.Relative), body);
                Assert.AreEqual(status, response.StatusCode, address);
                waits.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                TimeSpan early = TimeSpan.FromSeconds((double)asked / RequestsPerSecond) - clock.Elapsed;
                if (early > TimeSpan.Zero) await Task.Delay(early);
            }
            waits.Sort();
            (double median, double slow) = (waits[waits.Count / 2], waits[(int)(0.99 * waits.Count)]);
            memory.Add(program.Memory);
            typical.Add(median);
            TestContext.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed:d\\.hh\\:mm\\:ss}: {asked} requests, half within {median:F1} ms, 99 % within {slow:F1} ms, {memory[^1] / 1e6:F0} MB"));
        }

        // A quarter to warm up in: the heap finds its size, code is compiled anew.
        Assert.IsLessThan(1.05 * memory.Skip(Parts / 4).Take(Parts / 4).Max() + 50e6, memory.TakeLast(Parts / 4).Max());
        Assert.IsLessThan(3 * typical.Skip(Parts / 4).Take(Parts / 4).Max() + 5, typical.TakeLast(Parts / 4).Max());
    }
}
