namespace Microsoft.ML.Spiking.SecondDevice;

/// <summary>An operation that has begun and not ended.</summary>
/// <param name="name">Its name.</param>
/// <param name="isKernel">Whether it is a kernel by itself, or within one.</param>
internal sealed class Operation(string name, bool isKernel)
{
    public string Name => name;

    public bool IsKernel => isKernel;

    /// <summary>Whether anything within it has been counted.</summary>
    public bool Launched { get; set; }
}
