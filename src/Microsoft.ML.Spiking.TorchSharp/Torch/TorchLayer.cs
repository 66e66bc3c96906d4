using Microsoft.ML.Spiking.Descent;
using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.Native;
using Microsoft.ML.Spiking.Plasticity;
using Microsoft.ML.Spiking.State;
using TorchSharp.Modules;
using static Microsoft.ML.Spiking.Native.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary>A layer as plain tensor operations, on any device. All columns are one matrix; the only loop is over time.</summary>
internal sealed class TorchLayer : IDisposable
{
    private readonly ColumnLayer _layer;
    private readonly NeuronStep _step;
    private readonly Parameter _weights;
    private readonly Tensor? _seen;

    /// <param name="layer">The layer.</param>
    /// <param name="weights">[column, neuron, input].</param>
    /// <param name="inputs">Number of inputs.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="fields">What each column sees; null where all of it.</param>
    public TorchLayer(ColumnLayer layer, float[] weights, int inputs, Device device, ReceptiveFields? fields)
    {
        using var scope = NewDisposeScope();
        (_layer, _step) = (layer, NeuronStep.Of(layer.Excitatory));
        int neurons = layer.Neurons;
        _weights = (Parameter)nn.Parameter(tensor(weights, [neurons, inputs], device: device).t().contiguous(), Learning is not null).DetachFromDisposeScope();
        if (fields is not null)
        {
            bool[] seen = [.. Enumerable.Range(0, inputs * neurons).Select(i => fields.Sees(i % neurons / layer.NeuronsPerColumn, i / neurons))];
            _seen = tensor(seen, [inputs, neurons], device: device).DetachFromDisposeScope();
        }
        Neurons = new NeuronTensors(layer, device);
    }

    /// <summary>The neurons' constants.</summary>
    public NeuronTensors Neurons { get; }

    private Surrogate? Learning => _layer.Learning as Surrogate;

    /// <summary>Runs the layer.</summary>
    /// <param name="tensors">The connections between the columns.</param>
    /// <param name="current">The currents of the neurons in a step, [batch, neuron].</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="batch">Number of samples.</param>
    /// <param name="passOn">Receives the spikes of a step, [batch, neuron]; null where no layer reads them.</param>
    public LayerPass Run(LayerTensors tensors, Func<long, Tensor> current, long steps, long batch, List<Tensor>? passOn)
    {
        using var scope = NewDisposeScope();
        Device device = _weights.device;
        long columns = _layer.Columns, neurons = _layer.NeuronsPerColumn;
        Tensor[] constants = Neurons.Now(), state = [.. Enumerable.Range(0, _step.States).Select(_ => zeros([batch, columns * neurons], float32, device))];
        Tensor interWeights = tensors.InterColumnWeights().t();
        Tensor rates = zeros([steps, columns], float32, device), accumulated = zeros([batch, columns, neurons], float32, device);
        Tensor? heard = null, sampleRates = _layer.Plasticity is { ReadsSamples: true } ? zeros([steps, batch, columns], float32, device) : null;

        for (long t = 0; t < steps; t++)
        {
            using var stepScope = NewDisposeScope();
            Tensor?[] last = [.. state, accumulated, heard];
            Tensor received = heard is null ? current(t) : current(t).view(batch, columns, neurons).add(heard.unsqueeze(2), One).flatten(1);
            (Tensor spike, state) = _step.Take(constants, state, received, Learning);
            passOn?.Add(spike.alias().MoveToOtherDisposeScope(scope));

            Tensor signed = (spike * Neurons.Sign).view(batch, columns, neurons);
            Tensor rate = signed.mean([2]);
            rates[t].copy_(rate.detach().mean([0]));
            sampleRates?[t].copy_(rate.detach());
            Tensor influence = rate.matmul(interWeights);
            Tensor gain = influence.mul(_layer.Modulation.Rooted()).add(One, One);
            accumulated = accumulated.add(signed * gain.unsqueeze(2), One);
            heard = _layer.Coupling == 0 ? null : influence.mul(_layer.Coupling.Rooted());
            foreach (Tensor? kept in (Tensor?[])[.. state, accumulated, heard]) kept?.MoveToOuterDisposeScope();
            foreach (Tensor? past in last) past?.Dispose();   // autograd keeps what it needs by itself
        }
        foreach (Tensor spikes in passOn ?? []) spikes.MoveToOuterDisposeScope();
        return new LayerPass(rates.MoveToOuterDisposeScope(), accumulated.MoveToOuterDisposeScope()) { SampleRates = sampleRates?.MoveToOuterDisposeScope() };
    }

    /// <summary>What inputs, [batch, input], make of the neurons' currents, [batch, neuron].</summary>
    public Tensor Project(Tensor input) => input.matmul(_weights);

    /// <summary>A current of 0 that carries the gradient on to the probabilities of the inputs, [batch, input], as if ∂spike/∂probability were 1.</summary>
    public Tensor Through(Tensor probability) => (probability - probability.detach()).matmul(_weights.detach());

    /// <summary>What a column does not see keeps its weight, 0.</summary>
    public void Mask()
    {
        using var noGrad = no_grad();
        if (_seen is not null && _weights.grad is { } gradient) gradient.mul_(_seen);
    }

    public void Train(TensorDescent descent)
    {
        if (Learning is not null) descent.Add(descent.Rule.ColumnWeightFactor, _weights, WeightOrder.ByInput(_layer, (int)_weights.shape[0]));
        Neurons.Train(descent);
    }

    /// <summary>[column, neuron, input].</summary>
    public float[] InputWeights()
    {
        using var scope = NewDisposeScope();
        return _weights.detach().t().contiguous().cpu().data<float>().ToArray();
    }

    public void Dispose()
    {
        _seen?.Dispose();
        _weights.Dispose();
        Neurons.Dispose();
    }
}
