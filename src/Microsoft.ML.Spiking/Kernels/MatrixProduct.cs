using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>The product of two matrices.</summary>
/// <remarks>
/// Each number of the product is one chain of fused multiply-adds over the inner dimension in its order, from 0 or, where it is added, from what is there.
/// So it is the same to the bit whatever the width of the machine's vectors, the number of threads and the blocks, and the same as
/// <see cref="DenseKernel"/>'s, whose chain starts at the bias.
/// </remarks>
internal static class MatrixProduct
{
    // Multiply-adds that are worth another thread: about 20 microseconds of one. To wake a thread takes some of them.
    private const long WorthAThread = 1 << 20;

    /// <summary>Lanes of the vectors that this machine computes fastest with.</summary>
    public static int Lanes => Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : 4;

    /// <summary>c = a · b, or c += a · b, with as many threads as are worth it.</summary>
    /// <param name="a">[row, inner], with any strides.</param>
    /// <param name="b">[inner, column], with any strides.</param>
    /// <param name="c">[row, column]; its columns are neighbours. It shares no memory with the others.</param>
    /// <param name="add">Whether the product is added to what is there.</param>
    public static void Run(Matrix a, Matrix b, Matrix c, bool add = false)
        => Run(a, b, c, add, Environment.ProcessorCount, Lanes);

    /// <summary>As <see cref="Run(Matrix, Matrix, Matrix, bool)"/>, with a number of threads and lanes of one's own.</summary>
    /// <param name="a">[row, inner].</param>
    /// <param name="b">[inner, column].</param>
    /// <param name="c">[row, column].</param>
    /// <param name="add">Whether the product is added to what is there.</param>
    /// <param name="threads">At most so many threads.</param>
    /// <param name="lanes">Lanes of a vector: 16, 8 or 4.</param>
    public static void Run(Matrix a, Matrix b, Matrix c, bool add, int threads, int lanes)
    {
        if (a.Columns != b.Rows || a.Rows != c.Rows || b.Columns != c.Columns)
            throw new ArgumentException($"[{a.Rows}, {a.Columns}] times [{b.Rows}, {b.Columns}] is not [{c.Rows}, {c.Columns}].", nameof(c));
        if (c.ColumnStride != 1 && c.Columns > 1) throw new ArgumentException("The columns of the product must be neighbours.", nameof(c));

        threads = (int)Math.Clamp((long)a.Rows * a.Columns * b.Columns / WorthAThread, 1, threads);
        if (lanes == 16) BlockedProduct<Tile16>.Run(a, b, c, add, threads);
        else if (lanes == 8) BlockedProduct<Tile8>.Run(a, b, c, add, threads);
        else BlockedProduct<Tile4>.Run(a, b, c, add, threads);
    }
}
