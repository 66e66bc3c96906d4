using System.Collections.Immutable;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking;

/// <summary>A trained spiking network: what it is, and what it learnt as immutable arrays. All that scoring needs.</summary>
/// <remarks>
/// M inputs of the readout, which are the neurons that it reads, times its windows where those lie side by side; H hidden units, K classes; arrays are
/// row-major.
/// </remarks>
public sealed record SpikingModel
{
    /// <summary>The network, with what was left to the data as it was chosen, and with neurons' constants as they were learnt.</summary>
    public required SpikingNetwork Network { get; init; }

    /// <summary>What the input column holds.</summary>
    public required InputShape Input { get; init; }

    /// <summary>
    /// What the features are called, by which an input in another order is understood; empty where they had no names (SlotNames), or some had none of their
    /// own.
    /// </summary>
    public ImmutableArray<string> FeatureNames { get; init; } = [];

    /// <summary>
    /// How long a time step of the spike trains is that it was trained on, as the loaders of events say; null where nothing says it. A column that says another
    /// is refused.
    /// </summary>
    public TimeSpan? BinWidth { get; init; }

    /// <summary>Number of classes, K; 0 where there is no readout, in <see cref="SpikingFeaturesTransformer"/>.</summary>
    public required int Classes { get; init; }

    /// <summary>How features are standardised before they are encoded.</summary>
    public required Standardisation Standardisation { get; init; }

    /// <summary>Scale of each input within the code, [inputs]; empty where the code has none.</summary>
    public required ImmutableArray<float> InputScale { get; init; }

    /// <summary>The layers, from the input on.</summary>
    public required ImmutableArray<TrainedLayer> Layers { get; init; }

    /// <summary>Weights of the readout's hidden layer, [H, M]; H is 0 where the readout is linear.</summary>
    public required ImmutableArray<float> HiddenWeights { get; init; }

    /// <summary>Biases of the hidden layer, [H].</summary>
    public required ImmutableArray<float> HiddenBias { get; init; }

    /// <summary>Weights of the output layer, [K, H], or [K, M] where the readout is linear.</summary>
    public required ImmutableArray<float> OutputWeights { get; init; }

    /// <summary>Biases of the output layer, [K].</summary>
    public required ImmutableArray<float> OutputBias { get; init; }

    /// <summary>What scores each window of a readout that attends to them (<see cref="WindowPooling.Attention"/>), [M]; empty of another.</summary>
    public ImmutableArray<float> AttentionWeights { get; init; } = [];

    /// <summary>What divides the logits before they become probabilities (<see cref="TemperatureScaling"/>); 1 where nothing was fitted.</summary>
    public float Temperature { get; init; } = 1;

    /// <summary>The history of its training.</summary>
    public required TrainingRecord Training { get; init; }

    /// <summary>When, where and with what it was trained.</summary>
    public required TrainingProvenance Provenance { get; init; }

    /// <summary>What its columns of the data are called.</summary>
    internal ColumnNames Names { get; init; } = ColumnNames.Default;

    /// <summary>Time steps that a row is shown for.</summary>
    internal int Steps => Input.Steps ?? Network.TimeSteps;

    /// <summary>The patch of the image that a column of the first layer sees; null where it sees all inputs.</summary>
    /// <param name="column">The cortical column, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    public ImagePatch? FieldOf(int column)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, Network.Layers[0].Groups);
        return FieldsOf(0)?[column];
    }

    /// <summary>What the columns of a layer see; null where they see all inputs.</summary>
    internal ReceptiveFields? FieldsOf(int layer) => layer == 0 ? ReceptiveFields.Of(Network.Layers[0], Input) : null;

    /// <summary>The layers alone, reading another column of the data.</summary>
    internal SpikingModel WithoutReadout(string featureColumnName) => this with
    {
        Names = Names with { Features = featureColumnName },
        Network = Network with { Readout = Network.Readout with { HiddenUnits = 0, Dropout = 0 } },
        Classes = 0,
        HiddenWeights = [],
        HiddenBias = [],
        OutputWeights = [],
        OutputBias = [],
        AttentionWeights = [],
    };
}
