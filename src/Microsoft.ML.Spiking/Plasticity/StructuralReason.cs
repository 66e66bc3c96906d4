using System.Text.Json.Serialization;

namespace Microsoft.ML.Spiking;

/// <summary>Why a connection formed or went.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StructuralReason>))]
public enum StructuralReason
{
    /// <summary>
    /// The columns fire together: of the absent pairs above <see cref="StructuralPlasticity.FormationThreshold"/>, its potential was among the largest.
    /// </summary>
    CoActive,

    /// <summary>Its usage was below <see cref="StructuralPlasticity.PruningThreshold"/>, and among the least.</summary>
    Unused,

    /// <summary>It was unused, and its weight smaller than <see cref="StructuralPlasticity.WeakWeight"/>.</summary>
    UnusedAndWeak,
}
