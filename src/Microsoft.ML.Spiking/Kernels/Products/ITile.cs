namespace Microsoft.ML.Spiking.Kernels;

/// <summary>The innermost loop of <see cref="MatrixProduct"/>: a tile of the product whose sums are all in registers.</summary>
internal unsafe interface ITile
{
    static abstract int Rows { get; }

    static abstract int Columns { get; }

    /// <summary>How many steps of the inner dimension are taken at once: so many rows of <see cref="Columns"/> numbers fit the first cache.</summary>
    static abstract int Depth { get; }

    /// <summary>c[r, j] = Σ over k of a[k, r] · b[k, j], a chain of fused multiply-adds.</summary>
    /// <param name="depth">Number of k.</param>
    /// <param name="a">[k, row].</param>
    /// <param name="b">[k, column].</param>
    /// <param name="c">[row, column].</param>
    /// <param name="stride">From a row of <paramref name="c"/> to the next.</param>
    /// <param name="add">Whether the chain starts at what is there; otherwise at 0.</param>
    static abstract void Run(int depth, float* a, float* b, float* c, nint stride, bool add);

    /// <summary>y[j] += Σ over k of x[k] · b[k, j], a chain of fused multiply-adds, for two panels at once: one alone waits for its sums.</summary>
    /// <param name="depth">Number of k.</param>
    /// <param name="x">[k].</param>
    /// <param name="b">[k, column].</param>
    /// <param name="next">From there to the second panel's.</param>
    /// <param name="y">[panel, column].</param>
    static abstract void RunRow(int depth, float* x, float* b, nint next, float* y);
}
