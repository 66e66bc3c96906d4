namespace Microsoft.ML.Spiking.Proof;

/// <summary>A network in whatever format, run by that format's own rules.</summary>
internal interface IShownNetwork
{
    /// <exception cref="InvalidDataException">It reads other rows.</exception>
    GoldenAnswer Show(GoldenRow row);
}
