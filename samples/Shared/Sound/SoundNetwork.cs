namespace Microsoft.ML.Spiking.Samples.Sound;

/// <summary>The network for spoken words, and how it is trained: all of its settings.</summary>
internal static class SoundNetwork
{
    /// <summary>Rows of each training recording: itself, and variations.</summary>
    public const int Copies = 8;

    private static readonly LifNeuron s_neuron = new() { MembraneTimeConstant = 3, SynapseTimeConstant = 1, Threshold = 1 };

    private static readonly ColumnLayer s_first = new()
    {
        Columns = 8, NeuronsPerColumn = 32, Excitatory = s_neuron, Inhibitory = s_neuron, Normalisation = new CurrentNormalisation(), Homeostasis = null,
        Delays = [0, 3, 6, 9, 12, 15], Learning = new Surrogate { Gradient = new ATan() },
    };

    /// <summary>Two small layers whose synapses have delays of up to 0.19 seconds, and normalised currents, and a linear readout.</summary>
    public static SpikingNetworkOptions Options { get; } = new()
    {
        Network = new SpikingNetwork
        {
            Code = new SequenceCode { Step = new DirectCode { Gain = 1 } }, Scaling = FeatureScaling.None,
            Layers = [s_first, s_first],
            Readout = new Readout { HiddenUnits = 0, Dropout = 0 },
        },
        Epochs = 8, BatchSize = 64, LabelSmoothing = 0.1, Seed = 1,
        Optimiser = new AdamW { LearningRate = 0.004 },
    };
}
