namespace Microsoft.ML.Spiking.Tests.Kernels;

[TestClass]
public class PoissonKernelTests
{
    private const int Inputs = 30, Steps = 400, Batch = 150;

    [TestMethod]
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
    public unsafe void One_source_draws_one_batch_and_lanes_beyond_it_are_silent()
    {
        PackedSpikes one = Draw(3), same = Draw(3), other = Draw(4);
        Assert.IsTrue(All(one).SequenceEqual(All(same)));
        Assert.IsFalse(All(one).SequenceEqual(All(other)));
        for (int i = 0; i < All(one).Length / 2; i++)
            if (i % PackedSpikes.Lanes >= Batch - PackedSpikes.Lanes) Assert.AreEqual(0, one.Block(1)[i]);
    }

    [TestMethod]
    public void Every_width_draws_the_bits_of_the_generator_one_by_one()
    {
        ushort[] expected = OneByOne(CounterRandom.FromSeed(5));
        foreach (BatchKernels kernels in BatchKernels.Supported)
        {
            PackedSpikes spikes = Draw(5, kernels);
            Assert.IsTrue(All(spikes).SequenceEqual(expected), kernels.Name);
        }
    }

    /// <summary>xoshiro256++ as its authors write it, a generator at a time.</summary>
    private static ushort[] OneByOne(CounterRandom source)
    {
        const int Blocks = 2, Words = 3;
        var words = new ushort[Blocks * Steps * Words * PackedSpikes.Lanes];
        for (int part = 0; part < Blocks * Words * PackedSpikes.Lanes / 4; part++)
        {
            int block = part / (Words * 32), word = part / 32 % Words, generator = part % 32;
            CounterRandom seeds = source.For((ulong)((block * Words + word) * 4 + generator / 8));
            ulong[] s = [.. Enumerable.Range(0, 4).Select(k => seeds.Bits((ulong)(8 * k + generator % 8)))];
            for (int step = 0; step < Steps; step++)
            {
                for (int input = word * 12; input < Math.Min(Inputs, word * 12 + 12); input++)
                {
                    ulong draw = ulong.RotateLeft(s[0] + s[3], 23) + s[0], t = s[1] << 17;
                    s[2] ^= s[0];
                    s[3] ^= s[1];
                    s[1] ^= s[2];
                    s[0] ^= s[3];
                    s[2] ^= t;
                    s[3] = ulong.RotateLeft(s[3], 45);
                    for (int quarter = 0; quarter < 4; quarter++)
                    {
                        int lane = generator * 4 + quarter, threshold = (int)Math.Clamp(MathF.Round(Probability(input) * 65536), 0, 65535);
                        bool spike = block * PackedSpikes.Lanes + lane < Batch && Math.Min((ushort)(draw >> 16 * quarter), (ushort)65534) < threshold;
                        if (spike) words[((block * Steps + step) * Words + word) * PackedSpikes.Lanes + lane] |= (ushort)(1 << input % 12);
                    }
                }
            }
        }
        return words;
    }

    /// <summary>0 and 1 at the ends, which must mean never and always.</summary>
    private static float Probability(int input) => input / (Inputs - 1f);

    private static PackedSpikes Draw(int seed, BatchKernels? kernels = null)
    {
        var spikes = new PackedSpikes(Steps, Inputs, Batch);
        var thresholds = new PoissonThresholds(spikes);
        float[] probabilities = [.. Enumerable.Range(0, Inputs).Select(Probability)];
        for (int sample = 0; sample < Batch; sample++) thresholds.Set(sample, probabilities);
        (kernels ?? BatchKernels.Fastest).Draw(thresholds, CounterRandom.FromSeed(seed), spikes);
        return spikes;
    }

    private static unsafe ReadOnlySpan<ushort> All(PackedSpikes spikes) => new(spikes.Block(0), 2 * Steps * spikes.Words * PackedSpikes.Lanes);

    private static unsafe int Spike(PackedSpikes spikes, int step, int input, int sample)
        => spikes.Block(sample / PackedSpikes.Lanes)[(step * spikes.Words + input / 12) * PackedSpikes.Lanes + sample % PackedSpikes.Lanes] >> input % 12 & 1;
}
