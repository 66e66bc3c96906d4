using CsCheck;

namespace Microsoft.ML.Spiking.Tests.Kernels;

/// <summary>What holds of a batch's spikes whatever their probabilities, at every width of the processor.</summary>
[TestClass]
public class PoissonKernelPropertyTests
{
    private static readonly Gen<(float[] Probabilities, int Batch, int Steps, int Seed)> s_batches =
        Gen.Select(Gen.Frequency((1, Gen.Const(0f)), (1, Gen.Const(1f)), (3, Gen.Float.Unit)).Array[1, 40], Gen.Int[1, 140], Gen.Int[1, 12], Gen.Int);

    [TestMethod]
    public void A_probability_of_0_never_spikes_and_one_of_1_always_does_and_lanes_beyond_the_batch_are_silent() => Property.ForAll(s_batches, drawn =>
    {
        ushort[]? first = null;
        foreach (BatchKernels kernels in BatchKernels.Supported)
        {
            PackedSpikes spikes = Draw(kernels, drawn.Probabilities, drawn.Batch, drawn.Steps, drawn.Seed);
            ushort[] words = Words(spikes);
            CollectionAssert.AreEqual(first ??= words, words, $"{kernels.Name} draws what the others do");
            for (int sample = 0; sample < spikes.Blocks * PackedSpikes.Lanes; sample++)
            {
                for (int input = 0; input < drawn.Probabilities.Length; input++)
                {
                    int count = Enumerable.Range(0, drawn.Steps).Count(step => Fires(spikes, words, step, input, sample));
                    if (drawn.Probabilities[input] == 0 || sample >= drawn.Batch) Assert.AreEqual(0, count, $"input {input} of sample {sample}");
                    else if (drawn.Probabilities[input] == 1) Assert.AreEqual(drawn.Steps, count, $"input {input} of sample {sample}");
                }
            }
        }
    }, times: 30);

    [TestMethod]
    public void Rates_lie_within_binomial_bounds_of_their_probabilities() => Property.ForAll(Gen.Select(Gen.Float.Unit, Gen.Int), drawn =>
    {
        const int inputs = 14, batch = 130, steps = 5;
        var (probability, seed) = drawn;
        PackedSpikes spikes = Draw(BatchKernels.Fastest, [.. Enumerable.Repeat(probability, inputs)], batch, steps, seed);
        int count = Words(spikes).Sum(word => ushort.PopCount(word));
        // A probability is a multiple of 2⁻¹⁶.
        Assert.AreEqual(inputs * batch * steps * (double)probability, count, Property.BinomialMargin(inputs * batch * steps, probability) + 1);
    });

    private static PackedSpikes Draw(BatchKernels kernels, float[] probabilities, int batch, int steps, int seed)
    {
        var spikes = new PackedSpikes(steps, probabilities.Length, batch);
        var thresholds = new PoissonThresholds(spikes);
        for (int sample = 0; sample < batch; sample++) thresholds.Set(sample, probabilities);
        kernels.Draw(thresholds, CounterRandom.FromSeed(seed), spikes);
        return spikes;
    }

    private static unsafe ushort[] Words(PackedSpikes spikes)
        => new ReadOnlySpan<ushort>(spikes.Block(0), spikes.Blocks * spikes.Steps * spikes.Words * PackedSpikes.Lanes).ToArray();

    private static bool Fires(PackedSpikes spikes, ushort[] words, int step, int input, int sample)
    {
        int block = sample / PackedSpikes.Lanes, lane = sample % PackedSpikes.Lanes;
        return (words[((block * spikes.Steps + step) * spikes.Words + input / PackedSpikes.WordInputs) * PackedSpikes.Lanes + lane] >> input % PackedSpikes.WordInputs & 1) != 0;
    }
}
