using System.Collections.Immutable;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>What a checkpoint of the published program leaves to its code, and what a bare state_dict does not say.</summary>
/// <remarks>An immutable record; a checkpoint that this library wrote says all of it, and needs none.</remarks>
public sealed record PyTorchOptions
{
    /// <summary>Time steps that a row is shown for; null for what the checkpoint's hyperparams say. Default null.</summary>
    public int? TimeSteps { get; init; }

    /// <summary>
    /// Time constant of the excitatory neurons' membranes, in time steps, that the checkpoint's alpha must be of; the inhibitory ones' is 0.8 of it. Null for
    /// what its hyperparams say; where they do not either, alpha alone counts. Default null.
    /// </summary>
    public double? MembraneTimeConstant { get; init; }

    /// <summary>Time constant of the excitatory neurons' synaptic currents, that the checkpoint's beta must be of, likewise. Default null.</summary>
    public double? SynapseTimeConstant { get; init; }

    /// <summary>Threshold of the excitatory neurons. Default 2.5, as published.</summary>
    public float ExcitatoryThreshold { get; init; } = 2.5f;

    /// <summary>Threshold of the inhibitory neurons. Default 2, as published.</summary>
    public float InhibitoryThreshold { get; init; } = 2;

    /// <summary>Mean of all features, which is taken off them. Default 0.1307, of MNIST's pixels from 0 to 1.</summary>
    public double Mean { get; init; } = 0.1307;

    /// <summary>Standard deviation of all features, by which they are divided. Default 0.3081, of MNIST's.</summary>
    public double Deviation { get; init; } = 0.3081;

    /// <summary>Column with the input, Vector&lt;Single&gt; of as many features as the network has inputs. Default "Features".</summary>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>What the classes are called, in the order of the program's numbers; empty where numbers will do. Default empty.</summary>
    public ImmutableArray<string> Classes { get; init; } = [];

    /// <exception cref="ArgumentException">Says which option cannot be.</exception>
    internal void Check()
    {
        Require.That(TimeSteps is null or > 0, $"TimeSteps is {TimeSteps}, but it must be greater than 0, or null for what the checkpoint says.");
        if (MembraneTimeConstant is { } membrane) Require.Positive(membrane, nameof(MembraneTimeConstant));
        if (SynapseTimeConstant is { } synapse) Require.Positive(synapse, nameof(SynapseTimeConstant));
        Require.Positive(ExcitatoryThreshold, nameof(ExcitatoryThreshold));
        Require.Positive(InhibitoryThreshold, nameof(InhibitoryThreshold));
        Require.Within(Mean, nameof(Mean));
        Require.Positive(Deviation, nameof(Deviation));
        Require.That(!string.IsNullOrWhiteSpace(FeatureColumnName), "FeatureColumnName is empty, but it must name a column.");
        Require.That(!Classes.IsDefault && Classes.All(name => name is not null) && Classes.Distinct().Count() == Classes.Length,
            "Classes names a class twice, or not at all; give each a name of its own, or none to any.");
    }
}
