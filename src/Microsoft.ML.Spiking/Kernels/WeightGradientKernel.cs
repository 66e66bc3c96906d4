using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Images;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>
/// The gradient of a panel's weights, ∂loss/∂w[input] += Σ over time of input · ∂loss/∂current: the reverse of <see cref="CurrentKernel"/>.
/// </summary>
internal static class WeightGradientKernel
{
    /// <param name="stimulus">What the sample was shown.</param>
    /// <param name="seen">The inputs outside which the panel has no weights.</param>
    /// <param name="currents">∂loss/∂current, [step, lane].</param>
    /// <param name="gradient">Is added to, [input, lane].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(Stimulus stimulus, InputRange seen, ReadOnlySpan<float> currents, Span<float> gradient)
    {
        if (stimulus.IsConstant)
        {
            Span<float> overTime = stackalloc float[Lanes.Panel];
            for (int at = 0; at < currents.Length; at += Lanes.Panel) Elementwise.Add(currents.Slice(at, Lanes.Panel), overTime);
            Range held = seen.Of(stimulus.Inputs);
            Scatter(stimulus.Inputs[held], stimulus.Values[held], overTime, gradient);
            return;
        }
        if (stimulus.Train is { IsGraded: true } graded)
        {
            for (int step = 0; step < graded.Steps; step++)
            {
                Range range = seen.Of(graded[step]);
                Scatter(graded[step][range], graded.Values(step)[range], currents.Slice(step * Lanes.Panel, Lanes.Panel), gradient);
            }
            return;
        }
        for (int burst = 0; burst < stimulus.Train.Bursts; burst++)
        {
            ReadOnlySpan<int> inputs = stimulus.Train.Burst(burst);
            int first = burst * SpikeTrain.BurstSteps, steps = Math.Min(SpikeTrain.BurstSteps, stimulus.Steps - first);
            AddBurst(inputs[seen.OfBurst(inputs)], currents.Slice(first * Lanes.Panel, steps * Lanes.Panel), gradient);
        }
    }

    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void AddBurst(ReadOnlySpan<int> inputs, ReadOnlySpan<float> currents, Span<float> gradient)
    {
        float* room = stackalloc float[BurstGradientKernel.RoomLength];
        fixed (float* c = currents, g = gradient)
        {
            int steps = currents.Length / Lanes.Panel;
            if (Vector512.IsHardwareAccelerated) BurstGradientKernel.Add<Width512, Vector512<float>>(inputs, c, steps, g, room);
            else if (Vector256.IsHardwareAccelerated) BurstGradientKernel.Add<Width256, Vector256<float>>(inputs, c, steps, g, room);
            else BurstGradientKernel.Add<Width128, Vector128<float>>(inputs, c, steps, g, room);
        }
    }

    /// <summary>Adds multiples of one vector of 64 to many rows.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Scatter(ReadOnlySpan<int> inputs, ReadOnlySpan<float> values, ReadOnlySpan<float> current, Span<float> gradient)
    {
        ref float first = ref MemoryMarshal.GetReference(gradient), source = ref MemoryMarshal.GetReference(current);
        Vector512<float> g0 = Vector512.LoadUnsafe(ref source), g1 = Vector512.LoadUnsafe(ref source, 16), g2 = Vector512.LoadUnsafe(ref source, 32),
            g3 = Vector512.LoadUnsafe(ref source, 48);
        for (int k = 0; k < inputs.Length; k++)
        {
            ref float row = ref Unsafe.Add(ref first, (nint)(uint)inputs[k] * Lanes.Panel);
            Vector512<float> value = Vector512.Create(values[k]);
            (Vector512.LoadUnsafe(ref row) + value * g0).StoreUnsafe(ref row);
            (Vector512.LoadUnsafe(ref row, 16) + value * g1).StoreUnsafe(ref row, 16);
            (Vector512.LoadUnsafe(ref row, 32) + value * g2).StoreUnsafe(ref row, 32);
            (Vector512.LoadUnsafe(ref row, 48) + value * g3).StoreUnsafe(ref row, 48);
        }
    }
}
