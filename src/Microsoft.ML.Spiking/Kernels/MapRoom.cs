namespace Microsoft.ML.Spiking.Kernels;

/// <summary>What a thread works in with <see cref="MapNeurons"/>.</summary>
/// <param name="Currents">[step, lane].</param>
/// <param name="Fired">Spikes as bits, [panel, step].</param>
/// <param name="Kept">What the way back goes over, [panel, step, kept, lane].</param>
/// <param name="Gradient">[panel, step, lane].</param>
/// <param name="Winners">Which neuron each that is passed on is the spike of.</param>
internal sealed record MapRoom(AlignedFloats Currents, ulong[] Fired, AlignedFloats Kept, AlignedFloats Gradient, int[] Winners);
