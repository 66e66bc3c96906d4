using CsCheck;

namespace Microsoft.ML.Spiking.Tests.Torch;

/// <summary>Managed code and tensors do the same and teach the same where layers are convolutions.</summary>
[TestClass]
public class ConvolutionEngineTests
{
    private const int Batch = 6;

    private static readonly Gen<(SpikingNetworkOptions Options, int[] Image, bool Held, bool Shorter, int Seed)> s_cases =
        from network in Networks.Convolutional(Gen.Const<SpikeCode?>(new DirectCode { Gain = 1 }))
        from image in Gen.OneOf(Gen.Int[1, 6].Array[2], Gen.Select(Gen.Int[4, 6], Gen.Int[4, 6], Gen.Int[2, 3]).Select((height, width, channels) => (int[])[height, width, channels]), Gen.Select(Gen.Int[2, 3], Gen.Int[1, 6], Gen.Int[1, 6]).Select((channels, height, width) => (int[])[channels, height, width]))
        from held in Gen.Bool
        from shorter in Gen.Bool
        from smoothing in Gen.Double[0, 0.5]
        from budget in Gen.Int[1, 60].Select(spikes => spikes + 0.05)
        from seed in Gen.Int[0, int.MaxValue]
        // As EnginePropertyTests have it.
        let steady = network.EachLayer(layer => layer with { StructuralPlasticity = null, Normalisation = null, Modulation = 0.97 * layer.Modulation })
        let plain = steady with { Layers = [.. steady.Layers.Select(layer => layer is ConvolutionLayer maps ? maps with { Normalisation = null } : layer)] }
        select (ColumnEngineTests.Options with { Network = plain, LabelSmoothing = smoothing, SpikeBudget = new SpikeBudget { SpikesPerRow = budget }, Optimiser = ColumnEngineTests.Options.Optimiser with { LearningRate = 1000 } }, image, held, shorter, seed);

    private static readonly ConvolutionLayer s_maps = new() { Channels = 5, KernelHeight = 3, KernelWidth = 3, Gain = 2 };

    [TestMethod]
    public void Both_engines_fire_the_same_and_find_the_same_gradients() => Property.ForAll(s_cases, drawn =>
    {
        InputShape input = InputShape.Intensities(drawn.Image);
        Agree(drawn.Options, input, Stimuli(drawn.Options.Network.TimeSteps, input.Features, drawn.Held, drawn.Shorter, drawn.Seed), drawn.Seed);
    }, times: 80, drawn => $"{Networks.Text(drawn.Options.Network)}, {drawn.Options.LabelSmoothing}, {drawn.Options.SpikeBudget}, [{string.Join(", ", drawn.Image)}], {drawn.Held}, {drawn.Shorter}, {drawn.Seed}");

    [TestMethod]
    [DataRow(true, false)]
    [DataRow(false, false)]
    [DataRow(false, true)]
    public void Normalised_currents_fire_the_same_and_teach_the_same(bool held, bool shorter)
    {
        CurrentNormalisation rule = new() { Scale = 1.2, Momentum = 0.3 };
        InputShape input = InputShape.Intensities(2, 9, 7);
        SpikingNetworkOptions options = ColumnEngineTests.Options with
        {
            Network = ColumnEngineTests.Options.Network with
            {
                TimeSteps = 6, Code = new DirectCode { Gain = 1 }, Layers = [s_maps with { Normalisation = rule }, s_maps with { Normalisation = rule, PoolingWidth = 1, Delays = [0, 2] }, ColumnEngineTests.Options.Network.Layers[0]],
            },
        };

        OneStep found = Agree(options, input, Stimuli(6, input.Features, held, shorter, seed: 3), seed: 3);

        Assert.HasCount(2 * (4 * s_maps.Channels + 1), found.Normalisation);
        Assert.IsGreaterThan(1e-3f, found.WeightChange[0].Max(MathF.Abs), "the maps must learn for this to tell anything");
    }

    [TestMethod]
    [DataRow(1, 5, 4)]
    [DataRow(1, 3, 1)]
    public void The_scale_of_the_inputs_learns_through_convolutions(int channels, int height, int width)
    {
        InputShape input = InputShape.Intensities(channels, height, width);
        SpikingNetworkOptions options = ColumnEngineTests.Options with
        {
            Network = ColumnEngineTests.Options.Network with { TimeSteps = 5, Code = new SigmoidCode { Mean = 0, Deviation = 1 }, Layers = [s_maps, s_maps] },
        };
        CounterRandom random = CounterRandom.FromSeed(2);
        float[] features = [.. Enumerable.Range(0, Batch * input.Features).Select(i => (float)random.Normal((ulong)i))], scale = [.. Enumerable.Range(0, input.Features).Select(i => 0.5f + 0.1f * i)];
        Stimulus[] stimuli = Stimuli(5, input.Features, held: false, shorter: false, seed: 7);
        for (int sample = 0; sample < Batch; sample++) stimuli[sample].Keep(features.AsSpan(sample * input.Features, input.Features));
        float[][] weights = Rounded(Drawn.InputWeights(options.Network, input, seed: 7));

        OneStep expected = OneStep.OfTorch(options, weights, LayerInput.Of(input), stimuli, seed: 7, scale: scale, features: features);
        OneStep found = OneStep.OfManaged(options, weights, LayerInput.Of(input), stimuli, seed: 7, encoder: new SampleEncoder(options.Network, Standardisation.None, scale), scale: scale);

        found.IsNear(expected);
        Assert.IsGreaterThan(1e-4f, found.ScaleGradient.Max(MathF.Abs));
    }

    private static OneStep Agree(SpikingNetworkOptions options, InputShape input, Stimulus[] stimuli, int seed)
    {
        float[][] weights = Rounded(Drawn.InputWeights(options.Network, input, seed));
        OneStep expected = OneStep.OfTorch(options, weights, LayerInput.Of(input), stimuli, seed), found = OneStep.OfManaged(options, weights, LayerInput.Of(input), stimuli, seed);
        found.IsNear(expected, rounding: 5e-7f);
        return found;
    }

    /// <summary>Multiples of a power of 2, which add up to the same in any order.</summary>
    private static float[][] Rounded(float[][] weights) => [.. weights.Select(layer => Array.ConvertAll(layer, weight => MathF.Round(weight * 64) / 64))];

    private static Stimulus[] Stimuli(int steps, int inputs, bool held, bool shorter, int seed) => [.. Enumerable.Range(0, Batch).Select(sample =>
    {
        CounterRandom random = CounterRandom.FromSeed(seed).For((ulong)sample);
        var stimulus = new Stimulus(steps);
        float[] pixels = [.. Enumerable.Range(0, inputs).Select(i => MathF.Round((float)random.Uniform((ulong)i) * 16) / 16)];
        if (held)
        {
            stimulus.Hold(pixels);
            return stimulus;
        }
        SpikeTrain train = stimulus.Fire();
        stimulus.Length = shorter ? Math.Max(1, steps - sample) : steps;
        for (int step = 0; step < stimulus.Length; step++, train.NextStep())
            for (int input = 0; input < inputs; input++)
                if (random.Uniform((ulong)(inputs * (step + 1) + input)) < 0.5) train.Add(input);
        train.End();
        return stimulus;
    })];
}
