namespace Microsoft.ML.Spiking.Samples.Rhythms;

/// <summary>How an input spreads its spikes over a cycle.</summary>
internal enum Pace
{
    /// <summary>Evenly.</summary>
    Regular,

    /// <summary>One right after the other, and then silence.</summary>
    Bursts,
}
