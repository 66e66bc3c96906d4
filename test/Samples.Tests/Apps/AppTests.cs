using System.Text.RegularExpressions;
using Microsoft.ML.Spiking.Tests;

namespace Microsoft.ML.Spiking.Samples.Tests.Apps;

[TestClass]
[DoNotParallelize]
public sealed partial class AppTests : IDisposable
{
    private readonly WorkingFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Every_app_says_what_it_has_to_begin_with_outside_this_repository()
    {
        foreach (string app in Directory.GetFiles(Repository.PathOf("samples", "Apps"), "*.cs"))
        {
            string[] lines = File.ReadAllLines(app), projects = [.. lines.Where(line => line.StartsWith("#:project ", StringComparison.Ordinal)).Select(line => Path.GetFileNameWithoutExtension(line))];
            string[] outside = [.. lines.Where(line => line.StartsWith("//   #:", StringComparison.Ordinal)).Select(line => line[5..])];

            Assert.IsNotEmpty(projects, app);
            CollectionAssert.IsSubsetOf(projects.Select(project => $"#:package {project}@*-*").ToArray(), outside, app);
            CollectionAssert.Contains(outside, "#:property PublishAot=false", app);
        }
    }

    [TestMethod]
    [RequiresMnist]
    public void QuickStart_learns_the_digits_and_its_model_names_the_first_ones()
    {
        AppRun run = AppRun.Of("QuickStart.cs", _folder, RequiresMnistAttribute.Folder, RequiresMnistAttribute.Folder!, "60").Succeeded();
        Assert.IsGreaterThan(88.0, run.Numbers("that it has never seen")[1], run.Output);
        // Four of MNIST's first five test digits, 7 2 1 0 4, after few batches.
        string named = string.Concat(Named().Matches(run.Output).Select(match => match.Groups[1].Value));
        Assert.IsGreaterThanOrEqualTo(4, named.Zip("72104").Count(pair => pair.First == pair.Second), run.Output);
        CollectionAssert.AreEqual(new[] { "model.zip" }, _folder.Files);
    }

    [TestMethod]
    [RequiresMnist]
    public void Encoders_draws_a_digit_in_spikes_and_a_raster_of_each_code()
    {
        AppRun run = AppRun.Of("Encoders.cs", _folder, RequiresMnistAttribute.Folder, RequiresMnistAttribute.Folder!, "10").Succeeded();
        string[] codes = ["delta", "direct", "latency", "rate", "sigmoid", "top-k"];
        CollectionAssert.AreEqual(codes.Select(code => $"raster-{code}.svg").ToArray(), _folder.Files);
        // The first test digit, a 7, has 116 pixels that are not black: so many currents, and as many first spikes.
        Assert.AreEqual(116, run.Numbers("direct ")[0]);
        Assert.AreEqual(116, run.Numbers("latency ")[0]);
        Assert.IsGreaterThan(30.0, run.Numbers("rate ")[2], run.Output);
    }

    [TestMethod]
    [RequiresMnist]
    public void Features_sets_three_inputs_before_one_trainer()
    {
        AppRun run = AppRun.Of("Features.cs", _folder, RequiresMnistAttribute.Folder, RequiresMnistAttribute.Folder!, "1000").Succeeded();
        double pixels = run.Numbers("pixels ")[0], random = run.Numbers("random columns")[0], trained = run.Numbers("trained columns")[0];
        Assert.IsGreaterThan(75.0, pixels);
        Assert.IsGreaterThan(70.0, random);
        Assert.IsGreaterThan(random, trained);
    }

    [TestMethod]
    [RequiresMnist]
    public void Compare_gives_each_network_a_mean_and_a_spread()
    {
        AppRun run = AppRun.Of("Compare.cs", _folder, RequiresMnistAttribute.Folder, RequiresMnistAttribute.Folder!, "4").Succeeded();
        string[] networks = ["the default network", "half the neurons", "current, not spikes, in", "no plasticity", "columns left random"];
        foreach (string network in networks)
        {
            double[] numbers = run.Numbers(network);
            Assert.HasCount(4, numbers, run.Output);
            Assert.IsInRange(30.0, 90.0, numbers[0], network);
            Assert.IsInRange(0.01, 15.0, numbers[1], network);
        }
    }

    [TestMethod]
    [RequiresMnist]
    public void Pictures_draws_a_model_zip_from_every_side()
    {
        var ml = new MLContext(seed: 1);
        IDataView digits = ml.Data.TakeRows(ml.Data.LoadFromIdx(Digits("t10k-images*"), Digits("t10k-labels*")), 1000);
        var network = new SpikingNetwork { Layers = [new ColumnLayer { Columns = 4, Wiring = new WattsStrogatz { Neighbours = 2 } }] };
        var options = new SpikingNetworkOptions { Network = network, Batches = 10 };
        ml.Model.Save(ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(digits), digits.Schema, Path.Combine(_folder.Path, "model.zip"));

        AppRun.Of("Pictures.cs", _folder, data: null, "model.zip", RequiresMnistAttribute.Folder!, ".").Succeeded();

        string[] pictures = ["confusion", "fields", "looks", "matrix", "membrane", "raster", "rates", "reliability", "ring-end", "ring-start", "topology", "training"];
        CollectionAssert.AreEquivalent(pictures.Select(name => $"{name}.svg").Append("model.zip").ToArray(), _folder.Files);
        StringAssert.Contains(Picture("raster"), "4 columns of 64 neurons, 8 steps");
        // A ring of four, each joined with two, is 8 connections of 4 · 4, wherever the ends went.
        StringAssert.Contains(Picture("ring-start"), "4 columns, 8 connections, 50 % of all possible");
        StringAssert.Contains(Picture("confusion"), "10,000");
    }

    [TestMethod]
    public void Pictures_asks_for_a_model()
    {
        AppRun run = AppRun.Of("Pictures.cs", _folder, RequiresMnistAttribute.Folder, "nowhere.zip");
        Assert.AreEqual(2, run.ExitCode, $"{run.Output}\n{run.Errors}");
        StringAssert.Contains(run.Errors, "`dotnet run Pictures.cs model.zip ~/mnist`, or set SPIKING_DATA.");
        Assert.IsEmpty(_folder.Files);
    }

    [TestMethod]
    public void OwnImages_draws_shapes_and_tells_them_apart()
    {
        AppRun run = AppRun.Of("OwnImages.cs", _folder, data: null).Succeeded();
        StringAssert.Contains(run.Output, "240 images of circle (80), square (80), triangle (80)");
        Assert.IsGreaterThan(90.0, run.Numbers("of the unseen ones")[0], run.Output);
        StringAssert.Contains(run.Output, "000.png for a circle");
        CollectionAssert.AreEqual(new[] { "images.zip" }, _folder.Files);
    }

    [TestMethod]
    public void OwnImages_names_half_an_image_and_passes_hidden_ones_over()
    {
        byte[] whole = Web.Pictures.Png(Web.TestModel.Digits[0]);
        foreach (string name in (string[])["a/1.png", "b/2.png", "b/half.png", "a/._1.png", ".ipynb_checkpoints/1.png"])
        {
            string path = Path.Combine(_folder.Path, "images", name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, name.EndsWith("half.png", StringComparison.Ordinal) ? whole[..(whole.Length / 2)] : whole);
        }
        AppRun run = AppRun.Of("OwnImages.cs", _folder, data: null, "images");
        Assert.AreEqual(2, run.ExitCode, $"{run.Output}\n{run.Errors}");
        StringAssert.Contains(run.Output, "3 images of a (1), b (2)");
        StringAssert.Contains(run.Output, "2 files are passed over");
        Assert.AreEqual($"'images{Path.DirectorySeparatorChar}b{Path.DirectorySeparatorChar}half.png' ends early or is damaged; copy it anew, or take it out.", run.Errors.Trim());
    }

    [TestMethod]
    public void OwnImages_sees_a_photograph_as_the_camera_was_held()
    {
        // Two classes that differ in nothing but how the camera was held: upright, all of one are dark on the left, of the other on top.
        using var photograph = new SkiaSharp.SKBitmap(32, 32, SkiaSharp.SKColorType.Rgba8888, SkiaSharp.SKAlphaType.Unpremul);
        for (int at = 0; at < 32 * 32; at++) photograph.SetPixel(at % 32, at / 32, at % 32 < 16 ? SkiaSharp.SKColors.Black : SkiaSharp.SKColors.White);
        byte[] jpeg = Web.Pictures.Encode(photograph, SkiaSharp.SKEncodedImageFormat.Jpeg);
        byte[] exif = [0xFF, 0xE1, 0, 34, .. "Exif\0\0MM\0*\0\0\0\b"u8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
        foreach (var (name, bytes) in ((string, byte[])[])[("left", jpeg), ("top", [.. jpeg[..2], .. exif, .. jpeg[2..]])])
        {
            Directory.CreateDirectory(Path.Combine(_folder.Path, "photographs", name));
            for (int i = 0; i < 20; i++) File.WriteAllBytes(Path.Combine(_folder.Path, "photographs", name, $"{i}.jpg"), bytes);
        }
        AppRun run = AppRun.Of("OwnImages.cs", _folder, data: null, "photographs").Succeeded();
        Assert.AreEqual(100.0, run.Numbers("of the unseen ones")[0], run.Output);
    }

    [TestMethod]
    [DataRow("QuickStart.cs")]
    [DataRow("Encoders.cs")]
    [DataRow("Features.cs")]
    [DataRow("Compare.cs")]
    public void Without_digits_an_app_asks_for_them(string app)
    {
        AppRun run = AppRun.Of(app, _folder, data: null);
        Assert.AreEqual(2, run.ExitCode, $"{run.Output}\n{run.Errors}");
        StringAssert.Contains(run.Errors, $"`dotnet run {app} ~/mnist`, or set SPIKING_DATA.");
        Assert.IsEmpty(_folder.Files);
    }

    [TestMethod]
    public void OwnImages_says_which_folder_there_is_not()
    {
        AppRun run = AppRun.Of("OwnImages.cs", _folder, data: null, "animals");
        Assert.AreEqual(2, run.ExitCode, $"{run.Output}\n{run.Errors}");
        StringAssert.StartsWith(run.Errors, "There is no folder 'animals'.");
    }

    private static string Digits(string files) => Directory.GetFiles(RequiresMnistAttribute.Folder!, files)[0];

    private string Picture(string name) => File.ReadAllText(Path.Combine(_folder.Path, $"{name}.svg"));

    [GeneratedRegex(@"model\.zip: a (\d)")]
    private static partial Regex Named();
}
