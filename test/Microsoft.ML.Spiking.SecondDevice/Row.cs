using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.SecondDevice;

/// <summary>An image of 6 by 6 pixels, of one of three classes.</summary>
internal sealed class Row
{
    [VectorType(6, 6)]
    public float[] Features { get; set; } = [];

    /// <summary>From 1.</summary>
    public uint Label { get; set; }

    /// <summary>How much it counts.</summary>
    public float Weight { get; set; } = 1;
}
