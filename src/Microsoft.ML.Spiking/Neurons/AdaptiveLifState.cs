namespace Microsoft.ML.Spiking;

/// <summary>What an <see cref="AdaptiveLifNeuron"/> carries from one time step to the next.</summary>
/// <param name="Synapse">The synaptic current.</param>
/// <param name="Membrane">The membrane potential.</param>
/// <param name="Adaptation">The running mean of its spikes, 0 to 1.</param>
public readonly record struct AdaptiveLifState(float Synapse, float Membrane, float Adaptation);
