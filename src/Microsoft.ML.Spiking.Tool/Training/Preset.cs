namespace Microsoft.ML.Spiking.Tool;

/// <summary>The networks that are there to begin with.</summary>
internal enum Preset
{
    /// <summary>Seconds to minutes on a CPU.</summary>
    Default,

    /// <summary>The most accurate one for images.</summary>
    Best,

    /// <summary>The published configuration, constant for constant.</summary>
    Reference,
}
