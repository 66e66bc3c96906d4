using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>
/// A population of neurons that turns a spike train into a spike train: what the layer before it fires, or the code of the input, into what it fires itself.
/// </summary>
/// <remarks>A closed family, since it is stored in models: <see cref="ColumnLayer"/>.</remarks>
[JsonDerivedType(typeof(ColumnLayer), "columns")]
public abstract record Layer
{
    private const int MostNeurons = 65_536;

    private readonly Items<int> _delays = new([0]);

    private protected Layer() { }

    /// <summary>Cortical columns in the layer, at most 16,384. Default 16.</summary>
    public int Columns { get; init; } = 16;

    /// <summary>Neurons in each column, at most 65,536. Default 64.</summary>
    public int NeuronsPerColumn { get; init; } = 64;

    /// <summary>Fraction of each column's neurons, rounded down, that are excitatory: their spikes count +1, the others' -1. Default 0.8.</summary>
    public double ExcitatoryFraction { get; init; } = 0.8;

    /// <summary>The excitatory neuron. Default: time constants 5 and 2 steps, threshold 2.5.</summary>
    public Neuron Excitatory { get; init; } = new LifNeuron { MembraneTimeConstant = 5, SynapseTimeConstant = 2, Threshold = 2.5f };

    /// <summary>The inhibitory neuron, of the same type. Default: time constants 4 and 1.6 steps, threshold 2.</summary>
    public Neuron Inhibitory { get; init; } = new LifNeuron { MembraneTimeConstant = 4, SynapseTimeConstant = 1.6, Threshold = 2 };

    /// <summary>Whether and how the weights from the inputs learn. Default: by <see cref="Surrogate"/> gradients.</summary>
    public ColumnLearning Learning { get; init; } = new Surrogate();

    /// <summary>
    /// The delays of the synapses, in time steps, ascending: each input reaches each neuron through one synapse for each of them, with a weight of its own
    /// (Bohte, Kok and La Poutré 2002). So a neuron sees as much of the past as its weights have learnt to look for. Default [0], one synapse without delay.
    /// </summary>
    public ImmutableArray<int> Delays { get => _delays.All; init => _delays = new(value); }

    /// <summary>Whether there is another synapse than the one without delay.</summary>
    internal bool HasDelays => Delays is not [0];

    /// <summary>Excitatory neurons in each column.</summary>
    internal int ExcitatoryNeurons => (int)Math.Floor(NeuronsPerColumn * ExcitatoryFraction);

    /// <summary>Neurons of all columns: the inputs of a layer that follows.</summary>
    internal int Neurons => Columns * NeuronsPerColumn;

    /// <exception cref="ArgumentException">Says which option cannot be, and what it must be.</exception>
    /// <param name="name">What the layer's options are called in a sentence, with the dot behind it; empty where it is the only one.</param>
    internal virtual void Check(string name)
    {
        Require.Positive(Columns, $"{name}{nameof(Columns)}", WattsStrogatz.MostNodes);
        Require.Positive(NeuronsPerColumn, $"{name}{nameof(NeuronsPerColumn)}", MostNeurons);
        Require.Fraction(ExcitatoryFraction, $"{name}{nameof(ExcitatoryFraction)}");
        Require.Given(Excitatory, $"{name}{nameof(Excitatory)}");
        Require.Given(Inhibitory, $"{name}{nameof(Inhibitory)}");
        Require.Given(Learning, $"{name}{nameof(Learning)}");
        Require.That(Excitatory.GetType() == Inhibitory.GetType(),
            $"{name}Excitatory is {Excitatory.GetType().Name} and {name}Inhibitory is {Inhibitory.GetType().Name}, but a layer's neurons are of one type; "
            + "switch off what one of them shall not have by its constants.");
        Excitatory.Check($"{name}{nameof(Excitatory)}");
        Inhibitory.Check($"{name}{nameof(Inhibitory)}");
        Learning.Check();
        Require.That(!Delays.IsEmpty && Delays[0] >= 0 && Delays.Zip(Delays.Skip(1)).All(two => two.First < two.Second),
            $"{name}Delays is [{string.Join(", ", Delays)}], but it must hold one delay or more, in time steps, none of them negative, each larger than the "
            + "one before; [0] is a synapse without delay.");
    }
}
