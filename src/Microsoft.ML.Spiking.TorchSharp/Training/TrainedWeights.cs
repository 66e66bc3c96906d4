using static TorchSharp.torch;

namespace Microsoft.ML.Spiking;

/// <summary>Weights that gradient descent trains, wherever they live, and AdamW's running means of them.</summary>
internal abstract class TrainedWeights : IDisposable
{
    private int _steps;

    /// <summary>Whether the last batch has left a gradient.</summary>
    public abstract bool HasGradient { get; }

    /// <summary>Σ of the gradient's squares, a scalar on the device.</summary>
    public abstract Tensor SquaredNorm();

    /// <summary>Takes a step of AdamW, and forgets the gradient.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="clip">What multiplies the gradient, a scalar on the device.</param>
    /// <param name="learningRate">η.</param>
    public void Step(AdamW rule, Tensor clip, double learningRate) => Step(rule, clip, learningRate, ++_steps);

    public abstract void Dispose();

    protected abstract void Step(AdamW rule, Tensor clip, double learningRate, int n);
}
