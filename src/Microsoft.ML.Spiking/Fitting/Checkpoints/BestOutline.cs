using System.Text.Json;

namespace Microsoft.ML.Spiking.Fitting;

/// <summary>The best model so far, besides its arrays.</summary>
/// <param name="Accuracy">On the validation rows.</param>
/// <param name="Epoch">Its epoch.</param>
/// <param name="Batches">Batches that made it.</param>
/// <param name="Network">Its network, with neurons as they were learnt.</param>
/// <param name="TargetRates">The rates that homeostasis aimed at, [layer].</param>
internal sealed record BestOutline(double? Accuracy, int Epoch, int Batches, JsonElement Network, float[] TargetRates);
