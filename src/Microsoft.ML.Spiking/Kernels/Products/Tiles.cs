using System.Runtime.CompilerServices;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Tiles at the edge of a product.</summary>
internal static unsafe class Tiles
{
    /// <summary><see cref="ITile.Run"/> of a part of a tile: a and b are padded, c is not.</summary>
    /// <param name="depth">Number of k.</param>
    /// <param name="a">[k, row].</param>
    /// <param name="b">[k, column].</param>
    /// <param name="c">[row, column].</param>
    /// <param name="stride">From a row of <paramref name="c"/> to the next.</param>
    /// <param name="add">Whether the chain starts at what is there; otherwise at 0.</param>
    /// <param name="rows">Rows that there are.</param>
    /// <param name="columns">Columns that there are.</param>
    /// <param name="room">Room for a whole tile.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TTile>(int depth, float* a, float* b, float* c, nint stride, bool add, int rows, int columns, float* room)
        where TTile : struct, ITile
    {
        if (rows == TTile.Rows && columns == TTile.Columns) TTile.Run(depth, a, b, c, stride, add);
        else RunPart<TTile>(depth, a, b, c, stride, add, rows, columns, room);
    }

    private static void RunPart<TTile>(int depth, float* a, float* b, float* c, nint stride, bool add, int rows, int columns, float* room)
        where TTile : struct, ITile
    {
        for (int row = 0; add && row < rows; row++) Copy(c + row * stride, room + row * TTile.Columns, columns);
        TTile.Run(depth, a, b, room, TTile.Columns, add);
        for (int row = 0; row < rows; row++) Copy(room + row * TTile.Columns, c + row * stride, columns);
    }

    private static void Copy(float* source, float* target, int count) => new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(target, count));
}
