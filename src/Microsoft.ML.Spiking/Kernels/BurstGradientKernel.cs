using System.Runtime.CompilerServices;
using Microsoft.ML.Spiking.Codes;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>
/// The gradient of a panel's weights over eight time steps of spikes. Which of four steps an input fires in is one of 16 patterns, so what it gets for them is
/// one of 16 sums, made once for all inputs.
/// </summary>
/// <remarks>So an input is read and written once in eight steps. Its gradient is what it was, plus the first four steps' sum, plus the others'.</remarks>
internal static unsafe class BurstGradientKernel
{
    private const int Half = SpikeTrain.BurstSteps / 2, Patterns = 1 << Half, Line = 64;

    /// <summary>Numbers of the room that <see cref="Add"/> needs: two tables, and what aligns them.</summary>
    public const int RoomLength = 2 * Patterns * Lanes.Panel + Line / sizeof(float);

    /// <param name="inputs">The inputs that fire and in which of the steps, as <see cref="SpikeTrain.Burst"/> has them.</param>
    /// <param name="currents">∂loss/∂current, [step, lane].</param>
    /// <param name="steps">Time steps, at most 8.</param>
    /// <param name="gradient">Is added to, [input, lane].</param>
    /// <param name="room">Room for <see cref="RoomLength"/> numbers.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Add<TWidth, TFloats>(ReadOnlySpan<int> inputs, float* currents, int steps, float* gradient, float* room)
        where TWidth : struct, IFloatLanes<TFloats>
        where TFloats : unmanaged
    {
        int floats = sizeof(TFloats) / sizeof(float);
        float* early = (float*)((nuint)(room + Line / sizeof(float) - 1) / Line * Line), late = early + Patterns * Lanes.Panel;
        Sum<TWidth, TFloats>(currents, Math.Min(steps, Half), early);
        Sum<TWidth, TFloats>(currents + Half * Lanes.Panel, steps - Half, late);
        foreach (int input in inputs)
        {
            float* row = gradient + (nint)(input >> SpikeTrain.BurstSteps) * Lanes.Panel;
            float* first = early + (input & Patterns - 1) * Lanes.Panel, second = late + (input >> Half & Patterns - 1) * Lanes.Panel;
            for (int lane = 0; lane < Lanes.Panel; lane += 4 * floats)
            {
                for (int part = 0; part < 4; part++)
                {
                    int at = lane + part * floats;
                    TWidth.Store(TWidth.Add(TWidth.Add(TWidth.Load(row + at), TWidth.Load(first + at)), TWidth.Load(second + at)), row + at);
                }
            }
        }
    }

    /// <summary>The sums over the steps of each pattern, in their order, [pattern, lane].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Sum<TWidth, TFloats>(float* currents, int steps, float* sums)
        where TWidth : struct, IFloatLanes<TFloats>
        where TFloats : unmanaged
    {
        new Span<float>(sums, Lanes.Panel).Clear();
        for (int step = 0; step < steps; step++, currents += Lanes.Panel)
            for (int pattern = 0; pattern < 1 << step; pattern++)
                for (int lane = 0; lane < Lanes.Panel; lane += sizeof(TFloats) / sizeof(float))
                    TWidth.Store(TWidth.Add(TWidth.Load(sums + pattern * Lanes.Panel + lane), TWidth.Load(currents + lane)),
                        sums + ((1 << step) + pattern) * Lanes.Panel + lane);
        // A step that is not there is in no pattern, so its sums are not read.
    }
}
