using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>For 4 lanes and 32 registers (NEON): 16 sums, 2 vectors of b and one number of a in all lanes.</summary>
internal readonly unsafe struct Tile4 : ITile
{
    public static int Rows => 8;

    public static int Columns => 8;

    public static int Depth => 256;

    [SkipLocalsInit, MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run(int depth, float* a, float* b, float* c, nint stride, bool add)
    {
        Vector128<float> c00, c01, c10, c11, c20, c21, c30, c31, c40, c41, c50, c51, c60, c61, c70, c71;
        if (add)
        {
            float* row = c;
            c00 = Vector128.Load(row); c01 = Vector128.Load(row + 4); row += stride;
            c10 = Vector128.Load(row); c11 = Vector128.Load(row + 4); row += stride;
            c20 = Vector128.Load(row); c21 = Vector128.Load(row + 4); row += stride;
            c30 = Vector128.Load(row); c31 = Vector128.Load(row + 4); row += stride;
            c40 = Vector128.Load(row); c41 = Vector128.Load(row + 4); row += stride;
            c50 = Vector128.Load(row); c51 = Vector128.Load(row + 4); row += stride;
            c60 = Vector128.Load(row); c61 = Vector128.Load(row + 4); row += stride;
            c70 = Vector128.Load(row); c71 = Vector128.Load(row + 4);
        }
        else
        {
            c00 = c01 = c10 = c11 = c20 = c21 = c30 = c31 = Vector128<float>.Zero;
            c40 = c41 = c50 = c51 = c60 = c61 = c70 = c71 = Vector128<float>.Zero;
        }
        for (; depth > 0; depth--, a += 8, b += 8)
        {
            Vector128<float> b0 = Vector128.Load(b), b1 = Vector128.Load(b + 4), x = Vector128.Create(a[0]);
            c00 = Vector128.FusedMultiplyAdd(x, b0, c00); c01 = Vector128.FusedMultiplyAdd(x, b1, c01);
            x = Vector128.Create(a[1]); c10 = Vector128.FusedMultiplyAdd(x, b0, c10); c11 = Vector128.FusedMultiplyAdd(x, b1, c11);
            x = Vector128.Create(a[2]); c20 = Vector128.FusedMultiplyAdd(x, b0, c20); c21 = Vector128.FusedMultiplyAdd(x, b1, c21);
            x = Vector128.Create(a[3]); c30 = Vector128.FusedMultiplyAdd(x, b0, c30); c31 = Vector128.FusedMultiplyAdd(x, b1, c31);
            x = Vector128.Create(a[4]); c40 = Vector128.FusedMultiplyAdd(x, b0, c40); c41 = Vector128.FusedMultiplyAdd(x, b1, c41);
            x = Vector128.Create(a[5]); c50 = Vector128.FusedMultiplyAdd(x, b0, c50); c51 = Vector128.FusedMultiplyAdd(x, b1, c51);
            x = Vector128.Create(a[6]); c60 = Vector128.FusedMultiplyAdd(x, b0, c60); c61 = Vector128.FusedMultiplyAdd(x, b1, c61);
            x = Vector128.Create(a[7]); c70 = Vector128.FusedMultiplyAdd(x, b0, c70); c71 = Vector128.FusedMultiplyAdd(x, b1, c71);
        }
        c00.Store(c); c01.Store(c + 4); c += stride;
        c10.Store(c); c11.Store(c + 4); c += stride;
        c20.Store(c); c21.Store(c + 4); c += stride;
        c30.Store(c); c31.Store(c + 4); c += stride;
        c40.Store(c); c41.Store(c + 4); c += stride;
        c50.Store(c); c51.Store(c + 4); c += stride;
        c60.Store(c); c61.Store(c + 4); c += stride;
        c70.Store(c); c71.Store(c + 4);
    }

    [SkipLocalsInit, MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void RunRow(int depth, float* x, float* b, nint next, float* y)
    {
        Vector128<float> y0 = Vector128.Load(y), y1 = Vector128.Load(y + 4);
        Vector128<float> z0 = Vector128.Load(y + 8), z1 = Vector128.Load(y + 12);
        float* second = b + next;
        for (; depth > 0; depth--, x++, b += 8, second += 8)
        {
            Vector128<float> value = Vector128.Create(*x);
            y0 = Vector128.FusedMultiplyAdd(value, Vector128.Load(b), y0);
            y1 = Vector128.FusedMultiplyAdd(value, Vector128.Load(b + 4), y1);
            z0 = Vector128.FusedMultiplyAdd(value, Vector128.Load(second), z0);
            z1 = Vector128.FusedMultiplyAdd(value, Vector128.Load(second + 4), z1);
        }
        y0.Store(y); y1.Store(y + 4);
        z0.Store(y + 8); z1.Store(y + 12);
    }
}
