using Microsoft.ML.Spiking.Tests.Model;

namespace Microsoft.ML.Spiking.Tests.Torch;

/// <summary>Synapses with delays, and sequences of currents, which come through them.</summary>
[TestClass]
public class DelayTests
{
    private const int Inputs = 7, Batch = 6, Steps = 23;

    private static readonly ColumnLayer s_plain = new()
    {
        Columns = 5, NeuronsPerColumn = 20, Wiring = new WattsStrogatz { Neighbours = 4 }, Modulation = 0.7, ExcitatoryGain = 2, InhibitoryGain = 2,
    };

    public static IEnumerable<object[]> Stacks =>
    [
        ["the only layer has delays", Delays(0, 1, 5), null!, false],
        ["none of its synapses is without delay", Delays(2), null!, false],
        ["a delay is longer than the sample", Delays(0, 40), null!, false],
        ["currents come through delays", Delays(0, 3), null!, true],
        ["currents come without delays", Delays(0), null!, true],
        ["the second layer has delays", Delays(0), Delays(0, 2, 4), false],
        ["both have delays, and currents come in", Delays(0, 1), Delays(1, 3), true],
        ["columns of the second drive each other", Delays(0, 3), Delays(0, 2) with { Coupling = 2 }, true],
        ["the first is a reservoir", Delays(0, 3) with { Learning = new Reservoir() }, Delays(0, 2), true],
    ];

    [TestMethod]
    [DynamicData(nameof(Stacks))]
    public void Both_engines_fire_the_same_and_find_the_same_gradients(string what, ColumnLayer first, ColumnLayer? second, bool currents)
    {
        ColumnLayer[] layers = second is null ? [first] : [first, second];
        var options = new SpikingNetworkOptions
        {
            Network = new SpikingNetwork
            {
                Code = new SequenceCode(), TimeSteps = Steps, Layers = [.. layers], Readout = new Readout { HiddenUnits = 12, Dropout = 0, Layers = ReadLayers.All },
            },
            Optimiser = new AdamW { LearningRate = 1, Epsilon = 1, WeightDecay = 0, GradientNormLimit = 1e6 },
        };
        InputShape input = InputShape.Sequence(Steps, Inputs, Inputs);
        float[][] weights = [.. layers.Select((layer, i) => ColumnInitialiser.Draw(layer, options.Network.InputsOf(i, input), seed: 3 + i))];
        Stimulus[] stimuli = [.. Enumerable.Range(0, Batch).Select(sample => currents ? Currents(sample) : Spikes(sample))];

        OneStep expected = OneStep.OfTorch(options, weights, Inputs, stimuli, seed: 1), actual = OneStep.OfManaged(options, weights, Inputs, stimuli, seed: 1);

        foreach (float[] accumulated in expected.Accumulated)
            Assert.IsGreaterThan(40, accumulated.Count(spikes => spikes != 0), $"all must fire for this to tell anything, where {what}");
        actual.IsNear(expected, $"where {what}");
        if (first.Learning is Surrogate) Assert.IsGreaterThan(1e-5f, expected.WeightChange[0].Max(MathF.Abs), "the first layer must learn for this to tell anything");
    }

    private static ColumnLayer Delays(params int[] delays) => s_plain with { Delays = [.. delays] };

    private static Stimulus Spikes(int sample)
    {
        var stimulus = new Stimulus(Steps);
        PoissonSampler.Draw(Enumerable.Repeat(0.4f, Inputs).ToArray(), CounterRandom.FromSeed(3).For((ulong)sample), stimulus.Fire());
        return stimulus;
    }

    private static Stimulus Currents(int sample)
    {
        CounterRandom random = CounterRandom.FromSeed(5).For((ulong)sample);
        float[] x = [.. Enumerable.Range(0, Steps * Inputs).Select(i => (float)random.Uniform((ulong)i) * 2 - 0.5f)];
        var stimulus = new Stimulus(Steps);
        new SequenceCode().Encode(x, [], default, stimulus);
        return stimulus;
    }
}
