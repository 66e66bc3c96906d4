namespace Microsoft.ML.Spiking;

/// <summary>What a <see cref="LifNeuron"/> carries from one time step to the next.</summary>
/// <param name="Synapse">The synaptic current.</param>
/// <param name="Membrane">The membrane potential.</param>
public readonly record struct LifState(float Synapse, float Membrane);
