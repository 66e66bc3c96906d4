using System.Runtime.InteropServices;

namespace Microsoft.ML.Spiking.Tests.Kernels;

/// <summary>Whatever the type of neuron: a run is its steps, lane by lane, and the way back through a run is that through its steps.</summary>
[TestClass]
public class NeuronKernelsTests
{
    private const int Steps = 9, Columns = 3, Neurons = 40;   // 9 words of 3 panels

    private static readonly Lanes s_lanes = new(new ColumnLayer
    {
        Columns = Columns,
        NeuronsPerColumn = Neurons,
        Excitatory = new LifNeuron { MembraneTimeConstant = 6, SynapseTimeConstant = 2, Threshold = 1, Reset = 0.25f },
        Inhibitory = new LifNeuron { MembraneTimeConstant = 3, SynapseTimeConstant = 1, Threshold = 0.75f },
    });

    private static readonly Lanes s_adaptive = new(new ColumnLayer
    {
        Columns = Columns,
        NeuronsPerColumn = Neurons,
        Excitatory = new AdaptiveLifNeuron { MembraneTimeConstant = 6, SynapseTimeConstant = 2, Threshold = 1, Reset = 0.25f, AdaptationTimeConstant = 3 },
        Inhibitory = new AdaptiveLifNeuron { MembraneTimeConstant = 3, SynapseTimeConstant = 1, Threshold = 0.75f },
    });

    private static readonly Random s_random = new(1);

    public static IEnumerable<object[]> Types => [["LIF"], ["adaptive"], ["LIF that learns"], ["adaptive LIF that learns"]];

    [TestMethod]
    [DynamicData(nameof(Types))]
    public void A_run_is_its_steps(string type)
    {
        NeuronKernels kernels = Kernels(type);
        int size = kernels.Kept * Lanes.Panel;
        for (int panel = 0; panel < s_lanes.Panels; panel++)
        {
            float[] currents = Draw(panel);
            float[] kept = new float[Steps * size], stepKept = new float[size];
            float[] states = new float[kernels.StateSize * Lanes.Panel], forgotten = new float[states.Length];
            ulong[] spikes = new ulong[Steps], unkept = new ulong[Steps];
            kernels.Run(currents, Lanes.Panel, panel, spikes, kept);
            kernels.Run(currents, Lanes.Panel, panel, unkept);
            CollectionAssert.AreEqual(spikes, unkept);
            Assert.IsTrue(spikes.Any(bits => bits != 0), "the neurons must fire for this to tell anything");
            for (int step = 0; step < Steps; step++)
            {
                Span<float> current = currents.AsSpan(step * Lanes.Panel, Lanes.Panel);
                Assert.AreEqual(spikes[step], kernels.Step(current, new float[Columns], panel, states, stepKept));
                Assert.AreEqual(spikes[step], kernels.Step(current, new float[Columns], panel, forgotten, kept: default));
                AssertBits(kept.AsSpan(step * size, size), stepKept);
            }
        }
    }

    [TestMethod]
    public void What_is_kept_lies_number_by_number()
    {
        NeuronKernels kernels = Kernels("adaptive");
        float[] currents = Draw(panel: 0), kept = new float[Steps * 2 * Lanes.Panel];
        var spikes = new ulong[Steps];
        kernels.Run(currents, Lanes.Panel, panel: 0, spikes, kept);
        for (int lane = 0; lane < Lanes.Panel; lane++)
        {
            float synapse = 0, membrane = 0, adaptation = 0;
            for (int step = 0; step < Steps; step++)
            {
                synapse = s_lanes.Constants[0][lane] * synapse + currents[step * Lanes.Panel + lane];
                membrane = s_lanes.Constants[1][lane] * membrane + synapse;
                float threshold = s_lanes.Constants[2][lane] + adaptation * AdaptiveDynamics.Strength;
                Assert.AreEqual(membrane, kept[step * 2 * Lanes.Panel + lane]);
                Assert.AreEqual(threshold, kept[(step * 2 + 1) * Lanes.Panel + lane]);
                bool fired = membrane >= threshold;
                Assert.AreEqual(fired, (spikes[step] >> lane & 1) == 1, $"lane {lane}, step {step}");
                if (fired) membrane = s_lanes.Constants[3][lane];
                adaptation = adaptation * AdaptiveDynamics.Decay + (fired ? 1 : 0);
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Types))]
    public void The_way_back_through_a_run_is_that_through_its_steps(string type)
    {
        NeuronKernels kernels = Kernels(type);
        NeuronGradient gradient = kernels.Gradient(new Surrogate { Gradient = new FastSigmoid() });
        int size = kernels.Kept * Lanes.Panel, lanes = s_lanes.Panels * Lanes.Panel;
        float[] accumulated = [.. Enumerable.Range(0, lanes).Select(_ => s_random.NextSingle() - 0.5f)], gains = [1, 1.25f, 0.5f], rates = [0.1f, -0.2f, 0.3f];
        float[] carried = new float[gradient.CarriedSize * lanes], heard = new float[Columns], summed = new float[Columns];
        for (int panel = 0; panel < s_lanes.Panels; panel++)
        {
            float[] kept = new float[Steps * size], expected = new float[Steps * Lanes.Panel];
            kernels.Run(Draw(panel), Lanes.Panel, panel, new ulong[Steps], kept);
            for (int i = 0; i < expected.Length; i++)
            {
                int lane = panel * Lanes.Panel + i % Lanes.Panel, column = Math.Min(s_lanes.ColumnOf(lane / Lanes.Word), Columns - 1);
                expected[i] = s_lanes.Sign[lane] * (gains[column] * accumulated[lane] + rates[column]);
            }
            gradient.Run(panel, kept, expected);

            Span<float> currents = CoupledGradient.Currents(kept, Steps);
            for (int step = Steps - 1; step >= 0; step--)
            {
                var parts = new StepGradient(accumulated, above: default, gains, rates, carried, heard);
                gradient.Step(panel, parts, kept.AsSpan(step * size, size), currents.Slice(step * Lanes.Panel, Lanes.Panel));
            }
            // Of a whole word of padding the steps say 0, whatever the sign of a zero is.
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.AreEqual(expected[i], currents[i], $"panel {panel}, number {i}");
                if (currents[i] != 0) summed[s_lanes.ColumnOf((panel * Lanes.Panel + i % Lanes.Panel) / Lanes.Word)] += currents[i];
            }
        }
        Assert.IsTrue(heard.All(sum => sum != 0));
        for (int column = 0; column < Columns; column++) Assert.AreEqual(summed[column], heard[column], 1e-4f, $"what column {column} heard");
    }

    [TestMethod]
    [DataRow("LIF that learns")]
    [DataRow("adaptive LIF that learns")]
    public void The_way_back_leaves_the_gradients_by_the_constants_whether_in_a_run_or_in_steps(string type)
    {
        NeuronKernels kernels = Kernels(type);
        NeuronGradient gradient = kernels.Gradient(new Surrogate());
        Lanes lanes = LanesOf(type);
        int size = kernels.Kept * Lanes.Panel;
        float[] accumulated = [.. Enumerable.Range(0, lanes.Panels * Lanes.Panel).Select(_ => s_random.NextSingle() - 0.5f)], gains = [1, 1, 1], rates = new float[Columns];
        float[] carried = new float[gradient.CarriedSize * accumulated.Length];
        for (int panel = 0; panel < lanes.Panels; panel++)
        {
            float[] kept = new float[Steps * size], spikes = new float[Steps * Lanes.Panel], whole = new float[lanes.Constants.Length * Lanes.Panel], stepped = new float[whole.Length];
            kernels.Run(Draw(panel), Lanes.Panel, panel, new ulong[Steps], kept);
            for (int i = 0; i < spikes.Length; i++) spikes[i] = lanes.Sign[panel * Lanes.Panel + i % Lanes.Panel] * accumulated[panel * Lanes.Panel + i % Lanes.Panel];

            gradient.Run(panel, kept, spikes, whole);
            for (int step = Steps - 1; step >= 0; step--)
                gradient.Step(panel, new StepGradient(accumulated, above: default, gains, rates, carried, new float[Columns]), kept.AsSpan(step * size, size), new float[Lanes.Panel]);
            gradient.Leave(panel, carried, stepped);

            for (int i = 0; i < whole.Length; i++) Assert.AreEqual(whole[i], stepped[i], $"panel {panel}, number {i}");
            for (int constant = 0; constant < lanes.Constants.Length; constant++)
                Assert.AreEqual(constant != 3, whole.AsSpan(constant * Lanes.Panel, 16).ContainsAnyExcept(0f), $"constant {constant}: all but the reset have a gradient");
        }
    }

    private static NeuronKernels Kernels(string type) => type switch
    {
        "LIF" => NeuronKernels.Of(new LifNeuron(), s_lanes),
        "LIF that learns" => NeuronKernels.Of(new LifNeuron(), s_lanes, constantsLearn: true),
        "adaptive LIF that learns" => NeuronKernels.Of(new AdaptiveLifNeuron(), s_adaptive, constantsLearn: true),
        _ => new NeuronKernels<AdaptiveDynamics, AdaptiveStates, AdaptiveStates>(s_lanes),
    };

    private static Lanes LanesOf(string type) => type == "adaptive LIF that learns" ? s_adaptive : s_lanes;

    /// <summary>Currents of a panel, [step, lane]; padding has none.</summary>
    private static float[] Draw(int panel)
    {
        var currents = new float[Steps * Lanes.Panel];
        for (int i = 0; i < currents.Length; i++)
            if (s_lanes.Sign[panel * Lanes.Panel + i % Lanes.Panel] != 0) currents[i] = s_random.NextSingle() - 0.2f;
        return currents;
    }

    private static void AssertBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
        => Assert.IsTrue(MemoryMarshal.AsBytes(expected).SequenceEqual(MemoryMarshal.AsBytes(actual)), "bits differ");
}
