using Microsoft.ML.Spiking.Native;
using TorchSharp;
using static Microsoft.ML.Spiking.Native.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Plasticity;

/// <summary><see cref="Homeostasis"/> on tensors; nothing in it waits for the device.</summary>
internal static class HomeostasisStep
{
    /// <summary>Takes a training batch's column rates, [column], into the average and moves the target.</summary>
    public static void Adapt(this Homeostasis rule, PlasticityState state, Tensor columnRates)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        state.AverageRate.mul_(rule.RateMemory.Rooted()).add_(columnRates, alpha: (1 - rule.RateMemory).Rooted());
        Tensor rate = columnRates.mean(), target = state.TargetRate;
        Scalar minimum = rule.MinimumRate.Rooted(), maximum = rule.MaximumRate.Rooted();
        Tensor raised = target.mul((1 + rule.TargetStep).Rooted()), lowered = target.mul((1 - rule.TargetStep).Rooted());
        Tensor moved = where(rate.lt(minimum), raised, where(rate.gt(maximum), lowered, target));
        target.copy_(moved.clamp(minimum, maximum));
    }

    /// <summary>What multiplies each column's spike rates before the readout, [column].</summary>
    public static Tensor Scale(this Homeostasis rule, PlasticityState state)
        => (state.TargetRate / state.AverageRate.add(1e-6.Rooted(), One)).clamp(rule.MinimumScale.Rooted(), rule.MaximumScale.Rooted());

    /// <summary>mean((columnRates - targetRate)²).</summary>
    public static Tensor RateLoss(PlasticityState state, Tensor columnRates)
    {
        Tensor distance = columnRates - state.TargetRate;
        return (distance * distance).mean();
    }
}
