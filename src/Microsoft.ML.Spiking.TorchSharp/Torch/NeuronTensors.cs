using System.Collections.Immutable;
using Microsoft.ML.Spiking.Descent;
using Microsoft.ML.Spiking.Neurons;
using Microsoft.ML.Spiking.State;
using TorchSharp.Modules;
using static Microsoft.ML.Spiking.Native.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary>The constants of a layer's types of neuron on a device, and their learning.</summary>
/// <remarks>
/// What learns is a deviation δ from the layer's constant, [type], of columns excitatory and inhibitory, which starts at 0 and which weight decay draws back
/// to it:
/// <code>
/// decay = sigmoid(logit(decay₀) + δ)              between 0 and 1
/// other = floor + (other₀ - floor) · exp(δ)       above the floor, which is a threshold's reset
/// </code>
/// </remarks>
internal sealed class NeuronTensors : IDisposable
{
    private readonly List<Tensor> _kept = [];
    private readonly Tensor _types;
    private readonly Learning[] _constants;

    public NeuronTensors(Layer layer, Device device)
    {
        using var scope = NewDisposeScope();
        _types = Keep(TypesOf(layer, device));
        NeuronLearning learns = layer.Learning is Surrogate surrogate ? surrogate.Neurons : NeuronLearning.None;
        ImmutableArray<Neuron> types = layer.NeuronTypes;
        _constants = [.. Enumerable.Range(0, types[0].Constants.Length).Select(k => Make([.. types.Select(type => type.Constants[k])], learns, device))];
    }

    /// <summary>δ of a constant by its name, [type]; null where it does not learn.</summary>
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
    public Layer Learnt(Layer layer) => layer.With([.. layer.NeuronTypes.Select(Learnt)]);

    /// <summary>+1 for excitatory neurons, -1 for inhibitory ones, [neuron] of a column.</summary>
    public static Tensor SignOf(ColumnLayer layer, Device device)
        => tensor([.. Enumerable.Range(0, layer.NeuronsPerColumn).Select(neuron => neuron < layer.ExcitatoryNeurons ? 1f : -1f)], device: device);

    public void Dispose()
    {
        foreach (Tensor tensor in _kept) tensor.Dispose();
    }

    private Learning Make(NeuronConstant[] types, NeuronLearning learns, Device device)
    {
        Tensor Of(Func<NeuronConstant, double> number, ScalarType type) => Keep(tensor([.. types.Select(number)], type, device));
        NeuronConstant first = types[0];
        bool learning = first.LearnsWith(learns), decays = first.TimeConstant is not null;
        return new Learning(
            first.Name ?? "",
            Keep(PerNeuron(Of(constant => constant.Value, float32))),
            learning ? (Parameter)Keep(nn.Parameter(zeros(types.Length, float32, device))) : null,
            Of(constant => constant.Start, float64),
            decays ? null : Of(constant => constant.Floor, float64));
    }

    private Neuron Learnt(Neuron neuron, int type)
    {
        if (!Deviations.Any()) return neuron;
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return neuron.Learnt([.. _constants.Zip(neuron.Constants,
            (constant, was) => constant.Deviation is null ? was.TimeConstant ?? was.Value : constant.Read(type, was))]);
    }

    /// <summary>1 where a neuron is of a type, [type, neuron]. Where all are of one, one stands for all.</summary>
    private static Tensor TypesOf(Layer layer, Device device)
    {
        if (layer is not ColumnLayer columns) return ones([1, 1], float32, device);
        int neurons = columns.Neurons;
        var types = new float[2 * neurons];
        for (int n = 0; n < neurons; n++) types[n % columns.NeuronsPerColumn < columns.ExcitatoryNeurons ? n : neurons + n] = 1;
        return tensor(types, [2, neurons], device: device);
    }

    /// <summary>From one value a type, [type], to one a neuron: exactly that of the neuron's type.</summary>
    private Tensor PerNeuron(Tensor values) => values.matmul(_types);

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
        /// <remarks>By way of float64, so that both engines round the same number.</remarks>
        public Tensor Learnt()
        {
            Tensor deviation = Deviation!.to(float64);
            return (Floor is null ? Start.add(deviation, One).sigmoid() : Floor.add(Start * deviation.exp(), One)).to(float32);
        }

        /// <summary>As it is now: of a decay its time constant.</summary>
        public double Read(int type, NeuronConstant was) => was.OptionAt(Deviation!.cpu().data<float>()[type]);
    }
}
