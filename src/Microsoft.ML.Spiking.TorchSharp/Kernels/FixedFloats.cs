using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>float32 numbers at an address that does not change: those of a tensor on the CPU or of <see cref="AlignedFloats"/>.</summary>
/// <remarks>What a span is, for work shared by threads; valid as long as its owner is alive.</remarks>
internal readonly unsafe struct FixedFloats
{
    private readonly float* _first;

    /// <param name="tensor">Contiguous, on the CPU.</param>
    public FixedFloats(Tensor tensor)
        : this(MemoryMarshal.Cast<byte, float>(tensor.bytes)) { }

    public FixedFloats(AlignedFloats floats)
        : this(floats.Span) { }

    private FixedFloats(Span<float> fixedInMemory)
    {
        _first = (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(fixedInMemory));
        Length = fixedInMemory.Length;
    }

    public int Length { get; }

    public float* First => _first;

    public Span<float> Span => new(_first, Length);

    public Span<float> Slice(int start, int length) => Span.Slice(start, length);
}
