using Microsoft.ML.Spiking.Model;

namespace Microsoft.ML.Spiking.Samples;

/// <summary>How much room there is to hold rows in.</summary>
internal sealed class RowRoom
{
    // The rest is for the network, its batches and the application.
    private const int Share = 2;

    private long _left;

    /// <param name="options">Where they say how many rows a block has, that alone counts, and no machine has a say.</param>
    public RowRoom(SpikingNetworkOptions options)
    {
        Rows = options.BlockRows;
        _left = Rows is null ? options.RowMemory ?? ModelSize.Memory / Share : long.MaxValue;
    }

    /// <summary>Rows of one kind that may be held, whatever room they take; null where that counts.</summary>
    public int? Rows { get; }

    /// <summary>Whether more has been taken than there was.</summary>
    public bool IsOver => _left < 0;

    /// <summary>Takes some of it; gives it back where it is less than 0.</summary>
    public void Take(long bytes) => _left -= bytes;
}
