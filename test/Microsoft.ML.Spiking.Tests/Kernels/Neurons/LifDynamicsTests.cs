namespace Microsoft.ML.Spiking.Tests.Kernels;

/// <summary>The way back through time against finite differences of the smoothed network.</summary>
[TestClass]
public class LifDynamicsTests
{
    private const int Steps = 12, Neuron = 3;
    private const float Reset = 0.3f;

    private static readonly LifNeuron s_kind = new() { MembraneTimeConstant = 6, SynapseTimeConstant = 2, Threshold = 1, Reset = Reset };

    public static IEnumerable<object[]> All =>
        from gradient in (SurrogateGradient[])[new ATan(), new FastSigmoid { Slope = 3 }, new Triangle { Width = 1.3 }, new StraightThrough()]
        from reset in Enum.GetValues<ResetGradient>()
        select new object[] { new Surrogate { Gradient = gradient, Reset = reset } };

    [TestMethod]
    [DynamicData(nameof(All))]
    public void The_gradient_of_a_current_is_the_finite_difference_of_the_smoothed_neuron(Surrogate surrogate)
    {
        // One current in three is negative; the loss weighs each step's spike by a number of its own.
        double[] currents = [.. Enumerable.Range(0, Steps).Select(t => 0.9 * Math.Sin(1.7 * t) + 0.45)];
        float[] weights = [.. Enumerable.Range(0, Steps).Select(t => (float)Math.Cos(0.9 * t))];
        var hard = new Trajectory(currents);
        Assert.IsGreaterThan(2, hard.Spikes.Count(spike => spike), "the neuron must fire for this to tell anything");

        float[] found = Kernel(surrogate, currents, weights);
        const double Step = 1e-4;
        for (int t = 0; t < Steps; t++)
        {
            double Loss(double change)
            {
                double[] changed = [.. currents];
                changed[t] += change;
                return Smoothed(surrogate, hard, changed).Zip(weights, (spike, weight) => spike * weight).Sum();
            }
            Assert.AreEqual((Loss(Step) - Loss(-Step)) / (2 * Step), found[t], 2e-3, $"step {t}");
        }
    }

    private static float[] Kernel(Surrogate surrogate, double[] currents, float[] weights)
    {
        var lanes = new Lanes(new ColumnLayer { Columns = 1, NeuronsPerColumn = 10, Excitatory = s_kind, Inhibitory = s_kind });
        float[] current = new float[Steps * Lanes.Panel], membranes = new float[Steps * Lanes.Panel], gradient = new float[Steps * Lanes.Panel];
        for (int t = 0; t < Steps; t++) (current[t * Lanes.Panel + Neuron], gradient[t * Lanes.Panel + Neuron]) = ((float)currents[t], weights[t]);
        NeuronKernels kernels = NeuronKernels.Of(s_kind, lanes);
        kernels.Run(current, Lanes.Panel, panel: 0, new ulong[Steps], membranes);
        kernels.Gradient(surrogate).Run(panel: 0, membranes, gradient);
        return [.. Enumerable.Range(0, Steps).Select(t => gradient[t * Lanes.Panel + Neuron])];
    }

    /// <summary>
    /// The neuron near a trajectory of hard spikes: each spike is its hard value plus what the surrogate's primitive has gained since; where resets
    /// are detached they stay the hard trajectory's.
    /// </summary>
    private static double[] Smoothed(Surrogate surrogate, Trajectory hard, double[] currents)
    {
        double synapse = 0, membrane = 0;
        var spikes = new double[Steps];
        for (int t = 0; t < Steps; t++)
        {
            synapse = s_kind.SynapseDecay * synapse + currents[t];
            membrane = s_kind.MembraneDecay * membrane + synapse;
            double fired = hard.Spikes[t] ? 1 : 0;
            spikes[t] = fired + Primitive(surrogate.Gradient, membrane - s_kind.Threshold) - Primitive(surrogate.Gradient, hard.Membranes[t] - s_kind.Threshold);
            double reset = surrogate.Reset == ResetGradient.Attached ? spikes[t] : fired;
            membrane += reset * (Reset - membrane);
        }
        return spikes;
    }

    private static double Primitive(SurrogateGradient surrogate, double v) => surrogate switch
    {
        ATan rule => Math.Atan(Math.PI / 2 * rule.Slope * v) / Math.PI,
        FastSigmoid rule => v / (1 + rule.Slope * Math.Abs(v)),
        Triangle rule => Math.Clamp(v, -rule.Width, rule.Width) is var c ? c - c * Math.Abs(c) / (2 * rule.Width) : 0,
        _ => v,
    };

    private sealed class Trajectory
    {
        public Trajectory(double[] currents)
        {
            double synapse = 0, membrane = 0;
            for (int t = 0; t < Steps; t++)
            {
                synapse = s_kind.SynapseDecay * synapse + currents[t];
                Membranes[t] = membrane = s_kind.MembraneDecay * membrane + synapse;
                Spikes[t] = membrane >= s_kind.Threshold;
                if (Spikes[t]) membrane = Reset;
            }
        }

        public bool[] Spikes { get; } = new bool[Steps];

        public double[] Membranes { get; } = new double[Steps];
    }
}
