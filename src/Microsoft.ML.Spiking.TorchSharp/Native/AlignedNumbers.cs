using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Native;

/// <summary>Numbers that products read, in memory of libtorch's own.</summary>
/// <remarks>
/// A CPU tensor that TorchSharp makes of an array is that array, wherever the runtime has put it. How MKL adds up depends on where a row begins within a
/// cache line, so that the last bits of a product would differ from process to process; libtorch's own memory always begins with a line.
/// </remarks>
internal static class AlignedNumbers
{
    /// <param name="values">Row-major.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="device">Where they are to lie.</param>
    public static Tensor Aligned(this float[] values, ReadOnlySpan<long> shape, Device device)
    {
        using Tensor wherever = tensor(values, shape, device: device);
        return wherever.clone();
    }
}
