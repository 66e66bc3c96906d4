namespace Microsoft.ML.Spiking.Samples.Rhythms;

/// <summary>A small network for spike trains; what is not said here is as by default.</summary>
internal static class RhythmNetwork
{
    public static SpikingNetworkOptions Options { get; } = new()
    {
        FeatureColumnName = nameof(Recording.Spikes),
        Columns = 8,
        NeuronsPerColumn = 32,
        Wiring = new WattsStrogatz { Neighbours = 4 },
        // Half the default time constants: with a memory shorter than a beat, each beat is judged by itself.
        Excitatory = new LifNeuron { MembraneTimeConstant = 10, SynapseTimeConstant = 3, Threshold = 2.5f },
        Inhibitory = new LifNeuron { MembraneTimeConstant = 8, SynapseTimeConstant = 2.4f, Threshold = 2 },
        Readout = new Readout { HiddenUnits = 64 },
        Optimiser = new AdamW { LearningRate = 1e-2, GradientNormLimit = 5 },
        Epochs = 12,
        BatchSize = 32,
    };
}
