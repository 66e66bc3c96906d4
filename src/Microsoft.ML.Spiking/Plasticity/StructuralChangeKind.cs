using System.Text.Json.Serialization;

namespace Microsoft.ML.Spiking;

/// <summary>What happened to a connection.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StructuralChangeKind>))]
public enum StructuralChangeKind
{
    /// <summary>It formed.</summary>
    Formed,

    /// <summary>It was pruned.</summary>
    Pruned,
}
