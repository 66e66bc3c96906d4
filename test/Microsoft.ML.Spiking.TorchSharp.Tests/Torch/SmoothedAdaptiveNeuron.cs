namespace Microsoft.ML.Spiking.Tests.Torch;

/// <summary><see cref="SmoothedNeuron"/> of an <see cref="AdaptiveLifNeuron"/>, for <see cref="ATan"/>: its adaptation follows the smoothed spikes.</summary>
internal sealed class SmoothedAdaptiveNeuron
{
    private readonly Surrogate _surrogate;
    private readonly float[] _currents;
    private readonly double[] _distances;

    public SmoothedAdaptiveNeuron(Surrogate surrogate, AdaptiveLifNeuron neuron, float[] currents)
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
    public double Spikes(AdaptiveLifNeuron neuron) => Run(neuron, (step, v) =>
    {
        double fired = _distances[step] >= 0 ? 1 : 0, spike = fired + Primitive(v) - Primitive(_distances[step]);
        return (spike, _surrogate.Reset == ResetGradient.Attached ? spike : fired);
    });

    private double Run(AdaptiveLifNeuron neuron, Func<int, double, (double Spike, double Reset)> fire)
    {
        double synapse = 0, membrane = 0, adaptation = 0, sum = 0, decay = Math.Exp(-1 / neuron.AdaptationTimeConstant);
        for (int step = 0; step < _currents.Length; step++)
        {
            synapse = Math.Exp(-1 / neuron.SynapseTimeConstant) * synapse + _currents[step];
            membrane = Math.Exp(-1 / neuron.MembraneTimeConstant) * membrane + synapse;
            var (spike, reset) = fire(step, membrane - neuron.Threshold - neuron.Adaptation * adaptation);
            membrane += reset * (neuron.Reset - membrane);
            adaptation = decay * adaptation + (1 - decay) * spike;
            sum += spike;
        }
        return sum;
    }

    private double Primitive(double v) => Math.Atan(Math.PI / 2 * ((ATan)_surrogate.Gradient).Slope * v) / Math.PI;
}
