using Microsoft.ML.Spiking.Fused;
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
    private readonly FusedKernels? _kernels;
    private readonly DeviceNumbers _numbers;
    private readonly bool _resetsToZero;
    private readonly float[] _synapseDecays;
    private Tensor? _fading, _excitatory;

    private LifScan(Layer layer, Tensor[] constants, FusedKernels? kernels)
    {
        _kernels = kernels;
        var (excitatory, inhibitory) = ((LifNeuron)layer.NeuronTypes[0], (LifNeuron)layer.NeuronTypes[^1]);
        _resetsToZero = (excitatory.Reset, inhibitory.Reset) is (0, 0);
        _synapseDecays = [.. ((float[])[excitatory.SynapseDecay, inhibitory.SynapseDecay]).Distinct()];
        using var scope = NewDisposeScope();
        _numbers = new DeviceNumbers(constants[0].device);
        (Tensor synapse, Tensor membrane, Tensor threshold, Tensor reset) = (constants[0], constants[1], constants[2], constants[3]);
        _decays = stack([membrane, synapse]).unsqueeze(1).DetachFromDisposeScope();
        _thresholds = stack([threshold, full_like(threshold, double.PositiveInfinity.Rooted())]).unsqueeze(1).DetachFromDisposeScope();
        Constants = stack(constants).DetachFromDisposeScope();
        _resets = stack([membrane * reset, zeros_like(reset)]).unsqueeze(1).DetachFromDisposeScope();
        if (_synapseDecays.Length > 1) _excitatory = synapse.eq(_numbers.Of(excitatory.SynapseDecay)).DetachFromDisposeScope();
    }

    /// <summary>For a layer; null where its neurons need each step by itself.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="neurons">Its neurons' constants.</param>
    /// <param name="kernels">What takes all steps in one launch; null where nothing does.</param>
    public static LifScan? Of(Layer layer, NeuronTensors neurons, FusedKernels? kernels = null)
        => layer.NeuronTypes.All(type => type is LifNeuron) && layer is not ColumnLayer { StepsTogether: true }
            && layer.Learning is not Surrogate { Neurons: not NeuronLearning.None } and not Surrogate { Reset: ResetGradient.Attached }
                ? new LifScan(layer, neurons.Now(), kernels) : null;

    /// <summary>The neurons' constants in the order of <see cref="Neuron.Constants"/>, [constant, neuron].</summary>
    public Tensor Constants { get; }

    /// <summary>Runs the neurons.</summary>
    /// <param name="currents">[time, batch, neuron]; what they hold is lost.</param>
    /// <param name="learning">How spikes are differentiated; null where they are not.</param>
    public NeuronRun Run(Tensor currents, Surrogate? learning)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        if (_kernels is not null) return new Result(this, currents, _kernels.Run(currents, Constants), learning);
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
        foreach (Tensor? tensor in (Tensor?[])[Constants, _decays, _thresholds, _resets, _fading, _excitatory]) tensor?.Dispose();
        _numbers.Dispose();
    }

    /// <summary>From the gradient by the synapses to that by the currents, both [time, batch, neuron].</summary>
    private Tensor Faded(Tensor gradient)
    {
        int steps = (int)gradient.shape[0];
        Tensor faded = Fading(steps, gradient.device).matmul(gradient.view(steps, -1)).view([_synapseDecays.Length, .. gradient.shape]);
        return _excitatory is null ? faded[0] : where(_excitatory, faded[0], faded[1]);
    }

    /// <summary>β^(s - t) where s is not before t, else 0, [t, s]: what a current at t has left in the synapse at s. Of each β, one under the other.</summary>
    private Tensor Fading(int steps, Device device)
    {
        if (_fading?.shape[1] == steps) return _fading;
        _fading?.Dispose();
        float[] left = [.. from decay in _synapseDecays
                           from t in Enumerable.Range(0, steps)
                           from s in Enumerable.Range(0, steps)
                           select s < t ? 0 : (float)Math.Pow(decay, s - t)];
        return _fading = left.Aligned([_synapseDecays.Length * steps, steps], device).DetachFromDisposeScope();
    }

    /// <summary>What they did.</summary>
    private sealed class Result : NeuronRun
    {
        private const int MostStepsOfAProduct = 16;

        private readonly LifScan _neurons;
        private readonly Tensor _membranes;
        private readonly Surrogate? _learning;

        public Result(LifScan neurons, Tensor membranes, Tensor spikes, Surrogate? learning) : base(spikes)
            => (_neurons, _membranes, _learning) = (neurons, membranes.DetachFromDisposeScope(), learning);

        /// <summary>
        /// By hand, since what autograd would do step by step is two sums of products: ∂membrane[t] = ∂spike[t] · σ'(membrane[t] - threshold) +
        /// α · (membrane[t] &lt; threshold) · ∂membrane[t+1], and ∂current[t] = ∂membrane[t] + β · ∂current[t+1].
        /// </summary>
        public override Tensor Backward(Tensor gradient)
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            if (_neurons._kernels is { } kernels)
            {
                kernels.Back(gradient, _membranes, _neurons.Constants, _learning!.Gradient);
                return gradient;
            }
            Tensor found = _learning!.Gradient.Back(_membranes - _neurons._thresholds[0], gradient, _neurons._numbers);
            Tensor through = _membranes.lt(_neurons._thresholds[0]) * _neurons._decays[0], decay = _neurons._decays[1];
            long last = found.shape[0] - 1;
            for (long t = last - 1; t >= 0; t--)
            {
                using var step = NewDisposeScope();
                found[t].addcmul_(found[t + 1], through[t], One);
            }
            // Of few steps one product is all of it; its work grows with their square.
            if (last < MostStepsOfAProduct) return _neurons.Faded(found).MoveToOuterDisposeScope();
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
