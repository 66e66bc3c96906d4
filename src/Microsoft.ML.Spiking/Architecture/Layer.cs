using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>
/// A population of neurons that turns a spike train into a spike train: what the layer before it fires, or the code of the input, into what it fires itself.
/// </summary>
/// <remarks>A closed family, since it is stored in models: <see cref="ColumnLayer"/> and <see cref="ConvolutionLayer"/>.</remarks>
[JsonDerivedType(typeof(ColumnLayer), "columns")]
[JsonDerivedType(typeof(ConvolutionLayer), "convolution")]
public abstract record Layer
{
    private readonly Items<int> _delays = new([0]);

    private protected Layer() { }

    /// <summary>Whether and how the weights from the inputs learn. Default: by <see cref="Surrogate"/> gradients.</summary>
    public ColumnLearning Learning { get; init; } = new Surrogate();

    /// <summary>
    /// The delays of the synapses, in time steps, ascending: each input reaches each neuron through one synapse for each of them, with a weight of its own
    /// (Bohte, Kok and La Poutré 2002). So a neuron sees as much of the past as its weights have learnt to look for. Default [0], one synapse without delay.
    /// </summary>
    public ImmutableArray<int> Delays { get => _delays.All; init => _delays = new(value); }

    /// <summary>Whether there is another synapse than the one without delay.</summary>
    internal bool HasDelays => Delays is not [0];

    /// <summary>Whether its neurons' own constants are learnt.</summary>
    internal bool LearnsNeurons => Learning is Surrogate { Neurons: not NeuronLearning.None };

    /// <summary>What its rates are told of, one by one: its cortical columns, or its channels.</summary>
    internal abstract int Groups { get; }

    /// <summary>Nodes of the graph that connects them; 0 where there is none.</summary>
    internal abstract int Nodes { get; }

    /// <summary>Sets of weights from the inputs: as many as neurons that have weights of their own.</summary>
    internal abstract int WeightSets { get; }

    /// <summary>Whether its neurons have constant currents of their own besides those of the inputs, one for each set of weights.</summary>
    internal virtual bool HasBiases => false;

    /// <summary>The types of its neurons, of which constants are learnt.</summary>
    internal abstract ImmutableArray<Neuron> NeuronTypes { get; }

    /// <summary>The layer with neurons of these types, in the order of <see cref="NeuronTypes"/>.</summary>
    internal abstract Layer With(ImmutableArray<Neuron> neurons);

    /// <summary>What the layer makes of what it reads.</summary>
    /// <param name="read">What it reads.</param>
    internal abstract LayerShape Shape(LayerInput read);

    /// <summary>The shape of its weights, each set of them a part.</summary>
    /// <param name="shape">What it makes of what it reads.</param>
    internal abstract int[] WeightShape(LayerShape shape);

    /// <summary>The shape of its neurons' constant currents, where it <see cref="HasBiases"/>.</summary>
    /// <param name="shape">What it makes of what it reads.</param>
    internal abstract int[] BiasShape(LayerShape shape);

    /// <summary>What it is in a sentence, as in "16 columns of 64 neurons".</summary>
    /// <param name="shape">What it makes of what it reads.</param>
    internal abstract string Said(LayerShape shape);

    /// <exception cref="ArgumentException">Says which option cannot be, and what it must be.</exception>
    /// <param name="name">What the layer's options are called in a sentence, with the dot behind it; empty where it is the only one.</param>
    internal virtual void Check(string name)
    {
        Require.Given(Learning, $"{name}{nameof(Learning)}");
        Learning.Check();
        Require.That(!Delays.IsEmpty && Delays[0] >= 0 && Delays.Zip(Delays.Skip(1)).All(two => two.First < two.Second),
            $"{name}Delays is [{string.Join(", ", Delays)}], but it must hold one delay or more, in time steps, none of them negative, each larger than the "
            + "one before; [0] is a synapse without delay.");
    }
}
