using System.Collections.Immutable;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>Cortical columns, joined by a graph along which they modulate and drive each other.</summary>
/// <remarks>An immutable record: vary it by <c>with { ... }</c>. A rule that is null is off.</remarks>
public sealed record ColumnLayer : Layer
{
    private const int MostNeurons = 65_536;

    // What goes round between the columns grows by it in every step, and its gradient too.
    private const double MostCoupling = 100;

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

    /// <summary>
    /// What multiplies the excitatory neurons' Kaiming-normal weights, of deviation √(2 / inputs), the inputs that the column sees. Default 1.
    /// </summary>
    public double ExcitatoryGain { get; init; } = 1;

    /// <summary>What multiplies the inhibitory neurons' Kaiming-normal weights, besides -1. Default 1.</summary>
    public double InhibitoryGain { get; init; } = 1;

    /// <summary>
    /// Batch normalisation of the currents that come in from the inputs, but not of those within the layer; null for none. Needs <see cref="Surrogate"/>
    /// learning. Default null.
    /// </summary>
    public CurrentNormalisation? Normalisation { get; init; }

    /// <summary>The patch of the image that each column sees; null where every column sees all inputs. Of the first layer alone. Default null.</summary>
    public ReceptiveField? ReceptiveField { get; init; }

    /// <summary>
    /// The graph of connections between columns; null for 8 neighbours, or as many as fewer columns allow, rewired with probability 0.15. Default null.
    /// </summary>
    public WattsStrogatz? Wiring { get; init; }

    /// <summary>Standard deviation of the initial weights between columns. Default 0.05.</summary>
    public double InterWeightDeviation { get; init; } = 0.05;

    /// <summary>
    /// How much the columns it hears change what a column's spikes count for the readout: each counts 1 + Modulation · influence. Default 0.1.
    /// </summary>
    public double Modulation { get; init; } = 0.1;

    /// <summary>
    /// How strongly the columns drive each other: in every step each neuron of a column receives, besides its input, Coupling · influence of the step before,
    /// as a current. A column's inhibitory spikes count negative, so they lower the membranes of the columns that hear it. At most 100. Default 0: columns
    /// receive no spikes of each other.
    /// </summary>
    public double Coupling { get; init; }

    /// <summary>Synapses between the layer's single neurons, with weights that learn; null for none. Default null.</summary>
    public Recurrence? Recurrence { get; init; }

    /// <summary>Plasticity of the connections between columns; null for none. Default: <see cref="CorrelationStdp"/>.</summary>
    public PlasticityRule? Plasticity { get; init; } = new CorrelationStdp();

    /// <summary>
    /// Rate homeostasis of the columns; null for none. Default: towards 0.05 to 0.15 spikes per neuron and step, with ten times the squared distance in the
    /// loss.
    /// </summary>
    public Homeostasis? Homeostasis { get; init; } = new() { InitialRate = 0.1, MinimumRate = 0.05, MaximumRate = 0.15, RateLossWeight = 10 };

    /// <summary>
    /// Growth and pruning of connections between columns; null for none. Needs <see cref="Plasticity"/>. Default: every 50 batches, within a density of 0.05 to
    /// 0.5.
    /// </summary>
    public StructuralPlasticity? StructuralPlasticity { get; init; } = new();

    /// <summary>The graph that the connections are drawn from.</summary>
    internal WattsStrogatz Wired => Wiring ?? WattsStrogatz.Default(Columns);

    /// <summary>Whether what neurons fire depends on what others of them fired in the step before, so that all take a step before any takes the next.</summary>
    internal bool StepsTogether => Coupling != 0 || Recurrence is not null;

    /// <summary>Pairs of columns of which each neuron of the one hears each of the other.</summary>
    internal int RecurrentPairs => Recurrence is null ? 0 : Columns * (Wired.Neighbours + (Recurrence.OwnColumn ? 1 : 0));

    /// <summary>Excitatory neurons in each column.</summary>
    internal int ExcitatoryNeurons => (int)Math.Floor(NeuronsPerColumn * ExcitatoryFraction);

    /// <summary>Neurons of all columns: the inputs of a layer that follows.</summary>
    internal int Neurons => Columns * NeuronsPerColumn;

    internal override int Groups => Columns;

    internal override int Nodes => Columns;

    internal override bool HasBiases => Normalisation is not null;

    internal override int WeightSets => Neurons;

    internal override ImmutableArray<Neuron> NeuronTypes => [Excitatory, Inhibitory];

    internal override ColumnLayer With(ImmutableArray<Neuron> neurons) => this with { Excitatory = neurons[0], Inhibitory = neurons[1] };

    internal override LayerShape Shape(LayerInput read) => new(Columns, NeuronsPerColumn, LayerShape.Counted((long)read.Count * Delays.Length));

    internal override int[] WeightShape(LayerShape shape) => [Columns, NeuronsPerColumn, shape.Synapses];

    internal override int[] BiasShape(LayerShape shape) => [Columns, NeuronsPerColumn];

    internal override string Said(LayerShape shape) => $"{Columns} columns of {NeuronsPerColumn} neurons";

    internal override void Check(string name)
    {
        Require.Positive(Columns, $"{name}{nameof(Columns)}", WattsStrogatz.MostNodes);
        Require.Positive(NeuronsPerColumn, $"{name}{nameof(NeuronsPerColumn)}", MostNeurons);
        Require.Fraction(ExcitatoryFraction, $"{name}{nameof(ExcitatoryFraction)}");
        Require.Given(Excitatory, $"{name}{nameof(Excitatory)}");
        Require.Given(Inhibitory, $"{name}{nameof(Inhibitory)}");
        Require.That(Excitatory.GetType() == Inhibitory.GetType(),
            $"{name}Excitatory is {Excitatory.GetType().Name} and {name}Inhibitory is {Inhibitory.GetType().Name}, but a layer's neurons are of one type; "
            + "switch off what one of them shall not have by its constants.");
        Excitatory.Check($"{name}{nameof(Excitatory)}");
        Inhibitory.Check($"{name}{nameof(Inhibitory)}");
        base.Check(name);
        Require.NotNegative(ExcitatoryGain, $"{name}{nameof(ExcitatoryGain)}");
        Require.NotNegative(InhibitoryGain, $"{name}{nameof(InhibitoryGain)}");
        ReceptiveField?.Check();
        Require.That(ReceptiveField is null || !HasDelays,
            $"{name}ReceptiveField and {name}Delays are both on, but columns that see a patch have synapses without delay; turn one of them off.");
        Normalisation?.Check(name, Learning);
        Wired.Check(Columns);
        Recurrence?.Check(name, this);
        Require.NotNegative(InterWeightDeviation, $"{name}{nameof(InterWeightDeviation)}");
        Require.Within(Modulation, $"{name}{nameof(Modulation)}");
        Require.NotNegative(Coupling, $"{name}{nameof(Coupling)}", MostCoupling);
        Plasticity?.Check();
        Homeostasis?.Check();
        StructuralPlasticity?.Check();
        Require.That(StructuralPlasticity is null || Plasticity is not null,
            $"{name}StructuralPlasticity is on but {name}Plasticity is null, and only it keeps the potential and usage that growth and pruning read; "
            + "turn both on or both off.");
    }
}
