using Microsoft.ML.Spiking.Native;
using TorchSharp;
using static Microsoft.ML.Spiking.Native.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Plasticity;

/// <summary><see cref="Homeostasis"/> on tensors; nothing in it waits for the device.</summary>
internal static class HomeostasisStep
{
    /// <summary>Takes a training batch's column rates, [column], into the average and moves the target.</summary>
    public static void Adapt(this Homeostasis rule, PlasticityState state, Tensor columnRates) => rule.Adapt(state, columnRates, columnRates.mean());

    /// <summary>The same, where the mean of the rates is at hand.</summary>
    public static void Adapt(this Homeostasis rule, PlasticityState state, Tensor columnRates, Tensor mean)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        state.AverageRate.lerp_(columnRates, state.Number(1 - rule.RateMemory));
        Scalar minimum = rule.MinimumRate.Rooted(), maximum = rule.MaximumRate.Rooted();
        // 1 below the band, -1 above it, 0 within.
        Tensor direction = mean.clamp(minimum, maximum).sub(mean).sign();
        state.TargetRate.addcmul_(state.TargetRate, direction, rule.TargetStep.Rooted()).clamp_(minimum, maximum);
    }

    /// <summary>What multiplies each column's spike rates before the readout, [column].</summary>
    public static Tensor Scale(this Homeostasis rule, PlasticityState state)
        => (state.TargetRate / state.AverageRate.add(1e-6.Rooted(), One)).clamp(rule.MinimumScale.Rooted(), rule.MaximumScale.Rooted());

    /// <summary>The gradient of RateLossWeight · mean((columnRates - targetRate)²) by the column rates.</summary>
    public static RatePull RateGradient(this Homeostasis rule, PlasticityState state, Tensor columnRates)
        => new(columnRates - state.TargetRate, 2 * rule.RateLossWeight / columnRates.shape[0]);
}
