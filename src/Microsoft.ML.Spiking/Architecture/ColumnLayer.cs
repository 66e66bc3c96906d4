using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>Cortical columns, joined by a graph along which they modulate and drive each other.</summary>
/// <remarks>An immutable record: vary it by <c>with { ... }</c>. A rule that is null is off.</remarks>
public sealed record ColumnLayer : Layer
{
    // What goes round between the columns grows by it in every step, and its gradient too.
    private const double MostCoupling = 100;

    /// <summary>
    /// What multiplies the excitatory neurons' Kaiming-normal weights, of deviation √(2 / inputs), the inputs that the column sees. Default 1.
    /// </summary>
    public double ExcitatoryGain { get; init; } = 1;

    /// <summary>What multiplies the inhibitory neurons' Kaiming-normal weights, besides -1. Default 1.</summary>
    public double InhibitoryGain { get; init; } = 1;

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

    internal override void Check(string name)
    {
        base.Check(name);
        Require.NotNegative(ExcitatoryGain, $"{name}{nameof(ExcitatoryGain)}");
        Require.NotNegative(InhibitoryGain, $"{name}{nameof(InhibitoryGain)}");
        ReceptiveField?.Check();
        Require.That(ReceptiveField is null || !HasDelays,
            $"{name}ReceptiveField and {name}Delays are both on, but columns that see a patch have synapses without delay; turn one of them off.");
        Wired.Check(Columns);
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
