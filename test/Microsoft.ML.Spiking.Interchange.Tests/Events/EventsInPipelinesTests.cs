using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Events;

/// <summary>Recordings go where ML.NET takes rows: saved, split, shuffled, cached and cross-validated.</summary>
[TestClass]
public sealed class EventsInPipelinesTests : IDisposable
{
    private const int Recordings = 24;

    private readonly MLContext _ml = new(seed: 1);
    private readonly EventFiles _files = new();
    private readonly IDataView _view;

    public EventsInPipelinesTests() => _view = _ml.Data.LoadFromEventHdf5(
        _files.WriteToyHdf5("toy.h5", Recordings), new EventHdf5Options { BinWidth = TimeSpan.FromMilliseconds(1), Steps = 8, Units = 8 });

    public void Dispose() => _files.Dispose();

    [TestMethod]
    public void What_is_saved_in_binary_form_is_loaded_with_its_classes()
    {
        using (FileStream file = File.Create(_files["toy.idv"])) _ml.Data.SaveAsBinary(_view, file);
        IDataView loaded = _ml.Data.LoadFromBinary(_files["toy.idv"]);

        Assert.AreEqual(_view.Schema["Features"].Type, loaded.Schema["Features"].Type);
        CollectionAssert.AreEqual(LabelValues.Of(_view.Schema["Label"])!.Texts.ToArray(), LabelValues.Of(loaded.Schema["Label"])!.Texts.ToArray());
        CollectionAssert.AreEqual(Rows(_view), Rows(loaded));
    }

    /// <summary>Recordings of longer or shorter steps are others, and look the same.</summary>
    [TestMethod]
    public void A_network_knows_how_long_the_steps_were_that_it_learnt_from()
    {
        using (FileStream file = File.Create(_files["toy.idv"])) _ml.Data.SaveAsBinary(_view, file);
        IDataView other = _ml.Data.LoadFromEventHdf5(_files["toy.h5"], new EventHdf5Options { BinWidth = TimeSpan.FromMicroseconds(1500), Steps = 8, Units = 8 });
        const string Refusal = "'Features' has time steps of 1.5 ms, but the network was trained on steps of 1 ms; load the recordings with a BinWidth of that. [SPK1002]";

        foreach (IDataView same in (IDataView[])[_view, _ml.Data.LoadFromBinary(_files["toy.idv"]), _ml.Data.Cache(_ml.Data.TrainTestSplit(_view).TrainSet)])
        {
            SpikingNetworkTransformer model = Trainer().Fit(same);
            _ml.Model.Save(model, same.Schema, _files["model.zip"]);
            ITransformer loaded = _ml.Model.Load(_files["model.zip"], out _);

            Assert.AreEqual(TimeSpan.FromMilliseconds(1), model.Model.BinWidth);
            Assert.HasCount(Recordings, loaded.Transform(_view).GetColumn<float[]>("Score").ToArray());
            Assert.AreEqual(Refusal, Assert.ThrowsExactly<ArgumentException>(() => loaded.Transform(other)).Message);
            Assert.AreEqual(Refusal, Assert.ThrowsExactly<ArgumentException>(() => model.GetOutputSchema(other.Schema)).Message);
            Assert.AreEqual(Refusal, Assert.ThrowsExactly<ArgumentException>(() => Trainer(network: model.Model.Network).Fit(other, model.Model)).Message);
            Assert.AreEqual(Refusal, Assert.ThrowsExactly<ArgumentException>(() => GoldenRows.Of(model.Model, other)).Message);
        }
        Assert.AreEqual(Refusal, Assert.ThrowsExactly<ArgumentException>(() => Trainer(other).Fit(_view)).Message);
        SpikingFeaturesTransformer features = _ml.Transforms.SpikingFeatures("Rates", "Features", Network, seed: 1).Fit(_view);
        Assert.AreEqual(Refusal, Assert.ThrowsExactly<ArgumentException>(() => features.Transform(other)).Message);
    }

    /// <summary>As those that a program made itself.</summary>
    [TestMethod]
    public void A_network_that_learns_on_from_rows_that_do_not_say_it_still_knows_it()
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Recording));
        schema[nameof(Recording.Features)].ColumnType = _view.Schema["Features"].Type;
        schema[nameof(Recording.Label)].ColumnType = _view.Schema["Label"].Type;
        IDataView bare = _ml.Data.LoadFromEnumerable(_view.GetColumn<bool[]>("Features").Zip(_view.GetColumn<uint>("Label"), (spikes, label) => new Recording { Features = spikes, Label = label - 1 }).ToArray(), schema);
        SpikingModel first = Trainer().Fit(_view).Model;

        Assert.AreEqual(first.BinWidth, Trainer(network: first.Network).Fit(bare, first).Model.BinWidth);
        Assert.IsNull(Trainer().Fit(bare).Model.BinWidth);
    }

    [TestMethod]
    public void Shuffled_and_cached_they_are_the_same_rows()
    {
        string[] rows = Rows(_view), shuffled = Rows(_ml.Data.ShuffleRows(_view, seed: 2));

        CollectionAssert.AreNotEqual(rows, shuffled);
        CollectionAssert.AreEquivalent(rows, shuffled);
        CollectionAssert.AreEqual(rows, Rows(_ml.Data.Cache(_view)));
    }

    [TestMethod]
    public void Split_they_are_the_same_rows_in_two()
    {
        DataOperationsCatalog.TrainTestData split = _ml.Data.TrainTestSplit(_view, testFraction: 0.3, seed: 1);

        Assert.IsNotEmpty(Rows(split.TestSet));
        CollectionAssert.AreEquivalent(Rows(_view), (string[])[.. Rows(split.TrainSet), .. Rows(split.TestSet)]);
    }

    [TestMethod]
    public void They_are_cross_validated()
    {
        Assert.HasCount(3, _ml.MulticlassClassification.CrossValidate(_view, Trainer(), numberOfFolds: 3));
    }

    private static SpikingNetwork Network => new()
    {
        Layers = [new ColumnLayer { Columns = 4, NeuronsPerColumn = 8, Wiring = new WattsStrogatz { Neighbours = 2 } }],
        Readout = new Readout { HiddenUnits = 0 },
    };

    private SpikingNetworkTrainer Trainer(IDataView? validation = null, SpikingNetwork? network = null)
        => _ml.MulticlassClassification.Trainers.SpikingNetwork(new SpikingNetworkOptions { Network = network ?? Network, Batches = 2, Seed = 1, ValidationSet = validation });

    private static string[] Rows(IDataView view) => [.. view.GetColumn<string>("Sample").Zip(EventFiles.Spikes(view), view.GetColumn<uint>("Label"))
        .Select(row => $"{row.First} {row.Third} {string.Join(' ', row.Second)}")];

    private sealed class Recording
    {
        public bool[] Features { get; set; } = [];

        public uint Label { get; set; }
    }
}
