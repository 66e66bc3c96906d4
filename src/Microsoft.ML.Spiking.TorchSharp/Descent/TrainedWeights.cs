using Microsoft.ML.Spiking.State;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Descent;

/// <summary>Weights that gradient descent trains, wherever they live, and AdamW's running means of them.</summary>
internal abstract class TrainedWeights : IDisposable
{
    /// <summary>Steps taken.</summary>
    public int Steps { get; set; }

    /// <summary>The order in which they are stored; null for that in which they are held.</summary>
    public WeightOrder? Order { get; init; }

    /// <summary>AdamW's running means, for a checkpoint.</summary>
    /// <param name="name">What their names begin with.</param>
    public IEnumerable<StateArray> State(string name)
    {
        (StateArray mean, StateArray square) = Moments(name + ".mean", name + ".square");
        return Order is null ? [mean, square] : [mean.In(Order), square.In(Order)];
    }

    /// <summary>Whether the last batch has left a gradient.</summary>
    public abstract bool HasGradient { get; }

    /// <summary>Σ of the gradient's squares, a scalar on the device.</summary>
    public abstract Tensor SquaredNorm();

    /// <summary>Takes a step of AdamW, and forgets the gradient.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="clip">What multiplies the gradient, a scalar on the device.</param>
    /// <param name="learningRate">η.</param>
    public void Step(AdamW rule, Tensor clip, double learningRate) => Step(rule, clip, learningRate, ++Steps);

    public abstract void Dispose();

    /// <summary>The means of the gradient and of its square.</summary>
    protected abstract (StateArray Mean, StateArray Square) Moments(string mean, string square);

    protected abstract void Step(AdamW rule, Tensor clip, double learningRate, int n);
}
