using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Plasticity;

/// <summary>A gradient of the loss by the columns' rates.</summary>
/// <param name="Deviations">How far each is above what it should be, [column].</param>
/// <param name="Factor">What multiplies that.</param>
internal sealed record RatePull(Tensor Deviations, double Factor);
