using Microsoft.ML.Spiking.Native;
using Microsoft.ML.Spiking.State;
using TorchSharp.Modules;
using static Microsoft.ML.Spiking.Native.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Descent;

/// <summary>A parameter on any device: tensor operations, none of which waits for the device.</summary>
/// <remarks>Our own steps, not TorchSharp's: those leave their scalars to the finaliser (<see cref="RootedScalars"/>).</remarks>
internal sealed class TrainedDeviceParameter(Parameter parameter) : TrainedWeights
{
    private readonly Tensor _mean = Zeros(parameter), _square = Zeros(parameter);

    public override bool HasGradient => parameter.grad is not null;

    public override Tensor SquaredNorm()
    {
        Tensor gradient = parameter.grad!;
        return (gradient * gradient).sum();
    }

    public override void Dispose()
    {
        _mean.Dispose();
        _square.Dispose();
    }

    protected override (StateArray Mean, StateArray Square) Moments(string mean, string square) => (StateArray.Of(mean, _mean), StateArray.Of(square, _square));

    /// <summary>
    /// w ← w · (1 - η·decay) - η · m̂ / (√v̂ + ε), with m and v the running means of the gradient and its square, and m̂ and v̂ without their
    /// bias.
    /// </summary>
    protected override void Step(AdamW rule, Tensor clip, double learningRate, int n)
    {
        Tensor gradient = parameter.grad!.mul_(clip);
        Tensor mean = _mean.mul_(rule.Beta1.Rooted()).add_(gradient, alpha: (1 - rule.Beta1).Rooted());
        Tensor square = _square.mul_(rule.Beta2.Rooted()).addcmul_(gradient, gradient, (1 - rule.Beta2).Rooted());
        Tensor meanBias = tensor((float)(1 - Math.Pow(rule.Beta1, n)), CPU), squareBias = tensor((float)Math.Sqrt(1 - Math.Pow(rule.Beta2, n)), CPU);
        Tensor step = mean / (square.sqrt().div_(squareBias)).add_(rule.Epsilon.Rooted(), One);
        parameter.mul_(tensor((float)(1 - learningRate * rule.WeightDecay), CPU));
        parameter.sub_(step.mul_(tensor((float)learningRate, CPU) / meanBias));
        parameter.grad = null;
    }

    private static Tensor Zeros(Parameter parameter)
    {
        using var scope = NewDisposeScope();
        return zeros_like(parameter, requires_grad: false).DetachFromDisposeScope();
    }
}
