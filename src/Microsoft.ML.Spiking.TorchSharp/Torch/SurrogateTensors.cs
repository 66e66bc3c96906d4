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
