using System.Runtime.CompilerServices;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>One neuron over all time steps for 128 samples: <see cref="LifNeuron.Step"/> with samples for lanes.</summary>
/// <remarks>
/// Currents come in units of the weights' grid, a power of two, and so do its potentials: a power of two multiplies exactly, so the spikes are
/// equal to the bit.
/// </remarks>
internal static unsafe class BatchNeuronKernel
{
    /// <param name="currents">Input currents in whole units, [step, sample].</param>
    /// <param name="stride">Numbers from one step's currents to the next's.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="lanes">Constants of the neurons.</param>
    /// <param name="lane">Which neuron.</param>
    /// <param name="scale">Units in a current of 1.</param>
    /// <param name="spikes">Receives the samples in which it fired, as bits, [step, 128 samples].</param>
    /// <param name="counts">Are added to, or taken from, as the neuron's sign is, [step, sample].</param>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TWidth, TFloats>(short* currents, int stride, int steps, Lanes lanes, int lane, float scale, ulong* spikes, sbyte* counts)
        where TWidth : struct, IFloatLanes<TFloats>
        where TFloats : unmanaged
    {
        float[][] constants = lanes.Constants;
        TFloats synapseDecay = TWidth.Spread(constants[0][lane]), membraneDecay = TWidth.Spread(constants[1][lane]);
        TFloats threshold = TWidth.Spread(constants[2][lane] * scale), reset = TWidth.Spread(constants[3][lane] * scale);
        sbyte sign = (sbyte)lanes.Sign[lane];
        // Four registers' states are as many as 16 registers hold beside the constants.
        int floats = sizeof(TFloats) / sizeof(float);
        for (int first = 0; first < PackedSpikes.Lanes; first += 4 * floats)
        {
            TFloats synapse0 = default, synapse1 = default, synapse2 = default, synapse3 = default;
            TFloats membrane0 = default, membrane1 = default, membrane2 = default, membrane3 = default;
            short* current = currents + first;
            byte* fired = (byte*)spikes + first / 8;
            sbyte* count = counts + first;
            for (int step = 0; step < steps; step++, current += stride, fired += PackedSpikes.Lanes / 8, count += PackedSpikes.Lanes)
            {
                synapse0 = TWidth.Leak(synapseDecay, synapse0, TWidth.Load(current));
                membrane0 = TWidth.Leak(membraneDecay, membrane0, synapse0);
                TFloats spike = TWidth.AtLeast(membrane0, threshold);
                membrane0 = TWidth.Select(spike, reset, membrane0);
                ulong bits = TWidth.Bits(spike);

                synapse1 = TWidth.Leak(synapseDecay, synapse1, TWidth.Load(current + floats));
                membrane1 = TWidth.Leak(membraneDecay, membrane1, synapse1);
                spike = TWidth.AtLeast(membrane1, threshold);
                membrane1 = TWidth.Select(spike, reset, membrane1);
                bits |= TWidth.Bits(spike) << floats;

                synapse2 = TWidth.Leak(synapseDecay, synapse2, TWidth.Load(current + 2 * floats));
                membrane2 = TWidth.Leak(membraneDecay, membrane2, synapse2);
                spike = TWidth.AtLeast(membrane2, threshold);
                membrane2 = TWidth.Select(spike, reset, membrane2);
                bits |= TWidth.Bits(spike) << 2 * floats;

                synapse3 = TWidth.Leak(synapseDecay, synapse3, TWidth.Load(current + 3 * floats));
                membrane3 = TWidth.Leak(membraneDecay, membrane3, synapse3);
                spike = TWidth.AtLeast(membrane3, threshold);
                membrane3 = TWidth.Select(spike, reset, membrane3);
                bits |= TWidth.Bits(spike) << 3 * floats;

                if (floats == 16) *(ulong*)fired = bits;
                else if (floats == 8) *(uint*)fired = (uint)bits;
                else *(ushort*)fired = (ushort)bits;
                TWidth.Count(bits, sign, count);
            }
        }
    }
}
