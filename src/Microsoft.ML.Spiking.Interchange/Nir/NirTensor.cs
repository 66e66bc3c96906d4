using System.Collections.Immutable;

namespace Microsoft.ML.Spiking;

/// <summary>Numbers of a NIR node: a single one, or an array.</summary>
/// <param name="Values">Row by row.</param>
/// <param name="Shape">Sizes of the axes; empty for a single number, which stands for as many neurons as there are.</param>
/// <remarks>In a file they are float64, or float32 where that holds each of them exactly.</remarks>
public sealed record NirTensor(ImmutableArray<double> Values, ImmutableArray<int> Shape)
{
    /// <summary>A single number.</summary>
    public static NirTensor Scalar(double value) => new([value], []);

    /// <summary>The same number so many times.</summary>
    public static NirTensor Repeat(double value, int count) => new([.. Enumerable.Repeat(value, count)], [count]);

    /// <summary>A vector.</summary>
    public static NirTensor Vector(params ReadOnlySpan<double> values) => new([.. values], [values.Length]);

    /// <summary>A matrix of so many rows, row by row.</summary>
    public static NirTensor Matrix(int rows, params ReadOnlySpan<double> values) => new([.. values], [rows, rows == 0 ? 0 : values.Length / rows]);

    /// <summary>Whether float32 holds every number exactly.</summary>
    internal bool IsSingle => Values.All(value => value == (float)value);

    /// <summary>The numbers and the shape are equal.</summary>
    public bool Equals(NirTensor? other) => other is not null && Shape.SequenceEqual(other.Shape) && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Values.Length, Shape.Length, Values.IsEmpty ? 0 : Values[0]);

    /// <summary>The number of a neuron.</summary>
    internal double Of(int neuron) => Shape.IsEmpty ? Values[0] : Values[neuron];
}
