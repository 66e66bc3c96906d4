using System.Numerics;

namespace Microsoft.ML.Spiking.Tests.Kernels;

/// <summary>The table against the loop over time, <see cref="NeuronKernels"/>, to the bit.</summary>
[TestClass]
public class RasterTableTests
{
    private static readonly LifNeuron s_default = (LifNeuron)new ColumnLayer().Excitatory, s_published = (LifNeuron)SpikingNetworkOptions.Reference.Network.ColumnLayers[0].Excitatory;

    public static IEnumerable<object[]> Neurons => from neuron in (LifNeuron[])
    [
        new(),
        s_default,
        (LifNeuron)new ColumnLayer().Inhibitory,
        s_published,
        (LifNeuron)SpikingNetworkOptions.Reference.Network.ColumnLayers[0].Inhibitory,
        new() { Reset = -3, MembraneTimeConstant = 500, SynapseTimeConstant = 300 },
        new() { Reset = 1.9f },
        new() { Reset = 0.5f, MembraneTimeConstant = 3, SynapseTimeConstant = 40 },
        new() { Threshold = 0, Reset = -1 },
        new() { Threshold = -1, Reset = -2 },
        new() { MembraneTimeConstant = 1e-3, SynapseTimeConstant = 0.05 },
        new() { MembraneTimeConstant = 1e12, SynapseTimeConstant = 1e12, Threshold = 1e9f },
        new() { Threshold = 1e-40f },
        .. Enumerable.Range(0, 20).Select(Drawn),
    ]
    from steps in (int[])[1, 8, 50, 64]
    select new object[] { neuron, steps };

    [TestMethod]
    [DynamicData(nameof(Neurons))]
    public void Every_current_near_a_breakpoint_fires_as_the_loop_says(LifNeuron neuron, int steps)
    {
        RasterTable table = RasterTable.Of(neuron, steps)!;
        var loop = new Loop(neuron, steps);
        var currents = new float[Lanes.Panel];
        foreach (float breakpoint in table.Breakpoints)
        {
            float current = breakpoint;
            for (int i = 0; i < Lanes.Panel / 2; i++) current = MathF.BitDecrement(current);
            for (int lane = 0; lane < Lanes.Panel; lane++, current = MathF.BitIncrement(current)) currents[lane] = current;
            Assert.AreEqual(breakpoint, currents[Lanes.Panel / 2]);
            loop.Check(table, currents);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Neurons))]
    public void Every_kind_of_current_fires_as_the_loop_says(LifNeuron neuron, int steps)
    {
        RasterTable table = RasterTable.Of(neuron, steps)!;
        var loop = new Loop(neuron, steps);
        var random = CounterRandom.FromSeed(steps);
        float[] odd = [0, -0f, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN, -float.NaN, 1e30f, 2e30f, 1e38f, -1e30f];
        for (ulong panel = 0; panel < 200; panel++)
        {
            float[] any = [.. odd, .. Enumerable.Range(0, 25).Select(i => BitConverter.UInt32BitsToSingle((uint)random.Bits(64 * panel + (ulong)i)))];
            loop.Check(table, [.. any, .. Enumerable.Range(any.Length, Lanes.Panel - any.Length).Select(i => (float)random.Normal(64 * panel + (ulong)i) * neuron.Threshold)]);
        }
    }

    [TestMethod]
    public void A_table_has_as_many_rasters_as_an_exhaustive_count_finds()
    {
        // Counted by a C program that stepped every float from 0.001 to 64.
        var neuron = new LifNeuron();
        Assert.HasCount(14, RasterTable.Of(neuron, 8)!.Rasters);
        Assert.HasCount(154, RasterTable.Of(neuron, 50)!.Rasters);
    }

    [TestMethod]
    public void A_membrane_that_adds_up_its_currents_fires_in_every_step_in_each_second_or_late()
    {
        var neuron = new LifNeuron { MembraneTimeConstant = 1e12, SynapseTimeConstant = 0.05, Threshold = 1 };   // decays of 1 and 2e-9
        var table = RasterTable.Of(neuron, 4)!;
        CollectionAssert.AreEqual(new[] { 0b0000ul, 0b1000ul, 0b0100ul, 0b1010ul, 0b1111ul }, table.Rasters);
        Close.Values([1 / 4f, 1 / 3f, 1 / 2f, 1], table.Breakpoints, "breakpoints");
        Assert.AreEqual(0, table.IndexOf(0.2f));
        Assert.AreEqual(2, table.IndexOf(0.4f));
        Assert.AreEqual(4, table.IndexOf(1));
    }

    [TestMethod]
    public void A_neuron_that_must_be_stepped_has_no_table()
    {
        Assert.IsNull(RasterTable.Of(new LifNeuron(), RasterTable.MaximumSteps + 1));
        Assert.IsNull(RasterTable.Of(new LifNeuron { SynapseTimeConstant = 1e-3 }, 8), "a synapse that keeps nothing");
        Assert.IsNull(RasterTable.Of(new LifNeuron { Threshold = float.PositiveInfinity }, 8));
        Assert.IsNull(RasterTable.Of(new LifNeuron { Threshold = float.NaN }, 8));
        Assert.IsNull(RasterTable.Of(new LifNeuron { Reset = float.NegativeInfinity }, 8));
        Assert.IsNull(RasterTable.Of(new LifNeuron { MembraneTimeConstant = double.NaN }, 8));
        Assert.IsNull(RasterTable.Of(new LifNeuron { SynapseTimeConstant = -1 }, 8), "a synapse that grows");
        Assert.IsNull(RasterTable.Of(new LifNeuron { MembraneTimeConstant = -1 }, 8), "a membrane that grows");
    }

    [TestMethod]
    [Heavy]
    public void Every_float_there_is_fires_as_the_loop_says()
    {
        foreach (var (neuron, steps) in (ReadOnlySpan<(LifNeuron, int)>)[(s_published, 50), (s_default, 8)])
        {
            RasterTable table = RasterTable.Of(neuron, steps)!;
            Parallel.For(0, 256, part =>
            {
                var loop = new Loop(neuron, steps);
                var currents = new float[Lanes.Panel];
                for (uint first = 0; first < 1u << 24; first += Lanes.Panel)
                {
                    for (int lane = 0; lane < Lanes.Panel; lane++) currents[lane] = BitConverter.UInt32BitsToSingle((uint)part << 24 | (first + (uint)lane));
                    loop.Check(table, currents);
                }
            });
        }
    }

    private static LifNeuron Drawn(int seed)
    {
        var random = CounterRandom.FromSeed(seed);
        float threshold = (float)random.Normal(0) * 3;
        return new LifNeuron
        {
            MembraneTimeConstant = Math.Exp(2 * random.Normal(1)),
            SynapseTimeConstant = Math.Exp(1 + random.Normal(2)),
            Threshold = threshold,
            Reset = threshold - MathF.Abs((float)random.Normal(3)),
        };
    }

    /// <summary>A panel of equal neurons.</summary>
    private sealed class Loop
    {
        private readonly NeuronKernels _kernels;
        private readonly ulong[] _spikes;

        public Loop(LifNeuron neuron, int steps)
        {
            _kernels = NeuronKernels.Of(neuron, new Lanes(new ColumnLayer { Columns = 1, NeuronsPerColumn = Lanes.Panel, Excitatory = neuron, Inhibitory = neuron }));
            _spikes = new ulong[steps];
        }

        public void Check(RasterTable table, float[] currents)
        {
            _kernels.Run(currents, stride: 0, panel: 0, _spikes);
            // As a difference for each step, since reading a lane's bits one by one would take most of the test's time.
            Span<ulong> wrong = stackalloc ulong[_spikes.Length];
            _spikes.CopyTo(wrong);
            for (int lane = 0; lane < Lanes.Panel; lane++)
                for (ulong raster = table.Rasters[table.IndexOf(currents[lane])]; raster != 0; raster &= raster - 1)
                    wrong[BitOperations.TrailingZeroCount(raster)] ^= 1ul << lane;
            int step = wrong.IndexOfAnyExcept(0ul);
            if (step >= 0) Assert.Fail($"step {step}, current {currents[BitOperations.TrailingZeroCount(wrong[step])]:R}");
        }
    }
}
