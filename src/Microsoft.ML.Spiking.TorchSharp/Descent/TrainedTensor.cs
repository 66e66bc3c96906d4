using Microsoft.ML.Spiking.Native;
using Microsoft.ML.Spiking.State;
using TorchSharp.Modules;
using static Microsoft.ML.Spiking.Native.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Descent;

/// <summary>A parameter on any device, and AdamW's running means of it: tensor operations, none of which waits for the device.</summary>
/// <remarks>Our own steps, not TorchSharp's: those leave their scalars to the finaliser (<see cref="RootedScalars"/>).</remarks>
internal sealed class TrainedTensor(Parameter parameter) : IDisposable
{
    private readonly Tensor _mean = Zeros(parameter), _square = Zeros(parameter);

    /// <summary>Steps taken.</summary>
    public int Steps { get; set; }

    /// <summary>The order in which checkpoints have it; null for that of the tensor.</summary>
    public WeightOrder? Order { get; init; }

    /// <summary>Whether the last batch has left a gradient.</summary>
    public bool HasGradient => parameter.grad is not null;

    /// <summary>AdamW's running means, for a checkpoint.</summary>
    /// <param name="name">What their names begin with.</param>
    public IEnumerable<StateArray> State(string name)
    {
        StateArray mean = _mean.As(name + ".mean"), square = _square.As(name + ".square");
        return Order is null ? [mean, square] : [mean.In(Order), square.In(Order)];
    }

    /// <summary>Σ of the gradient's squares, a scalar on the device.</summary>
    public Tensor SquaredNorm()
    {
        Tensor gradient = parameter.grad!;
        return (gradient * gradient).sum();
    }

    /// <summary>
    /// Takes a step of AdamW, and forgets the gradient: w ← w · (1 - η·decay) - η · m̂ / (√v̂ + ε), with m and v the running means of the gradient and its
    /// square, and m̂ and v̂ without their bias.
    /// </summary>
    /// <param name="rule">The rule.</param>
    /// <param name="clip">What multiplies the gradient, a scalar on the device.</param>
    /// <param name="learningRate">η.</param>
    public void Step(AdamW rule, Tensor clip, double learningRate)
    {
        Steps++;
        Tensor gradient = parameter.grad!.mul_(clip);
        Tensor mean = _mean.mul_(rule.Beta1.Rooted()).add_(gradient, alpha: (1 - rule.Beta1).Rooted());
        Tensor square = _square.mul_(rule.Beta2.Rooted()).addcmul_(gradient, gradient, (1 - rule.Beta2).Rooted());
        Tensor meanBias = tensor((float)(1 - Math.Pow(rule.Beta1, Steps)), CPU), squareBias = tensor((float)Math.Sqrt(1 - Math.Pow(rule.Beta2, Steps)), CPU);
        Tensor step = mean / (square.sqrt().div_(squareBias)).add_(rule.Epsilon.Rooted(), One);
        parameter.mul_(tensor((float)(1 - learningRate * rule.WeightDecay), CPU));
        parameter.sub_(step.mul_(tensor((float)learningRate, CPU) / meanBias));
        parameter.grad = null;
    }

    public void Dispose()
    {
        _mean.Dispose();
        _square.Dispose();
    }

    private static Tensor Zeros(Parameter parameter)
    {
        using var scope = NewDisposeScope();
        return zeros_like(parameter, requires_grad: false).DetachFromDisposeScope();
    }
}
