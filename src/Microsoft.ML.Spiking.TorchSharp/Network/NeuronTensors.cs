using TorchSharp;
using TorchSharp.Modules;
using static Microsoft.ML.Spiking.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking;

/// <summary>The constants of both types of neuron on a device, and their learning.</summary>
/// <remarks>
/// What learns is a deviation δ from the options' constant, [excitatory, inhibitory], which starts at 0 and which weight decay draws back to it:
/// <code>
/// decay     = sigmoid(logit(decay₀) + δ)                     between 0 and 1
/// threshold = reset + (threshold₀ - reset) · exp(δ)          above the reset
/// </code>
/// </remarks>
internal sealed class NeuronTensors : IDisposable
{
    // Log-odds beyond which a decay is 0 or 1 in float32.
    private const double FurthestLogit = 80;

    private readonly SpikingNetworkOptions _options;
    private readonly List<Tensor> _kept = [];
    private readonly Tensor _types, _synapseLogit, _membraneLogit, _resets, _gap, _synapseDecay, _membraneDecay, _threshold;

    public NeuronTensors(SpikingNetworkOptions options, Device device)
    {
        using var scope = NewDisposeScope();
        _options = options;
        int neurons = options.Columns * options.NeuronsPerColumn;
        var types = new float[2 * neurons];
        for (int n = 0; n < neurons; n++) types[n % options.NeuronsPerColumn < options.ExcitatoryNeurons ? n : neurons + n] = 1;
        _types = Keep(tensor(types, [2, neurons], device: device));

        Tensor Of(Func<LifNeuron, double> constant) => Keep(tensor([(float)constant(options.Excitatory), (float)constant(options.Inhibitory)], device: device));
        (_synapseLogit, _membraneLogit) = (Of(n => Logit(n.SynapseTimeConstant)), Of(n => Logit(n.MembraneTimeConstant)));
        (_resets, _gap) = (Of(n => n.Reset), Of(n => n.Threshold - n.Reset));
        (_synapseDecay, _membraneDecay, _threshold) = (PerNeuron(Of(n => n.SynapseDecay)), PerNeuron(Of(n => n.MembraneDecay)), PerNeuron(Of(n => n.Threshold)));
        (Reset, Sign) = (PerNeuron(_resets), PerNeuron(Keep(tensor([1f, -1f], device: device))));
        foreach (Tensor perNeuron in (Tensor[])[_synapseDecay, _membraneDecay, _threshold, Reset, Sign]) Keep(perNeuron);

        Parameter Deviation() => (Parameter)Keep(nn.Parameter(zeros(2, float32, device)));
        NeuronLearning learning = options.Learning is Surrogate surrogate ? surrogate.Neurons : NeuronLearning.None;
        if (learning.HasFlag(NeuronLearning.TimeConstants)) (Synapse, Membrane) = (Deviation(), Deviation());
        if (learning.HasFlag(NeuronLearning.Thresholds)) Threshold = Deviation();
    }

    /// <summary>δ of the synapses' decay; null where it does not learn.</summary>
    public Parameter? Synapse { get; }

    /// <summary>δ of the membranes' decay; null where it does not learn.</summary>
    public Parameter? Membrane { get; }

    /// <summary>δ of the thresholds; null where they do not learn.</summary>
    public Parameter? Threshold { get; }

    /// <summary>[neuron].</summary>
    public Tensor Reset { get; }

    /// <summary>+1 for excitatory neurons, -1 for inhibitory ones, [neuron].</summary>
    public Tensor Sign { get; }

    /// <summary>The constants as they are now, each [neuron]; those that do not learn are exactly the options'.</summary>
    public (Tensor SynapseDecay, Tensor MembraneDecay, Tensor Threshold) Now() => (
        Synapse is null ? _synapseDecay : PerNeuron(_synapseLogit.add(Synapse, One).sigmoid()),
        Membrane is null ? _membraneDecay : PerNeuron(_membraneLogit.add(Membrane, One).sigmoid()),
        Threshold is null ? _threshold : PerNeuron(Thresholds(Threshold)));

    /// <summary>What learns, for a checkpoint.</summary>
    public IEnumerable<StateArray> State => Deviations.Select(deviation => StateArray.Of("neurons." + deviation.Name, deviation.Values));

    private IEnumerable<(string Name, Parameter Values)> Deviations
    {
        get
        {
            if (Synapse is not null) yield return ("synapse", Synapse);
            if (Membrane is not null) yield return ("membrane", Membrane);
            if (Threshold is not null) yield return ("threshold", Threshold);
        }
    }

    /// <summary>Hands the optimiser what learns.</summary>
    public void Train(GradientDescent descent)
    {
        foreach (var (_, deviation) in Deviations) descent.Add(_options.Optimiser.NeuronFactor, deviation);
    }

    /// <summary>The options with the neurons as they are now.</summary>
    public SpikingNetworkOptions Learnt(SpikingNetworkOptions options) => options with { Excitatory = Learnt(options.Excitatory, 0), Inhibitory = Learnt(options.Inhibitory, 1) };

    public void Dispose()
    {
        foreach (Tensor tensor in _kept) tensor.Dispose();
    }

    private LifNeuron Learnt(LifNeuron neuron, int type)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        float Read(Tensor values) => values.cpu().data<float>()[type];
        return neuron with
        {
            SynapseTimeConstant = Synapse is null ? neuron.SynapseTimeConstant : TimeConstant(Read(_synapseLogit.add(Synapse, One))),
            MembraneTimeConstant = Membrane is null ? neuron.MembraneTimeConstant : TimeConstant(Read(_membraneLogit.add(Membrane, One))),
            Threshold = Threshold is null ? neuron.Threshold : Read(Thresholds(Threshold)),
        };
    }

    private Tensor Thresholds(Tensor deviation) => _resets.add(_gap * deviation.exp(), One);

    /// <summary>From one value a type, [2], to one a neuron: exactly that of the neuron's type.</summary>
    private Tensor PerNeuron(Tensor values) => values.matmul(_types);

    /// <summary>The log-odds of exp(-1 / τ).</summary>
    private static double Logit(double timeConstant) => Math.Clamp(-Math.Log(Math.Exp(1 / timeConstant) - 1), -FurthestLogit, FurthestLogit);

    private static double TimeConstant(double logit) => 1 / double.LogP1(Math.Exp(-logit));

    private Tensor Keep(Tensor tensor)
    {
        _kept.Add(tensor.DetachFromDisposeScope());
        return tensor;
    }
}
