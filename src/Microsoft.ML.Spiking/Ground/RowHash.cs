using System.Numerics;
using System.Runtime.InteropServices;

namespace Microsoft.ML.Spiking.Ground;

/// <summary>64 bits that tell rows apart, the same in every process: no proof against anybody who means ill, but one changed value changes them.</summary>
internal static class RowHash
{
    // As in xxHash.
    private const ulong Prime = 0x9E3779B185EBCA87, Second = 0xC2B2AE3D27D4EB4F;

    /// <summary>Of numbers, by their bits.</summary>
    public static ulong Of(ReadOnlySpan<float> values)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<float, ulong>(values);
        // Four at a time, as none of them waits for another.
        ulong a = Prime, b = Second, c = ~Prime, d = ~Second;
        int at = 0;
        for (; at + 4 <= words.Length; at += 4)
        {
            a = With(a, words[at]);
            b = With(b, words[at + 1]);
            c = With(c, words[at + 2]);
            d = With(d, words[at + 3]);
        }
        for (; at < words.Length; at++) a = With(a, words[at]);
        if (values.Length % 2 == 1) b = With(b, BitConverter.SingleToUInt32Bits(values[^1]));
        return With(With(With(a, b), c), d);
    }

    /// <summary>The hash of what is hashed already and of one word more.</summary>
    public static ulong With(ulong hash, ulong word) => BitOperations.RotateLeft((hash ^ word) * Prime, 31) * Second;
}
