using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Tests.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Torch;

/// <summary>Two layers of columns, the second of which reads the spikes of the first.</summary>
[TestClass]
public class TwoLayerTests
{
    private const int Inputs = 15, Batch = 6, Steps = 25;

    private static readonly ColumnLayer s_first = new()
    {
        Columns = 5, NeuronsPerColumn = 20, Wiring = new WattsStrogatz { Neighbours = 4 }, Modulation = 0.7, Homeostasis = new Homeostasis { RateLossWeight = 30 },
    };

    private static readonly ColumnLayer s_second = new()
    {
        Columns = 3, NeuronsPerColumn = 13, Wiring = new WattsStrogatz { Neighbours = 2 }, Modulation = 0.4, ExcitatoryGain = 2, InhibitoryGain = 2,
    };

    private static readonly SpikingNetworkOptions s_able = Toy.Able with
    {
        Network = Toy.Able.Network with { Layers = [Toy.Able.Network.Layers[0], new ColumnLayer { Columns = 3, NeuronsPerColumn = 20 }] },
        Batches = 60,
    };

    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Stacks =>
    [
        ["the last is read", s_first, s_second, ReadLayers.Last],
        ["both are read", s_first, s_second, ReadLayers.All],
        ["columns of the first drive each other", s_first with { Coupling = 3 }, s_second, ReadLayers.Last],
        ["columns of the second drive each other", s_first, s_second with { Coupling = 2 }, ReadLayers.All],
        ["resets are differentiated", Attached(s_first), Attached(s_second), ReadLayers.Last],
        ["the first is a reservoir", s_first with { Learning = new Reservoir() }, s_second, ReadLayers.Last],
        ["the second is a reservoir", s_first, s_second with { Learning = new Reservoir() }, ReadLayers.All],
    ];

    [TestMethod]
    [DynamicData(nameof(Stacks))]
    public void Both_engines_fire_the_same_and_find_the_same_gradients_through_both(string what, ColumnLayer first, ColumnLayer second, ReadLayers read)
    {
        var options = new SpikingNetworkOptions
        {
            Network = new SpikingNetwork
            {
                Code = new RateCode(), TimeSteps = Steps, Layers = [first, second], Readout = new Readout { HiddenUnits = 12, Dropout = 0, Layers = read },
            },
            Optimiser = new AdamW { LearningRate = 1, Epsilon = 1, WeightDecay = 0, GradientNormLimit = 1e6 },
        };
        float[][] weights = [ColumnInitialiser.Draw(first, Inputs, seed: 3), ColumnInitialiser.Draw(second, first.Neurons, seed: 4)];
        Stimulus[] stimuli = [.. Enumerable.Range(0, Batch).Select(sample =>
        {
            var stimulus = new Stimulus(Steps);
            PoissonSampler.Draw(Enumerable.Repeat(0.4f, Inputs).ToArray(), CounterRandom.FromSeed(3).For((ulong)sample), stimulus.Fire());
            return stimulus;
        })];

        OneStep expected = OneStep.OfTorch(options, weights, Inputs, stimuli, seed: 1), actual = OneStep.OfManaged(options, weights, Inputs, stimuli, seed: 1);

        foreach (float[] accumulated in expected.Accumulated) Assert.IsGreaterThan(40, accumulated.Count(spikes => spikes != 0), $"both must fire for this to tell anything, where {what}");
        actual.IsNear(expected, $"where {what}");
        // The gradient reaches the first layer through the second: it is not homeostasis' alone.
        if (first.Learning is Surrogate) Assert.IsGreaterThan(1e-5f, expected.WeightChange[0].Max(MathF.Abs), "the first layer must learn for this to tell anything");
    }

    [TestMethod]
    public void The_first_layer_learns_what_the_second_makes_of_it()
    {
        // No homeostasis, and the readout reads the last alone: all that the first layer learns comes through the second.
        SpikingNetworkOptions options = s_able with { Network = s_able.Network.EachLayer(layer => layer with { Homeostasis = null }), Batches = 1 };
        SpikingModel drawn = Fit(options with { Optimiser = new AdamW { LearningRate = 1e-12, FinalLearningRate = 0, WeightDecay = 0 } }), trained = Fit(options);
        float moved = drawn.Layers[0].InputWeights.Zip(trained.Layers[0].InputWeights, (a, b) => Math.Abs(a - b)).Max();
        Assert.IsGreaterThan(1e-3f, moved);
    }

    [TestMethod]
    public void They_learn_and_predict_the_same_once_saved_and_loaded()
    {
        Sample[] samples = Toy.Samples(180);
        IDataView training = Toy.Keyed(_ml, samples[..90]), unseen = Toy.Keyed(_ml, samples[90..]);
        SpikingNetworkTransformer model = _ml.MulticlassClassification.Trainers.SpikingNetwork(s_able).Fit(training);
        Assert.IsGreaterThan(0.9, _ml.MulticlassClassification.Evaluate(model.Transform(unseen)).MicroAccuracy);

        var loaded = (SpikingNetworkTransformer)EstimatorChecks.SavedAndLoaded(new MLContext(seed: 9), model, training.Schema, out _);
        Assert.AreEqual(model.Model.Network, loaded.Model.Network);
        Views.SameValues(model.Transform(unseen), loaded.Transform(unseen));
        Assert.AreEqual(new VectorDataViewType(NumberDataViewType.Single, 4 + 3), model.GetOutputSchema(training.Schema)["SpikeRate"].Type, "columns of both layers");
    }

    [TestMethod]
    public void A_trained_one_predicts_as_the_training_engine_evaluates()
    {
        using var scope = NewDisposeScope();
        SpikingModel model = Fit(s_able with { Network = s_able.Network with { Readout = s_able.Network.Readout with { Layers = ReadLayers.All } } });
        float[] x = [.. Toy.Samples(9).SelectMany(sample => sample.Features)];
        float[] logits = new float[9 * model.Classes], rates = new float[9 * model.Network.AllColumns];
        new SpikingScorer(model).Run(new IntensityBatch(x, Toy.Inputs), 9, logits, rates);

        using var network = new NetworkTensors(model.Network, Toy.Inputs, model.Classes, seed: 1, CPU);
        network.HiddenWeight!.Set([.. model.HiddenWeights]);
        network.HiddenBias!.Set([.. model.HiddenBias]);
        network.OutputWeight.Set([.. model.OutputWeights]);
        network.OutputBias.Set([.. model.OutputBias]);
        foreach (var (tensors, layer) in network.Layers.Zip(model.Layers))
        {
            tensors.Topology.Set(layer.Topology.ToAdjacency());
            tensors.InterWeights.Set([.. layer.InterWeights]);
            tensors.Plasticity.AverageRate.Set([.. layer.AverageRate]);
            tensors.Plasticity.TargetRate.fill_(layer.TargetRate);
        }
        using var torch = new TorchEngine(model.Network, [.. model.Layers.Select(layer => layer.InputWeights.ToArray())], Toy.Inputs, samples: null, CPU);
        using var standardisation = new StandardisationTensors(model.Standardisation, CPU);
        Tensor p = model.Network.ChosenCode.Probability(standardisation.Apply(tensor(x, [9, Toy.Inputs])), inputScale: null);
        Tensor found = new Learner(network, s_able, torch).Evaluate(torch.RunConstant(network, model.Network.EvaluationCode.Encode(p))).Logits;

        Close.Values(found.Read(), logits, "logits");
    }

    [TestMethod]
    public void A_recording_has_both_and_what_the_first_fires_is_what_the_second_reads()
    {
        SpikingModel model = Fit(s_able);
        SpikeRecording recording = new SpikeRecorder(model).Record(Toy.Samples(1)[0].Features);

        LayerRecording first = recording.Layers[0], second = recording.Layers[1];
        Assert.AreEqual(first.Columns * first.NeuronsPerColumn, second.InputCount);
        for (int step = 0; step < recording.Steps; step++)
        {
            int[] fired = [.. Enumerable.Range(0, second.InputCount).Where(n => first.Fired(step, n / first.NeuronsPerColumn, n % first.NeuronsPerColumn))];
            CollectionAssert.AreEqual(fired, second.Inputs(step).ToArray(), $"step {step}");
        }
        Assert.IsGreaterThan(0, second.SpikeCount.Sum());
        Assert.AreEqual(first.SpikeCount.Sum() + second.SpikeCount.Sum(), recording.Cost.Spikes);
    }

    [TestMethod]
    public void What_two_layers_cannot_be_is_said_with_the_layers_number()
    {
        static string Refusal(SpikingNetwork network) => Assert.ThrowsExactly<ArgumentException>(network.Check).Message;

        StringAssert.StartsWith(Refusal(new() { Layers = [new ColumnLayer(), new ColumnLayer { Columns = 0 }] }), "Layers[1].Columns is 0, but it must be greater than 0.");
        StringAssert.StartsWith(Refusal(new() { Layers = [] }), "Layers holds no layer, or one that is null, but a network has one layer or more;");
        StringAssert.StartsWith(
            Refusal(new() { Layers = [new ColumnLayer(), new ColumnLayer { ReceptiveField = new ReceptiveField() }] }),
            "A layer after the first has a ReceptiveField, but only the first sees an image;");
    }

    private SpikingModel Fit(SpikingNetworkOptions options) => _ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(Toy.Data(_ml)).Model;

    private static ColumnLayer Attached(ColumnLayer layer) => layer with { Learning = new Surrogate { Reset = ResetGradient.Attached } };
}
