using Microsoft.ML.Spiking.Descent;
using Microsoft.ML.Spiking.Neurons;
using Microsoft.ML.Spiking.State;
using TorchSharp.Modules;
using static Microsoft.ML.Spiking.Native.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary>The constants of both types of neuron of a layer on a device, and their learning.</summary>
/// <remarks>
/// What learns is a deviation δ from the layer's constant, [excitatory, inhibitory], which starts at 0 and which weight decay draws back to it:
/// <code>
/// decay = sigmoid(logit(decay₀) + δ)              between 0 and 1
/// other = floor + (other₀ - floor) · exp(δ)       above the floor, which is a threshold's reset
/// </code>
/// </remarks>
internal sealed class NeuronTensors : IDisposable
{
    // Log-odds beyond which a decay is 0 or 1 in float32.
    private const double FurthestLogit = 80;

    private readonly Layer _layer;
    private readonly List<Tensor> _kept = [];
    private readonly Tensor _types;
    private readonly Learning[] _constants;

    public NeuronTensors(Layer layer, Device device)
    {
        using var scope = NewDisposeScope();
        _layer = layer;
        int neurons = layer.Neurons;
        var types = new float[2 * neurons];
        for (int n = 0; n < neurons; n++) types[n % layer.NeuronsPerColumn < layer.ExcitatoryNeurons ? n : neurons + n] = 1;
        _types = Keep(tensor(types, [2, neurons], device: device));
        Sign = Keep(PerNeuron(tensor([1f, -1f], device: device)));
        NeuronLearning learns = layer.Learning is Surrogate surrogate ? surrogate.Neurons : NeuronLearning.None;
        _constants = [.. layer.Excitatory.Constants.Zip(layer.Inhibitory.Constants, (excitatory, inhibitory) => Make(excitatory, inhibitory, learns, device))];
    }

    /// <summary>+1 for excitatory neurons, -1 for inhibitory ones, [neuron].</summary>
    public Tensor Sign { get; }

    /// <summary>δ of a constant by its name, [excitatory, inhibitory]; null where it does not learn.</summary>
    public Parameter? this[string constant] => Deviations.SingleOrDefault(learning => learning.Name == constant)?.Deviation;

    /// <summary>What learns, for a checkpoint.</summary>
    public IEnumerable<StateArray> State => Deviations.Select(constant => constant.Deviation!.As("neurons." + constant.Name));

    private IEnumerable<Learning> Deviations => _constants.Where(constant => constant.Deviation is not null);

    /// <summary>
    /// The constants as they are now, in the order of <see cref="Neuron.Constants"/>, each [neuron]; those that do not learn are exactly the layer's.
    /// </summary>
    public Tensor[] Now() => [.. _constants.Select(constant => constant.Deviation is null ? constant.Fixed : PerNeuron(constant.Learnt()))];

    /// <summary>Hands the optimiser what learns.</summary>
    public void Train(TensorDescent descent)
    {
        foreach (Learning constant in Deviations) descent.Add(descent.Rule.NeuronFactor, constant.Deviation!);
    }

    /// <summary>The layer with the neurons as they are now.</summary>
    public ColumnLayer Learnt(ColumnLayer layer) => layer with { Excitatory = Learnt(layer.Excitatory, 0), Inhibitory = Learnt(layer.Inhibitory, 1) };

    public void Dispose()
    {
        foreach (Tensor tensor in _kept) tensor.Dispose();
    }

    private Learning Make(NeuronConstant excitatory, NeuronConstant inhibitory, NeuronLearning learns, Device device)
    {
        Tensor Of(Func<NeuronConstant, double> number) => Keep(tensor([(float)number(excitatory), (float)number(inhibitory)], device: device));
        bool learning = excitatory.Name is not null && (learns & excitatory.Learning) != 0, decays = excitatory.TimeConstant is not null;
        return new Learning(
            excitatory.Name ?? "",
            Keep(PerNeuron(Of(constant => constant.Value))),
            learning ? (Parameter)Keep(nn.Parameter(zeros(2, float32, device))) : null,
            decays ? Of(constant => Logit(constant.TimeConstant!.Value)) : Of(constant => constant.Value - constant.Floor),
            decays ? null : Of(constant => constant.Floor));
    }

    private Neuron Learnt(Neuron neuron, int type)
    {
        if (!Deviations.Any()) return neuron;
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return neuron.Learnt([.. _constants.Zip(neuron.Constants,
            (constant, was) => constant.Deviation is null ? was.TimeConstant ?? was.Value : constant.Read(type))]);
    }

    /// <summary>From one value a type, [2], to one a neuron: exactly that of the neuron's type.</summary>
    private Tensor PerNeuron(Tensor values) => values.matmul(_types);

    /// <summary>The log-odds of exp(-1 / τ).</summary>
    private static double Logit(double timeConstant) => Math.Clamp(-Math.Log(Math.Exp(1 / timeConstant) - 1), -FurthestLogit, FurthestLogit);

    private Tensor Keep(Tensor tensor)
    {
        _kept.Add(tensor.DetachFromDisposeScope());
        return tensor;
    }

    /// <summary>A constant that may learn.</summary>
    /// <param name="Name">What it is called in a checkpoint.</param>
    /// <param name="Fixed">As it was, [neuron].</param>
    /// <param name="Deviation">δ, [type]; null where it does not learn.</param>
    /// <param name="Start">Of a decay its log-odds, of others their distance from the floor, [type].</param>
    /// <param name="Floor">[type]; null of a decay.</param>
    private sealed record Learning(string Name, Tensor Fixed, Parameter? Deviation, Tensor Start, Tensor? Floor)
    {
        /// <summary>As it is now, [type].</summary>
        public Tensor Learnt() => Floor is null ? Start.add(Deviation!, One).sigmoid() : Floor.add(Start * Deviation!.exp(), One);

        /// <summary>As it is now: of a decay its time constant.</summary>
        public double Read(int type) => Floor is null ? 1 / double.LogP1(Math.Exp(-At(Start.add(Deviation!, One), type))) : At(Learnt(), type);

        private static double At(Tensor values, int type) => values.cpu().data<float>()[type];
    }
}
