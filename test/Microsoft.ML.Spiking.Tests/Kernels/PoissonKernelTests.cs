namespace Microsoft.ML.Spiking.Tests.Kernels;

[TestClass]
public class PoissonKernelTests
{
    private const int Inputs = 30, Steps = 400, Batch = 150;

    [TestMethod]
    [RequiresAvx512]
    public void Inputs_spike_as_often_as_their_probability_says()
    {
        PackedSpikes spikes = Draw(1);
        for (int input = 0; input < Inputs; input++)
        {
            double p = Probability(input), count = 0, draws = Steps * Batch;
            for (int sample = 0; sample < Batch; sample++)
                for (int step = 0; step < Steps; step++) count += Spike(spikes, step, input, sample);
            Assert.AreEqual(p, count / draws, 4.5 * Math.Sqrt(p * (1 - p) / draws), $"input {input}");
        }
    }

    [TestMethod]
    [RequiresAvx512]
    public void Spikes_of_neighbours_in_time_among_inputs_and_among_samples_are_independent()
    {
        PackedSpikes spikes = Draw(2);
        double step = 0, input = 0, sample = 0, draws = 100 * (Steps - 1);
        for (int b = 0; b < 100; b++)
        {
            for (int t = 1; t < Steps; t++)
            {
                step += Spike(spikes, t - 1, 15, b) & Spike(spikes, t, 15, b);
                input += Spike(spikes, t, 15, b) & Spike(spikes, t, 14, b);
                sample += Spike(spikes, t, 15, b) & Spike(spikes, t, 15, b + 1);
            }
        }
        double p = Probability(15), both = p * p, q = Probability(14) * p;
        Assert.AreEqual(both, step / draws, 4.5 * Math.Sqrt(both * (1 - both) / draws), "in time");
        Assert.AreEqual(q, input / draws, 4.5 * Math.Sqrt(q * (1 - q) / draws), "among inputs");
        Assert.AreEqual(both, sample / draws, 4.5 * Math.Sqrt(both * (1 - both) / draws), "among samples");
    }

    [TestMethod]
    [RequiresAvx512]
    public unsafe void One_source_draws_one_batch_and_lanes_beyond_it_are_silent()
    {
        PackedSpikes one = Draw(3), same = Draw(3), other = Draw(4);
        Assert.IsTrue(All(one).SequenceEqual(All(same)));
        Assert.IsFalse(All(one).SequenceEqual(All(other)));
        for (int i = 0; i < All(one).Length / 2; i++)
            if (i % PackedSpikes.Lanes >= Batch - PackedSpikes.Lanes) Assert.AreEqual(0, one.Block(1)[i]);
    }

    /// <summary>0 and 1 at the ends, which must mean never and always.</summary>
    private static float Probability(int input) => input / (Inputs - 1f);

    private static PackedSpikes Draw(int seed)
    {
        var spikes = new PackedSpikes(Steps, Inputs, Batch);
        var thresholds = new PoissonThresholds(spikes);
        float[] probabilities = [.. Enumerable.Range(0, Inputs).Select(Probability)];
        for (int sample = 0; sample < Batch; sample++) thresholds.Set(sample, probabilities);
        PoissonKernel.Draw(thresholds, CounterRandom.FromSeed(seed), spikes);
        return spikes;
    }

    private static unsafe ReadOnlySpan<ushort> All(PackedSpikes spikes) => new(spikes.Block(0), 2 * Steps * spikes.Words * PackedSpikes.Lanes);

    private static unsafe int Spike(PackedSpikes spikes, int step, int input, int sample)
        => spikes.Block(sample / PackedSpikes.Lanes)[(step * spikes.Words + input / 12) * PackedSpikes.Lanes + sample % PackedSpikes.Lanes] >> input % 12 & 1;
}
