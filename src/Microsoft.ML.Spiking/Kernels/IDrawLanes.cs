namespace Microsoft.ML.Spiking.Kernels;

/// <summary>
/// Generators in the 64-bit lanes of a register, each of which draws for four samples: what <see cref="PoissonKernel"/> asks of vectors of a width.
/// </summary>
/// <typeparam name="TWords">A register.</typeparam>
internal unsafe interface IDrawLanes<TWords> where TWords : unmanaged
{
    static abstract TWords Load(ulong* values);

    static abstract TWords Add(TWords a, TWords b);

    static abstract TWords Xor(TWords a, TWords b);

    static abstract TWords ShiftLeft(TWords values, int bits);

    static abstract TWords RotateLeft(TWords values, int bits);

    /// <summary>In 16-bit lanes: gains the bit where the draw is below the threshold. A threshold of 65535 is above every draw.</summary>
    static abstract TWords SetBelow(TWords words, ushort bit, TWords draws, ushort* thresholds);

    static abstract void Store(TWords values, ushort* target);
}
