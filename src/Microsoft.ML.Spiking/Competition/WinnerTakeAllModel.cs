using System.Collections.Immutable;
using Microsoft.ML.Spiking.Architecture;

namespace Microsoft.ML.Spiking;

/// <summary>A trained winner-take-all layer: what it has learnt, and which class each neuron speaks for.</summary>
/// <remarks>An immutable value.</remarks>
public sealed record WinnerTakeAllModel
{
    internal WinnerTakeAllModel() { }

    /// <summary>The layer, with the scaling that was chosen.</summary>
    public required WinnerTakeAllNetwork Network { get; init; }

    /// <summary>How it learnt.</summary>
    public required CompetitiveStdp Learning { get; init; }

    /// <summary>Passes over the rows.</summary>
    public required int Epochs { get; init; }

    /// <summary>The seed that all randomness came from.</summary>
    public required int Seed { get; init; }

    /// <summary>Rows learnt from.</summary>
    public required long Rows { get; init; }

    /// <summary>Of these, rows with a label.</summary>
    public required long LabelledRows { get; init; }

    /// <summary>What the input column held.</summary>
    public required InputShape Input { get; init; }

    /// <summary>Number of classes, K; 0 of a layer that only makes features (<see cref="WinnerTakeAllFeaturesTransformer"/>).</summary>
    public required int Classes { get; init; }

    /// <summary>What the features are called, in the order of training; empty where they had no names.</summary>
    public ImmutableArray<string> FeatureNames { get; init; } = [];

    /// <summary>How features become intensities from 0 to 1.</summary>
    public required Standardisation Standardisation { get; init; }

    /// <summary>What a spike through a weight of 1 adds to a potential (<see cref="WinnerTakeAllNetwork.Drive"/>).</summary>
    public required float Gain { get; init; }

    /// <summary>What each neuron weighs each input by, 0 to 1, [neuron, input]: of images, what it has learnt to see.</summary>
    public required ImmutableArray<float> Weights { get; init; }

    /// <summary>The potential at which each neuron fires, [neuron]: the layer's threshold, and what its spikes have added.</summary>
    public required ImmutableArray<float> Thresholds { get; init; }

    /// <summary>Mean spikes of each neuron in a labelled row of each class, [neuron, class].</summary>
    public required ImmutableArray<float> ClassSpikes { get; init; }

    /// <summary>Each class's share of the labelled rows, [class].</summary>
    public required ImmutableArray<float> ClassShares { get; init; }

    /// <summary>The class, from 0, that each neuron speaks for, since it fires most for it; -1 of one that fires for none. [neuron].</summary>
    public ImmutableArray<int> NeuronClasses => [.. Enumerable.Range(0, Network.Neurons).Select(ClassOf)];

    internal ColumnNames Names { get; init; } = ColumnNames.Default;

    private int ClassOf(int neuron)
    {
        ReadOnlySpan<float> spikes = ClassSpikes.AsSpan().Slice(neuron * Classes, Classes);
        int most = 0;
        for (int c = 1; c < spikes.Length; c++)
            if (spikes[c] > spikes[most]) most = c;
        return most < spikes.Length && spikes[most] > 0 ? most : -1;
    }
}
