namespace Microsoft.ML.Spiking.Fitting;

/// <summary>A model that a training may return.</summary>
/// <param name="Model">The network as it was, without its history.</param>
/// <param name="Accuracy">On the validation rows; null without such rows.</param>
/// <param name="Epoch">Its epoch.</param>
/// <param name="Batches">Batches that made it.</param>
internal sealed record ModelCandidate(SpikingModel Model, double? Accuracy, int Epoch, int Batches)
{
    /// <summary>The more accurate of two; of equals, the earlier one.</summary>
    public static ModelCandidate Better(ModelCandidate? earlier, ModelCandidate later) => earlier?.Accuracy >= later.Accuracy ? earlier : later;
}
