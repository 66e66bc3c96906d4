using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>A linear layer, y = x · Wᵀ + b, of inputs that are mostly 0, as the rates of neurons are: it reads the weights of the others alone.</summary>
/// <remarks>
/// As in <see cref="DenseKernel"/> lanes are outputs and each sums its inputs in their order, fused, so that both give the same numbers: what is left out adds
/// 0. Only a sum that is 0 may differ, in its sign.
/// </remarks>
internal sealed class SparseKernel
{
    // Numbers of a tile of weights, which stays in the first cache while all rows go through it.
    private const int Tile = 8192, Accumulators = 8;

    // Fewer rows leave many of a tile's weights unread.
    private const int FewRows = 8;

    private readonly int _inputs, _outputs, _blocks, _width, _tile;
    private readonly AlignedFloats _weights, _bias;
    private readonly bool _isFinite;

    /// <param name="weights">[output, input].</param>
    /// <param name="bias">[output].</param>
    /// <param name="inputs">Number of inputs.</param>
    public unsafe SparseKernel(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, int inputs)
    {
        (_inputs, _outputs) = (inputs, weights.Length / inputs);
        _width = Accumulators * (Vector512.IsHardwareAccelerated ? Vector512<float>.Count : Vector256<float>.Count);
        _blocks = (_outputs + _width - 1) / _width;
        _tile = Tile / _width;
        _bias = new AlignedFloats(_blocks * _width);
        bias.CopyTo(_bias.Span);
        _weights = new AlignedFloats(_blocks * inputs * _width);
        _isFinite = AreFinite(weights);
        fixed (float* source = weights) Packing.Panels(source, inputs, 1, _outputs, _width, inputs, _weights.First);   // [block, input, output in it]
    }

    /// <param name="x">[row, input].</param>
    /// <param name="y">Receives [row, output].</param>
    /// <param name="rows">Number of rows.</param>
    public void Run(ReadOnlySpan<float> x, Span<float> y, int rows)
    {
        int tiles = (_inputs + _tile - 1) / _tile;
        int[] active = ArrayPool<int>.Shared.Rent(rows * _inputs), ends = ArrayPool<int>.Shared.Rent(rows * tiles);
        float[] sums = ArrayPool<float>.Shared.Rent(rows * _width);
        for (int row = 0; row < rows; row++) Find(x.Slice(row * _inputs, _inputs), active.AsSpan(row * _inputs), ends.AsSpan(row * tiles, tiles));
        for (int block = 0; block < _blocks; block++)
        {
            ReadOnlySpan<float> weights = _weights.Span.Slice(block * _inputs * _width, _inputs * _width);
            for (int row = 0; row < rows; row++) _bias.Span.Slice(block * _width, _width).CopyTo(sums.AsSpan(row * _width));
            for (int tile = 0; tile < tiles; tile++)
            {
                // Where a block ends, the next one's first tile lies behind it.
                ReadOnlySpan<float> next = _weights.Span[Math.Min((block * _inputs + (tile + 1) * _tile) * _width, _weights.Length)..];
                if (next.Length > Tile) next = next[..Tile];
                for (int row = 0; row < rows; row++)
                {
                    if (rows >= FewRows) Prefetch.Part(next, row, rows);
                    int start = tile == 0 ? 0 : ends[row * tiles + tile - 1], end = ends[row * tiles + tile];
                    ReadOnlySpan<int> inputs = active.AsSpan(row * _inputs + start, end - start);
                    if (Vector512.IsHardwareAccelerated) AddWide(inputs, x.Slice(row * _inputs, _inputs), weights, sums.AsSpan(row * _width, _width));
                    else Add(inputs, x.Slice(row * _inputs, _inputs), weights, sums.AsSpan(row * _width, _width));
                }
            }
            int width = Math.Min(_width, _outputs - block * _width);
            for (int row = 0; row < rows; row++) sums.AsSpan(row * _width, width).CopyTo(y[(row * _outputs + block * _width)..]);
        }
        ArrayPool<int>.Shared.Return(active);
        ArrayPool<int>.Shared.Return(ends);
        ArrayPool<float>.Shared.Return(sums);
    }

    // By itself, since what asks for wide vectors is not compiled ahead, and a loop in it starts slowly.
    private static bool AreFinite(ReadOnlySpan<float> weights)
    {
        foreach (float weight in weights)
            if (!float.IsFinite(weight)) return false;
        return true;
    }

    /// <summary>The inputs of a row that count, and how many of them are in the tiles up to each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Find(ReadOnlySpan<float> x, Span<int> active, Span<int> ends)
    {
        int count = 0, all = _isFinite ? 0 : 1;   // 0 times infinity is not 0
        for (int tile = 0, input = 0; tile < ends.Length; tile++)
        {
            for (int end = Math.Min(input + _tile, x.Length); input < end; input++)
            {
                active[count] = input;
                count += (x[input] != 0 ? 1 : 0) | all;
            }
            ends[tile] = count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddWide(ReadOnlySpan<int> inputs, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, Span<float> sums)
    {
        const int Lanes = 16;
        ref float values = ref MemoryMarshal.GetReference(x), first = ref MemoryMarshal.GetReference(weights), s = ref MemoryMarshal.GetReference(sums);
        Vector512<float> a0 = Vector512.LoadUnsafe(ref s), a1 = Vector512.LoadUnsafe(ref s, Lanes), a2 = Vector512.LoadUnsafe(ref s, 2 * Lanes),
            a3 = Vector512.LoadUnsafe(ref s, 3 * Lanes), a4 = Vector512.LoadUnsafe(ref s, 4 * Lanes), a5 = Vector512.LoadUnsafe(ref s, 5 * Lanes),
            a6 = Vector512.LoadUnsafe(ref s, 6 * Lanes), a7 = Vector512.LoadUnsafe(ref s, 7 * Lanes);
        foreach (int input in inputs)
        {
            ref float w = ref Unsafe.Add(ref first, (nint)(uint)input * Accumulators * Lanes);
            Vector512<float> value = Vector512.Create(Unsafe.Add(ref values, input));
            a0 = Vector512.FusedMultiplyAdd(value, Vector512.LoadUnsafe(ref w), a0);
            a1 = Vector512.FusedMultiplyAdd(value, Vector512.LoadUnsafe(ref w, Lanes), a1);
            a2 = Vector512.FusedMultiplyAdd(value, Vector512.LoadUnsafe(ref w, 2 * Lanes), a2);
            a3 = Vector512.FusedMultiplyAdd(value, Vector512.LoadUnsafe(ref w, 3 * Lanes), a3);
            a4 = Vector512.FusedMultiplyAdd(value, Vector512.LoadUnsafe(ref w, 4 * Lanes), a4);
            a5 = Vector512.FusedMultiplyAdd(value, Vector512.LoadUnsafe(ref w, 5 * Lanes), a5);
            a6 = Vector512.FusedMultiplyAdd(value, Vector512.LoadUnsafe(ref w, 6 * Lanes), a6);
            a7 = Vector512.FusedMultiplyAdd(value, Vector512.LoadUnsafe(ref w, 7 * Lanes), a7);
        }
        a0.StoreUnsafe(ref s);
        a1.StoreUnsafe(ref s, Lanes);
        a2.StoreUnsafe(ref s, 2 * Lanes);
        a3.StoreUnsafe(ref s, 3 * Lanes);
        a4.StoreUnsafe(ref s, 4 * Lanes);
        a5.StoreUnsafe(ref s, 5 * Lanes);
        a6.StoreUnsafe(ref s, 6 * Lanes);
        a7.StoreUnsafe(ref s, 7 * Lanes);
    }

    // The same with vectors of half the width: of wide ones that are made of two, the compiler keeps none in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(ReadOnlySpan<int> inputs, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, Span<float> sums)
    {
        const int Lanes = 8;
        ref float values = ref MemoryMarshal.GetReference(x), first = ref MemoryMarshal.GetReference(weights), s = ref MemoryMarshal.GetReference(sums);
        Vector256<float> a0 = Vector256.LoadUnsafe(ref s), a1 = Vector256.LoadUnsafe(ref s, Lanes), a2 = Vector256.LoadUnsafe(ref s, 2 * Lanes),
            a3 = Vector256.LoadUnsafe(ref s, 3 * Lanes), a4 = Vector256.LoadUnsafe(ref s, 4 * Lanes), a5 = Vector256.LoadUnsafe(ref s, 5 * Lanes),
            a6 = Vector256.LoadUnsafe(ref s, 6 * Lanes), a7 = Vector256.LoadUnsafe(ref s, 7 * Lanes);
        foreach (int input in inputs)
        {
            ref float w = ref Unsafe.Add(ref first, (nint)(uint)input * Accumulators * Lanes);
            Vector256<float> value = Vector256.Create(Unsafe.Add(ref values, input));
            a0 = Vector256.FusedMultiplyAdd(value, Vector256.LoadUnsafe(ref w), a0);
            a1 = Vector256.FusedMultiplyAdd(value, Vector256.LoadUnsafe(ref w, Lanes), a1);
            a2 = Vector256.FusedMultiplyAdd(value, Vector256.LoadUnsafe(ref w, 2 * Lanes), a2);
            a3 = Vector256.FusedMultiplyAdd(value, Vector256.LoadUnsafe(ref w, 3 * Lanes), a3);
            a4 = Vector256.FusedMultiplyAdd(value, Vector256.LoadUnsafe(ref w, 4 * Lanes), a4);
            a5 = Vector256.FusedMultiplyAdd(value, Vector256.LoadUnsafe(ref w, 5 * Lanes), a5);
            a6 = Vector256.FusedMultiplyAdd(value, Vector256.LoadUnsafe(ref w, 6 * Lanes), a6);
            a7 = Vector256.FusedMultiplyAdd(value, Vector256.LoadUnsafe(ref w, 7 * Lanes), a7);
        }
        a0.StoreUnsafe(ref s);
        a1.StoreUnsafe(ref s, Lanes);
        a2.StoreUnsafe(ref s, 2 * Lanes);
        a3.StoreUnsafe(ref s, 3 * Lanes);
        a4.StoreUnsafe(ref s, 4 * Lanes);
        a5.StoreUnsafe(ref s, 5 * Lanes);
        a6.StoreUnsafe(ref s, 6 * Lanes);
        a7.StoreUnsafe(ref s, 7 * Lanes);
    }
}
