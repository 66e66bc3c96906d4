using System.Collections.Immutable;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking;

/// <summary>What the input column holds: intensities of some shape, or spike trains.</summary>
public sealed class InputShape
{
    private InputShape(ImmutableArray<int> dimensions, int inputs, int? steps) => (Dimensions, Inputs, Steps) = (dimensions, inputs, steps);

    /// <summary>The column's dimensions, as in [28, 28], or [time, inputs] of a spike train.</summary>
    public ImmutableArray<int> Dimensions { get; }

    /// <summary>Number of inputs to the columns, I.</summary>
    public int Inputs { get; }

    /// <summary>Time steps of a spike train; null for intensities.</summary>
    public int? Steps { get; }

    /// <summary>Whether the column holds spike trains.</summary>
    public bool IsSpikeTrain => Steps is not null;

    internal VectorDataViewType ColumnType => new(IsSpikeTrain ? BooleanDataViewType.Instance : NumberDataViewType.Single, Dimensions.ToArray());

    internal static InputShape Intensities(params ReadOnlySpan<int> dimensions)
    {
        int inputs = 1;
        foreach (int d in dimensions) inputs = checked(inputs * d);
        return new InputShape([.. dimensions], inputs, null);
    }

    internal static InputShape SpikeTrain(int steps, int inputs) => new([steps, inputs], inputs, steps);

    /// <summary>The shape of a column; null where it holds neither intensities nor spike trains of a known size.</summary>
    internal static InputShape? Of(DataViewType type) => type switch
    {
        VectorDataViewType { IsKnownSize: true } v when v.ItemType == NumberDataViewType.Single => Intensities(v.Dimensions.AsSpan()),
        VectorDataViewType { IsKnownSize: true, Dimensions: [var steps, var inputs] } v when v.ItemType == BooleanDataViewType.Instance => SpikeTrain(steps, inputs),
        _ => null,
    };

    /// <summary>Whether a column of this type can be scored by a network of this shape: intensities fit in any arrangement of the same size.</summary>
    internal bool Accepts(DataViewType type) => Of(type) is { } other && (IsSpikeTrain
        ? other.IsSpikeTrain && other.Inputs == Inputs && other.Steps == Steps
        : !other.IsSpikeTrain && other.Inputs == Inputs);
}
