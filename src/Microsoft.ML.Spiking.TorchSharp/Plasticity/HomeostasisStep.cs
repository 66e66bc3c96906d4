using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking;

/// <summary><see cref="Homeostasis"/> on tensors; nothing in it waits for the device.</summary>
internal static class HomeostasisStep
{
    /// <summary>Takes a training batch's column rates, [column], into the average and moves the target.</summary>
    public static void Adapt(this Homeostasis rule, PlasticityState state, Tensor columnRates)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        state.AverageRate.mul_(rule.RateMemory).add_(columnRates, alpha: 1 - rule.RateMemory);
        Tensor rate = columnRates.mean(), target = state.TargetRate;
        Tensor moved = where(rate < rule.MinimumRate, target * (1 + rule.TargetStep), where(rate > rule.MaximumRate, target * (1 - rule.TargetStep), target));
        target.copy_(moved.clamp(rule.MinimumRate, rule.MaximumRate));
    }

    /// <summary>What multiplies each column's spike rates before the readout, [column].</summary>
    public static Tensor Scale(this Homeostasis rule, PlasticityState state)
        => (state.TargetRate / (state.AverageRate + 1e-6f)).clamp(rule.MinimumScale, rule.MaximumScale);

    /// <summary>mean((columnRates - targetRate)²).</summary>
    public static Tensor RateLoss(PlasticityState state, Tensor columnRates) => (columnRates - state.TargetRate).square().mean();
}
