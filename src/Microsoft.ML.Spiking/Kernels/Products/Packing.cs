using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Copies parts of a matrix into panels, [k, lane], in which the tiles of a product read one number after the other.</summary>
internal static unsafe class Packing
{
    /// <summary>Panels side by side, one after the other.</summary>
    /// <param name="source">The first number.</param>
    /// <param name="laneStride">From a lane to the next.</param>
    /// <param name="depthStride">From a k to the next.</param>
    /// <param name="lanes">Lanes that there are; those that the last panel has beyond are 0.</param>
    /// <param name="width">Lanes of a panel, a multiple of 4.</param>
    /// <param name="depth">Number of k.</param>
    /// <param name="target">Receives [panel, k, lane].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Panels(float* source, nint laneStride, nint depthStride, int lanes, int width, int depth, float* target)
    {
        int whole = laneStride == 1 ? lanes / width : 0;
        // Of rows that lie far apart, as many neighbours as there are at once: each row is a page of its own.
        for (int k = 0; whole > 0 && k < depth; k++)
            for (int panel = 0; panel < whole; panel++) Copy(source + k * depthStride + panel * width, target + (panel * depth + k) * width, width);
        for (int first = whole * width; first < lanes; first += width)
            Run(source + first * laneStride, laneStride, depthStride, Math.Min(width, lanes - first), width, depth, target + first * depth);
    }

    /// <summary>One panel; see <see cref="Panels"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* source, nint laneStride, nint depthStride, int lanes, int width, int depth, float* target)
    {
        if (laneStride == 1 && lanes == width)
        {
            for (int k = 0; k < depth; k++) Copy(source + k * depthStride, target + k * width, width);
            return;
        }
        if (laneStride == 1)
        {
            for (int k = 0; k < depth; k++)
            {
                var row = new Span<float>(target + k * width, width);
                new ReadOnlySpan<float>(source + k * depthStride, lanes).CopyTo(row);
                row[lanes..].Clear();
            }
            return;
        }
        int lane = 0;
        if (depthStride == 1)
        {
            for (; Avx.IsSupported && lane + 8 <= lanes; lane += 8) TransposeEight(source + lane * laneStride, laneStride, width, depth, target + lane);
            for (; Sse.IsSupported && lane + 4 <= lanes; lane += 4) TransposeFour(source + lane * laneStride, laneStride, width, depth, target + lane);
        }
        for (; lane < lanes; lane++)
            for (int k = 0; k < depth; k++) target[k * width + lane] = source[lane * laneStride + k * depthStride];
        for (; lane < width; lane++)
            for (int k = 0; k < depth; k++) target[k * width + lane] = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(float* source, float* target, int width)
    {
        int lane = 0;
        for (; lane + 8 <= width; lane += 8) Vector256.Load(source + lane).Store(target + lane);
        if (lane < width) Vector128.Load(source + lane).Store(target + lane);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void TransposeEight(float* source, nint stride, int width, int depth, float* target)
    {
        int k = 0;
        for (; k + 8 <= depth; k += 8, source += 8)
        {
            // Halves of rows r and r + 4 meet as they are loaded: three shuffles less a vector.
            Vector256<float> a0 = Pair(source, stride), a1 = Pair(source + stride, stride),
                a2 = Pair(source + 2 * stride, stride), a3 = Pair(source + 3 * stride, stride);
            Vector256<float> b0 = Pair(source + 4, stride), b1 = Pair(source + stride + 4, stride),
                b2 = Pair(source + 2 * stride + 4, stride), b3 = Pair(source + 3 * stride + 4, stride);
            StoreFour(a0, a1, a2, a3, target, width);
            StoreFour(b0, b1, b2, b3, target + 4 * width, width);
            target += 8 * width;
        }
        for (; k < depth; k++, source++, target += width)
            for (int lane = 0; lane < 8; lane++) target[lane] = source[lane * stride];
    }

    /// <summary>Four numbers of a row, and of the fourth row after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Pair(float* source, nint stride)
        => Vector256.Create(Vector128.Load(source), Vector128.Load(source + 4 * stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFour(Vector256<float> r0, Vector256<float> r1, Vector256<float> r2, Vector256<float> r3, float* target, int width)
    {
        Vector256<float> low01 = Avx.UnpackLow(r0, r1), low23 = Avx.UnpackLow(r2, r3), high01 = Avx.UnpackHigh(r0, r1), high23 = Avx.UnpackHigh(r2, r3);
        Avx.Shuffle(low01, low23, 0b01_00_01_00).Store(target);
        Avx.Shuffle(low01, low23, 0b11_10_11_10).Store(target + width);
        Avx.Shuffle(high01, high23, 0b01_00_01_00).Store(target + 2 * width);
        Avx.Shuffle(high01, high23, 0b11_10_11_10).Store(target + 3 * width);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void TransposeFour(float* source, nint stride, int width, int depth, float* target)
    {
        int k = 0;
        for (; k + 4 <= depth; k += 4, source += 4, target += 4 * width)
        {
            Vector128<float> r0 = Vector128.Load(source), r1 = Vector128.Load(source + stride), r2 = Vector128.Load(source + 2 * stride),
                r3 = Vector128.Load(source + 3 * stride);
            Vector128<float> low01 = Sse.UnpackLow(r0, r1), low23 = Sse.UnpackLow(r2, r3), high01 = Sse.UnpackHigh(r0, r1), high23 = Sse.UnpackHigh(r2, r3);
            Sse.MoveLowToHigh(low01, low23).Store(target);
            Sse.MoveHighToLow(low23, low01).Store(target + width);
            Sse.MoveLowToHigh(high01, high23).Store(target + 2 * width);
            Sse.MoveHighToLow(high23, high01).Store(target + 3 * width);
        }
        for (; k < depth; k++, source++, target += width)
            for (int lane = 0; lane < 4; lane++) target[lane] = source[lane * stride];
    }
}
