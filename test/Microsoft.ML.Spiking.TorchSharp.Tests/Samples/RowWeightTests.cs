using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking.Tests.Engines;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Samples;

/// <summary>How much a row counts, and that a row that counts twice is learnt as two.</summary>
[TestClass]
public class RowWeightTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly SpikingNetworkOptions _weighted = Toy.Options with { ExampleWeightColumnName = "Weight" };

    [TestMethod]
    public void A_row_of_weight_two_is_learnt_as_the_same_row_twice_by_every_engine()
    {
        LibTorch.EnsureLoaded();
        SpikingNetworkOptions options = Toy.Options with { Network = Toy.Options.Network.EachLayer(layer => layer with { Plasticity = null, StructuralPlasticity = null, Homeostasis = null }) with { TimeSteps = 6, Readout = new Readout { HiddenUnits = 16, Dropout = 0 } } };
        foreach (SpikingNetworkOptions engine in (SpikingNetworkOptions[])[options, options with { Network = options.Network.EachLayer(layer => layer with { Learning = new Reservoir() }) }])
        {
            Gradients(engine, Torch, [0, 0, 1], null).Equal(Gradients(engine, Torch, [0, 1], [4f / 3, 2f / 3]));
            Gradients(engine, Cpu, [0, 0, 1], null).Equal(Gradients(engine, Cpu, [0, 1], [4f / 3, 2f / 3]));
        }
    }

    [TestMethod]
    public void And_by_the_table_engine()
    {
        LibTorch.EnsureLoaded();
        SpikingNetworkOptions options = Toy.Options with { Network = Toy.Options.Network.EachLayer(layer => layer with { Plasticity = null, StructuralPlasticity = null, Homeostasis = null, Learning = new Reservoir() }) with { TimeSteps = 6, Readout = new Readout { HiddenUnits = 16, Dropout = 0 } } };
        Gradients(options, Table, [0, 0, 1], null).Equal(Gradients(options, Table, [0, 1], [4f / 3, 2f / 3]));
    }

    [TestMethod]
    public void Weights_are_scaled_to_a_mean_of_1_so_that_their_ratios_alone_matter()
    {
        var samples = new IntensitySamples(InputShape.Intensities(1));
        samples.Add([0.1f], 0);
        samples.Add([0.2f], 1);
        samples.Add([0.3f], 1);

        CollectionAssert.AreEqual(new[] { 2, 0.5f, 0.5f }, RowWeights.Of(samples, [4, 1]));
        CollectionAssert.AreEqual(new[] { 2, 0.5f, 0.5f }, RowWeights.Of(samples, [40, 10]));
        Assert.IsNull(RowWeights.Of(samples, [3, 3]));
        Assert.IsNull(RowWeights.Of(samples, null));
    }

    [TestMethod]
    public void Accuracy_in_training_is_a_mean_by_weight()
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        using var metrics = new EpochMetrics(CPU, 1);
        Tensor logits = tensor(new float[] { 2, 1, 1, 2 }, [2, 2], dtype: float32, device: CPU), classes = tensor(new long[] { 0, 0 }, dtype: int64, device: CPU);   // the first is right
        var result = new StepResult(logits, zeros(1, dtype: float32, device: CPU), ones(1, dtype: float32, device: CPU).squeeze(), classes, classes);

        metrics.Add(result, new BatchLabels(classes, tensor(new float[] { 3, 1 }, dtype: float32, device: CPU), TotalWeight: 4));
        Assert.AreEqual(0.75, metrics.Read().Accuracy);
        metrics.Add(result, new BatchLabels(classes, tensor(new float[] { 1, 3 }, dtype: float32, device: CPU), TotalWeight: 4));
        Assert.AreEqual(0.5, metrics.Read().Accuracy);
        Assert.AreEqual(4, metrics.Read().Rows);

        using var resumed = new EpochMetrics(CPU, 1);
        resumed.Resume(metrics.Save());
        Assert.AreEqual(0.5, resumed.Read().Accuracy);
    }

    [TestMethod]
    public void Accuracy_on_validation_rows_is_a_mean_by_weight()
    {
        // The network is asked for what it cannot know: of four alike rows three are called otherwise, and the fourth weighs as much as the three.
        Weighed[] apart = [.. Toy.Samples(4).Select((sample, row) => new Weighed { Class = row == 3 ? "a" : "b", Features = Toy.Samples(1)[0].Features, Weight = row == 3 ? 3 : 1 })];

        SpikingModel model = Fit(Toy.Able with { ExampleWeightColumnName = "Weight", ValidationSet = Keyed(apart) }, Rows(_ => 1));

        Assert.AreEqual(0.5, model.Training.ValidationAccuracy!.Value, 1e-6);
    }

    [TestMethod]
    public void Rows_that_weigh_alike_train_the_very_model_without_weights()
    {
        SpikingModel plain = Fit(Toy.Options, Rows(_ => 1));
        foreach (float weight in (float[])[1, 0.1f, 7])
        {
            SpikingModel model = Fit(_weighted, Rows(_ => weight));
            CollectionAssert.AreEqual(plain.OutputWeights, model.OutputWeights);
            CollectionAssert.AreEqual(plain.Layers[0].InputWeights, model.Layers[0].InputWeights);
            Assert.AreEqual(plain.Training.History[0], model.Training.History[0]);
        }
        CollectionAssert.AreEqual(plain.OutputWeights, Fit(Toy.Options with { ClassWeights = ClassWeights.Balanced }, Rows(_ => 1)).OutputWeights, "the toy's classes are balanced");
        CollectionAssert.AreNotEqual(plain.OutputWeights, Fit(_weighted, Rows(row => row % 2 + 1)).OutputWeights);
        CollectionAssert.AreNotEqual(plain.OutputWeights, Fit(Toy.Options with { ClassWeights = ClassWeights.Of(("a", 2)) }, Rows(_ => 1)).OutputWeights);
    }

    [TestMethod]
    public void A_row_of_weight_nought_leaves_no_trace_and_one_of_no_weight_a_warning()
    {
        var lines = new List<LoggingEventArgs>();
        _ml.Log += (_, line) => lines.Add(line);
        Weighed[] rows = Rows(_ => 1);
        Weighed dark = new() { Class = "b", Features = [9, 9, 9, 9, 9, 9, 9] }, lost = new() { Class = "b", Features = dark.Features, Weight = float.NaN };

        SpikingModel model = Fit(_weighted, [dark, lost, .. rows]);

        CollectionAssert.AreEqual(Fit(Toy.Options, rows).OutputWeights, model.OutputWeights);
        Assert.AreEqual("Left out 1 of 26 rows, whose label, features or weight are missing.", lines.Single(line => line.Kind == ChannelMessageKind.Warning).RawMessage);
        Assert.HasCount(1, lines.Where(line => line.RawMessage == "Left out 1 of 26 rows, whose weight is 0.").ToArray());
    }

    [TestMethod]
    [DataRow(-1f, "-1")]
    [DataRow(float.PositiveInfinity, "Infinity")]
    public void A_weight_that_cannot_be_is_refused_with_its_row(float weight, string shown)
        => Assert.AreEqual($"Row 5 has the weight {shown} in 'Weight', but a weight must be finite and not be negative; mend the column, or give NaN for a row to leave out. [SPK2003]",
            Assert.ThrowsExactly<InvalidOperationException>(() => Fit(_weighted, Rows(row => row == 5 ? weight : 1))).Message);

    [TestMethod]
    public void Nothing_but_rows_of_weight_nought_is_nothing_to_train_on()
        => StringAssert.StartsWith(Assert.ThrowsExactly<InvalidOperationException>(() => Fit(_weighted, Rows(_ => 0))).Message, "There is nothing to train on: of 24 rows, 0 have no label, no features or a feature that is not a finite number, 24 weigh 0,");

    [TestMethod]
    public void A_weight_column_that_does_not_fit_is_named()
    {
        Refuses("Could not find weight column 'Worth'", Toy.Options with { ExampleWeightColumnName = "Worth" });
        Refuses("Schema mismatch for weight column 'Class': expected Single, got String", Toy.Options with { ExampleWeightColumnName = "Class" });
        Assert.AreEqual("ExampleWeightColumnName is empty, but it must name a column; leave it null where all rows count alike. [SPK1001]",
            Assert.ThrowsExactly<ArgumentException>(() => Toy.Options with { ExampleWeightColumnName = "" } is var wrong ? Fit(wrong, Rows(_ => 1)) : null!).Message);
    }

    [TestMethod]
    public void Class_weights_of_other_classes_are_refused()
        => Assert.AreEqual("ClassWeights names the class 'd', but the label knows 'a', 'b', 'c'; call it as the label does. [SPK1002]",
            Assert.ThrowsExactly<ArgumentException>(() => Fit(Toy.Options with { ClassWeights = ClassWeights.Of(("d", 2)) }, Rows(_ => 1))).Message);

    [TestMethod]
    public void Class_weights_are_stored_with_the_model()
    {
        IDataView data = Keyed(Rows(_ => 1));
        SpikingNetworkTransformer model = _ml.MulticlassClassification.Trainers.SpikingNetwork(_weighted with { ClassWeights = ClassWeights.Of(("c", 3), ("a", 2)) }).Fit(data);

        var loaded = (SpikingNetworkTransformer)EstimatorChecks.SavedAndLoaded(_ml, model, data.Schema, out _);

        Assert.AreEqual(model.Model.Training.Recipe, loaded.Model.Training.Recipe);
        Assert.AreEqual(3, ((GivenWeights)loaded.Model.Training.Recipe!.ClassWeights!).Weights["c"]);
    }

    private SpikingModel Fit(SpikingNetworkOptions options, Weighed[] rows) => _ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(Keyed(rows)).Model;

    private void Refuses(string expected, SpikingNetworkOptions options)
        => StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Fit(options, Rows(_ => 1))).Message, expected);

    private IDataView Keyed(Weighed[] rows)
    {
        IDataView all = _ml.Data.LoadFromEnumerable(Toy.Samples(3));
        return _ml.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(all).Transform(_ml.Data.LoadFromEnumerable(rows));
    }

    private static Weighed[] Rows(Func<int, float> weight) => [.. Toy.Samples(24).Select(sample => new Weighed { Class = sample.Class, Features = sample.Features, Weight = weight(sample.Id) })];

    /// <summary>What a batch teaches, of two samples that the columns are shown in the order of <paramref name="shown"/>; the first is of class 0, the second of class 1.</summary>
    private static Taught Gradients(SpikingNetworkOptions options, Func<SpikingNetworkOptions, Stimulus[], (TrainingEngine, Func<NetworkTensors, IReadOnlyList<LayerPass>>)> engine, int[] shown, float[]? weights)
    {
        using var scope = NewDisposeScope();
        Stimulus[] stimuli = [.. shown.Select(sample =>
        {
            var stimulus = new Stimulus(options.Network.TimeSteps);
            PoissonSampler.Draw(Enumerable.Repeat(0.5f, Toy.Inputs).ToArray(), CounterRandom.FromSeed(3).For((ulong)sample), stimulus.Fire());
            return stimulus;
        })];
        var (columns, run) = engine(options, stimuli);
        using var network = new NetworkTensors(options.Network, Toy.Inputs, classes: 2, seed: 1, CPU);
        using var descent = network.Descent(options.Optimiser, total: 10);
        columns.Train(descent);
        float[] before = columns.InputWeights(0);
        StepResult result = new Learner(network, options, columns).Learn(run(network), tensor((long[])[.. shown.Select(sample => (long)sample)], dtype: int64, device: CPU),
            weights is null ? null : tensor(weights, dtype: float32, device: CPU));
        float[] output = network.OutputWeight.grad!.Read(), inter = network.Layers[0].InterWeights.grad!.Read();
        descent.Step();
        float[] moved = [.. columns.InputWeights(0).Zip(before, (a, b) => a - b)];
        columns.Dispose();
        return new Taught(result.CrossEntropy.Read()[0], output, inter, moved);
    }

    private static (TrainingEngine, Func<NetworkTensors, IReadOnlyList<LayerPass>>) Torch(SpikingNetworkOptions options, Stimulus[] stimuli)
    {
        var columns = new TorchEngine(options.Network, [ColumnInitialiser.Draw(options.Network.ColumnLayers[0], Toy.Inputs, seed: 1)], Toy.Inputs, samples: null, CPU);
        return (columns, network => columns.Run(network, stimuli.ToDense(Toy.Inputs)));
    }

    private static (TrainingEngine, Func<NetworkTensors, IReadOnlyList<LayerPass>>) Cpu(SpikingNetworkOptions options, Stimulus[] stimuli)
    {
        var columns = new CpuEngine(options.Network, [ColumnInitialiser.Draw(options.Network.ColumnLayers[0], Toy.Inputs, seed: 1)], Toy.Inputs, new SampleEncoder(options.Network, Standardisation.None, default), samples: null, options.Network.TimeSteps);
        return (columns, network => columns.Run(network, stimuli, stimuli.Length));
    }

    private static (TrainingEngine, Func<NetworkTensors, IReadOnlyList<LayerPass>>) Table(SpikingNetworkOptions options, Stimulus[] stimuli)
    {
        TableEngine columns = TableEngine.TryCreate(options.Network, ColumnInitialiser.Draw(options.Network.ColumnLayers[0], Toy.Inputs, seed: 1), Toy.Inputs, new SampleEncoder(options.Network, Standardisation.None, default), samples: null, options.Network.TimeSteps)!;
        var packed = new PackedSpikes(options.Network.TimeSteps, Toy.Inputs, stimuli.Length);
        for (int sample = 0; sample < stimuli.Length; sample++) packed.Set(sample, stimuli[sample].Train);
        return (columns, network => columns.Run(network.Layers[0], packed));
    }

    private sealed record Taught(float Loss, float[] Output, float[] Inter, float[] ColumnChange)
    {
        public void Equal(Taught other)
        {
            Assert.AreEqual(Loss, other.Loss, 1e-6f);
            Assert.IsGreaterThan(1e-4f, Output.Max(MathF.Abs), "the gradient must not vanish for this to tell anything");
            Close(Output, other.Output, "readout");
            Close(Inter, other.Inter, "connections");
            Close(ColumnChange, other.ColumnChange, "columns");
        }

        private static void Close(float[] expected, float[] actual, string what)
        {
            float largest = expected.Max(MathF.Abs);
            for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], actual[i], 1e-4f * largest, $"{what} {i}");
        }
    }

    private sealed class Weighed
    {
        public string Class { get; set; } = "";

        [VectorType(Toy.Inputs)]
        public float[] Features { get; set; } = [];

        public float Weight { get; set; }
    }
}
