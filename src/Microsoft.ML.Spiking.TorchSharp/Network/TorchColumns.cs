using TorchSharp;
using TorchSharp.Modules;
using static Microsoft.ML.Spiking.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking;

/// <summary>The columns as plain tensor operations, on any device. All columns are one matrix; the only loop is over time.</summary>
/// <remarks>Autograd does the rest: where the columns learn, a spike is differentiated by its <see cref="SurrogateGradient"/>.</remarks>
internal sealed class TorchColumns : ColumnEngine
{
    private readonly SpikingNetworkOptions _options;
    private readonly DeviceSamples? _samples;
    private readonly Parameter _weights;
    private readonly Tensor? _seen;

    /// <param name="options">The network.</param>
    /// <param name="columnWeights">[column, neuron, input].</param>
    /// <param name="inputs">Number of inputs.</param>
    /// <param name="samples">The training data, on the device; null where only given spikes are run.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="fields">What each column sees; null where all of it.</param>
    public TorchColumns(SpikingNetworkOptions options, float[] columnWeights, int inputs, DeviceSamples? samples, Device device, ReceptiveFields? fields = null)
    {
        using var scope = NewDisposeScope();
        (_options, _samples) = (options, samples);
        int neurons = options.Columns * options.NeuronsPerColumn;
        _weights = (Parameter)nn.Parameter(tensor(columnWeights, [neurons, inputs], device: device).t().contiguous(), Surrogate is not null).DetachFromDisposeScope();
        if (fields is not null)
            _seen = tensor(Enumerable.Range(0, inputs * neurons).Select(i => fields.Sees(i % neurons / options.NeuronsPerColumn, i / neurons)).ToArray(), [inputs, neurons], device: device).DetachFromDisposeScope();
        Neurons = new NeuronTensors(options, device);
    }

    /// <summary>The neurons' constants.</summary>
    public NeuronTensors Neurons { get; }

    private Surrogate? Surrogate => _options.Learning as Surrogate;

    public override ColumnPass Run(SpikingNetwork network, ReadOnlySpan<int> rows, CounterRandom random)
    {
        ShownBatch shown = _samples!.Draw(network, rows, random);
        return shown.Input.dim() == 2 ? RunConstant(network, shown.Input) : Run(network, shown.Input, shown.Probability);
    }

    /// <summary>Runs given input spikes.</summary>
    /// <param name="network">The connections between the columns.</param>
    /// <param name="spikes">[time, batch, input].</param>
    /// <param name="probability">
    /// The probability that each was drawn with, [batch, input], if it is to have a gradient: straight through, as if ∂spike/∂probability were 1. Since the weights are the
    /// same in every step, the product with them is made once, for a current that is 0 and only carries the gradient.
    /// </param>
    public ColumnPass Run(SpikingNetwork network, Tensor spikes, Tensor? probability = null)
    {
        if (probability is null) return Run(network, step => Project(spikes[step]), spikes.shape[0], spikes.shape[1]);
        Tensor through = (probability - probability.detach()).matmul(_weights.detach());
        return Run(network, step => Project(spikes[step]).add(through, One), spikes.shape[0], spikes.shape[1]);
    }

    /// <summary>Runs the same input, [batch, input], in every step.</summary>
    public ColumnPass RunConstant(SpikingNetwork network, Tensor input)
    {
        Tensor current = Project(input);
        return Run(network, _ => current, _options.TimeSteps, input.shape[0]);
    }

    /// <summary>What a column does not see keeps its weight, 0.</summary>
    public override void Backward(SpikingNetwork network, ColumnPass pass)
    {
        using var noGrad = no_grad();
        if (_seen is not null && _weights.grad is { } gradient) gradient.mul_(_seen);
    }

    public override IEnumerable<StateArray> State => Neurons.State;

    public override void Train(GradientDescent descent)
    {
        if (Surrogate is not null) descent.Add(_options.Optimiser.ColumnWeightFactor, _weights, WeightOrder.ByInput(_options, (int)_weights.shape[0]));
        Neurons.Train(descent);
    }

    public override float[] ColumnWeights()
    {
        using var scope = NewDisposeScope();
        return _weights.detach().t().contiguous().cpu().data<float>().ToArray();
    }

    public override SpikingNetworkOptions Learnt(SpikingNetworkOptions options) => Neurons.Learnt(options);

    public override void Dispose()
    {
        _seen?.Dispose();
        _weights.Dispose();
        Neurons.Dispose();
        _samples?.Dispose();
    }

    private Tensor Project(Tensor input) => input.matmul(_weights);

    private ColumnPass Run(SpikingNetwork network, Func<long, Tensor> current, long steps, long batch)
    {
        using var scope = NewDisposeScope();
        long columns = _options.Columns, neurons = _options.NeuronsPerColumn;
        var (synapseDecay, membraneDecay, threshold) = Neurons.Now();
        Tensor interWeights = network.InterColumnWeights().t();
        Tensor synapse = zeros([batch, columns * neurons], float32, _weights.device), membrane = zeros_like(synapse);
        Tensor rates = zeros([steps, columns], float32, _weights.device), accumulated = zeros([batch, columns, neurons], float32, _weights.device);
        Tensor? heard = null, sampleRates = _options.Stdp is { ReadsSamples: true } ? zeros([steps, batch, columns], float32, _weights.device) : null;

        for (long t = 0; t < steps; t++)
        {
            using var stepScope = NewDisposeScope();
            Tensor?[] last = [synapse, membrane, accumulated, heard];
            Tensor received = heard is null ? current(t) : current(t).view(batch, columns, neurons).add(heard.unsqueeze(2), One).flatten(1);
            synapse = synapse.mul(synapseDecay).add(received, One);
            membrane = membrane.mul(membraneDecay).add(synapse, One);
            Tensor fired = membrane.ge(threshold);
            Tensor spike = Surrogate?.Gradient.Spike(fired, membrane - threshold) ?? fired.to_type(float32);
            membrane = Surrogate?.Reset == ResetGradient.Attached
                ? membrane.add(spike * (Neurons.Reset - membrane), One)
                : where(fired, Neurons.Reset, membrane);

            Tensor signed = (spike * Neurons.Sign).view(batch, columns, neurons);
            Tensor rate = signed.mean([2]);
            rates[t].copy_(rate.detach().mean([0]));
            sampleRates?[t].copy_(rate.detach());
            Tensor influence = rate.matmul(interWeights);
            Tensor gain = influence.mul(_options.Modulation.Rooted()).add(One, One);
            accumulated = accumulated.add(signed * gain.unsqueeze(2), One);
            heard = _options.Coupling == 0 ? null : influence.mul(_options.Coupling.Rooted());
            foreach (Tensor? kept in (Tensor?[])[synapse, membrane, accumulated, heard]) kept?.MoveToOuterDisposeScope();
            foreach (Tensor? past in last) past?.Dispose();   // autograd keeps what it needs by itself
        }
        return new ColumnPass(rates.MoveToOuterDisposeScope(), accumulated.MoveToOuterDisposeScope()) { SampleRates = sampleRates?.MoveToOuterDisposeScope() };
    }
}
