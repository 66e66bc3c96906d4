using System.Text.Json.Serialization;

namespace Microsoft.ML.Spiking;

/// <summary>How a training ended.</summary>
// Models without this entry were trained to the end, and what is absent is read as 0.
[JsonConverter(typeof(JsonStringEnumConverter<TrainingEnd>))]
public enum TrainingEnd
{
    /// <summary>All of its batches were trained.</summary>
    Completed,

    /// <summary>By <see cref="SpikingNetworkOptions.EarlyStopping"/>.</summary>
    StoppedEarly,

    /// <summary>By <see cref="SpikingNetworkOptions.MaximumTime"/>.</summary>
    TimeUp,

    /// <summary>It was cancelled, and the options said to return the best so far.</summary>
    Cancelled,
}
