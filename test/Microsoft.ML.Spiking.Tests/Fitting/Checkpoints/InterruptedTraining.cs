using Microsoft.ML.Spiking.Tests.Model;

namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>A training that is interrupted, its checkpoint, and what comes of it when it is resumed.</summary>
internal sealed class InterruptedTraining : IDisposable
{
    /// <summary>24 rows in batches of 5: five batches an epoch, the last of four rows; 13 neurons leave lanes of the kernels empty.</summary>
    public static SpikingNetworkOptions Options { get; } = Toy.Options with
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

    /// <summary>What it is trained on.</summary>
    public Func<MLContext, IDataView> Data { get; init; } = ml => Toy.Data(ml);

    /// <summary>Where the checkpoint is.</summary>
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{System.IO.Path.GetRandomFileName()}.checkpoint");

    public void Dispose() => File.Delete(Path);

    /// <summary>A training that is cancelled there and resumed gives the model of one that never was.</summary>
    public void Resumes(SpikingNetworkOptions options, Func<TrainingProgress, bool> at)
    {
        Dictionary<string, byte[]> whole = Entries(options);
        CancelAt(options, at);
        if (options.Network.Layers.Any(layer => layer is ColumnLayer))
            Assert.IsNotEmpty(CheckpointFile.Read(Path).Header.Journal, "connections must change for this to tell anything");

        Same(whole, Entries(options with { ResumeFrom = Path, CheckpointPath = Path }));
    }

    /// <summary>Trains up to there, and leaves a checkpoint.</summary>
    public void CancelAt(SpikingNetworkOptions options, Func<TrainingProgress, bool> at, MLContext? ml = null)
    {
        using var source = new CancellationTokenSource();
        var reports = new Reports(progress =>
        {
            if (at(progress)) source.Cancel();
        });
        Assert.ThrowsExactly<OperationCanceledException>(() => Fit(options with { CheckpointPath = Path, Progress = reports, CancellationToken = source.Token }, ml));
    }

    public SpikingNetworkTransformer Fit(SpikingNetworkOptions options, MLContext? ml = null) => (ml ?? _ml).MulticlassClassification.Trainers.SpikingNetwork(options).Fit(Data(_ml));

    /// <summary>What the trained model stores.</summary>
    public Dictionary<string, byte[]> Entries(SpikingNetworkOptions options, MLContext? ml = null) => ModelZip.Entries(ModelZip.Save(_ml, Fit(options, ml), Data(_ml).Schema));

    public static void Same(Dictionary<string, byte[]> expected, Dictionary<string, byte[]> actual)
    {
        Assert.IsGreaterThan(5, expected.Count);
        foreach (string entry in expected.Keys.Where(entry => !entry.EndsWith("Provenance.json", StringComparison.Ordinal)))
            CollectionAssert.AreEqual(expected[entry], actual[entry], entry);
    }
}
