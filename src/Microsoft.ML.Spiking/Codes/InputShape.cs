using System.Collections.Immutable;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Images;

namespace Microsoft.ML.Spiking;

/// <summary>What the input column holds, intensities of some shape or spike trains, and what the columns get of it.</summary>
public sealed class InputShape
{
    private InputShape(ImmutableArray<int> dimensions) => Dimensions = dimensions;

    /// <summary>The column's dimensions, as in [28, 28], or [time, inputs] of a spike train or a sequence.</summary>
    public ImmutableArray<int> Dimensions { get; }

    /// <summary>Numbers in a row of the column.</summary>
    public int Features { get; private init; }

    /// <summary>
    /// Number of inputs to the columns, I: of a spike train, in a time step; of a sequence, as many as it has, or twice as many
    /// (<see cref="DeltaCode"/>).
    /// </summary>
    public int Inputs { get; private init; }

    /// <summary>Time steps of a spike train or a sequence; null for intensities, which are shown for <see cref="SpikingNetwork.TimeSteps"/>.</summary>
    public int? Steps { get; private init; }

    /// <summary>Whether the column holds spike trains.</summary>
    public bool IsSpikeTrain { get; private init; }

    /// <summary>
    /// Inputs that may have a scale of their own: the places in the last dimension, which mean the same in every time step or line of an image.
    /// </summary>
    internal int ScalesPerRow => Dimensions[^1];

    /// <summary>How the column is an image; null where it is none.</summary>
    internal ImageShape? Image => Steps is null ? ImageShape.Of(Dimensions.AsSpan()) : null;

    /// <summary>Numbers of a row that it has: all of them, but of a sequence that ends before the column does those of its own time steps.</summary>
    internal int Given(ReadOnlySpan<float> row)
        => Steps is { } steps && !IsSpikeTrain ? SequenceEnd.Of(row, Features / steps) * (Features / steps) : row.Length;

    /// <summary>Whether a row has a number, and all that it has are finite.</summary>
    internal bool IsComplete(ReadOnlySpan<float> row)
    {
        int given = Given(row);
        foreach (float x in row[..given])
            if (!float.IsFinite(x)) return false;
        return given > 0;
    }

    internal VectorDataViewType ColumnType => new(IsSpikeTrain ? BooleanDataViewType.Instance : NumberDataViewType.Single, Dimensions.ToArray());

    internal static InputShape Intensities(params ReadOnlySpan<int> dimensions)
    {
        int inputs = 1;
        foreach (int d in dimensions) inputs = checked(inputs * d);
        return new InputShape([.. dimensions]) { Features = inputs, Inputs = inputs };
    }

    internal static InputShape SpikeTrain(int steps, int inputs)
        => new([steps, inputs]) { Features = checked(steps * inputs), Inputs = inputs, Steps = steps, IsSpikeTrain = true };

    /// <summary>Intensities over time, of which a code makes channels.</summary>
    internal static InputShape Sequence(int steps, int inputs, int channels)
        => new([steps, inputs]) { Features = checked(steps * inputs), Inputs = channels, Steps = steps };

    /// <summary>The shape of a column; null where it holds neither intensities nor spike trains of a known size.</summary>
    internal static InputShape? Of(DataViewType type) => type switch
    {
        VectorDataViewType { IsKnownSize: true } v when v.ItemType == NumberDataViewType.Single => Intensities(v.Dimensions.AsSpan()),
        VectorDataViewType { IsKnownSize: true, Dimensions: [var steps, var inputs] } v when v.ItemType == BooleanDataViewType.Instance
            => SpikeTrain(steps, inputs),
        _ => null,
    };

    /// <summary>
    /// Whether a column of this type can be scored by a network of this shape: intensities fit as they were, as one flat vector, and, but for sequences, in any
    /// arrangement of the same size.
    /// </summary>
    internal bool Accepts(DataViewType type) => Of(type) is { } other && other.IsSpikeTrain == IsSpikeTrain
        && (Steps is not null
            ? other.Dimensions.SequenceEqual(Dimensions) || !IsSpikeTrain && other.Dimensions.Length == 1 && other.Features == Features
            : other.Features == Features);
}
