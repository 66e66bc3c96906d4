namespace Microsoft.ML.Spiking.Samples.Rhythms;

/// <summary>The group of inputs that fires first; the other follows.</summary>
internal enum Leader
{
    A,
    B,
}
