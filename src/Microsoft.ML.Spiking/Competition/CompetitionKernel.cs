using System.Runtime.CompilerServices;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Competition;

/// <summary>Potentials of all neurons from spike to spike, as many lanes at once as a register has. Equal to the bit at every width.</summary>
internal static unsafe class CompetitionKernel
{
    /// <summary>Goes on until somebody fires.</summary>
    /// <param name="layer">Whose potentials.</param>
    /// <param name="potentials">[lane].</param>
    /// <param name="currents">Sums of weights, [panel, step, lane].</param>
    /// <param name="step">Where to begin.</param>
    /// <param name="steps">Time steps in all.</param>
    /// <returns>The step in which a potential has reached its threshold; <paramref name="steps"/> where none does.</returns>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static int Advance<TWidth, TFloats>(CompetitiveLayer layer, float* potentials, float* currents, int step, int steps)
        where TWidth : struct, IFloatLanes<TFloats>
        where TFloats : unmanaged
    {
        int floats = sizeof(TFloats) / sizeof(float), panels = layer.Panels;
        float* thresholds = layer.Thresholds;
        TFloats decay = TWidth.Spread(layer.Network.Decay), gain = TWidth.Spread(layer.Gain);
        for (; step < steps; step++)
        {
            ulong fires = 0;
            for (int panel = 0; panel < panels; panel++)
            {
                float* current = currents + ((nint)panel * steps + step) * Lanes.Panel, potential = potentials + panel * Lanes.Panel;
                float* threshold = thresholds + panel * Lanes.Panel;
                for (int lane = 0; lane < Lanes.Panel; lane += floats)
                {
                    TFloats now = TWidth.Leak(decay, TWidth.Load(potential + lane), TWidth.Multiply(gain, TWidth.Load(current + lane)));
                    TWidth.Store(now, potential + lane);
                    fires |= TWidth.Bits(TWidth.AtLeast(now, TWidth.Load(threshold + lane)));
                }
            }
            if (fires != 0) return step;
        }
        return steps;
    }

    /// <summary>potential ← max(potential - inhibition, -inhibition).</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Inhibit<TWidth, TFloats>(float* potentials, int lanes, float inhibition)
        where TWidth : struct, IFloatLanes<TFloats>
        where TFloats : unmanaged
    {
        TFloats lowest = TWidth.Spread(-inhibition);
        for (int lane = 0; lane < lanes; lane += sizeof(TFloats) / sizeof(float))
        {
            TFloats lower = TWidth.Add(TWidth.Load(potentials + lane), lowest);
            TWidth.Store(TWidth.Select(TWidth.AtLeast(lower, lowest), lower, lowest), potentials + lane);
        }
    }

    /// <summary>Who exceeds its threshold by the most, the first of those where several do; -1 where nobody reaches it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static int Winner(float* potentials, float* thresholds, int neurons)
    {
        int winner = -1;
        float most = 0;
        for (int neuron = 0; neuron < neurons; neuron++)
        {
            float margin = potentials[neuron] - thresholds[neuron];
            if (margin > most || winner < 0 && margin == 0) (winner, most) = (neuron, margin);
        }
        return winner;
    }
}
