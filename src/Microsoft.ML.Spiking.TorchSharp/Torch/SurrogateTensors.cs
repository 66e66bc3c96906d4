using Microsoft.ML.Spiking.Native;
using static Microsoft.ML.Spiking.Native.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary><see cref="SurrogateGradient"/> on tensors.</summary>
internal static class SurrogateTensors
{
    /// <summary>The spikes, 0 or 1, that autograd differentiates as if they were <see cref="Smooth"/>.</summary>
    /// <param name="surrogate">The surrogate.</param>
    /// <param name="fired">Where the neurons fired.</param>
    /// <param name="v">How far their membranes are above the threshold.</param>
    public static Tensor Spike(this SurrogateGradient surrogate, Tensor fired, Tensor v)
    {
        Tensor smooth = surrogate.Smooth(v);
        return fired.to_type(float32).add(smooth - smooth.detach(), One);
    }

    /// <summary>The gradient by v from that by the spikes: the product with the surrogate's derivative, as autograd makes it of <see cref="Smooth"/>.</summary>
    /// <param name="surrogate">The surrogate.</param>
    /// <param name="v">How far the membranes are above the threshold; what it holds is lost.</param>
    /// <param name="gradient">By the spikes.</param>
    /// <param name="numbers">Of their device.</param>
    public static Tensor Back(this SurrogateGradient surrogate, Tensor v, Tensor gradient, DeviceNumbers numbers)
    {
        switch (surrogate)
        {
            case ATan rule:
                // (1 + (π/2 · slope · v)²) · 2 / slope is what divides it.
                return gradient.div(numbers.Of(2 / rule.Slope).addcmul(v, v, (Math.PI * Math.PI / 2 * rule.Slope).Rooted()));
            case FastSigmoid rule:
                Tensor root = numbers.Of(1).addcmul(v.abs(), numbers.Of(1), rule.Slope.Rooted());
                return gradient.div(root.mul_(root));
            case Triangle rule:
                return numbers.Of(1).addcmul(v.abs(), numbers.Of(1), (-1 / rule.Width).Rooted()).clamp_min_(0.0.Rooted()).mul_(gradient);
            case StraightThrough:
                return v.copy_(gradient);
            default:
                throw new NotSupportedException($"{surrogate.GetType().Name} has no form on tensors.");
        }
    }

    /// <summary>A smooth function of v whose derivative is the surrogate's.</summary>
    public static Tensor Smooth(this SurrogateGradient surrogate, Tensor v)
    {
        switch (surrogate)
        {
            case ATan rule:
                return v.mul((Math.PI / 2 * rule.Slope).Rooted()).atan().div(Math.PI.Rooted());
            case FastSigmoid rule:
                return v / v.abs().mul(rule.Slope.Rooted()).add(One, One);
            case Triangle rule:
                Tensor within = v.clamp((-rule.Width).Rooted(), rule.Width.Rooted());
                return within - (within * within.abs()).div((2 * rule.Width).Rooted());
            case StraightThrough:
                return v;
            default:
                throw new NotSupportedException($"{surrogate.GetType().Name} has no form on tensors.");
        }
    }
}
