using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Nir;

/// <summary>
/// Neurons of a node in discrete time, by forward Euler, as snnTorch and Norse take it. A step's new current moves the membrane in the same step.
/// </summary>
/// <remarks>
/// <code>
/// i ← (1 - dt/tau_syn) · i + (w_in · dt/tau_syn) · input
/// v ← (1 - dt/tau_mem) · v + (r · dt/tau_mem) · i + (dt/tau_mem) · v_leak;  where v &gt; v_threshold: spike, v ← v_reset
/// </code>
/// LIF and LI have the input in place of i, IF has v ← v + r · dt · input. All in float32, as our own neurons are, whose equation this is where both gains
/// are 1.
/// </remarks>
internal sealed class NirCells
{
    private readonly float[] _synapseDecay, _synapseGain, _decay, _gain, _leak, _threshold, _reset, _current, _membrane;
    private readonly bool _hasSynapse, _spikes;

    public NirCells(NirPlanNode node, double timeStep)
    {
        int neurons = node.Width;
        (_current, _membrane) = (new float[neurons], new float[neurons]);
        (_hasSynapse, _spikes) = (node.Node is NirCubaLif, node.Spikes);
        (NirTensor? tau, NirTensor r, NirTensor leak, NirTensor threshold, NirTensor reset) = node.Node switch
        {
            NirLif lif => (lif.Tau, lif.R, lif.VLeak, lif.VThreshold, lif.VReset),
            NirCubaLif cuba => (cuba.TauMem, cuba.R, cuba.VLeak, cuba.VThreshold, cuba.VReset),
            NirIf plain => (null, plain.R, NirTensor.Scalar(0), plain.VThreshold, plain.VReset),
            NirLi li => (li.Tau, li.R, li.VLeak, NirTensor.Scalar(0), NirTensor.Scalar(0)),
            _ => throw node.Says("holds no neurons."),
        };
        double Share(NirTensor time, int neuron) => timeStep <= time.Of(neuron) ? timeStep / time.Of(neuron)
            : throw Trouble.Options.Argument(FormattableString.Invariant(
                $"The time step is {timeStep} s, but {node.Path} has a time constant of {time.Of(neuron)} s; give the step of the graph's maker."));

        _synapseDecay = Each(neuron => node.Node is NirCubaLif cuba ? 1 - Share(cuba.TauSyn, neuron) : 0);
        _synapseGain = Each(neuron => node.Node is NirCubaLif cuba ? cuba.WIn.Of(neuron) * Share(cuba.TauSyn, neuron) : 1);
        _decay = Each(neuron => tau is null ? 1 : 1 - Share(tau, neuron));
        _gain = Each(neuron => r.Of(neuron) * (tau is null ? timeStep : Share(tau, neuron)));
        _leak = Each(neuron => tau is null ? 0 : leak.Of(neuron) * Share(tau, neuron));
        // The largest float that is not above it: what is above the one is above the other.
        _threshold = Each(threshold.Of, NotAbove);
        _reset = Each(reset.Of);

        float[] Each(Func<int, double> value, Func<double, float>? rounded = null)
            => [.. Enumerable.Range(0, neurons).Select(neuron => rounded is null ? (float)value(neuron) : rounded(value(neuron)))];
    }

    /// <summary>The largest float32 that is not above a number.</summary>
    public static float NotAbove(double value) => (float)value > value ? MathF.BitDecrement((float)value) : (float)value;

    public void Rest()
    {
        Array.Clear(_current);
        Array.Clear(_membrane);
    }

    /// <summary>Takes a time step.</summary>
    /// <param name="input">What comes in, [neuron].</param>
    /// <param name="output">Receives 1 for a spike, or the potentials of what does not spike, [neuron].</param>
    public void Step(ReadOnlySpan<float> input, Span<float> output)
    {
        for (int n = 0; n < _membrane.Length; n++)
        {
            float current = _synapseGain[n] * input[n];
            if (_hasSynapse) _current[n] = current = _synapseDecay[n] * _current[n] + current;
            float membrane = _decay[n] * _membrane[n] + _gain[n] * current + _leak[n];
            bool spike = _spikes && membrane > _threshold[n];
            _membrane[n] = spike ? _reset[n] : membrane;
            output[n] = _spikes ? spike ? 1 : 0 : membrane;
        }
    }
}
