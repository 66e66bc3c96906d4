using Microsoft.ML.Spiking.Native;
using static Microsoft.ML.Spiking.Native.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary>
/// <see cref="LifNeuron"/>s whose constants do not learn, over all steps of a batch in few operations: only what is recurrent is done step by step, and of it
/// synapses and membranes together.
/// </summary>
/// <remarks>
/// One buffer holds the currents, and then the synapses, and then the membranes. In a step, of two neighbouring places of it the former becomes a membrane and
/// the latter a synapse:
/// <code>
/// membrane[t]  = synapse[t]     + α · membrane[t-1] · (membrane[t-1] &lt; threshold)
/// synapse[t+1] = current[t+1]   + β · synapse[t]    · (synapse[t]    &lt; ∞)
/// </code>
/// Each product is rounded before it is added, as <see cref="LifStep"/> rounds it, so that the spikes are the same to the bit; a factor of 0 or 1 rounds
/// nothing.
/// </remarks>
internal sealed class LifScan : IDisposable
{
    private readonly Tensor _decays, _thresholds, _resets;
    private readonly bool _resetsToZero;

    private LifScan(Tensor[] constants)
    {
        using var scope = NewDisposeScope();
        (Tensor synapse, Tensor membrane, Tensor threshold, Tensor reset) = (constants[0], constants[1], constants[2], constants[3]);
        _decays = stack([membrane, synapse]).unsqueeze(1).DetachFromDisposeScope();
        _thresholds = stack([threshold, full_like(threshold, double.PositiveInfinity.Rooted())]).unsqueeze(1).DetachFromDisposeScope();
        _resets = stack([membrane * reset, zeros_like(reset)]).unsqueeze(1).DetachFromDisposeScope();
        using Tensor away = reset.abs().max().cpu();
        _resetsToZero = away.item<float>() == 0;
    }

    /// <summary>For a layer; null where its neurons need each step by itself.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="neurons">Its neurons' constants.</param>
    public static LifScan? Of(ColumnLayer layer, NeuronTensors neurons)
        => layer is { Excitatory: LifNeuron, Inhibitory: LifNeuron, Coupling: 0 }
            && layer.Learning is not Surrogate { Neurons: not NeuronLearning.None } and not Surrogate { Reset: ResetGradient.Attached }
                ? new LifScan(neurons.Now()) : null;

    /// <summary>Runs the neurons.</summary>
    /// <param name="currents">[time, batch, neuron]; what they hold is lost.</param>
    /// <param name="learning">How spikes are differentiated; null where they are not.</param>
    public NeuronRun Run(Tensor currents, Surrogate? learning)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        long steps = currents.shape[0];
        if (steps > 1) currents[1].add_(currents[0].mul(_decays[1]), One);
        for (long t = 1; t < steps; t++)
        {
            using var step = NewDisposeScope();
            long places = Math.Min(2, steps - t);   // behind the last step there is no synapse
            Tensor before = currents.narrow(0, t - 1, places), here = currents.narrow(0, t, places);
            Tensor decayed = before.mul(_decays.narrow(0, 0, places)), stays = before.lt(_thresholds.narrow(0, 0, places));
            if (_resetsToZero) here.addcmul_(decayed, stays, One);
            else here.add_(where(stays, decayed, _resets.narrow(0, 0, places)), One);
        }
        Tensor spikes = currents.ge(_thresholds[0]).to_type(float32);
        return new Result(this, currents, spikes, learning);
    }

    public void Dispose()
    {
        foreach (Tensor tensor in (Tensor[])[_decays, _thresholds, _resets]) tensor.Dispose();
    }

    /// <summary>What they did.</summary>
    private sealed class Result : NeuronRun
    {
        private readonly LifScan _neurons;
        private readonly Tensor _membranes;
        private readonly Surrogate? _learning;

        public Result(LifScan neurons, Tensor membranes, Tensor spikes, Surrogate? learning) : base(spikes, learning is not null)
            => (_neurons, _membranes, _learning) = (neurons, membranes.DetachFromDisposeScope(), learning);

        /// <summary>
        /// By hand, since what autograd would do step by step is two sums of products: ∂membrane[t] = ∂spike[t] · σ'(membrane[t] - threshold) +
        /// α · (membrane[t] &lt; threshold) · ∂membrane[t+1], and ∂current[t] = ∂membrane[t] + β · ∂current[t+1].
        /// </summary>
        public override Tensor Backward(Tensor gradient)
        {
            using var scope = NewDisposeScope();
            Tensor distance = (_membranes - _neurons._thresholds[0]).requires_grad_();
            _learning!.Gradient.Smooth(distance).backward([gradient]);
            using var noGrad = no_grad();
            Tensor found = distance.grad!, through = _membranes.lt(_neurons._thresholds[0]) * _neurons._decays[0], decay = _neurons._decays[1];
            long last = found.shape[0] - 1;
            for (long t = last - 1; t >= 0; t--)
            {
                using var step = NewDisposeScope();
                found[t].addcmul_(found[t + 1], through[t], One);
            }
            for (long t = last - 1; t >= 0; t--)
            {
                using var step = NewDisposeScope();
                found[t].addcmul_(found[t + 1], decay, One);
            }
            return found.MoveToOuterDisposeScope();
        }

        public override void Dispose()
        {
            base.Dispose();
            _membranes.Dispose();
        }
    }
}
