using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Torch;

/// <summary>How much a row counts, and that a row that counts twice is learnt as two.</summary>
[TestClass]
public class RowWeightAgreementTests
{
    [TestMethod]
    public void A_row_of_weight_two_is_learnt_as_the_same_row_twice_by_every_engine()
    {
        LibTorch.EnsureLoaded();
        SpikingNetworkOptions options = Toy.Options with { Network = Toy.Options.Network.EachLayer(layer => layer with { Plasticity = null, StructuralPlasticity = null, Homeostasis = null }) with { TimeSteps = 6, Readout = new Readout { HiddenUnits = 16, Dropout = 0 } } };
        foreach (SpikingNetworkOptions engine in (SpikingNetworkOptions[])[options, options with { Network = options.Network.EachLayer(layer => layer with { Learning = new Reservoir() }) }])
        {
            Equal(Taught(engine, Torch, [0, 0, 1], null), Taught(engine, Torch, [0, 1], [4f / 3, 2f / 3]));
            Equal(Taught(engine, Cpu, [0, 0, 1], null), Taught(engine, Cpu, [0, 1], [4f / 3, 2f / 3]));
        }
    }

    [TestMethod]
    public void And_by_the_table_engine()
    {
        LibTorch.EnsureLoaded();
        SpikingNetworkOptions options = Toy.Options with { Network = Toy.Options.Network.EachLayer(layer => layer with { Plasticity = null, StructuralPlasticity = null, Homeostasis = null, Learning = new Reservoir() }) with { TimeSteps = 6, Readout = new Readout { HiddenUnits = 16, Dropout = 0 } } };
        Equal(Taught(options, Table, [0, 0, 1], null), Taught(options, Table, [0, 1], [4f / 3, 2f / 3]));
    }

    [TestMethod]
    [DataRow(false, DisplayName = "managed")]
    [DataRow(true, DisplayName = "torch")]
    public void Accuracy_in_training_is_a_mean_by_weight(bool byTorch)
    {
        LibTorch.EnsureLoaded();
        // Rows without a spike: the biases alone decide, and so one of the two is right.
        SpikingNetwork network = new() { Code = new RateCode(), Layers = [new ColumnLayer { Columns = 2, NeuronsPerColumn = 5, Wiring = new WattsStrogatz { Neighbours = 0 } }], Readout = new Readout { HiddenUnits = 0 } };
        var samples = new IntensitySamples(InputShape.Intensities(3));
        samples.Add([0, 0, 0], 0);
        samples.Add([0, 0, 0], 1);
        var setup = new TrainingSetup(network, new SpikingNetworkOptions(), InputShape.Intensities(3), Classes: 2, Seed: 1, Total: 10, [new float[2 * 5 * 3]], new SampleEncoder(network, Standardisation.None, default), samples);
        using NetworkTraining training = byTorch ? new TorchTraining(setup, CPU) : new ManagedTraining(setup);
        float[] bias = training.Learnt().OutputBias;
        int right = bias[0] > bias[1] ? 0 : 1;
        var metrics = new EpochMetrics(training, network.AllColumns);
        void Learn(float ofTheRight)
        {
            var batch = new TrainingBatch([0, 1], [0, 1], right == 0 ? [ofTheRight, 4 - ofTheRight] : [4 - ofTheRight, ofTheRight], CounterRandom.FromSeed(1));
            training.Learn(batch);
            metrics.Add(batch);
        }

        Learn(ofTheRight: 3);
        Assert.AreEqual(0.75, metrics.Read().Accuracy);
        Learn(ofTheRight: 1);
        Assert.AreEqual(4, metrics.Read().Rows);

        EpochMeans means = metrics.Read();
        EpochSums saved = metrics.Save();
        metrics.Reset();
        metrics.Resume(saved);
        Assert.AreEqual(means.Accuracy, metrics.Read().Accuracy);
    }

    /// <summary>What a batch teaches, of two samples that the columns are shown in the order of <paramref name="shown"/>; the first is of class 0, the second of class 1.</summary>
    private static OneStep Taught(SpikingNetworkOptions options, Func<SpikingNetworkOptions, float[], Stimulus[], int[], float[]?, OneStep> engine, int[] shown, float[]? weights)
    {
        Stimulus[] stimuli = [.. shown.Select(sample =>
        {
            var stimulus = new Stimulus(options.Network.TimeSteps);
            PoissonSampler.Draw(Enumerable.Repeat(0.5f, Toy.Inputs).ToArray(), CounterRandom.FromSeed(3).For((ulong)sample), stimulus.Fire());
            return stimulus;
        })];
        return engine(options, ColumnInitialiser.Draw(options.Network.ColumnLayers[0], Toy.Inputs, seed: 1), stimuli, shown, weights);
    }

    private static OneStep Torch(SpikingNetworkOptions options, float[] columns, Stimulus[] stimuli, int[] labels, float[]? weights)
        => OneStep.OfTorch(options, [columns], Toy.Inputs, stimuli, seed: 1, labels: labels, rowWeights: weights);

    private static OneStep Cpu(SpikingNetworkOptions options, float[] columns, Stimulus[] stimuli, int[] labels, float[]? weights)
        => OneStep.OfManaged(options, [columns], Toy.Inputs, stimuli, seed: 1, labels: labels, rowWeights: weights);

    private static OneStep Table(SpikingNetworkOptions options, float[] columns, Stimulus[] stimuli, int[] labels, float[]? weights)
    {
        TableEngine engine = TableEngine.TryCreate(options.Network, columns, Toy.Inputs, new SampleEncoder(options.Network, Standardisation.None, default), samples: null, options.Network.TimeSteps)!;
        var packed = new PackedSpikes(options.Network.TimeSteps, Toy.Inputs, stimuli.Length);
        for (int sample = 0; sample < stimuli.Length; sample++) packed.Set(sample, stimuli[sample].Train);
        return OneStep.OfManaged(options, engine, Toy.Inputs, stimuli.Length, seed: 1, network => engine.Run(network.Layers[0], packed), labels: labels, rowWeights: weights);
    }

    private static void Equal(OneStep one, OneStep other)
    {
        Assert.AreEqual(one.Loss, other.Loss, 1e-6f);
        Assert.IsGreaterThan(1e-4f, one.OutputGradient.Max(MathF.Abs), "the gradient must not vanish for this to tell anything");
        Near(one.OutputGradient, other.OutputGradient, "readout");
        Near(one.InterGradient[0], other.InterGradient[0], "connections");
        Near(one.WeightChange[0], other.WeightChange[0], "columns");

        static void Near(float[] expected, float[] actual, string what)
        {
            float largest = expected.Max(MathF.Abs);
            for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], actual[i], 1e-4f * largest, $"{what} {i}");
        }
    }
}
