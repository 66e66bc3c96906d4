using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>How the Spiking Heidelberg Digits (SHD), Spiking Speech Commands (SSC) and HDF5 files of that layout become spike trains.</summary>
public sealed record EventHdf5Options : EventOptions
{
    /// <summary>Units, at least 1: the file has numbers from 0 to one less. Default: 700, the channels of SHD and SSC.</summary>
    public int Units { get; init; } = 700;

    internal override int UnitCount => Units;

    internal override void Check()
    {
        Require.Positive(Units, nameof(Units));
        base.Check();
    }
}
