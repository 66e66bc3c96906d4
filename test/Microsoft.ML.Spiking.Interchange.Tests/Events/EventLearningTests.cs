using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Events;

/// <summary>From files of events to a model that answers: each kind of file, with the same recordings in it.</summary>
[TestClass]
public sealed class EventLearningTests : IDisposable
{
    private const int Recordings = 60, Steps = 10, Units = 8;

    private static readonly TimeSpan s_bin = TimeSpan.FromMilliseconds(1);

    private static readonly SpikingNetworkOptions s_options = new()
    {
        Network = new SpikingNetwork
        {
            Layers = [new ColumnLayer { Columns = 4, NeuronsPerColumn = 16, Wiring = new WattsStrogatz { Neighbours = 2 }, Delays = [0, 4] }],
            Readout = new Readout { HiddenUnits = 0 },
        },
        Batches = 150, BatchSize = 20, Seed = 1,
    };

    private readonly MLContext _ml = new(seed: 1);
    private readonly EventFiles _files = new();

    public void Dispose() => _files.Dispose();

    [TestMethod]
    public void The_trainer_learns_a_folder_of_recordings()
        => Learns(_ml.Data.LoadFromEventFolder(_files.WriteToyFolder("toy", Recordings), new EventFolderOptions { BinWidth = s_bin, Steps = Steps, Width = 2, Height = 2 }));

    [TestMethod]
    public void The_trainer_learns_a_table_of_events()
        => Learns(_ml.Data.LoadFromEventTable(_files.WriteToyTable("toy.csv", Recordings),
            new EventTableOptions { BinWidth = s_bin, Steps = Steps, Units = Units, TimeUnit = TimeSpan.FromMicroseconds(1) }));

    [TestMethod]
    public void The_trainer_learns_an_HDF5_file_of_spikes()
        => Learns(_ml.Data.LoadFromEventHdf5(_files.WriteToyHdf5("toy.h5", Recordings), new EventHdf5Options { BinWidth = s_bin, Steps = Steps, Units = Units }));

    private void Learns(IDataView view)
    {
        var model = _ml.MulticlassClassification.Trainers.SpikingNetwork(s_options)
            .Append(_ml.Transforms.Conversion.MapKeyToValue("Class", "PredictedLabel")).Fit(view);

        Assert.AreEqual(1, _ml.MulticlassClassification.Evaluate(model.Transform(view)).MicroAccuracy);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, view.Schema, stream);
        stream.Position = 0;
        PredictionEngine<Recording, Answer> engine = _ml.Model.CreatePredictionEngine<Recording, Answer>(_ml.Model.Load(stream, out _));
        string[] answers = [.. view.GetColumn<bool[]>("Features").Select(spikes => engine.Predict(new Recording { Features = spikes }).Class)];
        ReadOnlyMemory<char>[] classes = [.. LabelValues.Of(view.Schema["Label"])!.Texts.Select(name => name.AsMemory())];
        CollectionAssert.AreEqual(view.GetColumn<uint>("Label").Select(key => classes[key - 1].ToString()).ToArray(), answers);
    }

    private sealed class Recording
    {
        [VectorType(Steps, Units)]
        public bool[] Features { get; set; } = [];
    }

    private sealed class Answer
    {
        public string Class { get; set; } = "";
    }
}
