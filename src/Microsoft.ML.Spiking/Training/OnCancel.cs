namespace Microsoft.ML.Spiking;

/// <summary>What a training that is cancelled does once it has finished its batch.</summary>
public enum OnCancel
{
    /// <summary>It throws <see cref="OperationCanceledException"/>.</summary>
    Throw,

    /// <summary>
    /// It returns a model: with <see cref="SpikingNetworkOptions.EarlyStopping"/> the most accurate on the validation rows of those at the epochs' ends and the
    /// one that it has now, without, the one that it has now. Where no batch has been trained yet there is none, and it throws.
    /// </summary>
    ReturnBestSoFar,
}
