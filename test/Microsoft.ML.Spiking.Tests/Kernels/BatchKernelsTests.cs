using System.Runtime.Intrinsics.X86;

namespace Microsoft.ML.Spiking.Tests.Kernels;

/// <summary>At every width that the processor has, the kernels of a batch do the same to the bit, and what plain loops do.</summary>
[TestClass]
public unsafe class BatchKernelsTests
{
    private const int Steps = 5, Batch = 150, Blocks = 2;

    /// <summary>More than a word of 12 inputs and less; more than a chunk of 49 or 72, several of them, and with a rest.</summary>
    public static IEnumerable<object[]> InputsOfEachWidth =>
        from kernels in BatchKernels.Supported
        from inputs in (int[])[5, 12, 49, 77, 131, 784]
        select new object[] { kernels.Name, inputs };

    public static IEnumerable<object[]> EachWidth => BatchKernels.Supported.Select(kernels => new object[] { kernels.Name });

    [TestMethod]
    public void The_fastest_kernels_are_the_widest_that_run_here()
    {
        Assert.AreSame(BatchKernels.Supported[0], BatchKernels.Fastest);
        Assert.AreEqual(Avx512BW.IsSupported ? 3 : Avx2.IsSupported ? 2 : 1, BatchKernels.Supported.Count);
        Assert.Contains(Avx512BW.IsSupported ? "512" : Avx2.IsSupported ? "256" : "128", BatchKernels.Fastest.Name);
    }

    [TestMethod]
    [DynamicData(nameof(InputsOfEachWidth))]
    public void Currents_are_sums_of_the_weights_of_the_inputs_that_spike(string width, int inputs)
    {
        BatchKernels kernels = Kernels(width);
        var random = new Random(inputs);
        PackedSpikes spikes = Spikes(inputs, random);
        var weights = new AlignedArray<short>(Lanes.Word * spikes.Words * PackedSpikes.WordInputs);
        // Some so large that sums pass the ends of 16 bits and come back, which must be the same everywhere.
        foreach (ref short weight in weights.Span[..(inputs * Lanes.Word)]) weight = (short)random.Next(-3000, 3000);
        ITableCurrents currents = kernels.Currents();
        var tables = new AlignedArray<short>(currents.TablesLength);
        var found = new AlignedArray<short>(Steps * Lanes.Word * PackedSpikes.Lanes);

        currents.Take(spikes);
        for (int block = 0; block < Blocks; block++)
        {
            currents.Run(weights.First, spikes, block, tables.First, found.First);

            for (int i = 0; i < found.Length; i++)
            {
                int step = i / (Lanes.Word * PackedSpikes.Lanes), neuron = i / PackedSpikes.Lanes % Lanes.Word, lane = i % PackedSpikes.Lanes, expected = 0;
                for (int input = 0; input < inputs; input++)
                    if (Spiked(spikes, block, step, input, lane)) expected += weights.Span[input * Lanes.Word + neuron];
                Assert.AreEqual((short)expected, found.Span[i], $"block {block}, step {step}, neuron {neuron}, lane {lane}");
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(EachWidth))]
    public void Currents_of_one_batch_do_not_stay_for_the_next(string width)
    {
        BatchKernels kernels = Kernels(width);
        const int Inputs = 100;
        var random = new Random(1);
        PackedSpikes first = Spikes(Inputs, random), second = Spikes(Inputs, random);
        var weights = new AlignedArray<short>(Lanes.Word * first.Words * PackedSpikes.WordInputs);
        foreach (ref short weight in weights.Span) weight = (short)random.Next(-100, 100);

        short[] Currents(params PackedSpikes[] batches)
        {
            ITableCurrents currents = kernels.Currents();
            var tables = new AlignedArray<short>(currents.TablesLength);
            var found = new AlignedArray<short>(Steps * Lanes.Word * PackedSpikes.Lanes);
            foreach (PackedSpikes batch in batches)
            {
                currents.Take(batch);
                currents.Run(weights.First, batch, 0, tables.First, found.First);
            }
            return found.Span.ToArray();
        }

        CollectionAssert.AreEqual(Currents(second), Currents(first, second));
        CollectionAssert.AreNotEqual(Currents(first), Currents(second));
    }

    [TestMethod]
    [DynamicData(nameof(EachWidth))]
    public void Neurons_fire_where_one_stepped_alone_does_and_are_counted_with_their_sign(string width)
    {
        BatchKernels kernels = Kernels(width);
        const int ManySteps = 40;
        const float Scale = 1024;
        ColumnLayer reference = SpikingNetworkOptions.Reference.Network.ColumnLayers[0];
        ColumnLayer layer = reference with { Columns = 1, NeuronsPerColumn = 20, Excitatory = (LifNeuron)reference.Excitatory with { Reset = -0.25f }, Inhibitory = (LifNeuron)reference.Inhibitory with { Reset = 0.125f } };
        var lanes = new Lanes(layer);
        var random = new Random(2);
        var currents = new AlignedArray<short>(ManySteps * PackedSpikes.Lanes);
        foreach (ref short current in currents.Span) current = (short)random.Next(-300, 600);
        int spiked = 0;
        foreach (int neuron in (int[])[0, 19])
        {
            var neurons = (LifNeuron)(neuron < layer.ExcitatoryNeurons ? layer.Excitatory : layer.Inhibitory);
            var spikes = new AlignedArray<ulong>(2 * ManySteps);
            var counts = new AlignedArray<sbyte>(ManySteps * PackedSpikes.Lanes);
            counts.Span.Fill(3);

            kernels.Run(currents.First, PackedSpikes.Lanes, ManySteps, lanes, lanes.Of(neuron), Scale, spikes.First, counts.First);

            for (int sample = 0; sample < PackedSpikes.Lanes; sample++)
            {
                LifState state = default;
                for (int step = 0; step < ManySteps; step++)
                {
                    (bool spike, state) = neurons.Step(state, currents.Span[step * PackedSpikes.Lanes + sample] / Scale);
                    Assert.AreEqual(spike, (spikes.Span[2 * step + sample / 64] >> sample % 64 & 1) == 1, $"neuron {neuron}, sample {sample}, step {step}");
                    Assert.AreEqual(3 + (spike ? lanes.Sign[lanes.Of(neuron)] : 0), counts.Span[step * PackedSpikes.Lanes + sample]);
                    spiked += spike ? 1 : 0;
                }
            }
        }
        Assert.IsGreaterThan(100, spiked, "the neurons must fire for this to tell anything");
    }

    [TestMethod]
    [DynamicData(nameof(EachWidth))]
    public void Gains_are_summed_over_the_spikes_step_by_step(string width)
    {
        BatchKernels kernels = Kernels(width);
        var random = new Random(3);
        ulong[] spikes = [.. Enumerable.Range(0, 2 * Steps).Select(_ => (ulong)random.NextInt64() ^ (ulong)random.NextInt64() << 1)];
        float[] gains = Floats(Steps * PackedSpikes.Lanes, random), accumulated = new float[2 * PackedSpikes.Lanes];
        Span<float> beyond = accumulated.AsSpan(PackedSpikes.Lanes);
        beyond.Fill(7);

        fixed (ulong* s = spikes)
        fixed (float* g = gains, a = accumulated) kernels.Forward(s, Steps, g, -1, a);

        Assert.IsFalse(beyond.ContainsAnyExcept(7f), "written beyond the samples");

        for (int sample = 0; sample < PackedSpikes.Lanes; sample++)
        {
            float sum = 0;
            for (int step = 0; step < Steps; step++)
                if ((spikes[2 * step + sample / 64] >> sample % 64 & 1) == 1) sum += gains[step * PackedSpikes.Lanes + sample];
            Assert.AreEqual(-sum, accumulated[sample], $"sample {sample}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(EachWidth))]
    public void The_gradient_of_a_gain_is_that_of_what_its_spikes_add_up_to(string width)
    {
        BatchKernels kernels = Kernels(width);
        var random = new Random(4);
        ulong[] spikes = [.. Enumerable.Range(0, 2 * Steps).Select(_ => (ulong)random.NextInt64() ^ (ulong)random.NextInt64() << 1)];
        float[] accumulated = Floats(PackedSpikes.Lanes, random), before = Floats(Steps * PackedSpikes.Lanes, random);
        float[] gains = [.. before];

        fixed (ulong* s = spikes)
        fixed (float* g = gains, a = accumulated) kernels.Backward(s, Steps, a, -1, g);

        for (int i = 0; i < gains.Length; i++)
        {
            int step = i / PackedSpikes.Lanes, sample = i % PackedSpikes.Lanes;
            bool spike = (spikes[2 * step + sample / 64] >> sample % 64 & 1) == 1;
            Assert.AreEqual(spike ? before[i] - accumulated[sample] : before[i], gains[i], $"step {step}, sample {sample}");
        }
    }

    internal static BatchKernels Kernels(string width) => BatchKernels.Supported.Single(kernels => kernels.Name == width);

    private static float[] Floats(int count, Random random) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];

    private static PackedSpikes Spikes(int inputs, Random random)
    {
        var spikes = new PackedSpikes(Steps, inputs, Batch);
        for (int sample = 0; sample < Batch; sample++)
        {
            var stimulus = new Stimulus(Steps);
            PoissonSampler.Draw(Enumerable.Repeat(0.4f, inputs).ToArray(), CounterRandom.FromSeed(random.Next()), stimulus.Fire());
            spikes.Set(sample, stimulus.Train);
        }
        return spikes;
    }

    private static bool Spiked(PackedSpikes spikes, int block, int step, int input, int lane)
        => (spikes.Block(block)[(step * spikes.Words + input / 12) * PackedSpikes.Lanes + lane] >> input % 12 & 1) == 1;
}
