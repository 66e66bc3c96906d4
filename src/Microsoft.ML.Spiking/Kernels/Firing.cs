using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>The neurons that fire on a sample, and what: in the order of neurons, so column by column.</summary>
internal sealed class Firing(int columns, int neurons)
{
    private readonly int[] _counts = new int[RasterTable.MaximumSteps];   // signed spikes of a column so far, [step]
    private readonly AlignedFloats _rates = new(columns * RasterTable.MaximumSteps);   // [column, step]

    /// <summary>How many.</summary>
    public int Count { get; set; }

    /// <summary>Which, counted over all columns.</summary>
    public int[] Neurons { get; } = new int[neurons];

    /// <summary>Which of the layer's rasters they fire.</summary>
    public ushort[] Rasters { get; } = new ushort[neurons];

    /// <summary>How many of them are in the columns up to each, [column].</summary>
    public int[] Ends { get; } = new int[columns];

    public void Clear() => Count = 0;

    /// <summary>Adds signed spikes to those of the column that is being counted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(Vector512<sbyte> spikes)
    {
        (Vector512<short> lower, Vector512<short> upper) = Vector512.Widen(spikes);
        (Vector512<int> a, Vector512<int> b) = Vector512.Widen(lower);
        (Vector512<int> c, Vector512<int> d) = Vector512.Widen(upper);
        ref int counts = ref _counts[0];
        (Vector512.LoadUnsafe(ref counts) + a).StoreUnsafe(ref counts);
        (Vector512.LoadUnsafe(ref counts, 16) + b).StoreUnsafe(ref counts, 16);
        (Vector512.LoadUnsafe(ref counts, 32) + c).StoreUnsafe(ref counts, 32);
        (Vector512.LoadUnsafe(ref counts, 48) + d).StoreUnsafe(ref counts, 48);
    }

    /// <summary>Takes the rates of the column that was counted, and begins the next.</summary>
    /// <param name="column">Which.</param>
    /// <param name="ofNeurons">Its neurons.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Rate(int column, int ofNeurons)
    {
        ref int counts = ref _counts[0];
        ref float rates = ref _rates.Span[column * RasterTable.MaximumSteps];
        Vector512<float> divisor = Vector512.Create((float)ofNeurons);
        for (nuint step = 0; step < RasterTable.MaximumSteps; step += (nuint)Vector512<int>.Count)
            (Vector512.ConvertToSingle(Vector512.LoadUnsafe(ref counts, step)) / divisor).StoreUnsafe(ref rates, step);
        Array.Clear(_counts);
    }

    /// <summary>Copies the rates of all columns, mean over a column's neurons of their signed spikes.</summary>
    /// <param name="rates">Receives [step, column].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyRates(Span<float> rates)
    {
        ReadOnlySpan<float> from = _rates.Span;
        for (int column = 0; column < columns; column++)
        {
            ReadOnlySpan<float> ofColumn = from.Slice(column * RasterTable.MaximumSteps, RasterTable.MaximumSteps);
            for (int step = 0, at = column; at < rates.Length; step++, at += columns) rates[at] = ofColumn[step];
        }
    }
}
