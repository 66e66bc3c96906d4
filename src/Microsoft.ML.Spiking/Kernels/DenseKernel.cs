using System.Runtime.CompilerServices;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>A linear layer, y = x · Wᵀ + b.</summary>
/// <remarks>
/// Lanes are outputs and each sums its inputs in their order, a chain of fused multiply-adds from the bias on. So a row's result does not depend on the
/// rows beside it, on the number of threads or on the width of the machine's vectors.
/// </remarks>
internal sealed unsafe class DenseKernel
{
    // Rows that share a pass over the weights.
    private const int MostRows = 64;

    [ThreadStatic]
    private static AlignedFloats? t_room;

    private readonly int _inputs, _outputs, _lanes, _block;
    private readonly AlignedFloats _weights, _bias;   // [block, input, output within the block]; [output], padded

    /// <param name="weights">[output, input].</param>
    /// <param name="bias">[output]; empty for none.</param>
    /// <param name="inputs">Number of inputs.</param>
    public DenseKernel(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, int inputs)
        : this(weights, bias, inputs, MatrixProduct.Lanes) { }

    /// <param name="weights">[output, input].</param>
    /// <param name="bias">[output]; empty for none.</param>
    /// <param name="inputs">Number of inputs.</param>
    /// <param name="lanes">Lanes of a vector: 16, 8 or 4.</param>
    public DenseKernel(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, int inputs, int lanes)
    {
        (_inputs, _outputs, _lanes) = (inputs, weights.Length / inputs, lanes);
        _block = lanes == 16 ? Tile16.Columns : lanes == 8 ? Tile8.Columns : Tile4.Columns;
        int padded = (_outputs + _block - 1) / _block * _block;
        _bias = new AlignedFloats(padded);
        bias.CopyTo(_bias.Span);
        _weights = new AlignedFloats(padded * inputs);
        fixed (float* source = weights) Packing.Panels(source, inputs, 1, _outputs, _block, inputs, _weights.First);
    }

    /// <param name="x">[row, input].</param>
    /// <param name="y">Receives [row, output].</param>
    /// <param name="rows">Number of rows.</param>
    public void Run(ReadOnlySpan<float> x, Span<float> y, int rows)
    {
        fixed (float* from = x[..(rows * _inputs)])
        {
            fixed (float* to = y[..(rows * _outputs)])
            {
                if (_lanes == 16) Run<Tile16>(from, to, rows);
                else if (_lanes == 8) Run<Tile8>(from, to, rows);
                else Run<Tile4>(from, to, rows);
            }
        }
    }

    private void Run<TTile>(float* x, float* y, int rows) where TTile : struct, ITile
    {
        int length = MostRows * TTile.Depth + Math.Max(TTile.Rows, 2) * TTile.Columns;   // packed rows, then a tile
        if (t_room is not { } room || room.Length < length) t_room = room = new AlignedFloats(length);
        // One or two rows beyond whole tiles of rows do not fill another.
        int tiled = rows % TTile.Rows <= 2 ? rows / TTile.Rows * TTile.Rows : rows;
        for (int row = 0; row < tiled; row += MostRows)
            RunTiles<TTile>(x + (nint)row * _inputs, y + (nint)row * _outputs, Math.Min(MostRows, tiled - row), room.First);
        for (int row = tiled; row < rows; row++) RunRow<TTile>(x + (nint)row * _inputs, y + (nint)row * _outputs, room.First);
    }

    /// <summary>Inputs by inputs, so many at once that their weights stay in the first cache for all rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunTiles<TTile>(float* x, float* y, int rows, float* packed) where TTile : struct, ITile
    {
        float* tile = packed + MostRows * TTile.Depth;
        for (int row = 0; row < rows; row++) Copy(_bias.First, y + (nint)row * _outputs, _outputs);
        for (int input = 0; input < _inputs; input += TTile.Depth)
        {
            int depth = Math.Min(TTile.Depth, _inputs - input);
            Packing.Panels(x + input, _inputs, 1, rows, TTile.Rows, depth, packed);
            for (int output = 0; output < _outputs; output += TTile.Columns)
            {
                float* weights = _weights.First + (nint)output * _inputs + (nint)input * TTile.Columns;
                for (int row = 0; row < rows; row += TTile.Rows)
                    Tiles.Run<TTile>(depth, packed + row * depth, weights, y + (nint)row * _outputs + output, _outputs, add: true,
                        Math.Min(TTile.Rows, rows - row), Math.Min(TTile.Columns, _outputs - output), tile);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunRow<TTile>(float* x, float* y, float* sums) where TTile : struct, ITile
    {
        for (int output = 0; output < _outputs; output += 2 * TTile.Columns)
        {
            int count = Math.Min(2 * TTile.Columns, _outputs - output);
            Copy(_bias.First + output, sums, count);
            // Where there is no second block, the first is summed twice.
            TTile.RunRow(_inputs, x, _weights.First + (nint)output * _inputs, count > TTile.Columns ? (nint)_inputs * TTile.Columns : 0, sums);
            Copy(sums, y + output, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(float* source, float* target, int count) => new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(target, count));
}
