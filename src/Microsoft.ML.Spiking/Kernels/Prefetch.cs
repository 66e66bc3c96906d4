using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Asks for memory that will be read soon, where the machine can be asked: weights come from far, and in no order that it would guess.</summary>
internal static unsafe class Prefetch
{
    private const int Line = 16;   // numbers in a cache line

    /// <summary>Asks for one of so many equal parts of some numbers.</summary>
    /// <param name="numbers">All of them.</param>
    /// <param name="part">Which part, from 0.</param>
    /// <param name="parts">How many parts there are.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Part(ReadOnlySpan<float> numbers, int part, int parts)
    {
        if (!Sse.IsSupported) return;
        int size = (numbers.Length / Line + parts - 1) / parts * Line, end = Math.Min((part + 1) * size, numbers.Length);
        fixed (float* first = numbers)
            for (int at = part * size; at < end; at += Line) Sse.Prefetch1(first + at);
    }
}
