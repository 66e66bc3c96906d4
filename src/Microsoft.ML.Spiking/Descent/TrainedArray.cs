using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.State;

namespace Microsoft.ML.Spiking.Descent;

/// <summary>Weights in an array that gradient descent trains, whose gradient is worked out by hand, and AdamW's running means of them.</summary>
/// <remarks>The gradient is zeroed after each step; until something is written to it, it is zero, and the weights decay and coast as AdamW says.</remarks>
internal sealed class TrainedArray
{
    private readonly AlignedFloats _mean, _square;
    private AlignedFloats? _average;

    /// <param name="shape">The shape of the weights.</param>
    /// <param name="weights">What they start as, row-major.</param>
    public TrainedArray(int[] shape, ReadOnlySpan<float> weights) : this(shape, new AlignedFloats(weights.Length), new AlignedFloats(weights.Length))
        => weights.CopyTo(Weights.Span);

    /// <param name="shape">The shape that checkpoints have them in.</param>
    /// <param name="weights">The weights, which stay where they are.</param>
    /// <param name="gradient">Where their gradient comes to be.</param>
    public TrainedArray(int[] shape, AlignedFloats weights, AlignedFloats gradient)
    {
        (Shape, Weights, Gradient) = (shape, weights, gradient);
        (_mean, _square) = (new AlignedFloats(weights.Length), new AlignedFloats(weights.Length));
    }

    public int[] Shape { get; }

    public AlignedFloats Weights { get; }

    /// <summary>∂loss/∂weights, to be written or added to before each step.</summary>
    public AlignedFloats Gradient { get; }

    /// <summary>Whether a gradient reaches them; without one they stay as they are.</summary>
    public bool Learns { get; init; } = true;

    /// <summary>The order in which they are stored; null for that in which they are held.</summary>
    public WeightOrder? Order { get; init; }

    /// <summary>Steps taken.</summary>
    public int Steps { get; set; }

    /// <summary>The weights as a matrix.</summary>
    public Matrix Matrix => new(Weights, Shape[0], Shape[1]);

    /// <summary>The gradient as a matrix.</summary>
    public Matrix GradientMatrix => new(Gradient, Shape[0], Shape[1]);

    /// <summary>AdamW's running means, and that of the weights where there is one, for a checkpoint.</summary>
    /// <param name="name">What their names begin with.</param>
    public IEnumerable<StateArray> State(string name)
    {
        StateArray mean = StateArray.Of(name + ".mean", _mean, Shape);
        StateArray square = StateArray.Of(name + ".square", _square, Shape) with { Range = StateRange.NotNegative };
        StateArray[] state = _average is null ? [mean, square] : [mean, square, StateArray.Of(name + ".average", _average, Shape)];
        return Order is null ? state : state.Select(array => array.In(Order));
    }

    /// <summary>Keeps a running mean of the weights from now on.</summary>
    public void KeepAverage()
    {
        _average = new AlignedFloats(Weights.Length);
        Weights.Span.CopyTo(_average.Span);
    }

    /// <summary>Takes the weights into their running mean.</summary>
    /// <param name="share">How far it goes towards them.</param>
    public void Average(float share) => AdamWKernel.Average(_average!, Weights, share);

    /// <summary>Puts the running mean where the weights are, and the weights where it is; where there is none, nothing.</summary>
    public void SwapAverage()
    {
        if (_average is null) return;
        float[] weights = Weights.Span.ToArray();
        _average.Span.CopyTo(Weights.Span);
        weights.CopyTo(_average.Span);
    }

    /// <summary>Takes a step of AdamW, and forgets the gradient.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="clip">What multiplies the gradient.</param>
    /// <param name="learningRate">η.</param>
    public void Step(AdamW rule, float clip, double learningRate)
        => AdamWKernel.Step(Weights, Gradient, _mean, _square, AdamWStep.Of(rule, clip, learningRate, ++Steps));
}
