using System.Text.Json.Serialization;

namespace Microsoft.ML.Spiking;

/// <summary>Whether the gradient flows through the reset that a spike causes, membrane ← membrane · (1 - spike) + reset · spike.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ResetGradient>))]
public enum ResetGradient
{
    /// <summary>The spike in it is a constant: more stable, and what most libraries do (Zenke and Vogels 2021).</summary>
    Detached,

    /// <summary>The spike in it is differentiated like every other.</summary>
    Attached,
}
