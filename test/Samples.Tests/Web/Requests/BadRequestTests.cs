using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.ML.Spiking.Samples.Web;
using SkiaSharp;

namespace Microsoft.ML.Spiking.Samples.Tests.Web;

[TestClass]
public sealed class BadRequestTests
{
    private static RunningServer s_server = null!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext _) => s_server = await RunningServer.StartAsync();

    [ClassCleanup]
    public static async Task StopAsync() => await s_server.DisposeAsync();

    [TestMethod]
    [DataRow("image/png")]
    [DataRow("application/json")]
    public async Task An_empty_request_is_turned_away(string type)
        => await Refused(RunningServer.File([], type), 400, "The request is empty; send a PNG or JPEG image, or JSON with pixels.");

    [TestMethod]
    public async Task What_is_no_image_is_turned_away()
        => await Refused(RunningServer.File("no image"u8.ToArray()), 400, "The file is no image that can be read; send a PNG or JPEG.");

    [TestMethod]
    public async Task An_image_of_another_format_is_turned_away()
    {
        byte[] gif = [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B];
        await Refused(RunningServer.File(gif), 415, "The image is a GIF; send a PNG or JPEG.");
        await Refused(RunningServer.File(gif, "image/gif"), 415, "The request is 'image/gif'; send image/png, image/jpeg, multipart/form-data with one file, or application/json.");
    }

    [TestMethod]
    public async Task A_request_of_another_type_or_none_is_turned_away()
    {
        await Refused(new StringContent("a seven", Encoding.UTF8, "text/plain"), 415,
            "The request is 'text/plain; charset=utf-8'; send image/png, image/jpeg, multipart/form-data with one file, or application/json.");
        await Refused(new ByteArrayContent([1, 2, 3]), 415, "The request is of no named type; send image/png, image/jpeg, multipart/form-data with one file, or application/json.");
    }

    [TestMethod]
    public async Task An_image_of_paper_alone_is_turned_away()
        => await Refused(RunningServer.File(Pictures.Png(new float[784])), 400, "The image shows no digit: it is equally bright all over.");

    [TestMethod]
    public async Task A_bomb_is_turned_away()
        => await Refused(RunningServer.File(PictureFileTests.Bomb(60_000, 60_000)), 413, "The image is 60000 × 60000 pixels; send one of at most 4096 × 4096.");

    [TestMethod]
    public async Task An_image_one_pixel_too_wide_is_turned_away()
    {
        using var bitmap = new SKBitmap(4097, 1, SKColorType.Gray8, SKAlphaType.Opaque);
        await Refused(RunningServer.File(Pictures.Encode(bitmap)), 413, "The image is 4097 × 1 pixels; send one of at most 4096 × 4096.");
    }

    [TestMethod]
    public async Task A_request_of_more_than_eight_mebibytes_is_turned_away_whether_it_says_so_or_not()
    {
        const string Sentence = "The request is larger than 8 MiB; send a smaller image.";
        foreach (bool chunked in (bool[])[false, true])
        {
            // As curl does: asks before it sends so much.
            using var request = new HttpRequestMessage(HttpMethod.Post, "/predict") { Content = RunningServer.File(new byte[Bounds.Body + 1]) };
            (request.Headers.TransferEncodingChunked, request.Headers.ExpectContinue) = (chunked, !chunked);
            using HttpResponseMessage response = await s_server.Client.SendAsync(request);
            Assert.AreEqual(413, (int)response.StatusCode);
            Assert.Contains(Sentence, await response.Content.ReadAsStringAsync());
        }
    }

    [TestMethod]
    [DataRow("{", "The JSON is broken in line 1, byte 2 (NaN and Infinity are no JSON numbers).")]
    [DataRow("[NaN]", "The JSON is broken in line 1, byte 2 (NaN and Infinity are no JSON numbers).")]
    [DataRow("{}", "The JSON holds no pixels; send {\"pixels\": [784 numbers from 0 to 1]}, or the bare array.")]
    [DataRow("{\"pixels\": 7}", "The JSON holds no pixels; send {\"pixels\": [784 numbers from 0 to 1]}, or the bare array.")]
    [DataRow("[]", "0 pixels came, but the network reads 28 × 28 = 784.")]
    public async Task Json_without_pixels_is_turned_away(string json, string sentence) => await Refused(RunningServer.Json(json), 400, sentence);

    [TestMethod]
    public async Task Json_that_never_comes_to_an_end_is_turned_away_while_it_comes()
    {
        await Refused(RunningServer.Json($"[{string.Join(',', Enumerable.Repeat("0", 16 * 784 + 2))}"), 400, "More than 12544 pixels came, but the network reads 28 × 28 = 784.");
        string longer = new('0', 4 * Bounds.Unread), sentence = $"The JSON holds a value of more than {Bounds.Token} bytes, but pixels are numbers from 0 to 1.";
        await Refused(RunningServer.Json($"[0.{longer}"), 400, sentence);
        await Refused(RunningServer.Json($"{{\"{longer}"), 400, sentence);
    }

    [TestMethod]
    public async Task A_pixel_too_few_or_too_many_is_turned_away()
    {
        await Refused(RunningServer.Json(new float[783]), 400, "783 pixels came, but the network reads 28 × 28 = 784.");
        await Refused(RunningServer.Json(new float[785]), 400, "785 pixels came, but the network reads 28 × 28 = 784.");
        await Refused(RunningServer.Json(new float[3 * 784]), 400, "2352 pixels came, but the network reads 28 × 28 = 784.");
    }

    [TestMethod]
    [DataRow("null", "null")]
    [DataRow("\"NaN\"", "\"NaN\"")]
    [DataRow("\"0.5\"", "\"0.5\"")]
    [DataRow("true", "true")]
    [DataRow("[1]", "[1]")]
    [DataRow("1.001", "1.001")]
    [DataRow("-0.1", "-0.1")]
    [DataRow("1e99", "1e99")]
    [DataRow("\"a long story instead of a number\"", "string")]
    public async Task A_pixel_that_is_no_number_from_0_to_1_is_named(string pixel, string shown)
    {
        string[] pixels = [.. Enumerable.Repeat("0", 784)];
        pixels[300] = pixel;
        await Refused(RunningServer.Json($"[{string.Join(',', pixels)}]"), 400, $"Pixel 300 is {shown}, but each must be a number from 0 to 1.");
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(2)]
    public async Task A_form_of_no_file_or_several_is_turned_away(int files)
    {
        using var form = new MultipartFormDataContent { { new StringContent("7"), "guess" } };
        for (int i = 0; i < files; i++) form.Add(RunningServer.File(Pictures.Png(TestModel.Digits[0])), "file", $"{i}.png");
        await Refused(form, 400, string.Create(CultureInfo.InvariantCulture, $"The form holds {files} files; send one image."));
    }

    [TestMethod]
    public async Task A_form_without_a_boundary_is_turned_away()
    {
        const string Sentence = "The form cannot be read: its Content-Type names no boundary of 1 to 70 characters.";
        await Refused(RunningServer.File("no form"u8.ToArray(), "multipart/form-data"), 400, Sentence);
        var form = RunningServer.File("no form"u8.ToArray());
        form.Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/form-data; boundary={new string('b', 71)}");
        await Refused(form, 400, Sentence);
    }

    [TestMethod]
    public async Task A_form_that_ends_early_is_turned_away_wherever_it_ends()
    {
        using var form = new MultipartFormDataContent("boundary") { { RunningServer.File(Pictures.Png(TestModel.Digits[0])), "file", "digit.png" } };
        byte[] whole = await form.ReadAsByteArrayAsync();
        for (int end = 1; end < whole.Length - 5; end += 7)
        {
            var part = RunningServer.File(whole[..end]);
            part.Headers.ContentType = form.Headers.ContentType;
            (int status, string sentence) = await s_server.RefuseAsync(part);
            Assert.AreEqual(400, status);
            Assert.StartsWith("The form cannot be read: ", sentence);
            if (end > whole.Length / 2) Assert.EndsWith(": it ends before its closing boundary.", sentence);
        }
    }

    [TestMethod]
    public async Task A_form_of_very_many_parts_is_turned_away()
    {
        using var form = new MultipartFormDataContent();
        for (int i = 0; i < 33; i++) form.Add(new StringContent("7"), "guess");
        await Refused(form, 400, "The form cannot be read: it has more than 32 parts.");
    }

    [TestMethod]
    public async Task An_empty_file_of_a_form_is_turned_away()
    {
        using var form = new MultipartFormDataContent { { RunningServer.File([]), "file", "nothing.png" } };
        await Refused(form, 400, "The file 'nothing.png' is empty; send a PNG or JPEG image.");
    }

    private static async Task Refused(HttpContent content, int status, string sentence)
        => Assert.AreEqual((status, sentence), await s_server.RefuseAsync(content));
}
