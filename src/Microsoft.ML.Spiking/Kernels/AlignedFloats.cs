namespace Microsoft.ML.Spiking.Kernels;

/// <summary><see cref="AlignedArray{T}"/> of float32.</summary>
internal sealed unsafe class AlignedFloats(int length)
{
    private readonly AlignedArray<float> _values = new(length);

    public int Length => _values.Length;

    public Span<float> Span => _values.Span;

    public float* First => _values.First;
}
