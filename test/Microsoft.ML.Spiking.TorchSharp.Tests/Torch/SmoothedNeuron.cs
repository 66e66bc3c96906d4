namespace Microsoft.ML.Spiking.Tests.Torch;

/// <summary>
/// A neuron near its trajectory of hard spikes, in float64: each spike is its hard value plus what the surrogate's primitive has gained since; where resets are detached they
/// stay the hard trajectory's.
/// </summary>
internal sealed class SmoothedNeuron
{
    private readonly Surrogate _surrogate;
    private readonly float[] _currents;
    private readonly double[] _distances;

    public SmoothedNeuron(Surrogate surrogate, LifNeuron neuron, float[] currents)
    {
        (_surrogate, _currents, _distances) = (surrogate, currents, new double[currents.Length]);
        Run(neuron, (step, v) =>
        {
            _distances[step] = v;
            return (v >= 0 ? 1 : 0, v >= 0 ? 1 : 0);
        });
    }

    /// <summary>How often it fires.</summary>
    public int HardSpikes => _distances.Count(v => v >= 0);

    /// <summary>The sum of its smoothed spikes, were it another neuron.</summary>
    public double Spikes(LifNeuron neuron) => Run(neuron, (step, v) =>
    {
        double fired = _distances[step] >= 0 ? 1 : 0, spike = fired + Primitive(v) - Primitive(_distances[step]);
        return (spike, _surrogate.Reset == ResetGradient.Attached ? spike : fired);
    });

    private double Run(LifNeuron neuron, Func<int, double, (double Spike, double Reset)> fire)
    {
        double synapse = 0, membrane = 0, sum = 0;
        for (int step = 0; step < _currents.Length; step++)
        {
            synapse = Math.Exp(-1 / neuron.SynapseTimeConstant) * synapse + _currents[step];
            membrane = Math.Exp(-1 / neuron.MembraneTimeConstant) * membrane + synapse;
            var (spike, reset) = fire(step, membrane - neuron.Threshold);
            membrane += reset * (neuron.Reset - membrane);
            sum += spike;
        }
        return sum;
    }

    private double Primitive(double v) => _surrogate.Gradient switch
    {
        ATan rule => Math.Atan(Math.PI / 2 * rule.Slope * v) / Math.PI,
        StraightThrough => v,
        _ => throw new NotSupportedException(),
    };
}
