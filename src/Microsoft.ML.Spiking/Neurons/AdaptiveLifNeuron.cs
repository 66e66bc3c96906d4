using System.Collections.Immutable;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Neurons;

namespace Microsoft.ML.Spiking;

/// <summary>A <see cref="LifNeuron"/> whose threshold rises with each spike and falls back: the adaptive neuron of Bellec et al. 2018.</summary>
/// <remarks>
/// <code>
/// synapse    ← β · synapse  + current            β = exp(-1 / SynapseTimeConstant)
/// membrane   ← α · membrane + synapse            α = exp(-1 / MembraneTimeConstant)
/// spike      = membrane ≥ Threshold + Adaptation · adaptation;  where it spiked, membrane ← Reset
/// adaptation ← ρ · adaptation + (1 - ρ) · spike  ρ = exp(-1 / AdaptationTimeConstant)
/// </code>
/// All start at 0 for every sample. One time step is the unit of time. Since what adapts lies between 0 and 1, the mean rate of late, a neuron that fires in
/// every step ends at a threshold of Threshold + Adaptation.
/// <para>
/// The threshold adapts and not the current, as in the adaptive exponential neuron: the membrane's equation stays exact at any time constant, where a current
/// that the membrane feeds needs care to stay stable, and the adaptation can be seen beside the membrane.
/// </para>
/// </remarks>
public sealed record AdaptiveLifNeuron : Neuron
{
    /// <summary>Time constant of the membrane, in time steps. Default 20.</summary>
    public double MembraneTimeConstant { get; init; } = 20;

    /// <summary>Time constant of the synaptic current, in time steps. Default 5.</summary>
    public double SynapseTimeConstant { get; init; } = 5;

    /// <summary>Time constant of the adaptation, in time steps: how long the neuron remembers its spikes. Default 20.</summary>
    public double AdaptationTimeConstant { get; init; } = 20;

    /// <summary>What the threshold rises by, at the most, in units of the membrane potential; 0 for a neuron that does not adapt. Default 1.8.</summary>
    public double Adaptation { get; init; } = 1.8;

    internal override ImmutableArray<NeuronConstant> Constants =>
    [
        NeuronConstant.Decay("synapse", SynapseTimeConstant),
        NeuronConstant.Decay("membrane", MembraneTimeConstant),
        new("threshold", Threshold, Padding: float.PositiveInfinity) { Learning = NeuronLearning.Thresholds, Floor = Reset },
        new(null, Reset),
        NeuronConstant.Decay("adaptation", AdaptationTimeConstant),
        new("adaptation_strength", (float)Adaptation) { Learning = NeuronLearning.Thresholds },
    ];

    /// <summary>One time step of one neuron.</summary>
    /// <param name="state">Synapse, membrane and adaptation before it.</param>
    /// <param name="current">What the input adds to the synaptic current in this step.</param>
    /// <returns>Whether the neuron fired, and its state afterwards.</returns>
    public (bool Spike, AdaptiveLifState State) Step(AdaptiveLifState state, float current)
    {
        float decay = (float)Math.Exp(-1 / AdaptationTimeConstant);
        float synapse = (float)Math.Exp(-1 / SynapseTimeConstant) * state.Synapse + current;
        float membrane = (float)Math.Exp(-1 / MembraneTimeConstant) * state.Membrane + synapse;
        bool spike = membrane >= Threshold + (float)Adaptation * state.Adaptation;
        return (spike, new AdaptiveLifState(synapse, spike ? Reset : membrane, decay * state.Adaptation + (1 - decay) * (spike ? 1 : 0)));
    }

    internal override Neuron Learnt(ReadOnlySpan<double> constants) => this with
    {
        SynapseTimeConstant = LearntTime(constants[0]),
        MembraneTimeConstant = LearntTime(constants[1]),
        Threshold = (float)LearntLevel(constants[2]),
        AdaptationTimeConstant = LearntTime(constants[4]),
        Adaptation = LearntLevel(constants[5]),
    };

    internal override void Check(string name)
    {
        CheckTime(MembraneTimeConstant, $"{name}.{nameof(MembraneTimeConstant)}");
        CheckTime(SynapseTimeConstant, $"{name}.{nameof(SynapseTimeConstant)}");
        CheckTime(AdaptationTimeConstant, $"{name}.{nameof(AdaptationTimeConstant)}");
        Require.NotNegative(Adaptation, $"{name}.{nameof(Adaptation)}");
        base.Check(name);
    }
}
