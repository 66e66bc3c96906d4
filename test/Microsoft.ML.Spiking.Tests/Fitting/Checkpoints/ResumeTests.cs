namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>A training that is interrupted and resumed gives, to the byte, the model of one that never was.</summary>
[TestClass]
public sealed class ResumeTests : IDisposable
{
    private static readonly SpikingNetworkOptions s_options = InterruptedTraining.Options;

    private readonly InterruptedTraining _training = new();

    public static IEnumerable<object[]> Engines =>
    [
        [s_options],
        [s_options with { ClassWeights = ClassWeights.Of(("a", 3)) }],
        [s_options with { SpikeBudget = new SpikeBudget { SpikesPerRow = 20 } }],
        [s_options with { Network = s_options.Network with { Layers = [s_options.Network.Layers[0], s_options.Network.ColumnLayers[0] with { Columns = 3, Coupling = 0.3 }] } }],
        [s_options with { Network = s_options.Network.EachLayer(layer => layer with { Coupling = 0.3 }) with { Code = new SigmoidCode() } }],
        [s_options with { Network = s_options.Network.EachLayer(layer => layer with { Plasticity = new ProductStdp { LearningRate = 0.01 }, StructuralPlasticity = new StructuralPlasticity { Interval = 3, FormationThreshold = 0, PruningThreshold = 10, GracePeriod = 3 } }) }],
        [s_options with { Network = s_options.Network.EachLayer(layer => layer with { Recurrence = new Recurrence() }), Optimiser = s_options.Optimiser with { AverageMemory = 0.9 } }],
        [s_options with { Network = s_options.Network.EachLayer(layer => layer with { Learning = new Reservoir(), Recurrence = new Recurrence() }) }],
        [s_options with { Optimiser = s_options.Optimiser with { AverageMemory = 0.9 } }],
        [s_options with { Network = s_options.Network.EachLayer(layer => layer with { Normalisation = new CurrentNormalisation { Momentum = 0.3 } }) }],
        [s_options with { Network = s_options.Network with { Readout = new Readout { HiddenUnits = 0, Windows = 3 } } }],
        [s_options with { Network = s_options.Network with { Readout = new Readout { HiddenUnits = 0, TimeConstant = 3 } } }],
        [s_options with { Network = s_options.Network with { Readout = new Readout { HiddenUnits = 6, Windows = 3, Pooling = WindowPooling.Maximum, TimeConstant = 3 } } }],
        [s_options with { Network = s_options.Network with { Readout = new Readout { HiddenUnits = 0, Windows = 4, Pooling = WindowPooling.Attention } }, Optimiser = s_options.Optimiser with { AverageMemory = 0.9 } }],
        [s_options with { Network = s_options.Network.EachLayer(layer => layer with { Learning = new Surrogate { Neurons = NeuronLearning.Both } }), Optimiser = s_options.Optimiser with { AverageMemory = 0.9 }, ValidationFraction = 0.3, EarlyStopping = new EarlyStopping { Patience = 4 } }],
        [s_options with { Network = s_options.Network.EachLayer(layer => layer with { Learning = new Surrogate { Neurons = NeuronLearning.TimeConstants }, Excitatory = new AdaptiveLifNeuron(), Inhibitory = new AdaptiveLifNeuron(), Coupling = 0.3 }) }],
        [s_options with { Network = s_options.Network.EachLayer(layer => layer with { NeuronsPerColumn = 16 }), ValidationFraction = 0.3, EarlyStopping = new EarlyStopping { Patience = 4 } }],
    ];

    public void Dispose() => _training.Dispose();

    [TestMethod]
    [DynamicData(nameof(Engines))]
    public void At_the_end_of_an_epoch(SpikingNetworkOptions options) => _training.Resumes(options, at: progress => progress is EpochProgress { Epoch: 2 });

    [TestMethod]
    [DynamicData(nameof(Engines))]
    public void In_the_midst_of_an_epoch(SpikingNetworkOptions options) => _training.Resumes(options, at: progress => progress.Batches == 12);

    [TestMethod]
    public void With_columns_from_tables()
    {
        SpikingNetworkOptions options = s_options with { Network = s_options.Network.EachLayer(layer => layer with { Learning = new Reservoir() }) };
        _training.Resumes(options, at: progress => progress is EpochProgress { Epoch: 2 });
        _training.Resumes(options, at: progress => progress.Batches == 12);
    }

    [TestMethod]
    public void Over_and_over()
    {
        Dictionary<string, byte[]> whole = _training.Entries(s_options);
        for (int update = 1; update < 20; update++) _training.CancelAt(s_options with { ResumeFrom = update == 1 ? null : _training.Path }, progress => progress is BatchProgress);

        Assert.AreEqual(19, CheckpointFile.Read(_training.Path).Header.Batches);
        InterruptedTraining.Same(whole, _training.Entries(s_options with { ResumeFrom = _training.Path }));
    }

    [TestMethod]
    public void One_that_had_ended_gives_its_model_again()
    {
        Dictionary<string, byte[]> whole = _training.Entries(s_options with { CheckpointPath = _training.Path });
        var reports = new Reports();

        InterruptedTraining.Same(whole, _training.Entries(s_options with { ResumeFrom = _training.Path, Progress = reports }));

        Assert.IsEmpty(reports.All);
    }

    [TestMethod]
    public void By_the_seed_that_it_began_with()
    {
        var first = new MLContext(seed: 5);
        SpikingNetworkOptions options = s_options with { Seed = null };
        Dictionary<string, byte[]> whole = _training.Entries(options, first);
        _training.CancelAt(options, progress => progress.Batches == 7, first);

        InterruptedTraining.Same(whole, _training.Entries(options with { ResumeFrom = _training.Path }, new MLContext(seed: 6)));
    }

    [TestMethod]
    public void Time_and_history_go_on()
    {
        var reports = new Reports();
        _training.CancelAt(s_options, progress => progress is EpochProgress { Epoch: 3 });
        SpikingModel model = _training.Fit(s_options with { ResumeFrom = _training.Path, Progress = reports }).Model;

        Assert.AreEqual(4, reports.Epochs.Single().Epoch);
        CollectionAssert.AreEqual(new[] { 1, 2, 3, 4 }, model.Training.History.Select(epoch => epoch.Epoch).ToArray());
        Assert.IsGreaterThan(reports.All[0].TrainingTime, model.Provenance.Duration);
        Assert.IsGreaterThan(TimeSpan.Zero, reports.All[0].TrainingTime);
    }
}
