using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Engines;

/// <summary>Where the columns learn, the loss's gradient goes on through the spikes of the input to the scale that they are drawn with.</summary>
[TestClass]
public class InputScaleTests
{
    private static readonly SpikingNetworkOptions s_one = new()
    {
        Network = new SpikingNetwork
        {
            TimeSteps = 1,
            Readout = new Readout { HiddenUnits = 0 },
            Code = new SigmoidCode { InputScale = 0, Mean = 0, Deviation = 1 },
            Layers =
            [
                new ColumnLayer
                {
                    Columns = 1,
                    NeuronsPerColumn = 1,
                    ExcitatoryFraction = 1,
                    Wiring = new WattsStrogatz { Neighbours = 0 },
                    Learning = new Surrogate { Gradient = new StraightThrough() },
                    Modulation = 0,
                    Plasticity = null,
                    StructuralPlasticity = null,
                },
            ],
        },
    };

    [TestMethod]
    [DataRow("torch")]
    [DataRow("CPU")]
    public void A_weight_of_a_half_passes_half_of_the_probabilitys_slope_on(string engine)
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        using var network = new NetworkTensors(s_one.Network, inputs: 1, classes: 2, seed: 1, CPU);
        using TrainingEngine columns = Create(engine, s_one, weight: 0.5f);

        IReadOnlyList<LayerPass> passes = columns.Run(network, [0], CounterRandom.FromSeed(1));
        passes[0].Accumulated.sum().backward();
        columns.Backward(network, passes);

        // One step, ∂spike/∂current = 1. p = ½ · sigmoid(scale · x), of slope ½ · ¼ · x = 0.125 at scale 0 and x = 1.
        Close.Values([0.5f * 0.125f], network.InputScale!.grad!.Read(), "gradient of the input scale");
    }

    [TestMethod]
    [DataRow("torch")]
    [DataRow("CPU")]
    public void What_training_shows_follows_the_scale(string engine)
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        SpikingNetworkOptions options = s_one with { Network = s_one.Network with { Code = new SigmoidCode { MaximumProbability = 1, Mean = 0, Deviation = 1 } } };
        using var network = new NetworkTensors(options.Network, inputs: 1, classes: 2, seed: 1, CPU);
        using TrainingEngine columns = Create(engine, options, weight: 5);
        float Spikes(float scale, ulong batch)
        {
            network.InputScale!.Set([scale]);
            return columns.Run(network, [0, 0, 0], CounterRandom.FromSeed(1).For(batch))[0].Accumulated.Read().Sum();
        }

        CollectionAssert.AreEqual(new float[] { 3, 0, 3 }, new[] { Spikes(100, 1), Spikes(-100, 2), Spikes(100, 3) });
    }

    [TestMethod]
    public void Given_the_same_spikes_both_engines_find_the_same_gradient()
    {
        const int Inputs = 15, Batch = 6, Steps = 25;
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        SpikingNetworkOptions options = new() { Network = new SpikingNetwork { TimeSteps = Steps, Code = new SigmoidCode(), Layers = [new ColumnLayer { Columns = 5, NeuronsPerColumn = 20, Wiring = new WattsStrogatz { Neighbours = 4 }, Modulation = 0.7 }] } };
        var random = CounterRandom.FromSeed(3);
        float[] scale = [.. Enumerable.Range(0, Inputs).Select(i => 0.2f + 0.1f * i)], features = [.. Enumerable.Range(0, Batch * Inputs).Select(i => (float)random.Normal((ulong)i))];
        float[] weights = ColumnInitialiser.Draw(options.Network.ColumnLayers[0], Inputs, seed: 2);
        var encoder = new SampleEncoder(options.Network, new Standardisation(0, 1), scale);
        Stimulus[] stimuli = [.. Enumerable.Range(0, Batch).Select(sample =>
        {
            var stimulus = new Stimulus(Steps);
            encoder.Train([.. features.Skip(sample * Inputs).Take(Inputs)], random.For((ulong)sample), stimulus);
            return stimulus;
        })];
        using var torch = new TorchEngine(options.Network, [weights], Inputs, samples: null, CPU);
        using var cpu = new CpuEngine(options.Network, [weights], Inputs, encoder, samples: null, Steps);
        float[] Gradient(TrainingEngine columns, Func<NetworkTensors, IReadOnlyList<LayerPass>> run)
        {
            using var network = new NetworkTensors(options.Network, Inputs, classes: 3, seed: 1, CPU);
            network.InputScale!.Set(scale);
            new Learner(network, options, columns).Learn(run(network), tensor([0L, 1, 2, 0, 1, 2]));
            return network.InputScale!.grad!.Read();
        }

        float[] expected = Gradient(torch, network => torch.Run(network, stimuli.ToDense(Inputs), options.Network.ChosenCode.Probability(tensor(features, [Batch, Inputs]), network.InputScale)));
        float[] actual = Gradient(cpu, network => cpu.Run(network, stimuli, Batch));
        float largest = expected.Max(MathF.Abs);
        Assert.IsGreaterThan(1e-4f, largest, "the scale must matter for this to tell anything");
        for (int i = 0; i < Inputs; i++) Assert.AreEqual(expected[i], actual[i], 1e-4 * largest, $"input {i}");
    }

    [TestMethod]
    public void Training_moves_the_scale_and_a_reservoir_leaves_it_alone()
    {
        var ml = new MLContext(seed: 1);
        float[] Scale(ColumnLearning learning)
            => [.. ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Able with { Network = Toy.Able.Network.EachLayer(layer => layer with { Learning = learning }) with { Code = new SigmoidCode() } }).Fit(Toy.Data(ml)).Model.InputScale];

        float[] reservoir = Scale(new Reservoir()), learnt = Scale(new Surrogate());
        CollectionAssert.AreEqual(Enumerable.Repeat(0.5f, Toy.Inputs).ToArray(), reservoir);
        Assert.IsTrue(learnt.All(scale => Math.Abs(scale - 0.5f) > 1e-4f), string.Join(' ', learnt));
    }

    /// <summary>An engine whose only row has the feature 1.</summary>
    private static TrainingEngine Create(string engine, SpikingNetworkOptions options, float weight)
    {
        var encoder = new SampleEncoder(options.Network, new Standardisation(0, 1), new[] { (float)options.Network.ChosenCode.InitialInputScale! });
        var samples = new IntensitySamples(InputShape.Intensities(1));
        samples.Add([1], label: 0);
        return engine == "torch"
            ? new TorchEngine(options.Network, [[weight]], inputs: 1, samples.ToDevice(encoder, CPU), CPU)
            : new CpuEngine(options.Network, [[weight]], inputs: 1, encoder, samples, steps: 1);
    }
}
