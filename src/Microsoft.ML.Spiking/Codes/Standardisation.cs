using System.Collections.Immutable;
using System.Numerics.Tensors;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>x ← (x - Offset) / Unit, before features are encoded: one scale for all inputs, or one for each (<see cref="FeatureScaling"/>).</summary>
public sealed record Standardisation
{
    /// <summary>One scale for all inputs.</summary>
    internal Standardisation(float offset, float unit) : this([offset], [unit]) { }

    /// <summary>A scale for each input.</summary>
    internal Standardisation(ImmutableArray<float> offset, ImmutableArray<float> unit) => (Offset, Unit) = (offset, unit);

    /// <summary>Taken off every feature: one number, or one for each input, which in a column of several dimensions is a place in the last one.</summary>
    public ImmutableArray<float> Offset { get; }

    /// <summary>
    /// What is left is divided by this, greater than 0; infinite for an input that was always the same in training, and so is nothing to go by.
    /// </summary>
    public ImmutableArray<float> Unit { get; }

    /// <summary>Whether all inputs have the same scale.</summary>
    public bool IsShared => Offset.Length == 1;

    /// <summary>Features stay as they are.</summary>
    internal static Standardisation None { get; } = new(0, 1);

    /// <summary>Intensities, 0 to 1.</summary>
    /// <param name="measured">Of the training data.</param>
    /// <param name="scaling">Not <see cref="FeatureScaling.Auto"/>.</param>
    internal static Standardisation ToIntensities(FeatureStatistics measured, FeatureScaling scaling) => scaling switch
    {
        FeatureScaling.None => None,
        FeatureScaling.PerInput => Of(measured.Inputs, range => range.Low, range => range.Span),
        _ => Shared(measured.All),
    };

    /// <summary>A scale for each input.</summary>
    internal static Standardisation Of(ImmutableArray<FeatureRange> inputs, Func<FeatureRange, double> offset, Func<FeatureRange, double> unit)
        => new([.. inputs.Select(range => (float)offset(range))],
            [.. inputs.Select(range => (float)unit(range) is > 0 and var size ? size : float.PositiveInfinity)]);

    /// <summary>The numbers are equal.</summary>
    public bool Equals(Standardisation? other) => other is not null && Offset.SequenceEqual(other.Offset) && Unit.SequenceEqual(other.Unit);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Offset.Length, Offset[0], Unit[0]);

    /// <exception cref="InvalidDataException">It is none that training leaves.</exception>
    internal void Check()
    {
        foreach (float unit in Unit)
            if (!(unit > 0))
                throw Trouble.Model.InvalidData(
                    $"The model is damaged: it divides features by a Unit of {unit}, but that must be greater than 0.");
        foreach (float offset in Offset)
            if (!float.IsFinite(offset))
                throw Trouble.Model.InvalidData(
                    $"The model is damaged: it takes an Offset of {offset} off features, but that must be a finite number.");
    }

    /// <summary>Standardises a row, in place.</summary>
    internal void Apply(Span<float> features)
    {
        ReadOnlySpan<float> offset = Offset.AsSpan(), unit = Unit.AsSpan();
        if (IsShared)
        {
            TensorPrimitives.Subtract(features, offset[0], features);
            TensorPrimitives.Divide(features, unit[0], features);
            return;
        }
        for (; !features.IsEmpty; features = features[offset.Length..])
        {
            Span<float> inputs = features[..offset.Length];
            TensorPrimitives.Subtract(inputs, offset, inputs);
            TensorPrimitives.Divide(inputs, unit, inputs);
        }
    }

    // An image's black is 0 whether or not any pixel is; what stands far from 0 and moves little would otherwise all look alike.
    private static Standardisation Shared(FeatureRange all)
    {
        float offset = all.Low >= 0 && all.Low <= all.Span ? 0 : (float)all.Low, unit = (float)(all.High - offset);
        return new(offset, unit > 0 ? unit : 1);
    }
}
