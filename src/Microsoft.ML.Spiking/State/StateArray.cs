using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.State;

/// <summary>Numbers that a training goes on from: what they are called, how they are read and how they are put back.</summary>
/// <param name="Name">Their name in the checkpoint.</param>
/// <param name="Shape">Their shape there.</param>
/// <param name="Read">Reads them, row-major.</param>
/// <param name="Put">Puts them back.</param>
internal sealed record StateArray(string Name, int[] Shape, Func<float[]> Read, Action<float[]> Put)
{
    public static StateArray Of(string name, AlignedFloats values, params int[] shape)
        => new(name, shape, () => values.Span.ToArray(), stored => stored.CopyTo(values.Span));

    public static StateArray Of(string name, float[] values, params int[] shape)
        => new(name, shape, () => [.. values], stored => stored.CopyTo(values, 0));

    /// <summary>One number.</summary>
    public static StateArray Of(string name, Func<float> read, Action<float> put) => new(name, [], () => [read()], stored => put(stored[0]));

    /// <summary>The same, stored in another order.</summary>
    public StateArray In(WeightOrder order) => new(Name, order.Shape, () => order.ToStored(Read()), stored => Put(order.ToHeld(stored)));
}
