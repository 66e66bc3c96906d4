using System.Runtime.CompilerServices;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Numbers that start at a cache line and stay there. A vector that straddles two lines takes three times as long to load.</summary>
internal sealed unsafe class AlignedArray<T> where T : unmanaged
{
    private const int Line = 64;
    private readonly T[] _values;
    private readonly int _start;

    public AlignedArray(int length)
    {
        _values = GC.AllocateArray<T>(length + Line / sizeof(T), pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref _values[0]);
        _start = (int)((Line - address % Line) % Line / (nuint)sizeof(T));
        Length = length;
    }

    public int Length { get; }

    public Span<T> Span => _values.AsSpan(_start, Length);

    /// <summary>The address of the first number; valid as long as the array is alive.</summary>
    public T* First => (T*)Unsafe.AsPointer(ref _values[_start]);
}
