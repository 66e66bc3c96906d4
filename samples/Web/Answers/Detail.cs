namespace Microsoft.ML.Spiking.Samples.Web;

/// <summary>How much an answer tells.</summary>
internal enum Detail
{
    /// <summary>Spikes as counts of each column.</summary>
    Counts,

    /// <summary>Every spike.</summary>
    Spikes,
}
