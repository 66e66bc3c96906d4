using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.SecondDevice;

/// <summary>Spikes of 12 inputs over 8 time steps, of one of three classes.</summary>
internal sealed class SpikeRow
{
    [VectorType(8, 12)]
    public bool[] Features { get; set; } = [];

    /// <summary>From 1.</summary>
    public uint Label { get; set; }
}
