using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Turns a square of 16-bit integers.</summary>
internal static unsafe class Transpose
{
    /// <summary>Numbers in a row and in a column.</summary>
    public const int Side = 8;

    /// <summary>to[column, row] = from[row, column].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(short* from, int fromStride, short* to, int toStride)
    {
        Vector128<short> r0 = Vector128.Load(from), r1 = Vector128.Load(from + fromStride), r2 = Vector128.Load(from + 2 * fromStride);
        Vector128<short> r3 = Vector128.Load(from + 3 * fromStride), r4 = Vector128.Load(from + 4 * fromStride), r5 = Vector128.Load(from + 5 * fromStride);
        Vector128<short> r6 = Vector128.Load(from + 6 * fromStride), r7 = Vector128.Load(from + 7 * fromStride);

        // Rows four apart are zipped: after three rounds each has gone through all places.
        Vector128<short> a0 = Low(r0, r4), a1 = High(r0, r4), a2 = Low(r1, r5), a3 = High(r1, r5);
        Vector128<short> a4 = Low(r2, r6), a5 = High(r2, r6), a6 = Low(r3, r7), a7 = High(r3, r7);
        r0 = Low(a0, a4); r1 = High(a0, a4); r2 = Low(a1, a5); r3 = High(a1, a5);
        r4 = Low(a2, a6); r5 = High(a2, a6); r6 = Low(a3, a7); r7 = High(a3, a7);
        Low(r0, r4).Store(to);
        High(r0, r4).Store(to + toStride);
        Low(r1, r5).Store(to + 2 * toStride);
        High(r1, r5).Store(to + 3 * toStride);
        Low(r2, r6).Store(to + 4 * toStride);
        High(r2, r6).Store(to + 5 * toStride);
        Low(r3, r7).Store(to + 6 * toStride);
        High(r3, r7).Store(to + 7 * toStride);
    }

    /// <summary>a0 b0 a1 b1 a2 b2 a3 b3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Low(Vector128<short> a, Vector128<short> b)
        => Sse2.IsSupported ? Sse2.UnpackLow(a, b) : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b) : Zip(a.GetLower(), b.GetLower());

    /// <summary>a4 b4 a5 b5 a6 b6 a7 b7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> High(Vector128<short> a, Vector128<short> b)
        => Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b) : Zip(a.GetUpper(), b.GetUpper());

    private static Vector128<short> Zip(Vector64<short> a, Vector64<short> b) => Vector128.Create(a[0], b[0], a[1], b[1], a[2], b[2], a[3], b[3]);
}
