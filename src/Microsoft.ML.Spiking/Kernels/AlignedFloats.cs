using System.Runtime.CompilerServices;

namespace Microsoft.ML.Spiking;

/// <summary>Numbers that start at a cache line and stay there. A vector that straddles two lines takes three times as long to load.</summary>
internal sealed class AlignedFloats
{
    private const int Line = 64;
    private readonly float[] _values;
    private readonly int _start;

    public unsafe AlignedFloats(int length)
    {
        _values = GC.AllocateArray<float>(length + Line / sizeof(float), pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref _values[0]);
        _start = (int)((Line - address % Line) % Line / sizeof(float));
        Length = length;
    }

    public int Length { get; }

    public Span<float> Span => _values.AsSpan(_start, Length);
}
