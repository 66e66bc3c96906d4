using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Neurons;

namespace Microsoft.ML.Spiking;

/// <summary>A neuron stepped in discrete time: from the current of a step to whether it spikes. One time step is the unit of time.</summary>
/// <remarks>A closed family, since it is stored in models: <see cref="LifNeuron"/> and <see cref="AdaptiveLifNeuron"/>.</remarks>
[JsonDerivedType(typeof(LifNeuron), "lif")]
[JsonDerivedType(typeof(AdaptiveLifNeuron), "adaptive-lif")]
public abstract record Neuron
{
    // Beyond them a float32 has no decay left between 0 and 1.
    private const double ShortestTime = 0.01, LongestTime = Require.Most;

    private protected Neuron() { }

    /// <summary>Membrane potential from which on the neuron fires. Default 2.</summary>
    public float Threshold { get; init; } = 2;

    /// <summary>Membrane potential straight after a spike. Default 0.</summary>
    public float Reset { get; init; }

    /// <summary>What its equations are computed with, one number a neuron each, in an order that its kernels and its tensors know.</summary>
    internal abstract ImmutableArray<NeuronConstant> Constants { get; }

    /// <summary>
    /// The neuron with constants that were learnt, in the order of <see cref="Constants"/>: of a decay its time constant, of the others the constant itself.
    /// </summary>
    internal abstract Neuron Learnt(ReadOnlySpan<double> constants);

    internal virtual void Check(string name)
    {
        Require.Within(Threshold, $"{name}.{nameof(Threshold)}");
        Require.Within(Reset, $"{name}.{nameof(Reset)}");
        Require.That(Threshold > Reset, $"{name}.Threshold is {Threshold} and Reset {Reset}, but a neuron must reset below its threshold.");
    }

    internal static void CheckTime(double constant, string name) => Require.Positive(constant, name, ShortestTime, LongestTime);

    /// <summary>A time constant that was learnt, within what the options allow.</summary>
    private protected static double LearntTime(double constant) => Math.Clamp(constant, ShortestTime, LongestTime);

    /// <summary>Another constant that was learnt, likewise.</summary>
    private protected static double LearntLevel(double constant) => Math.Clamp(constant, -Require.Most, Require.Most);
}
