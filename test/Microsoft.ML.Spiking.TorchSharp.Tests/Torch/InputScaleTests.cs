using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Torch;

/// <summary>Where the columns learn, the loss's gradient goes on through the spikes of the input to the scale that they are drawn with.</summary>
[TestClass]
public class InputScaleTests
{
    // One step, ∂spike/∂current = 1, a weight of ½. p = ½ · sigmoid(scale · x), of slope ½ · ¼ · x = 0.125 at scale 0 and x = 1.
    private const float Slope = 0.5f * 0.125f;

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
    public void A_weight_of_a_half_passes_half_of_the_probabilitys_slope_on_by_tensors()
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        using var network = new NetworkTensors(s_one.Network, inputs: 1, classes: 2, seed: 1, CPU);
        var (samples, encoder) = Shown(s_one);
        using var columns = new TorchEngine(s_one.Network, [[0.5f]], inputs: 1, DeviceSamples.Of(samples, encoder, CPU), CPU);

        columns.Backward(columns.Run(network, tensor([0L]), CounterRandom.FromSeed(1))[0].Accumulated().sum());

        Close.Values([Slope], network.InputScale!.grad!.Read(), "gradient of the input scale");
    }

    [TestMethod]
    public void And_by_arrays()
    {
        var network = new NetworkArrays(s_one.Network, inputs: 1, classes: 2, seed: 1);
        var (samples, encoder) = Shown(s_one);
        var columns = new CpuEngine(s_one.Network, [[0.5f]], inputs: 1, encoder, samples, steps: 1);

        IReadOnlyList<LayerActivity> layers = columns.Run(network, [0], CounterRandom.FromSeed(1));
        layers[0].Gradient.Values.Span.Fill(1);
        columns.Backward(network, layers);

        Close.Values([Slope], network.InputScale!.Gradient.Span.ToArray(), "gradient of the input scale");
    }

    [TestMethod]
    [DataRow(true, DisplayName = "tensors")]
    [DataRow(false, DisplayName = "arrays")]
    public void What_training_shows_follows_the_scale(bool byTensors)
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        SpikingNetworkOptions options = s_one with { Network = s_one.Network with { Code = new SigmoidCode { MaximumProbability = 1, Mean = 0, Deviation = 1 } } };
        var (samples, encoder) = Shown(options);
        using var tensors = new NetworkTensors(options.Network, inputs: 1, classes: 2, seed: 1, CPU);
        using var torch = new TorchEngine(options.Network, [[5]], inputs: 1, DeviceSamples.Of(samples, encoder, CPU), CPU);
        var arrays = new NetworkArrays(options.Network, inputs: 1, classes: 2, seed: 1);
        var cpu = new CpuEngine(options.Network, [[5]], inputs: 1, encoder, samples, steps: 1);
        float Spikes(float scale, ulong batch)
        {
            CounterRandom noise = CounterRandom.FromSeed(1).For(batch);
            tensors.InputScale!.Set([scale]);
            arrays.InputScale!.Weights.Span[0] = scale;
            return (byTensors ? torch.Run(tensors, zeros(3, int64), noise)[0].Accumulated().Read() : cpu.Run(arrays, [0, 0, 0], noise)[0].Accumulated.ToArray()).Sum();
        }

        CollectionAssert.AreEqual(new float[] { 3, 0, 3 }, new[] { Spikes(100, 1), Spikes(-100, 2), Spikes(100, 3) });
    }

    [TestMethod]
    public void Given_the_same_spikes_both_engines_find_the_same_gradient()
    {
        const int Inputs = 15, Batch = 6, Steps = 25;
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

        OneStep expected = OneStep.OfTorch(options, [weights], Inputs, stimuli, seed: 1, scale: scale, features: features);
        Assert.IsGreaterThan(1e-4f, expected.ScaleGradient.Max(MathF.Abs), "the scale must matter for this to tell anything");
        OneStep.OfManaged(options, [weights], Inputs, stimuli, seed: 1, encoder: encoder, scale: scale).IsNear(expected);
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

    /// <summary>One row, of the feature 1.</summary>
    private static (IntensitySamples Samples, SampleEncoder Encoder) Shown(SpikingNetworkOptions options)
    {
        var samples = new IntensitySamples(InputShape.Intensities(1));
        samples.Add([1], label: 0);
        return (samples, new SampleEncoder(options.Network, new Standardisation(0, 1), new[] { (float)options.Network.ChosenCode.InitialInputScale! }));
    }
}
