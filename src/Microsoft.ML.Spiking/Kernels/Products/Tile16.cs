using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>For 16 lanes and 32 registers (AVX-512): 16 sums, 2 vectors of b and one number of a in all lanes.</summary>
internal readonly unsafe struct Tile16 : ITile
{
    public static int Rows => 8;

    public static int Columns => 32;

    public static int Depth => 192;

    [SkipLocalsInit, MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run(int depth, float* a, float* b, float* c, nint stride, bool add)
    {
        Vector512<float> c00, c01, c10, c11, c20, c21, c30, c31, c40, c41, c50, c51, c60, c61, c70, c71;
        if (add)
        {
            float* row = c;
            c00 = Vector512.Load(row); c01 = Vector512.Load(row + 16); row += stride;
            c10 = Vector512.Load(row); c11 = Vector512.Load(row + 16); row += stride;
            c20 = Vector512.Load(row); c21 = Vector512.Load(row + 16); row += stride;
            c30 = Vector512.Load(row); c31 = Vector512.Load(row + 16); row += stride;
            c40 = Vector512.Load(row); c41 = Vector512.Load(row + 16); row += stride;
            c50 = Vector512.Load(row); c51 = Vector512.Load(row + 16); row += stride;
            c60 = Vector512.Load(row); c61 = Vector512.Load(row + 16); row += stride;
            c70 = Vector512.Load(row); c71 = Vector512.Load(row + 16);
        }
        else
        {
            c00 = c01 = c10 = c11 = c20 = c21 = c30 = c31 = Vector512<float>.Zero;
            c40 = c41 = c50 = c51 = c60 = c61 = c70 = c71 = Vector512<float>.Zero;
        }
        for (; depth > 0; depth--, a += 8, b += 32)
        {
            Vector512<float> b0 = Vector512.Load(b), b1 = Vector512.Load(b + 16), x = Vector512.Create(a[0]);
            c00 = Vector512.FusedMultiplyAdd(x, b0, c00); c01 = Vector512.FusedMultiplyAdd(x, b1, c01);
            x = Vector512.Create(a[1]); c10 = Vector512.FusedMultiplyAdd(x, b0, c10); c11 = Vector512.FusedMultiplyAdd(x, b1, c11);
            x = Vector512.Create(a[2]); c20 = Vector512.FusedMultiplyAdd(x, b0, c20); c21 = Vector512.FusedMultiplyAdd(x, b1, c21);
            x = Vector512.Create(a[3]); c30 = Vector512.FusedMultiplyAdd(x, b0, c30); c31 = Vector512.FusedMultiplyAdd(x, b1, c31);
            x = Vector512.Create(a[4]); c40 = Vector512.FusedMultiplyAdd(x, b0, c40); c41 = Vector512.FusedMultiplyAdd(x, b1, c41);
            x = Vector512.Create(a[5]); c50 = Vector512.FusedMultiplyAdd(x, b0, c50); c51 = Vector512.FusedMultiplyAdd(x, b1, c51);
            x = Vector512.Create(a[6]); c60 = Vector512.FusedMultiplyAdd(x, b0, c60); c61 = Vector512.FusedMultiplyAdd(x, b1, c61);
            x = Vector512.Create(a[7]); c70 = Vector512.FusedMultiplyAdd(x, b0, c70); c71 = Vector512.FusedMultiplyAdd(x, b1, c71);
        }
        c00.Store(c); c01.Store(c + 16); c += stride;
        c10.Store(c); c11.Store(c + 16); c += stride;
        c20.Store(c); c21.Store(c + 16); c += stride;
        c30.Store(c); c31.Store(c + 16); c += stride;
        c40.Store(c); c41.Store(c + 16); c += stride;
        c50.Store(c); c51.Store(c + 16); c += stride;
        c60.Store(c); c61.Store(c + 16); c += stride;
        c70.Store(c); c71.Store(c + 16);
    }

    [SkipLocalsInit, MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void RunRow(int depth, float* x, float* b, nint next, float* y)
    {
        Vector512<float> y0 = Vector512.Load(y), y1 = Vector512.Load(y + 16);
        Vector512<float> z0 = Vector512.Load(y + 32), z1 = Vector512.Load(y + 48);
        float* second = b + next;
        for (; depth > 0; depth--, x++, b += 32, second += 32)
        {
            Vector512<float> value = Vector512.Create(*x);
            y0 = Vector512.FusedMultiplyAdd(value, Vector512.Load(b), y0);
            y1 = Vector512.FusedMultiplyAdd(value, Vector512.Load(b + 16), y1);
            z0 = Vector512.FusedMultiplyAdd(value, Vector512.Load(second), z0);
            z1 = Vector512.FusedMultiplyAdd(value, Vector512.Load(second + 16), z1);
        }
        y0.Store(y); y1.Store(y + 16);
        z0.Store(y + 32); z1.Store(y + 48);
    }
}
