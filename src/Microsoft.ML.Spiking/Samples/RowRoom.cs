using Microsoft.ML.Spiking.Model;

namespace Microsoft.ML.Spiking.Samples;

/// <summary>How much room there is to hold rows in.</summary>
/// <param name="rows">Rows of one kind that may be held, whatever room they take; null where bytes count, and no machine has a say where they do not.</param>
/// <param name="bytes">Bytes that may be held.</param>
internal sealed class RowRoom(int? rows, long bytes)
{
    // The rest is for the network, its batches and the application.
    private const int Share = 2;

    private long _left = rows is null ? bytes : long.MaxValue;

    /// <summary>Bytes where nothing says how many.</summary>
    public static long OfMachine => ModelSize.Memory / Share;

    /// <summary>Rows of one kind that may be held, whatever room they take; null where bytes count.</summary>
    public int? Rows => rows;

    /// <summary>Whether more has been taken than there was.</summary>
    public bool IsOver => _left < 0;

    /// <summary>Takes some of it; gives it back where it is less than 0.</summary>
    public void Take(long taken) => _left -= taken;
}
