using Microsoft.ML.Spiking.Native;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Plasticity;

/// <summary>A gradient of the loss by the columns' rates.</summary>
/// <param name="Deviations">How far each is above what it should be, [column].</param>
/// <param name="Factor">What multiplies that.</param>
internal sealed record RatePull(Tensor Deviations, double Factor)
{
    /// <summary>
    /// The loss's gradient by the spikes of a row, where rows have lengths of their own, or windows; null where it is none, or among the rates'.
    /// </summary>
    public Tensor? OfSpikes { get; init; }

    /// <summary>A gradient together with one that is the same of all columns.</summary>
    /// <param name="pull">The one; null where it is 0.</param>
    /// <param name="all">The other, a number on the device.</param>
    /// <param name="factor">What multiplies that.</param>
    /// <param name="columns">How many columns there are.</param>
    public static RatePull Sum(RatePull? pull, Tensor all, double factor, long columns)
        => pull is null
            ? new RatePull(all.expand(columns), factor)
            : new RatePull(pull.Deviations.mul(pull.Factor.Rooted()).add(all, factor.Rooted()), 1);
}
