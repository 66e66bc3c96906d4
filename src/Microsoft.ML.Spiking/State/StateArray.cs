using System.Numerics.Tensors;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.State;

/// <summary>Numbers that a training goes on from: what they are called, how they are read and how they are put back.</summary>
/// <param name="Name">Their name in the checkpoint.</param>
/// <param name="Shape">Their shape there.</param>
/// <param name="Read">Reads them, row-major.</param>
/// <param name="Put">Puts them back.</param>
internal sealed record StateArray(string Name, int[] Shape, Func<float[]> Read, Action<float[]> Put)
{
    /// <summary>What they may be.</summary>
    public StateRange Range { get; init; } = StateRange.Any;

    /// <summary>Whether they are all finite; null to read them for it.</summary>
    public Func<bool>? Finite { get; init; }

    public static StateArray Of(string name, AlignedFloats values, params int[] shape)
        => new(name, shape, () => values.Span.ToArray(), stored => stored.CopyTo(values.Span)) { Finite = () => AreFinite(values.Span) };

    public static StateArray Of(string name, float[] values, params int[] shape)
        => new(name, shape, () => [.. values], stored => stored.CopyTo(values, 0)) { Finite = () => AreFinite(values) };

    /// <summary>One number.</summary>
    public static StateArray Of(string name, Func<float> read, Action<float> put) => new(name, [], () => [read()], stored => put(stored[0]));

    /// <summary>Numbers that count something.</summary>
    public static StateArray Of(string name, int[] counts) => new(
        name, [counts.Length], () => [.. counts.Select(count => (float)count)], stored => Array.ConvertAll(stored, count => (int)count).CopyTo(counts, 0))
    {
        Range = StateRange.Count,
    };

    /// <summary>Whether numbers are all finite.</summary>
    public static bool AreFinite(ReadOnlySpan<float> values) => values.IsEmpty || float.IsFinite(TensorPrimitives.MaxMagnitude(values));

    /// <summary>The same, stored in another order.</summary>
    public StateArray In(WeightOrder order)
        => this with { Shape = order.Shape, Read = () => order.ToStored(Read()), Put = stored => Put(order.ToHeld(stored)), Finite = IsFinite };

    /// <summary>Whether they are all finite. Waits for the device.</summary>
    public bool IsFinite() => Finite?.Invoke() ?? AreFinite(Read());
}
