using System.Collections.Immutable;
using Microsoft.ML.Spiking.Neurons;

namespace Microsoft.ML.Spiking;

/// <summary>A leaky integrate-and-fire neuron with a synaptic current (CUBA-LIF), stepped in discrete time.</summary>
/// <remarks>
/// <code>
/// synapse  ← β · synapse  + current        β = exp(-1 / SynapseTimeConstant)
/// membrane ← α · membrane + synapse        α = exp(-1 / MembraneTimeConstant)
/// spike    = membrane ≥ Threshold;  where it spiked, membrane ← Reset
/// </code>
/// Both start at 0 for every sample. One time step is the unit of time.
/// </remarks>
public sealed record LifNeuron : Neuron
{
    /// <summary>Time constant of the membrane, in time steps. Default 20.</summary>
    public double MembraneTimeConstant { get; init; } = 20;

    /// <summary>Time constant of the synaptic current, in time steps. Default 5.</summary>
    public double SynapseTimeConstant { get; init; } = 5;

    /// <summary>α, what a time step leaves of the membrane potential.</summary>
    internal float MembraneDecay => (float)Math.Exp(-1 / MembraneTimeConstant);

    /// <summary>β, what a time step leaves of the synaptic current.</summary>
    internal float SynapseDecay => (float)Math.Exp(-1 / SynapseTimeConstant);

    internal override ImmutableArray<NeuronConstant> Constants =>
    [
        NeuronConstant.Decay("synapse", SynapseTimeConstant),
        NeuronConstant.Decay("membrane", MembraneTimeConstant),
        new("threshold", Threshold, Padding: float.PositiveInfinity) { Learning = NeuronLearning.Thresholds, Floor = Reset },
        new(null, Reset),
    ];

    /// <summary>One time step of one neuron.</summary>
    /// <param name="state">Synapse and membrane before it.</param>
    /// <param name="current">What the input adds to the synaptic current in this step.</param>
    /// <returns>Whether the neuron fired, and its state afterwards.</returns>
    public (bool Spike, LifState State) Step(LifState state, float current)
    {
        float synapse = SynapseDecay * state.Synapse + current;
        float membrane = MembraneDecay * state.Membrane + synapse;
        bool spike = membrane >= Threshold;
        return (spike, new LifState(synapse, spike ? Reset : membrane));
    }

    internal override Neuron Learnt(ReadOnlySpan<double> constants)
        => this with
        {
            SynapseTimeConstant = LearntTime(constants[0]),
            MembraneTimeConstant = LearntTime(constants[1]),
            Threshold = (float)LearntLevel(constants[2]),
        };

    internal override void Check(string name)
    {
        CheckTime(MembraneTimeConstant, $"{name}.{nameof(MembraneTimeConstant)}");
        CheckTime(SynapseTimeConstant, $"{name}.{nameof(SynapseTimeConstant)}");
        base.Check(name);
    }
}
