using System.Text.Json.Serialization;

namespace Microsoft.ML.Spiking;

/// <summary>Whose spike rates a readout reads.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReadLayers>))]
public enum ReadLayers
{
    /// <summary>Those of the last layer.</summary>
    Last,

    /// <summary>Those of all layers, the first one's first.</summary>
    All,
}
