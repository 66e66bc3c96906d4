using System.Text.Json.Serialization;

namespace Microsoft.ML.Spiking;

/// <summary>Which constants of the neurons learn by gradient, one value for all excitatory neurons and one for all inhibitory ones.</summary>
[Flags]
[JsonConverter(typeof(JsonStringEnumConverter<NeuronLearning>))]
public enum NeuronLearning
{
    /// <summary>None: the neurons stay as the options say.</summary>
    None = 0,

    /// <summary>The thresholds; they stay above the reset.</summary>
    Thresholds = 1,

    /// <summary>The time constants of membranes and synapses (Fang et al. 2021; Perez-Nieves et al. 2021).</summary>
    TimeConstants = 2,

    /// <summary>Thresholds and time constants.</summary>
    Both = Thresholds | TimeConstants,
}
