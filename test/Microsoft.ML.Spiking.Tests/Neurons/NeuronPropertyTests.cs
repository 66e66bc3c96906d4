using CsCheck;

namespace Microsoft.ML.Spiking.Tests.Neurons;

/// <summary>What holds of the neurons whatever their constants and their currents.</summary>
[TestClass]
public class NeuronPropertyTests
{
    private const double LeastTimeConstant = 0.2, MostTimeConstant = 50;

    private static readonly Gen<LifNeuron> s_lif = Gen.Select(Gen.Double[LeastTimeConstant, MostTimeConstant], Gen.Double[LeastTimeConstant, MostTimeConstant], Gen.Float[0.05f, 4], Gen.Float[-1, 0])
        .Select((membrane, synapse, threshold, reset) => new LifNeuron { MembraneTimeConstant = membrane, SynapseTimeConstant = synapse, Threshold = threshold, Reset = reset });

    private static readonly Gen<AdaptiveLifNeuron> s_adaptive = Gen.Select(s_lif, Gen.Double[LeastTimeConstant, MostTimeConstant], Gen.Double[0, 4])
        .Select((lif, adaptation, strength) => new AdaptiveLifNeuron
        {
            MembraneTimeConstant = lif.MembraneTimeConstant,
            SynapseTimeConstant = lif.SynapseTimeConstant,
            Threshold = lif.Threshold,
            Reset = lif.Reset,
            AdaptationTimeConstant = adaptation,
            Adaptation = strength,
        });

    private static readonly Gen<float[]> s_currents = Gen.Float[-2, 3].Array[1, 60];

    private static readonly Gen<SurrogateGradient> s_surrogates = Gen.OneOf<SurrogateGradient>(
        Gen.Double[0.1, 20].Select(slope => (SurrogateGradient)new ATan { Slope = slope }), Gen.Double[0.1, 20].Select(slope => (SurrogateGradient)new FastSigmoid { Slope = slope }),
        Gen.Double[0.1, 4].Select(width => (SurrogateGradient)new Triangle { Width = width }), Gen.Const((SurrogateGradient)new StraightThrough()));

    [TestMethod]
    public void The_response_to_one_impulse_is_the_closed_form() => Property.ForAll(Gen.Select(s_lif, Gen.Float[0.01f, 10]), drawn =>
    {
        var (neuron, impulse) = drawn;
        double alpha = Math.Exp(-1 / neuron.MembraneTimeConstant), beta = Math.Exp(-1 / neuron.SynapseTimeConstant);
        LifNeuron silent = neuron with { Threshold = float.MaxValue };
        var state = new LifState();
        for (int t = 0; t < 60; t++)
        {
            (bool spike, state) = silent.Step(state, t == 0 ? impulse : 0);
            // (α^(t+1) - β^(t+1)) / (α - β), as a sum, which equal decays do not divide by 0.
            double closed = Enumerable.Range(0, t + 1).Sum(k => Math.Pow(alpha, k) * Math.Pow(beta, t - k));
            if (Math.Abs(alpha - beta) > 1e-3) Assert.AreEqual((Math.Pow(alpha, t + 1) - Math.Pow(beta, t + 1)) / (alpha - beta), closed, 1e-9 * (t + 1));
            Assert.IsFalse(spike);
            Assert.AreEqual(impulse * closed, state.Membrane, 1e-5 * impulse * (1 + closed), $"membrane {t} steps later");
            Assert.AreEqual(impulse * Math.Pow(beta, t), state.Synapse, 1e-5 * impulse, $"synapse {t} steps later");
        }
    });

    [TestMethod]
    public void Below_the_threshold_the_response_to_two_currents_is_the_sum_of_the_two_responses() => Property.ForAll(Gen.Select(s_lif, s_currents, s_currents), drawn =>
    {
        var (neuron, one, other) = drawn;
        LifNeuron silent = neuron with { Threshold = float.MaxValue };
        LifState ofOne = new(), ofOther = new(), ofBoth = new();
        double size = 1;
        for (int t = 0; t < Math.Min(one.Length, other.Length); t++)
        {
            (_, ofOne) = silent.Step(ofOne, one[t]);
            (_, ofOther) = silent.Step(ofOther, other[t]);
            (_, ofBoth) = silent.Step(ofBoth, one[t] + other[t]);
            size = Math.Max(size, Math.Abs(ofOne.Membrane) + Math.Abs(ofOther.Membrane));
            Assert.AreEqual(ofOne.Membrane + (double)ofOther.Membrane, ofBoth.Membrane, 1e-4 * size, $"step {t}");
        }
    });

    [TestMethod]
    public void After_every_step_the_membrane_is_below_the_threshold_and_a_neuron_that_fired_is_at_its_reset() => Property.ForAll(Gen.Select(s_lif, s_currents), drawn =>
    {
        var (neuron, currents) = drawn;
        var state = new LifState();
        foreach (float current in currents)
        {
            LifState before = state;
            (bool spike, state) = neuron.Step(before, current);
            Assert.IsLessThan(neuron.Threshold, state.Membrane);
            if (spike) Assert.AreEqual(neuron.Reset, state.Membrane);
            Assert.AreEqual(neuron.MembraneDecay * before.Membrane + state.Synapse >= neuron.Threshold, spike);
        }
    });

    [TestMethod]
    public void What_adapts_lies_between_0_and_1_and_lifts_the_threshold_by_so_much() => Property.ForAll(Gen.Select(s_adaptive, s_currents), drawn =>
    {
        var (neuron, currents) = drawn;
        var state = new AdaptiveLifState();
        var mean = 0.0;
        foreach (float current in currents)
        {
            AdaptiveLifState before = state;
            (bool spike, state) = neuron.Step(before, current);
            float membrane = (float)Math.Exp(-1 / neuron.MembraneTimeConstant) * before.Membrane + state.Synapse;
            Assert.AreEqual(membrane >= neuron.Threshold + (float)neuron.Adaptation * before.Adaptation, spike);
            Assert.AreEqual(spike ? neuron.Reset : membrane, state.Membrane);
            Assert.IsInRange(0, 1 + 1e-6f, state.Adaptation);
            mean += (1 - Math.Exp(-1 / neuron.AdaptationTimeConstant)) * ((spike ? 1 : 0) - mean);
            Assert.AreEqual(mean, state.Adaptation, 1e-5, "the running mean of its spikes");
        }
    });

    [TestMethod]
    public void A_neuron_that_does_not_adapt_is_the_other_kind() => Property.ForAll(Gen.Select(s_adaptive, s_currents), drawn =>
    {
        var (adaptive, currents) = drawn;
        adaptive = adaptive with { Adaptation = 0 };
        var plain = new LifNeuron
        {
            MembraneTimeConstant = adaptive.MembraneTimeConstant, SynapseTimeConstant = adaptive.SynapseTimeConstant, Threshold = adaptive.Threshold, Reset = adaptive.Reset,
        };
        var (state, other) = (new LifState(), new AdaptiveLifState());
        foreach (float current in currents)
        {
            (bool spike, state) = plain.Step(state, current);
            (bool same, other) = adaptive.Step(other, current);
            Assert.AreEqual((spike, state.Synapse, state.Membrane), (same, other.Synapse, other.Membrane));
        }
    });

    [TestMethod]
    public void In_another_unit_of_potential_a_neuron_fires_the_same() => Property.ForAll(Gen.Select(s_lif, s_currents, Gen.Int[-6, 6]), drawn =>
    {
        var (neuron, currents, power) = drawn;
        float unit = MathF.ScaleB(1, power);   // changes no digit
        LifNeuron scaled = neuron with { Threshold = unit * neuron.Threshold, Reset = unit * neuron.Reset };
        LifState state = new(), other = new();
        foreach (float current in currents)
        {
            (bool spike, state) = neuron.Step(state, current);
            (bool same, other) = scaled.Step(other, unit * current);
            Assert.AreEqual(spike, same);
            // To the last digit, but where there are fewer: next to 0.
            Assert.AreEqual(unit * state.Membrane, other.Membrane, 1e-35f);
            Assert.AreEqual(unit * state.Synapse, other.Synapse, 1e-35f);
        }
    });

    [TestMethod]
    public void Without_current_nothing_ever_fires_and_what_there_was_fades_away() => Property.ForAll(Gen.Select(s_lif, s_currents), drawn =>
    {
        var (neuron, currents) = drawn;
        var state = new LifState();
        foreach (float current in currents) (_, state) = neuron.Step(state, -MathF.Abs(current));
        float deepest = state.Membrane + state.Synapse * 100;
        for (int t = 0; t < 2000; t++)
        {
            (bool spike, state) = neuron.Step(state, 0);
            Assert.IsFalse(spike);
        }
        Assert.AreEqual(0, state.Membrane, 1e-6 + 1e-6 * Math.Abs(deepest));
    });

    [TestMethod]
    public void A_surrogate_is_largest_at_the_threshold_alike_on_both_sides_and_falls_off()
        => Property.ForAll(Gen.Select(s_surrogates, Gen.Float[0, 10], Gen.Float[0, 10]), drawn =>
        {
            var (surrogate, v, further) = drawn;
            Assert.AreEqual(surrogate.Derivative(v), surrogate.Derivative(-v));
            Assert.IsInRange(0, surrogate.Derivative(0), surrogate.Derivative(v));
            Assert.IsLessThanOrEqualTo(surrogate.Derivative(v), surrogate.Derivative(v + further));
            float peak = surrogate switch { ATan atan => (float)atan.Slope / 2, _ => 1 };
            Assert.AreEqual(peak, surrogate.Derivative(0));
        });

    [TestMethod]
    public void What_a_kernel_takes_apart_it_takes_up_again_where_it_stopped()
        => Property.ForAll(Gen.Select(Gen.Bool, s_adaptive, s_adaptive, Gen.Int[1, 4], Gen.Int[1, 40], Gen.Int[1, 20], Gen.Int[0, 20], Gen.Int), drawn =>
        {
            var (adapts, excitatory, inhibitory, columns, neurons, steps, split, seed) = drawn;
            Neuron Kind(AdaptiveLifNeuron neuron) => adapts ? neuron : new LifNeuron
            {
                MembraneTimeConstant = neuron.MembraneTimeConstant, SynapseTimeConstant = neuron.SynapseTimeConstant, Threshold = neuron.Threshold, Reset = neuron.Reset,
            };
            var layer = new ColumnLayer { Columns = columns, NeuronsPerColumn = neurons, Excitatory = Kind(excitatory), Inhibitory = Kind(inhibitory) };
            var lanes = new Lanes(layer);
            NeuronKernels kernels = NeuronKernels.Of(layer.Excitatory, lanes);
            CounterRandom random = CounterRandom.FromSeed(seed);
            split = Math.Min(split, steps);
            for (int panel = 0; panel < lanes.Panels; panel++)
            {
                float[] currents = [.. Enumerable.Range(0, steps * Lanes.Panel).Select(i =>
                    lanes.Sign[panel * Lanes.Panel + i % Lanes.Panel] == 0 ? 0 : (float)(4 * random.Uniform((ulong)(panel * 10_000 + i)) - 1))];
                ulong[] whole = new ulong[steps], parts = new ulong[steps];
                kernels.Run(currents, Lanes.Panel, panel, whole);
                float[] states = new float[kernels.StateSize * Lanes.Panel];
                for (int step = 0; step < steps; step++)
                {
                    if (step == split) states = [.. states];   // all that is carried over
                    parts[step] = kernels.Step(currents.AsSpan(step * Lanes.Panel, Lanes.Panel), new float[columns], panel, states, kept: default);
                }
                CollectionAssert.AreEqual(whole, parts, "the whole is its parts");
                for (int lane = 0; lane < Lanes.Panel; lane++)
                    CollectionAssert.AreEqual(OneByOne(layer, lanes, panel * Lanes.Panel + lane, currents, lane, steps), whole.Select(bits => (bits >> lane & 1) == 1).ToArray(), $"lane {lane} of panel {panel}");
            }
        }, times: 60);

    /// <summary>The spikes of a lane by the neuron's own step; a lane of padding has none.</summary>
    private static bool[] OneByOne(ColumnLayer layer, Lanes lanes, int lane, float[] currents, int within, int steps)
    {
        var spikes = new bool[steps];
        if (lanes.Sign[lane] == 0) return spikes;
        Neuron neuron = lanes.Sign[lane] > 0 ? layer.Excitatory : layer.Inhibitory;
        var (lif, adaptive) = (new LifState(), new AdaptiveLifState());
        for (int step = 0; step < steps; step++)
        {
            float current = currents[step * Lanes.Panel + within];
            if (neuron is LifNeuron plain) (spikes[step], lif) = plain.Step(lif, current);
            else (spikes[step], adaptive) = ((AdaptiveLifNeuron)neuron).Step(adaptive, current);
        }
        return spikes;
    }
}
