using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Images;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Input currents of the 64 neurons of a panel. The order of addition is that of the inputs, on every machine.</summary>
internal static unsafe class CurrentKernel
{
    /// <summary>Event-driven: each spike adds its row of weights, a graded one a multiple of it, and what is silent costs nothing.</summary>
    /// <param name="train">The spikes.</param>
    /// <param name="seen">The inputs outside which the panel has no weights.</param>
    /// <param name="weights">The panel's weights, [input, lane].</param>
    /// <param name="currents">Receives [step, lane].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfSpikes(SpikeTrain train, InputRange seen, ReadOnlySpan<float> weights, Span<float> currents)
    {
        if (train.IsGraded)
        {
            for (int step = 0; step < train.Steps; step++)
            {
                Range range = seen.Of(train[step]);
                OfConstant(train[step][range], train.Values(step)[range], weights, currents.Slice(step * Lanes.Panel, Lanes.Panel));
            }
            return;
        }
        fixed (float* first = weights, target = currents[..(train.Steps * Lanes.Panel)])
        {
            for (int step = 0; step < train.Steps; step++)
            {
                ReadOnlySpan<int> inputs = train[step];
                inputs = inputs[seen.Of(inputs)];
                float* current = target + step * Lanes.Panel;
                if (Vector512.IsHardwareAccelerated) Sum<Width512, Vector512<float>>(inputs, first, current);
                else if (Vector256.IsHardwareAccelerated) Sum<Width256, Vector256<float>>(inputs, first, current);
                else Sum<Width128, Vector128<float>>(inputs, first, current);
            }
        }
    }

    /// <summary>Σ row of weights, for what fired in one step.</summary>
    /// <param name="rows">Which rows.</param>
    /// <param name="weights">The panel's weights, [row, lane].</param>
    /// <param name="current">Receives [lane].</param>
    public static void OfFired(ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, Span<float> current)
    {
        fixed (float* first = weights, target = current[..Lanes.Panel])
        {
            if (Vector512.IsHardwareAccelerated) Sum<Width512, Vector512<float>>(rows, first, target);
            else if (Vector256.IsHardwareAccelerated) Sum<Width256, Vector256<float>>(rows, first, target);
            else Sum<Width128, Vector128<float>>(rows, first, target);
        }
    }

    /// <summary>Σ value · row of weights, for input that is the same in every step, or of one step.</summary>
    /// <param name="inputs">The inputs that are not 0.</param>
    /// <param name="values">Their values.</param>
    /// <param name="weights">The panel's weights, [input, lane].</param>
    /// <param name="current">Receives [lane].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfConstant(ReadOnlySpan<int> inputs, ReadOnlySpan<float> values, ReadOnlySpan<float> weights, Span<float> current)
    {
        fixed (float* first = weights, target = current[..Lanes.Panel])
        {
            if (Vector512.IsHardwareAccelerated) Sum<Width512, Vector512<float>>(inputs, values, first, target);
            else if (Vector256.IsHardwareAccelerated) Sum<Width256, Vector256<float>>(inputs, values, first, target);
            else Sum<Width128, Vector128<float>>(inputs, values, first, target);
        }
    }

    /// <summary>Σ row of weights, for inputs that are 0 or 1 and the same in every step, where the weights lie on a grid.</summary>
    /// <param name="inputs">The inputs that are 1.</param>
    /// <param name="weights">The panel's weights in whole units, [input, lane].</param>
    /// <param name="units">A unit of each lane, a power of two, [lane].</param>
    /// <param name="current">Receives [lane].</param>
    public static void OfBinary(ReadOnlySpan<int> inputs, ReadOnlySpan<short> weights, ReadOnlySpan<float> units, Span<float> current)
    {
        fixed (short* first = weights)
        fixed (float* unit = units[..Lanes.Panel], target = current[..Lanes.Panel])
        {
            if (Vector256.IsHardwareAccelerated) Sum256(inputs, first, unit, target);
            else Sum128(inputs, first, unit, target);
        }
    }

    /// <summary>
    /// Sums rows of weights, as many lanes at once as 8 registers hold, or 4 of 512 bits. Calls nothing: across a call the sums would leave their registers,
    /// which costs four times the time; and so they would in vectors that are made of two.
    /// </summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Sum<TWidth, TFloats>(ReadOnlySpan<int> inputs, float* weights, float* current)
        where TWidth : struct, IFloatLanes<TFloats>
        where TFloats : unmanaged
    {
        int floats = sizeof(TFloats) / sizeof(float);
        for (int lane = 0; lane < Lanes.Panel; lane += 8 * floats, weights += 8 * floats, current += 8 * floats)
        {
            TFloats a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default, a7 = default;
            foreach (int input in inputs)
            {
                float* row = weights + (nint)(uint)input * Lanes.Panel;
                a0 = TWidth.Add(a0, TWidth.Load(row));
                a1 = TWidth.Add(a1, TWidth.Load(row + floats));
                a2 = TWidth.Add(a2, TWidth.Load(row + 2 * floats));
                a3 = TWidth.Add(a3, TWidth.Load(row + 3 * floats));
                if (4 * floats == Lanes.Panel) continue;
                a4 = TWidth.Add(a4, TWidth.Load(row + 4 * floats));
                a5 = TWidth.Add(a5, TWidth.Load(row + 5 * floats));
                a6 = TWidth.Add(a6, TWidth.Load(row + 6 * floats));
                a7 = TWidth.Add(a7, TWidth.Load(row + 7 * floats));
            }
            Store<TWidth, TFloats>(a0, a1, a2, a3, current);
            if (4 * floats < Lanes.Panel) Store<TWidth, TFloats>(a4, a5, a6, a7, current + 4 * floats);
        }
    }

    /// <summary>The same of multiples of the rows.</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Sum<TWidth, TFloats>(ReadOnlySpan<int> inputs, ReadOnlySpan<float> values, float* weights, float* current)
        where TWidth : struct, IFloatLanes<TFloats>
        where TFloats : unmanaged
    {
        int floats = sizeof(TFloats) / sizeof(float);
        for (int lane = 0; lane < Lanes.Panel; lane += 8 * floats, weights += 8 * floats, current += 8 * floats)
        {
            TFloats a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default, a7 = default;
            for (int k = 0; k < inputs.Length; k++)
            {
                float* row = weights + (nint)(uint)inputs[k] * Lanes.Panel;
                TFloats value = TWidth.Spread(values[k]);
                a0 = TWidth.Leak(value, TWidth.Load(row), a0);
                a1 = TWidth.Leak(value, TWidth.Load(row + floats), a1);
                a2 = TWidth.Leak(value, TWidth.Load(row + 2 * floats), a2);
                a3 = TWidth.Leak(value, TWidth.Load(row + 3 * floats), a3);
                if (4 * floats == Lanes.Panel) continue;
                a4 = TWidth.Leak(value, TWidth.Load(row + 4 * floats), a4);
                a5 = TWidth.Leak(value, TWidth.Load(row + 5 * floats), a5);
                a6 = TWidth.Leak(value, TWidth.Load(row + 6 * floats), a6);
                a7 = TWidth.Leak(value, TWidth.Load(row + 7 * floats), a7);
            }
            Store<TWidth, TFloats>(a0, a1, a2, a3, current);
            if (4 * floats < Lanes.Panel) Store<TWidth, TFloats>(a4, a5, a6, a7, current + 4 * floats);
        }
    }

    /// <summary>The same of integers, which no sum leaves the range of.</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Sum256(ReadOnlySpan<int> inputs, short* weights, float* units, float* current)
    {
        Vector256<short> a = default, b = default, c = default, d = default;
        foreach (int input in inputs)
        {
            short* row = weights + (nint)(uint)input * Lanes.Panel;
            a += Vector256.Load(row);
            b += Vector256.Load(row + 16);
            c += Vector256.Load(row + 32);
            d += Vector256.Load(row + 48);
        }
        Store(a, units, current);
        Store(b, units + 16, current + 16);
        Store(c, units + 32, current + 32);
        Store(d, units + 48, current + 48);
    }

    /// <summary><see cref="Sum256"/> with registers half as wide.</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Sum128(ReadOnlySpan<int> inputs, short* weights, float* units, float* current)
    {
        Vector128<short> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        foreach (int input in inputs)
        {
            short* row = weights + (nint)(uint)input * Lanes.Panel;
            a += Vector128.Load(row);
            b += Vector128.Load(row + 8);
            c += Vector128.Load(row + 16);
            d += Vector128.Load(row + 24);
            e += Vector128.Load(row + 32);
            f += Vector128.Load(row + 40);
            g += Vector128.Load(row + 48);
            h += Vector128.Load(row + 56);
        }
        Store(Vector256.Create(a, b), units, current);
        Store(Vector256.Create(c, d), units + 16, current + 16);
        Store(Vector256.Create(e, f), units + 32, current + 32);
        Store(Vector256.Create(g, h), units + 48, current + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<short> sums, float* units, float* current)
    {
        (Vector256<int> lower, Vector256<int> upper) = Vector256.Widen(sums);
        (Vector256.ConvertToSingle(lower) * Vector256.Load(units)).Store(current);
        (Vector256.ConvertToSingle(upper) * Vector256.Load(units + 8)).Store(current + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TWidth, TFloats>(TFloats a, TFloats b, TFloats c, TFloats d, float* current)
        where TWidth : struct, IFloatLanes<TFloats>
        where TFloats : unmanaged
    {
        int floats = sizeof(TFloats) / sizeof(float);
        TWidth.Store(a, current);
        TWidth.Store(b, current + floats);
        TWidth.Store(c, current + 2 * floats);
        TWidth.Store(d, current + 3 * floats);
    }
}
