using CsCheck;

namespace Microsoft.ML.Spiking.Tests.Torch;

/// <summary>On the same spikes both engines do the same and teach the same, whatever the network.</summary>
[TestClass]
public class EnginePropertyTests
{
    private const int Inputs = 15, Batch = 6;

    // So long that what the gradient makes of a weight is not lost beside the weight.
    private static readonly AdamW s_longSteps = ColumnEngineTests.Options.Optimiser with { LearningRate = 1000 };

    private static readonly Gen<(SpikingNetworkOptions Options, float Probability, float[] RowWeights, int Seed)> s_cases =
        from network in Networks.Of(Gen.Const<SpikeCode?>(new RateCode()))
        from probability in Gen.Float[0.1f, 0.9f]
        from smoothing in Gen.Double[0, 0.5]
        from weights in Gen.Float[0.1f, 3].Array[Batch]
        from seed in Gen.Int[0, int.MaxValue]
        // What forms and goes is decided by one and the same code, which a last digit may sway; and normalised currents have their last digits from sums that
        // torch makes in another order, so that some case fires a spike more (NormalisationTests has cases of its own). Where modulation is 1 and two columns are
        // heard by a half each, a spike may count nothing at all, and a last digit decides which sign of a count the budget pulls at.
        let steady = network.EachLayer(layer => layer with { StructuralPlasticity = null, Normalisation = null, Modulation = 0.97 * layer.Modulation })
        // Between what six rows' spikes come to: at the budget itself a last digit decides.
        from budget in Gen.Int[1, 60].Select(spikes => spikes + 0.05)
        select (ColumnEngineTests.Options with { Network = steady, LabelSmoothing = smoothing, SpikeBudget = new SpikeBudget { SpikesPerRow = budget }, Optimiser = s_longSteps }, probability, weights, seed);

    [TestMethod]
    public void Both_engines_fire_the_same_and_find_the_same_gradients() => Property.ForAll(s_cases, drawn =>
    {
        SpikingNetwork network = drawn.Options.Network;
        float[][] weights = [.. network.ColumnLayers.Select((layer, i) => ColumnInitialiser.Draw(layer, network.InputsOf(i, InputShape.Sequence(1, Inputs, Inputs)), drawn.Seed + i))];
        Stimulus[] stimuli = [.. Enumerable.Range(0, Batch).Select(sample =>
        {
            var stimulus = new Stimulus(network.TimeSteps);
            PoissonSampler.Draw([.. Enumerable.Repeat(drawn.Probability, Inputs)], CounterRandom.FromSeed(drawn.Seed).For((ulong)sample), stimulus.Fire());
            return stimulus;
        })];
        OneStep expected = OneStep.OfTorch(drawn.Options, weights, Inputs, stimuli, drawn.Seed, rowWeights: drawn.RowWeights);
        OneStep.OfManaged(drawn.Options, weights, Inputs, stimuli, drawn.Seed, rowWeights: drawn.RowWeights).IsNear(expected, rounding: 5e-7f);
    }, times: 40, drawn => $"{Networks.Text(drawn.Options.Network)}, {drawn.Options.LabelSmoothing}, {drawn.Probability}, [{string.Join(", ", drawn.RowWeights)}], {drawn.Seed}");
}
