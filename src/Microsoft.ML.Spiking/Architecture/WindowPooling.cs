using System.Text.Json.Serialization;

namespace Microsoft.ML.Spiking;

/// <summary>What a readout makes of its <see cref="Readout.Windows"/>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WindowPooling>))]
public enum WindowPooling
{
    /// <summary>They lie side by side: each has weights of its own, and reads its own steps alone.</summary>
    Concatenate,

    /// <summary>
    /// The same weights read all, each as it is at its end, from the row's first step on; a class's score is its largest. With a linear readout, as many
    /// windows as time steps and a <see cref="Readout.TimeConstant"/> it is the largest membrane of a leaky integrator over time.
    /// </summary>
    Maximum,

    /// <summary>
    /// The same weights read all, each as it is at its end, from the row's first step on; the scores are averaged, each counted by the softmax over the windows
    /// of another linear score of what is read, whose weights learn. It begins as the mean.
    /// </summary>
    Attention,
}
