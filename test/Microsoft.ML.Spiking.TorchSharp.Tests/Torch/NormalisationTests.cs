using Microsoft.ML.Spiking.Tests.Model;

namespace Microsoft.ML.Spiking.Tests.Torch;

/// <summary>Layers whose currents are normalised: by hand in managed code, by autograd on tensors.</summary>
[TestClass]
public class NormalisationTests
{
    private const int Inputs = 9, Batch = 7, Steps = 21;

    private static readonly ColumnLayer s_layer = new()
    {
        Columns = 5, NeuronsPerColumn = 20, Wiring = new WattsStrogatz { Neighbours = 4 }, Modulation = 0.7, Normalisation = new CurrentNormalisation { Scale = 1.5 },
    };

    public static IEnumerable<object[]> Stacks =>
    [
        ["it is the only layer", s_layer, null!, false],
        ["two layers are normalised", s_layer, s_layer with { Columns = 3, NeuronsPerColumn = 13, Wiring = new WattsStrogatz { Neighbours = 2 } }, false],
        ["the second alone is", s_layer with { Normalisation = null, ExcitatoryGain = 2, InhibitoryGain = 2 }, s_layer, false],
        ["the synapses have delays", s_layer with { Delays = [0, 3] }, s_layer with { Delays = [0, 2, 5] }, false],
        ["neurons adapt", s_layer with { Excitatory = new AdaptiveLifNeuron(), Inhibitory = new AdaptiveLifNeuron() }, s_layer, false],
        ["rows end before the last step", s_layer, s_layer with { Delays = [0, 2] }, true],
    ];

    [TestMethod]
    [DynamicData(nameof(Stacks))]
    public void Both_engines_fire_the_same_and_find_the_same_gradients(string what, ColumnLayer first, ColumnLayer? second, bool ends)
    {
        ColumnLayer[] layers = second is null ? [first] : [first, second];
        var options = new SpikingNetworkOptions
        {
            Network = new SpikingNetwork
            {
                Code = new SequenceCode { Step = new RateCode() }, TimeSteps = Steps, Layers = [.. layers],
                Readout = new Readout { HiddenUnits = 12, Dropout = 0, Layers = ReadLayers.All },
            },
            Optimiser = new AdamW { LearningRate = 1, Epsilon = 1, WeightDecay = 0, GradientNormLimit = 1e6 },
        };
        InputShape input = InputShape.Sequence(Steps, Inputs, Inputs);
        float[][] weights = [.. layers.Select((layer, i) => ColumnInitialiser.Draw(layer, options.Network.InputsOf(i, input), seed: 3 + i))];
        Stimulus[] stimuli = [.. Enumerable.Range(0, Batch).Select(sample => Spikes(sample, ends ? Steps - 2 * sample : Steps))];

        OneStep expected = OneStep.OfTorch(options, weights, Inputs, stimuli, seed: 1), actual = OneStep.OfManaged(options, weights, Inputs, stimuli, seed: 1);

        foreach (float[] accumulated in expected.Accumulated)
            Assert.IsGreaterThan(40, accumulated.Count(spikes => spikes != 0), $"all must fire for this to tell anything, where {what}");
        actual.IsNear(expected, $"where {what}");
        Assert.IsGreaterThan(1e-5f, expected.WeightChange[0].Max(MathF.Abs), "the first layer must learn for this to tell anything");
    }

    // A step, and many that move nothing but what is measured: a spike more or less is one of many thousands, but moves all that follows.
    [TestMethod]
    [DataRow(1, 0.01)]
    [DataRow(4, 1e-7)]
    public void Trained_on_either_engine_the_weights_and_biases_are_the_same(int batches, double learningRate)
    {
        SpikingNetworkOptions options = Toy.Options with
        {
            Network = Toy.Options.Network.EachLayer(layer => layer with { Normalisation = new CurrentNormalisation { Momentum = 0.4 }, Plasticity = null, StructuralPlasticity = null }) with { Code = new DirectCode() },
            Batches = batches, Optimiser = new AdamW { LearningRate = learningRate, FinalLearningRate = 0, Epsilon = 1e-3 },
        };
        SpikingModel managed = Fit(options with { Engine = TrainingEngine.Managed }), torch = Fit(options with { Engine = TrainingEngine.Torch });
        float[] expected = [.. torch.Layers[0].InputWeights, .. torch.Layers[0].Biases], actual = [.. managed.Layers[0].InputWeights, .. managed.Layers[0].Biases];
        Assert.HasCount(torch.Layers[0].Biases.Length, managed.Layers[0].Biases);
        Assert.IsGreaterThan(0.1f, managed.Layers[0].Biases.Max(MathF.Abs));
        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], actual[i], 2e-4f * (1 + Math.Abs(expected[i])), $"at {i}");
    }

    private static SpikingModel Fit(SpikingNetworkOptions options)
    {
        var ml = new MLContext(seed: 1);
        return ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(Toy.Data(ml)).Model;
    }

    private static Stimulus Spikes(int sample, int length)
    {
        var stimulus = new Stimulus(Steps);
        PoissonSampler.Draw(Enumerable.Repeat(0.4f, Inputs).ToArray(), CounterRandom.FromSeed(3).For((ulong)sample), stimulus.Fire());
        stimulus.Length = length;
        return stimulus;
    }
}
