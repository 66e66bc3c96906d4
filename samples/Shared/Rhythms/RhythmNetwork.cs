namespace Microsoft.ML.Spiking.Samples.Rhythms;

/// <summary>A small network for spike trains; what is not said here is as by default.</summary>
internal static class RhythmNetwork
{
    public static SpikingNetworkOptions Options { get; } = new()
    {
        Network = new SpikingNetwork
        {
            Readout = new Readout { HiddenUnits = 64 },
            Layers =
            [
                new ColumnLayer
                {
                    Columns = 8,
                    NeuronsPerColumn = 32,
                    Wiring = new WattsStrogatz { Neighbours = 4 },
                    // Membranes that remember twice as long as by default: about a beat.
                    Excitatory = new LifNeuron { MembraneTimeConstant = 10, SynapseTimeConstant = 3, Threshold = 2.5f },
                    Inhibitory = new LifNeuron { MembraneTimeConstant = 8, SynapseTimeConstant = 2.4, Threshold = 2 },
                    ExcitatoryGain = 0.5,
                    InhibitoryGain = 0.5,
                },
            ],
        },
        FeatureColumnName = nameof(RhythmRecording.Spikes),
        Optimiser = new AdamW { LearningRate = 1e-2, GradientNormLimit = 5 },
        Epochs = 12,
        BatchSize = 32,
    };
}
