using System.Globalization;

namespace Microsoft.ML.Spiking.Tests.Model;

[TestClass]
public sealed class FreshProcessTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consumer");

    public void Dispose() => _folder.Delete(recursive: true);

    public static IEnumerable<object[]> Networks
    {
        get
        {
            SpikingNetwork one = Toy.Able.Network;
            ColumnLayer layer = one.ColumnLayers[0];
            var adaptive = new AdaptiveLifNeuron { MembraneTimeConstant = 5, SynapseTimeConstant = 2, AdaptationTimeConstant = 6, Adaptation = 0.5, Threshold = 2 };
            return
            [
                ["one layer", one],
                ["two layers, both read", one with { Layers = [layer, layer with { Columns = 3 }], Readout = one.Readout with { Layers = ReadLayers.All } }],
                ["adaptive neurons", one with { Layers = [layer with { Excitatory = adaptive, Inhibitory = adaptive }] }],
            ];
        }
    }

    [TestMethod]
    [DynamicData(nameof(Networks))]
    public void A_model_predicts_the_same_in_a_process_without_libtorch(string what, SpikingNetwork network)
    {
        // Twelve images of 2 x 3; class c lights column c.
        string images = Write("images", [0, 0, 8, 3, 0, 0, 0, 12, 0, 0, 0, 2, 0, 0, 0, 3,
            .. Enumerable.Range(0, 12 * 6).Select(i => (byte)(i % 3 == i / 6 % 3 ? 200 + i / 6 : 5 * (i % 7)))]);
        string labels = Write("labels", [0, 0, 8, 1, 0, 0, 0, 12, .. Enumerable.Range(0, 12).Select(i => (byte)(i % 3))]);
        IDataView data = _ml.Data.LoadFromIdx(images, labels);
        SpikingNetworkTransformer model = _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Able with { Network = network }).Fit(data);
        string file = Path.Combine(_folder.FullName, "model.zip");
        _ml.Model.Save(model, data.Schema, file);

        ApplicationRun run = ApplicationRun.Consumer(file, images);

        Assert.AreEqual(0, run.ExitCode, $"{what}: {run.Errors}");
        Prediction[] expected = [.. _ml.Data.CreateEnumerable<Prediction>(model.Transform(data), reuseRowObject: false)];
        CollectionAssert.AreEqual(
            expected.Select(row => $"{row.PredictedLabel} {string.Join(' ', row.Score.Select(score => score.ToString("R", CultureInfo.InvariantCulture)))}").ToArray(),
            run.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        CollectionAssert.AreEqual(new uint[] { 1, 2, 3 }, expected[..3].Select(row => row.PredictedLabel).ToArray());
    }

    [TestMethod]
    public void A_model_that_answers_yes_or_no_answers_the_same_there()
    {
        string images = Write("images", [0, 0, 8, 3, 0, 0, 0, 12, 0, 0, 0, 1, 0, 0, 0, 7, .. Toy.Samples(12).SelectMany(sample => sample.Features).Select(x => (byte)(x * 255))]);
        IDataView data = _ml.Data.LoadFromIdx(images);
        string file = Path.Combine(_folder.FullName, "model.zip");
        _ml.Model.Save(YesNo.Trained, data.Schema, file);

        ApplicationRun run = ApplicationRun.Consumer(file, images);

        Assert.AreEqual(0, run.ExitCode, run.Errors);
        Answer[] expected = [.. _ml.Data.CreateEnumerable<Answer>(YesNo.Trained.Transform(data), reuseRowObject: false)];
        CollectionAssert.AreEqual(
            expected.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.PredictedLabel} {row.Score:R} {row.Probability:R}")).ToArray(),
            run.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        CollectionAssert.AreEqual(new[] { true, false, false }, expected[..3].Select(row => row.PredictedLabel).ToArray());
    }

    [TestMethod]
    public void No_torch_lies_beside_that_process()
    {
        string folder = Path.GetDirectoryName(ApplicationRun.ConsumerPath)!;

        Assert.IsTrue(File.Exists(Path.Combine(folder, "Microsoft.ML.Spiking.dll")));
        CollectionAssert.AreEqual(Array.Empty<string>(),
            Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file).Contains("torch", StringComparison.OrdinalIgnoreCase)).ToArray());
    }

    [TestMethod]
    public void Nothing_that_only_our_build_needs_lies_beside_it()
        => CollectionAssert.AreEqual(Array.Empty<string>(), Directory.GetFiles(Path.GetDirectoryName(ApplicationRun.ConsumerPath)!, "OpenInternals*", SearchOption.AllDirectories));

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
