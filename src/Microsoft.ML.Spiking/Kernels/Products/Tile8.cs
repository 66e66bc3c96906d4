using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>For 8 lanes and 16 registers (AVX2): 12 sums, 3 vectors of b and one number of a in all lanes.</summary>
internal readonly unsafe struct Tile8 : ITile
{
    public static int Rows => 4;

    public static int Columns => 24;

    public static int Depth => 256;

    [SkipLocalsInit, MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run(int depth, float* a, float* b, float* c, nint stride, bool add)
    {
        Vector256<float> c00, c01, c02, c10, c11, c12, c20, c21, c22, c30, c31, c32;
        if (add)
        {
            float* row = c;
            c00 = Vector256.Load(row); c01 = Vector256.Load(row + 8); c02 = Vector256.Load(row + 16); row += stride;
            c10 = Vector256.Load(row); c11 = Vector256.Load(row + 8); c12 = Vector256.Load(row + 16); row += stride;
            c20 = Vector256.Load(row); c21 = Vector256.Load(row + 8); c22 = Vector256.Load(row + 16); row += stride;
            c30 = Vector256.Load(row); c31 = Vector256.Load(row + 8); c32 = Vector256.Load(row + 16);
        }
        else
        {
            c00 = c01 = c02 = c10 = c11 = c12 = c20 = c21 = Vector256<float>.Zero;
            c22 = c30 = c31 = c32 = Vector256<float>.Zero;
        }
        for (; depth > 0; depth--, a += 4, b += 24)
        {
            Vector256<float> b0 = Vector256.Load(b), b1 = Vector256.Load(b + 8), b2 = Vector256.Load(b + 16), x = Vector256.Create(a[0]);
            c00 = Vector256.FusedMultiplyAdd(x, b0, c00); c01 = Vector256.FusedMultiplyAdd(x, b1, c01); c02 = Vector256.FusedMultiplyAdd(x, b2, c02);
            x = Vector256.Create(a[1]);
            c10 = Vector256.FusedMultiplyAdd(x, b0, c10); c11 = Vector256.FusedMultiplyAdd(x, b1, c11); c12 = Vector256.FusedMultiplyAdd(x, b2, c12);
            x = Vector256.Create(a[2]);
            c20 = Vector256.FusedMultiplyAdd(x, b0, c20); c21 = Vector256.FusedMultiplyAdd(x, b1, c21); c22 = Vector256.FusedMultiplyAdd(x, b2, c22);
            x = Vector256.Create(a[3]);
            c30 = Vector256.FusedMultiplyAdd(x, b0, c30); c31 = Vector256.FusedMultiplyAdd(x, b1, c31); c32 = Vector256.FusedMultiplyAdd(x, b2, c32);
        }
        c00.Store(c); c01.Store(c + 8); c02.Store(c + 16); c += stride;
        c10.Store(c); c11.Store(c + 8); c12.Store(c + 16); c += stride;
        c20.Store(c); c21.Store(c + 8); c22.Store(c + 16); c += stride;
        c30.Store(c); c31.Store(c + 8); c32.Store(c + 16);
    }

    [SkipLocalsInit, MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void RunRow(int depth, float* x, float* b, nint next, float* y)
    {
        Vector256<float> y0 = Vector256.Load(y), y1 = Vector256.Load(y + 8), y2 = Vector256.Load(y + 16);
        Vector256<float> z0 = Vector256.Load(y + 24), z1 = Vector256.Load(y + 32), z2 = Vector256.Load(y + 40);
        float* second = b + next;
        for (; depth > 0; depth--, x++, b += 24, second += 24)
        {
            Vector256<float> value = Vector256.Create(*x);
            y0 = Vector256.FusedMultiplyAdd(value, Vector256.Load(b), y0);
            y1 = Vector256.FusedMultiplyAdd(value, Vector256.Load(b + 8), y1);
            y2 = Vector256.FusedMultiplyAdd(value, Vector256.Load(b + 16), y2);
            z0 = Vector256.FusedMultiplyAdd(value, Vector256.Load(second), z0);
            z1 = Vector256.FusedMultiplyAdd(value, Vector256.Load(second + 8), z1);
            z2 = Vector256.FusedMultiplyAdd(value, Vector256.Load(second + 16), z2);
        }
        y0.Store(y); y1.Store(y + 8); y2.Store(y + 16);
        z0.Store(y + 24); z1.Store(y + 32); z2.Store(y + 40);
    }
}
