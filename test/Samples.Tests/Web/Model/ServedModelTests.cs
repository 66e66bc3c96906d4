using System.Diagnostics;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Samples.Web;

namespace Microsoft.ML.Spiking.Samples.Tests.Web;

[TestClass]
public sealed class ServedModelTests
{
    private static readonly string s_folder = Directory.CreateTempSubdirectory("spiking-web").FullName;

    [ClassCleanup]
    public static void RemoveFolder() => Directory.Delete(s_folder, recursive: true);

    [TestMethod]
    public void A_model_that_is_not_there_is_said_in_a_sentence()
        => Assert.AreEqual("There is no model 'nowhere.zip' here; train one with dotnet run -c Release --project samples/Mnist, or name one with --model.", Refused("nowhere.zip"));

    [TestMethod]
    public void A_damaged_model_is_said_in_a_sentence()
    {
        string path = Path.Combine(s_folder, "damaged.zip");
        byte[] zip = File.ReadAllBytes(TestModel.Zip);
        File.WriteAllBytes(path, zip[..(zip.Length / 2)]);
        string sentence = Refused(path);
        Assert.StartsWith($"'{path}' is no model: ", sentence);
        Assert.IsFalse(sentence.Contains('\n', StringComparison.Ordinal));
    }

    [TestMethod]
    public void A_model_without_a_spiking_network_is_named_for_what_it_is()
    {
        var ml = new MLContext();
        IDataView rows = ml.Data.LoadFromEnumerable([new DigitRow { Features = new float[784] }]);
        string path = Save(ml, ml.Transforms.CopyColumns("Copy", "Features").Fit(rows), rows);
        Assert.AreEqual($"'{path}' holds no spiking network, but ColumnCopyingTransformer.", Refused(path));
    }

    [TestMethod]
    public void A_network_that_reads_no_pictures_is_turned_away()
    {
        string path = Path.Combine(s_folder, "flowers.zip");
        Train(path, features: 4);
        Assert.AreEqual($"'{path}' cannot be served: The network reads Vector<Single, 4>, but pictures in grey are shown here: [height, width] of at least 8 pixels a side.", Refused(path));
    }

    [TestMethod]
    public void A_row_of_numbers_that_make_a_square_is_a_picture()
    {
        string path = Path.Combine(s_folder, "square.zip");
        Train(path, features: 144);
        var model = ServedModel.Load(path);
        Assert.AreEqual((12, 12), (model.Height, model.Width));
        CollectionAssert.AreEqual(new[] { "0.5", "1.5" }, model.Card.Classes.ToArray());
        Assert.HasCount(144, new DigitFrame(model.Height, model.Width).Fit(Pictures.Grey("000", "090", "000")));
    }

    [TestMethod]
    public void Of_several_layers_the_last_is_shown()
    {
        string path = Path.Combine(s_folder, "deep.zip");
        Train(path, features: 144, new ColumnLayer { Columns = 9, NeuronsPerColumn = 8 }, new ColumnLayer { Columns = 5, NeuronsPerColumn = 10 });
        var model = ServedModel.Load(path);
        Prediction prediction = model.Predict([.. Enumerable.Repeat(1f, 144)], Detail.Spikes);
        Assert.AreEqual((5, 10), (model.Card.Columns, model.Card.NeuronsPerColumn));
        Assert.AreEqual((5, 10), (prediction.Recording!.Columns, prediction.Recording.NeuronsPerColumn));
        Assert.HasCount(5, prediction.SpikeCounts);
        Assert.IsTrue(model.Card.Connections.All(pair => pair.Max() < 5));
    }

    [TestMethod]
    public void A_model_that_prepares_its_input_before_the_network_is_turned_away()
    {
        var ml = new MLContext(seed: 1);
        IDataView rows = Rows(ml, 144);
        string path = Save(ml, ml.Transforms.NormalizeMinMax("Features").Append(Trainer(ml)).Fit(rows), rows);
        Assert.AreEqual($"'{path}' prepares its input before the network (NormalizingTransformer), but pictures are shown to the network itself here; save a model that begins with it.", Refused(path));
    }

    [TestMethod]
    [DataRow("nowhere.zip", 3, "There is no model 'nowhere.zip' here; train one with dotnet run -c Release --project samples/Mnist, or name one with --model.")]
    public async Task The_program_ends_with_one_line_and_exit_code_3(string model, int code, string line)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(ProgramFolder.Path, "Web.dll"), "--model", model]) { RedirectStandardError = true, RedirectStandardOutput = true };
        using Process program = Process.Start(start)!;
        string error = await program.StandardError.ReadToEndAsync(), output = await program.StandardOutput.ReadToEndAsync();
        await program.WaitForExitAsync();
        Assert.AreEqual((code, line, ""), (program.ExitCode, error.TrimEnd(), output));
    }

    private static string Refused(string path) => Assert.ThrowsExactly<InvalidDataException>(() => ServedModel.Load(path)).Message;

    private static void Train(string path, int features, params Layer[] layers)
    {
        var ml = new MLContext(seed: 1);
        IDataView rows = Rows(ml, features);
        ml.Model.Save(Trainer(ml, layers).Fit(rows), rows.Schema, path);
    }

    private static SpikingNetworkTrainer Trainer(MLContext ml, params Layer[] layers)
        => ml.MulticlassClassification.Trainers.SpikingNetwork(new SpikingNetworkOptions
        {
            Network = new SpikingNetwork { TimeSteps = 2, Layers = layers is [] ? [new ColumnLayer { Columns = 9, NeuronsPerColumn = 8 }] : [.. layers] },
            Batches = 1,
            Device = TrainingDevice.Cpu,
        });

    /// <summary>Two rows of two classes, which are called 0.5 and 1.5.</summary>
    private static IDataView Rows(MLContext ml, int features)
    {
        var schema = SchemaDefinition.Create(typeof(NumberRow));
        schema[nameof(NumberRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features);
        IDataView rows = ml.Data.LoadFromEnumerable(
            [new NumberRow { Features = new float[features], Label = 0.5f }, new NumberRow { Features = [.. Enumerable.Repeat(1f, features)], Label = 1.5f }], schema);
        return ml.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows);
    }

    private static string Save(MLContext ml, ITransformer model, IDataView rows)
    {
        string path = Path.Combine(s_folder, $"{Guid.NewGuid():N}.zip");
        ml.Model.Save(model, rows.Schema, path);
        return path;
    }

    private sealed class NumberRow
    {
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
