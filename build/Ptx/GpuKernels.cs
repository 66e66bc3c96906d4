using ILGPU;
using Microsoft.ML.Spiking.Fused;

namespace Microsoft.ML.Spiking.Ptx;

/// <summary>The fused kernels as ILGPU compiles them: one lane each, what they compute in a step being <see cref="KernelEquations"/>.</summary>
public static class GpuKernels
{
    /// <summary>A neuron over all steps.</summary>
    /// <param name="lane">Which, of all neurons of all samples.</param>
    /// <param name="currents">[time, lane]; becomes the membranes before their resets.</param>
    /// <param name="spikes">Receives 0 or 1, [time, lane].</param>
    /// <param name="constants">Decays of synapse and membrane, threshold and reset, [constant, neuron].</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="lanes">Lanes.</param>
    /// <param name="neurons">Neurons of a sample.</param>
    public static void Neurons(Index1D lane, ArrayView<float> currents, ArrayView<float> spikes, ArrayView<float> constants, int steps, int lanes, int neurons)
    {
        int own = lane % neurons;
        float synapseDecay = constants[own], membraneDecay = constants[own + neurons], threshold = constants[own + 2 * neurons];
        float reset = constants[own + 3 * neurons];
        float synapse = 0, membrane = 0;
        long at = lane;
        for (int step = 0; step < steps; step++)
        {
            synapse = KernelEquations.Decayed(synapse, synapseDecay, currents[at]);
            float reached = KernelEquations.Decayed(membrane, membraneDecay, synapse);
            currents[at] = reached;
            spikes[at] = KernelEquations.Spike(reached, threshold);
            membrane = KernelEquations.Reset(reached, threshold, reset);
            at += lanes;
        }
    }

    /// <summary>The way back through a neuron.</summary>
    /// <param name="lane">Which.</param>
    /// <param name="gradient">By the spikes, [time, lane]; becomes that by the currents.</param>
    /// <param name="membranes">Before their resets, [time, lane].</param>
    /// <param name="constants">As above.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="lanes">Lanes.</param>
    /// <param name="neurons">Neurons of a sample.</param>
    /// <param name="shape">The surrogate's shape.</param>
    /// <param name="height">A number of its.</param>
    /// <param name="scale">Another.</param>
    public static void NeuronsBack(Index1D lane, ArrayView<float> gradient, ArrayView<float> membranes, ArrayView<float> constants, int steps, int lanes,
        int neurons, int shape, float height, float scale)
    {
        int own = lane % neurons;
        float synapseDecay = constants[own], membraneDecay = constants[own + neurons], threshold = constants[own + 2 * neurons];
        float ofMembrane = 0, ofSynapse = 0;
        long at = (long)steps * lanes + lane;
        for (int step = 0; step < steps; step++)
        {
            at -= lanes;
            float reached = membranes[at], derivative = KernelEquations.Derivative(reached - threshold, shape, height, scale);
            ofMembrane = KernelEquations.OfMembrane(gradient[at], derivative, reached, threshold, membraneDecay, ofMembrane);
            ofSynapse = KernelEquations.Decayed(ofSynapse, synapseDecay, ofMembrane);
            gradient[at] = ofSynapse;
        }
    }

    /// <summary>The spikes of an input of a sample.</summary>
    /// <param name="lane">Which.</param>
    /// <param name="limits">Below what a number of 24 bits is to be for a spike, [lane].</param>
    /// <param name="spikes">Receives 0 or 1, [time, lane].</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="lanes">Lanes.</param>
    /// <param name="key">The key of the source of noise.</param>
    public static void Spikes(Index1D lane, ArrayView<float> limits, ArrayView<float> spikes, int steps, int lanes, ulong key)
    {
        float limit = limits[lane];
        long at = lane;
        for (int step = 0; step < steps; step++)
        {
            spikes[at] = KernelEquations.Spike(KernelEquations.Drawn(key, (ulong)at), limit);
            at += lanes;
        }
    }
}
