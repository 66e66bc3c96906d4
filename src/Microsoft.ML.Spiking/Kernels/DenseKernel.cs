using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>A linear layer, y = x · Wᵀ + b.</summary>
/// <remarks>
/// Lanes are outputs and each sums its inputs in their order, so a row's result does not depend on the rows beside it,
/// on the number of threads or on the width of the machine's vectors.
/// </remarks>
internal sealed class DenseKernel
{
    private const int Block = 32;
    private readonly int _inputs, _outputs, _blocks;
    private readonly AlignedFloats _weights, _bias;

    /// <param name="weights">[output, input].</param>
    /// <param name="bias">[output]; empty for none.</param>
    /// <param name="inputs">Number of inputs.</param>
    public DenseKernel(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, int inputs)
    {
        (_inputs, _outputs) = (inputs, weights.Length / inputs);
        _blocks = (_outputs + Block - 1) / Block;
        _bias = new AlignedFloats(_blocks * Block);
        bias.CopyTo(_bias.Span);
        _weights = new AlignedFloats(_blocks * inputs * Block);
        Span<float> packed = _weights.Span;   // [block, input, output within the block]
        for (int output = 0; output < _outputs; output++)
        {
            int target = output / Block * inputs * Block + output % Block;
            foreach (float weight in weights.Slice(output * inputs, inputs))
            {
                packed[target] = weight;
                target += Block;
            }
        }
    }

    /// <param name="x">[row, input].</param>
    /// <param name="y">Receives [row, output].</param>
    /// <param name="rows">Number of rows.</param>
    public void Run(ReadOnlySpan<float> x, Span<float> y, int rows)
    {
        Span<float> block = stackalloc float[4 * Block];
        for (int b = 0; b < _blocks; b++)
        {
            ReadOnlySpan<float> weights = _weights.Span.Slice(b * _inputs * Block, _inputs * Block), bias = _bias.Span.Slice(b * Block, Block);
            int width = Math.Min(Block, _outputs - b * Block);
            int row = 0;
            for (; row + 4 <= rows; row += 4)
            {
                FourRows(x.Slice(row * _inputs, 4 * _inputs), weights, bias, block);
                for (int r = 0; r < 4; r++) block.Slice(r * Block, width).CopyTo(y[((row + r) * _outputs + b * Block)..]);
            }
            for (; row < rows; row++)
            {
                OneRow(x.Slice(row * _inputs, _inputs), weights, bias, block);
                block[..width].CopyTo(y[(row * _outputs + b * Block)..]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneRow(ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y)
    {
        ref float w = ref MemoryMarshal.GetReference(weights);
        Vector512<float> a0 = Vector512.Create(bias), a1 = Vector512.Create(bias[16..]);
        for (int i = 0; i < x.Length; i++)
        {
            Vector512<float> value = Vector512.Create(x[i]);
            a0 = Vector512.FusedMultiplyAdd(value, Vector512.LoadUnsafe(ref w, (nuint)(i * Block)), a0);
            a1 = Vector512.FusedMultiplyAdd(value, Vector512.LoadUnsafe(ref w, (nuint)(i * Block + 16)), a1);
        }
        a0.CopyTo(y);
        a1.CopyTo(y[16..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourRows(ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y)
    {
        ref float w = ref MemoryMarshal.GetReference(weights);
        int inputs = x.Length / 4;
        ref float x0 = ref MemoryMarshal.GetReference(x), x1 = ref Unsafe.Add(ref x0, inputs), x2 = ref Unsafe.Add(ref x1, inputs),
            x3 = ref Unsafe.Add(ref x2, inputs);
        Vector512<float> b0 = Vector512.Create(bias), b1 = Vector512.Create(bias[16..]);
        Vector512<float> a00 = b0, a01 = b1, a10 = b0, a11 = b1, a20 = b0, a21 = b1, a30 = b0, a31 = b1;
        for (int i = 0; i < inputs; i++)
        {
            Vector512<float> w0 = Vector512.LoadUnsafe(ref w, (nuint)(i * Block)), w1 = Vector512.LoadUnsafe(ref w, (nuint)(i * Block + 16));
            Vector512<float> v0 = Vector512.Create(Unsafe.Add(ref x0, i)), v1 = Vector512.Create(Unsafe.Add(ref x1, i));
            Vector512<float> v2 = Vector512.Create(Unsafe.Add(ref x2, i)), v3 = Vector512.Create(Unsafe.Add(ref x3, i));
            a00 = Vector512.FusedMultiplyAdd(v0, w0, a00);
            a01 = Vector512.FusedMultiplyAdd(v0, w1, a01);
            a10 = Vector512.FusedMultiplyAdd(v1, w0, a10);
            a11 = Vector512.FusedMultiplyAdd(v1, w1, a11);
            a20 = Vector512.FusedMultiplyAdd(v2, w0, a20);
            a21 = Vector512.FusedMultiplyAdd(v2, w1, a21);
            a30 = Vector512.FusedMultiplyAdd(v3, w0, a30);
            a31 = Vector512.FusedMultiplyAdd(v3, w1, a31);
        }
        a00.CopyTo(y);
        a01.CopyTo(y[16..]);
        a10.CopyTo(y[32..]);
        a11.CopyTo(y[48..]);
        a20.CopyTo(y[64..]);
        a21.CopyTo(y[80..]);
        a30.CopyTo(y[96..]);
        a31.CopyTo(y[112..]);
    }
}
