using System.Collections.Immutable;

namespace Microsoft.ML.Spiking;

/// <summary>A trained spiking network: immutable arrays and the options that they belong to. All that scoring needs.</summary>
/// <remarks>C columns of N neurons, I inputs, H hidden units, K classes; arrays are row-major.</remarks>
public sealed record SpikingModel
{
    /// <summary>The options that it was built and trained with.</summary>
    public required SpikingNetworkOptions Options { get; init; }

    /// <summary>What the input column holds.</summary>
    public required InputShape Input { get; init; }

    /// <summary>What the features are called, by which an input in another order is understood; empty where they had no names (SlotNames), or some had none of their own.</summary>
    public ImmutableArray<string> FeatureNames { get; init; } = [];

    /// <summary>Number of classes, K; 0 where there is no readout, in <see cref="SpikingFeaturesTransformer"/>.</summary>
    public required int Classes { get; init; }

    /// <summary>How features are standardised before they are encoded.</summary>
    public required Standardisation Standardisation { get; init; }

    /// <summary>Scale of each input within the code, [I]; empty where the code has none.</summary>
    public required ImmutableArray<float> InputScale { get; init; }

    /// <summary>Weights from inputs to neurons, [C, N, I], of each column the excitatory neurons first.</summary>
    public required ImmutableArray<float> ColumnWeights { get; init; }

    /// <summary>Weights between columns, [C, C] as [post, pre].</summary>
    public required ImmutableArray<float> InterWeights { get; init; }

    /// <summary>Connections between columns.</summary>
    public required Graph Topology { get; init; }

    /// <summary>Running usage of the connections at the end of training, [C, C] as [post, pre], as <see cref="Stdp"/> reckons it; zeros where that was off.</summary>
    public required ImmutableArray<float> ConnectionUsage { get; init; }

    /// <summary>Spike rate of each column under the evaluation code, [C], in spikes per neuron and time step.</summary>
    public required ImmutableArray<float> AverageRate { get; init; }

    /// <summary>
    /// Of the training rows that <see cref="AverageRate"/> was measured on, the share on which a column did not spike once, [C]: 0 to 1. A column that is silent on 99 % of them is dead.
    /// </summary>
    public required ImmutableArray<float> SilentShare { get; init; }

    /// <summary>The share of a column's neurons, over those rows, that spiked in every step, [C]: 0 to 1. A column of 50 % is saturated.</summary>
    public required ImmutableArray<float> SaturatedShare { get; init; }

    /// <summary>The rate that homeostasis aims at.</summary>
    public required float TargetRate { get; init; }

    /// <summary>Weights of the readout's hidden layer, [H, C·N]; H is 0 where the readout is linear.</summary>
    public required ImmutableArray<float> HiddenWeights { get; init; }

    /// <summary>Biases of the hidden layer, [H].</summary>
    public required ImmutableArray<float> HiddenBias { get; init; }

    /// <summary>Weights of the output layer, [K, H], or [K, C·N] where the readout is linear.</summary>
    public required ImmutableArray<float> OutputWeights { get; init; }

    /// <summary>Biases of the output layer, [K].</summary>
    public required ImmutableArray<float> OutputBias { get; init; }

    /// <summary>What divides the logits before they become probabilities (<see cref="TemperatureScaling"/>); 1 where nothing was fitted.</summary>
    public float Temperature { get; init; } = 1;

    /// <summary>The history of its training.</summary>
    public required TrainingRecord Training { get; init; }

    /// <summary>When, where and with what it was trained.</summary>
    public required TrainingProvenance Provenance { get; init; }

    /// <summary>Columns that never fire, and so tell the readout nothing.</summary>
    internal int[] DeadColumns => [.. Enumerable.Range(0, SilentShare.Length).Where(column => SilentShare[column] >= ColumnWarning.Dead)];

    /// <summary>Columns that always fire, and so tell it no more.</summary>
    internal int[] SaturatedColumns => [.. Enumerable.Range(0, SaturatedShare.Length).Where(column => SaturatedShare[column] >= ColumnWarning.Saturated)];

    /// <summary>The patch of the image that a column sees; null where it sees all inputs.</summary>
    /// <param name="column">The cortical column, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    public ImagePatch? FieldOf(int column)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, Options.Columns);
        return ReceptiveFields.Of(Options, Input)?[column];
    }

    /// <summary>The columns alone, reading another column of the data.</summary>
    internal SpikingModel WithoutReadout(string featureColumnName) => this with
    {
        Options = Options with { FeatureColumnName = featureColumnName, Readout = new Readout { HiddenUnits = 0, Dropout = 0 } },
        Classes = 0,
        HiddenWeights = [],
        HiddenBias = [],
        OutputWeights = [],
        OutputBias = [],
    };

    /// <summary>What multiplies each column's rates before the readout, [C]: homeostasis at work.</summary>
    internal float[] RateScale()
    {
        var scale = new float[Options.Columns];
        Array.Fill(scale, 1);
        if (Options.Homeostasis is not { } rule) return scale;
        for (int c = 0; c < scale.Length; c++)
            scale[c] = Math.Clamp(TargetRate / (AverageRate[c] + 1e-6f), (float)rule.MinimumScale, (float)rule.MaximumScale);
        return scale;
    }

    /// <summary>How much each column hears of each other, [post, pre]: sigmoid(weight) where connected, else 0.</summary>
    internal float[] InterColumnWeights()
    {
        var weights = new float[InterWeights.Length];
        for (int i = 0; i < weights.Length; i++)
            if (Topology[i / Topology.Nodes, i % Topology.Nodes]) weights[i] = 1 / (1 + MathF.Exp(-InterWeights[i]));
        return weights;
    }
}
