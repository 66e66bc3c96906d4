using Microsoft.ML.Spiking.Tests.Model;

namespace Microsoft.ML.Spiking.Tests.Training;

/// <summary>A training that is interrupted and resumed gives, to the byte, the model of one that never was.</summary>
[TestClass]
public class ResumeTests
{
    // 24 rows in batches of 5: five batches an epoch, the last of four rows; 13 neurons leave lanes of the kernels empty.
    private static readonly SpikingNetworkOptions s_options = Toy.Options with
    {
        Network = Toy.Options.Network.EachLayer(layer => layer with
        {
            NeuronsPerColumn = 13,
            Plasticity = new CorrelationStdp { LearningRate = 0.01 },
            StructuralPlasticity = new StructuralPlasticity { Interval = 3, GracePeriod = 1 },
        }) with
        {
            Readout = new Readout { HiddenUnits = 16, Dropout = 0.3 },
        },
        Batches = null,
        Epochs = 4,
        BatchSize = 5,
        ProgressInterval = 1,
    };

    private readonly MLContext _ml = new(seed: 1);
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.checkpoint");

    public static IEnumerable<object[]> Engines =>
    [
        [s_options],
        [s_options with { ClassWeights = ClassWeights.Of(("a", 3)) }],
        [s_options with { Network = s_options.Network with { Layers = [s_options.Network.Layers[0], s_options.Network.ColumnLayers[0] with { Columns = 3, Coupling = 0.3 }] } }],
        [s_options with { Network = s_options.Network.EachLayer(layer => layer with { Coupling = 0.3 }) with { Code = new SigmoidCode() } }],
        [s_options with { Network = s_options.Network.EachLayer(layer => layer with { Plasticity = new ProductStdp { LearningRate = 0.01 }, StructuralPlasticity = new StructuralPlasticity { Interval = 3, FormationThreshold = 0, PruningThreshold = 10, GracePeriod = 3 } }) }],
        [s_options with { Network = s_options.Network.EachLayer(layer => layer with { Learning = new Surrogate { Neurons = NeuronLearning.Both } }) }],
        [s_options with { Network = s_options.Network.EachLayer(layer => layer with { Learning = new Surrogate { Neurons = NeuronLearning.Thresholds } }) with { Readout = new Readout { HiddenUnits = 0 } } }],
        [s_options with { Network = s_options.Network.EachLayer(layer => layer with { NeuronsPerColumn = 16 }), ValidationFraction = 0.3, EarlyStopping = new EarlyStopping { Patience = 4 } }],
    ];

    [TestCleanup]
    public void Clean() => File.Delete(_path);

    [TestMethod]
    [DynamicData(nameof(Engines))]
    public void At_the_end_of_an_epoch(SpikingNetworkOptions options) => Resumes(options, at: progress => progress is EpochProgress { Epoch: 2 });

    [TestMethod]
    [DynamicData(nameof(Engines))]
    public void In_the_midst_of_an_epoch(SpikingNetworkOptions options) => Resumes(options, at: progress => progress.Batches == 12);

    [TestMethod]
    public void With_columns_from_tables()
    {
        SpikingNetworkOptions options = s_options with { Network = s_options.Network.EachLayer(layer => layer with { Learning = new Reservoir() }) };
        Resumes(options, at: progress => progress is EpochProgress { Epoch: 2 });
        Resumes(options, at: progress => progress.Batches == 12);
    }

    [TestMethod]
    public void Over_and_over()
    {
        Dictionary<string, byte[]> whole = Entries(s_options);
        for (int update = 1; update < 20; update++) CancelAt(s_options with { ResumeFrom = update == 1 ? null : _path }, progress => progress is BatchProgress);

        Assert.AreEqual(19, CheckpointFile.Read(_path).Header.Batches);
        Same(whole, Entries(s_options with { ResumeFrom = _path }));
    }

    [TestMethod]
    public void One_that_had_ended_gives_its_model_again()
    {
        Dictionary<string, byte[]> whole = Entries(s_options with { CheckpointPath = _path });
        var reports = new Reports();

        Same(whole, Entries(s_options with { ResumeFrom = _path, Progress = reports }));

        Assert.IsEmpty(reports.All);
    }

    [TestMethod]
    public void By_the_seed_that_it_began_with()
    {
        var first = new MLContext(seed: 5);
        SpikingNetworkOptions options = s_options with { Seed = null };
        Dictionary<string, byte[]> whole = Entries(options, first);
        CancelAt(options, progress => progress.Batches == 7, first);

        Same(whole, Entries(options with { ResumeFrom = _path }, new MLContext(seed: 6)));
    }

    [TestMethod]
    public void Time_and_history_go_on()
    {
        var reports = new Reports();
        CancelAt(s_options, progress => progress is EpochProgress { Epoch: 3 });
        SpikingModel model = Fit(s_options with { ResumeFrom = _path, Progress = reports }).Model;

        Assert.AreEqual(4, reports.Epochs.Single().Epoch);
        CollectionAssert.AreEqual(new[] { 1, 2, 3, 4 }, model.Training.History.Select(epoch => epoch.Epoch).ToArray());
        Assert.IsGreaterThan(reports.All[0].TrainingTime, model.Provenance.Duration);
        Assert.IsGreaterThan(TimeSpan.Zero, reports.All[0].TrainingTime);
    }

    private void Resumes(SpikingNetworkOptions options, Func<TrainingProgress, bool> at)
    {
        Dictionary<string, byte[]> whole = Entries(options);
        CancelAt(options, at);
        Assert.IsNotEmpty(CheckpointFile.Read(_path).Header.Journal, "connections must change for this to tell anything");

        Same(whole, Entries(options with { ResumeFrom = _path, CheckpointPath = _path }));
    }

    private void CancelAt(SpikingNetworkOptions options, Func<TrainingProgress, bool> at, MLContext? ml = null)
    {
        using var source = new CancellationTokenSource();
        var reports = new Reports(progress =>
        {
            if (at(progress)) source.Cancel();
        });
        Assert.ThrowsExactly<OperationCanceledException>(() => Fit(options with { CheckpointPath = _path, Progress = reports, CancellationToken = source.Token }, ml));
    }

    private SpikingNetworkTransformer Fit(SpikingNetworkOptions options, MLContext? ml = null) => (ml ?? _ml).MulticlassClassification.Trainers.SpikingNetwork(options).Fit(Toy.Data(_ml));

    private Dictionary<string, byte[]> Entries(SpikingNetworkOptions options, MLContext? ml = null) => ModelZip.Entries(ModelZip.Save(_ml, Fit(options, ml), Toy.Data(_ml).Schema));

    private static void Same(Dictionary<string, byte[]> expected, Dictionary<string, byte[]> actual)
    {
        Assert.IsGreaterThan(5, expected.Count);
        foreach (string entry in expected.Keys.Where(entry => !entry.EndsWith("Provenance.json", StringComparison.Ordinal)))
            CollectionAssert.AreEqual(expected[entry], actual[entry], entry);
    }
}
