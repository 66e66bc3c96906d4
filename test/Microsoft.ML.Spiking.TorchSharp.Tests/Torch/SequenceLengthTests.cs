using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Torch;

/// <summary>Sequences that end before their column, and readouts that tell early from late.</summary>
[TestClass]
public class SequenceLengthTests
{
    private const int Inputs = 7, Batch = 6, Steps = 23;

    private static readonly ColumnLayer s_plain = new()
    {
        Columns = 5, NeuronsPerColumn = 20, Wiring = new WattsStrogatz { Neighbours = 4 }, Modulation = 0.7, ExcitatoryGain = 2, InhibitoryGain = 2,
    };

    public static IEnumerable<object[]> Cases =>
    [
        ["rows end early", true, 1, s_plain, null!],
        ["the readout has windows", false, 4, s_plain, null!],
        ["there are more windows than steps of some rows", true, 9, s_plain, null!],
        ["rows end early and come through delays", true, 3, s_plain with { Delays = [0, 2, 5] }, null!],
        ["columns drive each other", true, 3, s_plain with { Coupling = 2 }, null!],
        ["neurons adapt", true, 2, Adaptive(), null!],
        ["nobody pulls the rates", true, 2, s_plain with { Homeostasis = null }, null!],
        ["resets are differentiated", true, 2, s_plain with { Learning = new Surrogate { Reset = ResetGradient.Attached } }, null!],
        ["there are two layers, and the readout reads both", true, 3, s_plain with { Delays = [0, 3] }, s_plain with { Delays = [0, 1] }],
        ["columns of the second layer drive each other", true, 2, s_plain, s_plain with { Coupling = 1.5, Plasticity = new ProductStdp() }],
        ["the layer is a reservoir", true, 3, s_plain with { Learning = new Reservoir() }, null!],
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Both_engines_fire_the_same_and_find_the_same_gradients(string what, bool isShort, int windows, ColumnLayer first, ColumnLayer? second)
    {
        WindowPooling[] poolings = windows == 1 ? [WindowPooling.Concatenate] : Enum.GetValues<WindowPooling>();
        foreach (var (read, timeConstant, pooling) in from read in Enum.GetValues<ReadLayers>() from time in (double?[])[null, 2.5] from pool in poolings select (read, time, pool))
        {
            ColumnLayer[] layers = second is null ? [first] : [first, second];
            var options = new SpikingNetworkOptions
            {
                Network = new SpikingNetwork
                {
                    Code = new SequenceCode(), TimeSteps = Steps, Layers = [.. layers],
                    Readout = new Readout { HiddenUnits = 12, Dropout = 0, Layers = read, Windows = windows, TimeConstant = timeConstant, Pooling = pooling },
                },
                SpikeBudget = read == ReadLayers.Last ? new SpikeBudget { SpikesPerRow = 5 } : null,
                Optimiser = new AdamW { LearningRate = 1, Epsilon = 1, WeightDecay = 0, GradientNormLimit = 1e6 },
            };
            InputShape input = InputShape.Sequence(Steps, Inputs, Inputs);
            float[][] weights = [.. layers.Select((layer, i) => ColumnInitialiser.Draw(layer, options.Network.InputsOf(i, input), seed: 3 + i))];
            Stimulus[] stimuli = [.. Enumerable.Range(0, Batch).Select(sample => Row(sample, isShort))];

            OneStep expected = OneStep.OfTorch(options, weights, Inputs, stimuli, seed: 1), actual = OneStep.OfManaged(options, weights, Inputs, stimuli, seed: 1);

            foreach (float[] accumulated in expected.Accumulated)
                Assert.IsGreaterThan(40, accumulated.Count(spikes => spikes != 0), $"all must fire for this to tell anything, where {what}");
            actual.IsNear(expected, $"where {what}, and the readout is of {pooling}");
            if (first.Learning is Surrogate) Assert.IsGreaterThan(1e-5f, expected.WeightChange[0].Max(MathF.Abs), "the first layer must learn for this to tell anything");
        }
    }

    [TestMethod]
    public void Rows_that_end_early_are_shown_alike_by_both_engines()
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        SpikingNetwork whole = new() { Code = new SequenceCode { Step = new TopKCode { Fraction = 0.5, MinimumIntensity = 0 } } };
        var samples = new IntensitySamples(InputShape.Sequence(Steps, Inputs, Inputs));
        for (int sample = 0; sample < Batch; sample++) samples.Add(Features(sample, isShort: true), label: 0);
        var encoder = new SampleEncoder(whole, Standardisation.None, default);
        using DeviceSamples device = DeviceSamples.Of(samples, encoder, CPU);
        using var network = new NetworkTensors(whole, Inputs, classes: 2, seed: 1, CPU);

        ShownBatch shown = device.Draw(network.ForCode(), arange(Batch, int64), CounterRandom.FromSeed(1));

        Stimulus[] stimuli = [.. Enumerable.Range(0, Batch).Select(_ => new Stimulus(Steps))];
        for (int sample = 0; sample < Batch; sample++) samples.Draw(encoder, sample, default, stimuli[sample]);
        CollectionAssert.AreEqual(stimuli.There()!.Read(), shown.There!.Read());
        CollectionAssert.AreEqual(stimuli.ToDense(Inputs).Read(), shown.Input.Read());
    }

    private static ColumnLayer Adaptive() => s_plain with
    {
        Excitatory = new AdaptiveLifNeuron { MembraneTimeConstant = 5, Threshold = 1.5f }, Inhibitory = new AdaptiveLifNeuron { MembraneTimeConstant = 4, Threshold = 1.2f },
    };

    private static Stimulus Row(int sample, bool isShort)
    {
        var stimulus = new Stimulus(Steps);
        new SequenceCode().Encode(Features(sample, isShort), [], default, stimulus);
        return stimulus;
    }

    /// <summary>Of 23, 20, 17 and so on of 23 steps.</summary>
    private static float[] Features(int sample, bool isShort)
    {
        CounterRandom random = CounterRandom.FromSeed(5).For((ulong)sample);
        int length = isShort ? Steps - 3 * sample : Steps;
        return [.. Enumerable.Range(0, Steps * Inputs).Select(i => i < length * Inputs ? (float)random.Uniform((ulong)i) * 2 - 0.5f : float.NaN)];
    }
}
